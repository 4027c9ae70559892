-- Some of a site's agents, and what they have by queue. It takes their number and that of their contacts.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] 1 when their contacts are counted  ARGV[8], ... agent ids
-- reply   ok, 0,
--         {id, name, queues, status, 1 when connected, capacity, load, 1 when on a call, end of finishing up ('' when not)} of each who is not offline or has a contact,
--         {queue, contacts served, call-backs offered, ...}
local served, calls_offered = {}, {}
local function count(counts, queue)
  counts[queue] = (counts[queue] or 0) + 1
end

local function count_contacts(agent)
  for _, contact in ipairs(redis.call('ZRANGE', key.served .. agent.id, 0, -1)) do
    count(served, redis.call('HGET', key.contact .. contact, 'queue'))
  end
  if agent.offer ~= '' then
    local contact = redis.call('HMGET', key.contact .. agent.offer, 'queue', 'kind')
    if contact[2] == 'callback' then
      count(calls_offered, contact[1])
    end
  end
end

local views = {}
for i = 8, #ARGV do
  local agent = agent_find(ARGV[i])
  if agent and (agent.status ~= 'offline' or agent_load(agent) > 0) then
    table.insert(views, {
      agent.id, agent.name, agent.queues, agent.status, agent_is_connected(agent) and 1 or 0, agent.capacity, agent_load(agent), agent.call ~= '' and 1 or 0,
      agent.wrap_up,
    })
    if ARGV[7] == '1' then
      count_contacts(agent)
    end
  end
end

local counted = {}
for queue, contacts in pairs(served) do
  counted[#counted + 1], counted[#counted + 2], counted[#counted + 3] = queue, contacts, calls_offered[queue] or 0
  calls_offered[queue] = nil
end
for queue, contacts in pairs(calls_offered) do
  counted[#counted + 1], counted[#counted + 2], counted[#counted + 3] = queue, 0, contacts
end
return finish('ok', views, counted)
