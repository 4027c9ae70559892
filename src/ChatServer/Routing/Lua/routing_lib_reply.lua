-- How every routing script ends.

-- The agent with what they serve and their open offer; read by RedisRoutingReplies.
local function agent_view(agent)
  local served, offer = {}, false
  for _, id in ipairs(redis.call('ZRANGE', key.served .. agent.id, 0, -1)) do
    table.insert(served, contact_view(contact_find(id)))
  end
  if agent.offer ~= '' then
    local contact = contact_find(agent.offer)
    local times = redis.call('HMGET', key.offer .. contact.offer, 'offered_at', 'expires_at')
    offer = {contact.offer, times[1], times[2], contact_view(contact)}
  end
  return {
    agent.id, agent.name, agent.queues, agent.capacity, agent.status, agent_is_connected(agent) and 1 or 0, agent_load(agent), served, offer, agent.wrap_up,
    agent.levels,
  }
end

local function finish(code, ...)
  agents_settle()
  handling_settle()
  for lane in pairs(touched_lanes) do
    -- A reading script made no offers; the next step does.
    redis.call('SADD', key.look, lane)
  end
  if changed then
    local keeper = redis.call('GET', key.keeper)
    if keeper and keeper ~= ARGV[4] then
      redis.call('PUBLISH', ARGV[5] .. keeper, ARGV[6])
    end
    for _, node in ipairs(redis.call('ZRANGEBYSCORE', key.watching, '(' .. digits(now), '+inf')) do
      if node ~= ARGV[4] and node ~= keeper then
        redis.call('PUBLISH', ARGV[5] .. node, ARGV[6])
      end
    end
  end
  return {code, changed and 1 or 0, ...}
end
