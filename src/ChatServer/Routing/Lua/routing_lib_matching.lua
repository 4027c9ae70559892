-- Who is offered what. A step looks only at queues in which something changed, and at the few of key.look, where somebody waits and somebody is free but they
-- passed on each other. In a queue it looks at the first contact that nobody passed on, and before it at those that everybody who is free passed on
-- within the last minute: so it costs the logarithm of lines and agents, and that number of passes.
local PAGE = 16

-- The free agent who is to get a contact that some passed on: who never did comes first. Among one more than have passed there is such a one, if there is any.
local function match_passed(id, queue)
  local until_of, count = {}, 0
  local passes = redis.call('HGETALL', key.passes .. id)
  for i = 1, #passes, 2 do
    until_of[passes[i]] = tonumber(passes[i + 1])
    count = count + 1
  end
  local again
  for _, agent in ipairs(redis.call('ZRANGE', key.free .. queue, 0, count)) do
    if not until_of[agent] then
      return agent
    end
    if not again and until_of[agent] <= now then
      again = agent
    end
  end
  return again
end

-- The oldest waiting contact of the queue that somebody free matches, as {place, contact, agent}; false when there is none, and then
-- whether that may change by time alone.
local function match_in(queue)
  local free = redis.call('ZRANGE', key.free .. queue, 0, 0)[1]
  if not free then
    return false, false
  end
  local first = redis.call('ZRANGE', key.waiting .. queue, 0, 0, 'WITHSCORES')
  local before = first[2] and '(' .. first[2] or '+inf'
  local seen = 0
  while true do
    local page = redis.call('ZRANGEBYSCORE', key.passed .. queue, '-inf', before, 'WITHSCORES', 'LIMIT', seen, PAGE)
    for i = 1, #page, 2 do
      local agent = match_passed(page[i], queue)
      if agent then
        return {tonumber(page[i + 1]), page[i], agent}
      end
    end
    seen = seen + #page / 2
    if #page < 2 * PAGE then
      break
    end
  end
  if first[1] then
    return {tonumber(first[2]), first[1], free}
  end
  return false, seen > 0
end

-- Offers whatever can be offered, the oldest contact first. Every step ends with it, so nobody waits while a matching agent is free.
local function make_offers()
  presence_sync()
  local looked_at, found, later = {}, {}, {}
  for _, queue in ipairs(redis.call('SMEMBERS', key.look)) do
    looked_at[queue] = true
    touched_queues[queue] = true
  end
  repeat
    local best
    for queue in pairs(touched_queues) do
      if found[queue] == nil then
        found[queue], later[queue] = match_in(queue)
      end
      if found[queue] and (not best or found[queue][1] < best[1]) then
        best = found[queue]
      end
    end
    if best then
      local contact, agent = contact_find(best[2]), agent_find(best[3])
      found[contact.queue] = nil
      for _, queue in ipairs(agent.queues) do
        found[queue] = nil
      end
      contact_offer(contact, agent)
      agents_settle()
    end
  until not best
  for queue in pairs(touched_queues) do
    if later[queue] and not looked_at[queue] then
      redis.call('SADD', key.look, queue)
    elseif looked_at[queue] and not later[queue] then
      redis.call('SREM', key.look, queue)
    end
  end
  touched_queues = {}
end
