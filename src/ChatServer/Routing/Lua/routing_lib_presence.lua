-- What a step does about an agent's connections: leases, and the grace after the last of them.

local function recount_presence(agent)
  agent.connected_until = tonumber(redis.call('ZREVRANGE', key.connections .. agent.id, 0, 0, 'WITHSCORES')[2]) or 0
  agent.lease_changed = true
  agent_touch(agent)
end

-- Takes or renews the connection's lease. An agent who was gone is back: their grace ends.
local function presence_hold(id, connection)
  local agent = agent_find(id)
  if not agent then
    return
  end
  local was_connected = agent_is_connected(agent)
  local ends_at = now + rules().lease
  redis.call('ZADD', key.connections .. id, ends_at, connection)
  timer_set('lease', id, connection, ends_at)
  recount_presence(agent)
  if not was_connected then
    timer_cancel('absence', id, '')
    for _, contact in ipairs(redis.call('ZRANGE', key.served .. id, 0, -1)) do
      timer_cancel('grace', id, contact)
    end
    changed = true
  end
end

-- What they serve returns after its queue's grace; with the longest one they are offline.
local function start_absence(agent)
  local longest = 0
  for _, queue in ipairs(agent.queues) do
    longest = math.max(longest, grace_of(queue))
  end
  for _, id in ipairs(redis.call('ZRANGE', key.served .. agent.id, 0, -1)) do
    local contact = contact_find(id)
    start_grace(contact)
    longest = math.max(longest, grace_of(contact.queue))
  end
  timer_set('absence', agent.id, '', now + longest)
end

-- The connection closed or its lease ran out. With the last one the grace begins.
local function presence_release(id, connection)
  timer_cancel('lease', id, connection)
  if redis.call('ZREM', key.connections .. id, connection) == 0 then
    return
  end
  local agent = agent_find(id)
  recount_presence(agent)
  -- A grace that runs already is not prolonged by what is found out later about connections that were dead by then.
  if not agent_is_connected(agent) and not timer_is_set('absence', id, '') then
    start_absence(agent)
    changed = true
  end
end
