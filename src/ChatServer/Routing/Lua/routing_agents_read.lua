-- Some of a site's agents, and what they have by queue. It takes their number and that of their contacts; many are read often, so nothing of them is taken apart here.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] 1 when their contacts are counted  ARGV[8], ... agent ids
-- reply   ok, 0,
--         {id, name, queues as JSON, status, 1 when connected, capacity, load, 1 when on a call, end of finishing up ('' when not)} of each who is not offline or has a
--         contact,
--         {queue, contacts served, call-backs offered, ...}
local served, calls_offered = {}, {}
local function count(counts, queue)
  counts[queue] = (counts[queue] or 0) + 1
end

local function count_contacts(agent, offer)
  for _, contact in ipairs(redis.call('ZRANGE', key.served .. agent, 0, -1)) do
    count(served, redis.call('HGET', key.contact .. contact, 'queue'))
  end
  if offer ~= '' then
    local contact = redis.call('HMGET', key.contact .. offer, 'queue', 'kind')
    if contact[2] == 'callback' then
      count(calls_offered, contact[1])
    end
  end
end

local views = {}
for i = 8, #ARGV do
  local id = ARGV[i]
  local v = redis.call('HMGET', key.agent .. id, 'name', 'queues', 'status', 'connected_until', 'capacity', 'offer', 'call', 'wrap_up')
  local offer = v[6]
  local load = v[1] and redis.call('ZCARD', key.served .. id) + (offer ~= '' and 1 or 0)
  if v[1] and (v[3] ~= 'offline' or load > 0) then
    table.insert(views, {id, v[1], v[2], v[3], tonumber(v[4]) > now and 1 or 0, v[5], load, (v[7] or '') ~= '' and 1 or 0, v[8] or ''})
    if ARGV[7] == '1' then
      count_contacts(id, offer)
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
return {'ok', 0, views, counted}
