-- Agents: read once per step, changed in memory, and written with their places in the indexes by agents_settle.
local agents, touched_agents
anew[#anew + 1] = function()
  agents, touched_agents = {}, {}
end

-- In the order of free agents loads come before idleness, and what is below the best level before loads: 42 bits hold milliseconds until 2109, 7 a load, and
-- 4 a level, so together they are exact in a sorted set's score.
local LOAD_UNIT = 2 ^ 42
local LEVEL_UNIT = 2 ^ 49
local BEST_LEVEL = 10
local DEFAULT_LEVEL = 5

local function levels_of(json, queues)
  if json then
    return cjson.decode(json)
  end
  -- Of an agent who connected last when there were no levels.
  local levels = {}
  for i = 1, #queues do
    levels[i] = DEFAULT_LEVEL
  end
  return levels
end

-- The agent, or false for one who never connected.
local function agent_find(id)
  if agents[id] == nil then
    local v = redis.call('HMGET', key.agent .. id,
      'name', 'capacity', 'status', 'connected_until', 'queues', 'offer', 'idle_since', 'free', 'available', 'free_callback', 'call', 'wrap_up',
      'levels', 'missed', 'present', 'busy')
    local queues = v[5] and cjson.decode(v[5])
    agents[id] = v[1] and {
      id = id, name = v[1], capacity = tonumber(v[2]), status = v[3], connected_until = tonumber(v[4]), queues = queues, levels = levels_of(v[13], queues),
      offer = v[6], idle_since = tonumber(v[7]), free = {chat = tonumber(v[8]), callback = tonumber(v[10])}, available = v[9] == '1',
      call = v[11] or '', wrap_up = v[12] or '', missed = tonumber(v[14] or 0),
      present = v[15] == '1', busy = v[16] == '1',
    } or false
  end
  return agents[id]
end

local function agent_touch(agent)
  touched_agents[agent.id] = agent
end

-- Counted from what the agent has, so that the two cannot drift apart.
local function agent_load(agent)
  agent.served = agent.served or redis.call('ZCARD', key.served .. agent.id)
  return agent.served + (agent.offer ~= '' and 1 or 0)
end

-- One who is on a call is offered no second one, so that there is at most one to remember.
local function agent_serves(agent, contact)
  redis.call('ZADD', key.served .. agent.id, contact.place, contact.id)
  if contact.kind == 'callback' then
    agent.call = contact.id
  end
  agent.served = nil
end

local function agent_serves_no_more(agent, contact)
  redis.call('ZREM', key.served .. agent.id, contact.id)
  if agent.call == contact.id then
    agent.call = ''
  end
  agent.served = nil
end

-- A contact or offer came or went.
local function agent_load_changed(agent)
  agent.idle_since = now
  agent_touch(agent)
end

local function agent_is_connected(agent)
  return agent.connected_until > now
end

local function agent_has_room(agent)
  return agent.status == 'available' and agent.wrap_up == '' and agent_is_connected(agent) and agent_load(agent) < agent.capacity
end

local function agent_takes(agent, kind)
  return agent.call == '' or kind == 'chat' and rules().chats_during_calls
end

local function agent_has_queue(agent, queue)
  for _, own in ipairs(agent.queues) do
    if own == queue then
      return true
    end
  end
  return false
end

local function agent_is_free_for(agent, queue, kind)
  return agent.offer == '' and agent_has_room(agent) and agent_takes(agent, kind) and agent_has_queue(agent, queue)
end

-- Looks anew at those who wait for this agent alone.
local function touch_own_lanes(agent)
  if redis.call('ZCARD', key.awaited .. agent.id) == 0 then
    return
  end
  for _, queue in ipairs(agent.queues) do
    for _, kind in ipairs(KINDS) do
      touched_lanes[own_lane_of(queue, kind, agent.id)] = true
    end
  end
end

-- Whether it makes sense to wait for them, though they may be busy.
local function agent_is_there(agent)
  return agent.status == 'available' and agent_is_connected(agent)
end

-- Out of every queue's index, before the queues change.
local function agent_unindex(agent)
  touch_own_lanes(agent)
  for _, queue in ipairs(agent.queues) do
    for _, kind in ipairs(KINDS) do
      redis.call('ZREM', key.free .. lane_of(queue, kind), agent.id)
    end
    redis.call('SREM', key.available .. queue, agent.id)
    redis.call('SREM', key.present .. queue, agent.id)
  end
  agent.free, agent.available, agent.present = {}, false, false
end

-- Where an agent of that load stands among the free ones of their i-th queue: the smallest is offered a contact first.
local function score_in(agent, i, load)
  local strategy = rules_of(agent.queues[i]).strategy
  if strategy == 'longest_idle' then
    return agent.idle_since
  end
  local below = strategy == 'best_level' and (BEST_LEVEL - agent.levels[i]) * LEVEL_UNIT or 0
  return below + load * LOAD_UNIT + agent.idle_since
end

local function agent_index(agent)
  local room = agent_has_room(agent)
  local load = room and agent_load(agent)
  -- All that their scores follow from, but for their queues and levels: those change with agent_unindex only.
  local score = room and agent.offer == '' and load * LOAD_UNIT + agent.idle_since or nil
  if rules().prefers and (score or not agent_is_there(agent)) then
    touch_own_lanes(agent)
  end
  for _, kind in ipairs(KINDS) do
    local free = score and agent_takes(agent, kind) and score or nil
    if free ~= agent.free[kind] then
      for i, queue in ipairs(agent.queues) do
        local lane = lane_of(queue, kind)
        if free then
          redis.call('ZADD', key.free .. lane, score_in(agent, i, load), agent.id)
          touched_lanes[lane] = true
        else
          redis.call('ZREM', key.free .. lane, agent.id)
        end
      end
      agent.free[kind] = free
    end
  end
  if room ~= agent.available then
    for _, queue in ipairs(agent.queues) do
      redis.call(room and 'SADD' or 'SREM', key.available .. queue, agent.id)
    end
    agent.available = room
  end
  local present = agent.status ~= 'offline' and agent_is_connected(agent)
  if present ~= agent.present then
    for _, queue in ipairs(agent.queues) do
      redis.call(present and 'SADD' or 'SREM', key.present .. queue, agent.id)
    end
    agent.present = present
  end
  local busy = agent_load(agent) > 0
  if busy ~= agent.busy then
    redis.call(busy and 'SADD' or 'SREM', key.busy, agent.id)
    agent.busy = busy
  end
end

-- By their queues' strategies as they are now; for an agent whose indexes are as they must be otherwise.
local function agent_score_anew(agent)
  for _, kind in ipairs(KINDS) do
    if agent.free[kind] then
      for i, queue in ipairs(agent.queues) do
        redis.call('ZADD', key.free .. lane_of(queue, kind), 'XX', score_in(agent, i, agent_load(agent)), agent.id)
      end
    end
  end
end

-- By what time ends their presence though nothing happens; see presence_sync.
local function agent_index_lease(agent)
  local holds = agent_is_connected(agent)
  if holds then
    redis.call('ZADD', key.held, agent.connected_until, agent.id)
  else
    redis.call('ZREM', key.held, agent.id)
  end
  if not holds and agent.connected_until > 0 then
    redis.call('ZADD', key.lapsed, agent.connected_until, agent.id)
  else
    redis.call('ZREM', key.lapsed, agent.id)
  end
  agent.lease_changed = false
end

local function agents_settle()
  for _, agent in pairs(touched_agents) do
    agent_index(agent)
    if agent.lease_changed then
      agent_index_lease(agent)
    end
    redis.call('HSET', key.agent .. agent.id,
      'status', agent.status, 'connected_until', agent.connected_until, 'offer', agent.offer, 'idle_since', agent.idle_since,
      'free', agent.free.chat or '', 'free_callback', agent.free.callback or '', 'available', agent.available and '1' or '0',
      'call', agent.call, 'wrap_up', agent.wrap_up, 'missed', agent.missed, 'present', agent.present and '1' or '0',
      'busy', agent.busy and '1' or '0')
  end
  touched_agents = {}
end

-- The indexes hold who is connected, and time alone changes that. Each lapse is moved once, so this costs two empty reads in most steps.
local function presence_sync()
  local ended = redis.call('ZRANGEBYSCORE', key.held, '-inf', now)
  -- Not until the clock was set back does a lease hold again.
  local back = redis.call('ZRANGEBYSCORE', key.lapsed, '(' .. digits(now), '+inf')
  for _, ids in ipairs({ended, back}) do
    for _, id in ipairs(ids) do
      local agent = agent_find(id)
      agent.lease_changed = true
      agent_touch(agent)
    end
  end
  agents_settle()
end
