-- What waits are estimated from, but for the agents, whom routing_agents_read reads some at a time. It takes the number of queues.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7], ... queues
-- reply   ok, 0, the moment, {id of each agent who is connected},
--         {in line, waiting, call-backs waiting, handling times as kept, '' for none, 1 when closed for now} of each queue
local ids = {}
for _, index in ipairs({key.held, key.lapsed}) do
  -- Whichever of them is up to date: this only reads.
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', index, '(' .. digits(now), '+inf')) do
    table.insert(ids, id)
  end
end

local lines = {}
for i = 7, #ARGV do
  local calls = waiting_of(ARGV[i], 'callback')
  table.insert(lines, {
    redis.call('ZCARD', key.line .. ARGV[i]), waiting_of(ARGV[i], 'chat') + calls, calls, redis.call('HGET', key.handling, ARGV[i]) or '',
    closure_of(ARGV[i]) and 1 or 0,
  })
end
return finish('ok', digits(now), ids, lines)
