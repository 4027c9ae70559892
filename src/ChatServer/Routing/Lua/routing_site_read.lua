-- A site as its supervisors see it, but for its agents, whom routing_agents_read reads some at a time. It takes the number of queues and of contacts listed.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] 1 when the calling node is to be told of changes from now on  ARGV[8] contacts of a line at most  ARGV[9] by when call-backs are due, in milliseconds from now
-- ARGV[10] how many lines are listed  ARGV[11], ... their queues, then all queues
-- reply   ok, 0, the moment, {id of each agent who is connected or has a contact},
--         {contacts in line, waiting, call-backs waiting, handling times as kept, closure ('' for none), arrival of the oldest ('' for none), agents available,
--          scheduled, due} of each queue,
--         {place, contact} in order, of each line that is listed
presence_sync()
if ARGV[7] == '1' then
  redis.call('ZREMRANGEBYSCORE', key.watching, '-inf', now)
  redis.call('ZADD', key.watching, now + rules().watch_lease, ARGV[4])
end

-- Who is there, and who has a contact though they are not.
local seen, ids = {}, {}
for _, found in ipairs({redis.call('ZRANGE', key.held, 0, -1), redis.call('SMEMBERS', key.busy)}) do
  for _, id in ipairs(found) do
    if not seen[id] then
      seen[id] = true
      table.insert(ids, id)
    end
  end
end

local listed = tonumber(ARGV[10])
local lines = {}
for i = 11 + listed, #ARGV do
  local queue = ARGV[i]
  local calls = waiting_of(queue, 'callback')
  table.insert(lines, {
    redis.call('ZCARD', key.line .. queue), waiting_of(queue, 'chat') + calls, calls, redis.call('HGET', key.handling, queue) or '',
    (closure_of(queue) or {nil, nil, ''})[3], oldest_arrival(queue), redis.call('SCARD', key.available .. queue),
    redis.call('ZCARD', key.due .. queue), redis.call('ZCOUNT', key.due .. queue, '-inf', digits(now + ARGV[9])),
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
return finish('ok', digits(now), ids, lines, contacts_listed)
