-- Who is offered what. A step looks only at lanes in which something changed, and at the few of key.look, where somebody waits and somebody is free but they
-- passed on each other, or call-backs wait for the queue to open. In a lane it looks at the first contact that nobody passed on, and before it at those that everybody who is free passed on
-- within the last minute: so it costs the logarithm of lines and agents, and that number of passes.
local PAGE = 16

-- The free agent who is to get a contact that some passed on: who never did comes first. Among one more than have passed there is such a one, if there is any.
local function match_passed(id, lane)
  local until_of, count = {}, 0
  local passes = redis.call('HGETALL', key.passes .. id)
  for i = 1, #passes, 2 do
    until_of[passes[i]] = tonumber(passes[i + 1])
    count = count + 1
  end
  local again
  for _, agent in ipairs(redis.call('ZRANGE', key.free .. lane, 0, count)) do
    if not until_of[agent] then
      return agent
    end
    if not again and until_of[agent] <= now then
      again = agent
    end
  end
  return again
end

-- The queue whose call-backs the lane is, while it is closed: then nobody is called.
local function closed_queue(lane)
  local queue = string.match(lane, '^([^:]*):callback')
  return queue and not is_open(queue) and queue
end

-- The same for the lane of what waits for one agent alone.
local function match_in_own(lane, queue, kind, id)
  if not agent_is_free_for(agent_find(id), queue, kind) then
    return false, false
  end
  local first = redis.call('ZRANGE', key.waiting .. lane, 0, 0, 'WITHSCORES')
  if not first[1] then
    return false, false
  end
  if closed_queue(lane) then
    return false, true
  end
  return {tonumber(first[2]), first[1], id}
end

-- The first waiting contact of the lane that somebody free matches, as {place, contact, agent}; false when there is none, and then
-- whether that may change by time alone.
local function match_in(lane)
  local queue, kind, own = string.match(lane, '^(.-):(%a+)@(.*)$')
  if own then
    return match_in_own(lane, queue, kind, own)
  end
  local free = redis.call('ZRANGE', key.free .. lane, 0, 0)[1]
  if not free then
    return false, false
  end
  local first = redis.call('ZRANGE', key.waiting .. lane, 0, 0, 'WITHSCORES')
  if not first[1] and redis.call('EXISTS', key.passed .. lane) == 0 then
    return false, false
  end
  if closed_queue(lane) then
    return false, true
  end
  local before = first[2] and '(' .. first[2] or '+inf'
  local seen = 0
  while true do
    local page = redis.call('ZRANGEBYSCORE', key.passed .. lane, '-inf', before, 'WITHSCORES', 'LIMIT', seen, PAGE)
    for i = 1, #page, 2 do
      local agent = match_passed(page[i], lane)
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

-- Keeps the lanes to look at again, and asks for the moment at which the closed ones among them open.
local function look_later(looked_at, later)
  for lane in pairs(touched_lanes) do
    if later[lane] and not looked_at[lane] then
      redis.call('SADD', key.look, lane)
    elseif looked_at[lane] and not later[lane] then
      redis.call('SREM', key.look, lane)
    end
    local closed = later[lane] and closed_queue(lane)
    local opening = closed and next_opening(closed)
    if opening then
      timer_set('opening', NOBODY, closed, opening)
    end
  end
end

-- Offers whatever can be offered, the first contact first. Every step ends with it, so nobody waits while a matching agent is free.
local function make_offers()
  presence_sync()
  local looked_at, found, later = {}, {}, {}
  for _, lane in ipairs(redis.call('SMEMBERS', key.look)) do
    looked_at[lane] = true
    touched_lanes[lane] = true
  end
  prefer_end_in_vain()
  repeat
    local best
    for lane in pairs(touched_lanes) do
      if found[lane] == nil then
        found[lane], later[lane] = match_in(lane)
      end
      if found[lane] and (not best or found[lane][1] < best[1]) then
        best = found[lane]
      end
    end
    if best then
      local contact, agent = contact_find(best[2]), agent_find(best[3])
      found[lane_of(contact.queue, contact.kind)] = nil
      for _, queue in ipairs(agent.queues) do
        for _, kind in ipairs(KINDS) do
          found[lane_of(queue, kind)] = nil
          found[own_lane_of(queue, kind, agent.id)] = nil
        end
      end
      contact_offer(contact, agent)
      agents_settle()
    end
  until not best
  look_later(looked_at, later)
  touched_lanes = {}
end
