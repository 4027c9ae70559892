-- Contacts that wait for the agent who served their customer last, and for nobody else.

-- The contact is about to wait in its queue for the first time, or again after it was scheduled.
local function prefer_begin(contact)
  contact.prefers, contact.prefers_until = '', ''
  local time = rules_of(contact.queue).preferred
  local value = time > 0 and redis.call('GET', key.last_agent .. contact.customer)
  local served_at, id = string.match(value or '', '^(%d+) (.+)$')
  if not served_at or tonumber(served_at) < now - rules().last_agent then
    return
  end
  local agent = agent_find(id)
  if agent and agent_is_there(agent) and agent_has_queue(agent, contact.queue)
    and not (contact.passed and redis.call('HEXISTS', key.passes .. contact.id, id) == 1) then
    contact.prefers, contact.prefers_until = id, digits(now + time)
  end
end

-- The contact, which waits, is for whoever matches.
local function prefer_end(contact)
  waits_no_more(contact)
  contact.prefers, contact.prefers_until = '', ''
  contact_save(contact)
  waits(contact)
end

-- Of the touched lanes of agents who went away, or have the queue no more: those who wait there wait for whoever matches. Each does so once.
local function prefer_end_in_vain()
  local own_lanes = {}
  for lane in pairs(touched_lanes) do
    if string.find(lane, '@', 1, true) then
      table.insert(own_lanes, lane)
    end
  end
  for _, lane in ipairs(own_lanes) do
    local queue, id = string.match(lane, '^(.-):%a+@(.*)$')
    local agent = agent_find(id)
    if not agent_is_there(agent) or not agent_has_queue(agent, queue) then
      for _, contact in ipairs(redis.call('ZRANGE', key.waiting .. lane, 0, -1)) do
        prefer_end(contact_find(contact))
      end
    end
  end
end

-- The agent took the contact.
local function prefer_remember(contact, agent)
  contact.prefers, contact.prefers_until = '', ''
  if rules().prefers then
    redis.call('SET', key.last_agent .. contact.customer, digits(now) .. ' ' .. agent.id, 'PX', rules().last_agent)
  end
end
