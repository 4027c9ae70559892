-- What waits are estimated from. It takes the number of agents who are connected, and of queues.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7], ... queues
-- reply   ok, 0, the moment, {queues, capacity, load, 1 when on a call, 1 when finishing up} of each who is connected and available,
--         {in line, waiting, call-backs waiting, handling times as kept, '' for none, 1 when closed for now} of each queue
local available = {}
for _, index in ipairs({key.held, key.lapsed}) do
  -- Whichever of them is up to date: this only reads.
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', index, '(' .. digits(now), '+inf')) do
    local agent = agent_find(id)
    if agent.status == 'available' then
      table.insert(available, {
        agent.queues, agent.capacity, agent_load(agent), agent.call ~= '' and 1 or 0, agent.wrap_up ~= '' and 1 or 0,
      })
    end
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
return finish('ok', digits(now), available, lines)
