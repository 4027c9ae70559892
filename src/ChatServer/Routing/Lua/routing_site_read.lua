-- A site as its supervisors see it. It takes the number of agents who are there or have contacts, of contacts that these serve, of queues, and of contacts listed.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] 1 when the calling node is to be told of changes from now on  ARGV[8] contacts of a line at most  ARGV[9] by when call-backs are due, in milliseconds from now
-- ARGV[10] how many lines are listed  ARGV[11], ... their queues, then all queues
-- reply   ok, 0, the moment,
--         {id, name, queues, status, 1 when connected, capacity, load, 1 when on a call, end of finishing up ('' when not)} of each agent,
--         {contacts in line, waiting, call-backs waiting, handling times as kept, closure ('' for none), arrival of the oldest ('' for none), agents available,
--          call-backs in line, contacts served, scheduled, due} of each queue,
--         {place, contact} in order, of each line that is listed
presence_sync()
if ARGV[7] == '1' then
  redis.call('ZREMRANGEBYSCORE', key.watching, '-inf', now)
  redis.call('ZADD', key.watching, now + rules().watch_lease, ARGV[4])
end

-- By queue.
local serving, calls_offered = {}, {}
local function count(counts, queue)
  counts[queue] = (counts[queue] or 0) + 1
end

local seen, agent_views = {}, {}
local function see(id)
  local agent = agent_find(id)
  if seen[id] or agent.status == 'offline' and agent_load(agent) == 0 then
    return
  end
  seen[id] = true
  for _, contact in ipairs(redis.call('ZRANGE', key.served .. id, 0, -1)) do
    count(serving, redis.call('HGET', key.contact .. contact, 'queue'))
  end
  if agent.offer ~= '' then
    local contact = redis.call('HMGET', key.contact .. agent.offer, 'queue', 'kind')
    if contact[2] == 'callback' then
      count(calls_offered, contact[1])
    end
  end
  table.insert(agent_views, {
    id, agent.name, agent.queues, agent.status, agent_is_connected(agent) and 1 or 0, agent.capacity, agent_load(agent), agent.call ~= '' and 1 or 0, agent.wrap_up,
  })
end
for _, id in ipairs(redis.call('ZRANGE', key.held, 0, -1)) do
  see(id)
end
for _, id in ipairs(redis.call('SMEMBERS', key.busy)) do
  see(id)
end

local listed = tonumber(ARGV[10])
local lines = {}
for i = 11 + listed, #ARGV do
  local queue = ARGV[i]
  local calls = waiting_of(queue, 'callback')
  table.insert(lines, {
    redis.call('ZCARD', key.line .. queue), waiting_of(queue, 'chat') + calls, calls, redis.call('HGET', key.handling, queue) or '',
    (closure_of(queue) or {nil, nil, ''})[3], oldest_arrival(queue), redis.call('SCARD', key.available .. queue),
    calls + (calls_offered[queue] or 0), serving[queue] or 0, redis.call('ZCARD', key.due .. queue),
    redis.call('ZCOUNT', key.due .. queue, '-inf', digits(now + ARGV[9])),
  })
end

local contacts_listed = {}
for i = 11, 10 + listed do
  local line, views = redis.call('ZRANGE', key.line .. ARGV[i], 0, ARGV[8] - 1, 'WITHSCORES'), {}
  for j = 1, #line, 2 do
    table.insert(views, {line[j + 1], contact_view(contact_find(line[j]))})
  end
  table.insert(contacts_listed, views)
end
return finish('ok', digits(now), agent_views, lines, contacts_listed)
