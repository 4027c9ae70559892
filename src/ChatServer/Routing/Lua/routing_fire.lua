-- Claims and carries out due timers, the earliest first; those that are due together in any order.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] how many at most
-- reply   ok, changed, how many there were, when the next is due ('' for never), the contacts of calls to make
local calls = {}

-- Who seems not to be there is away, and is told. Who is not connected has their grace.
local function miss(agent)
  agent.missed = agent.missed + 1
  agent_touch(agent)
  local limit = rules().missed_offers
  if limit > 0 and agent.missed >= limit and agent.status == 'available' and agent_is_connected(agent) then
    agent.missed, agent.status = 0, 'away'
    emit('agent_status_changed', 'agent', agent.id, 'status', 'away', 'reason', 'missed_offers')
  end
end

local fire = {
  offer = function(agent, subject)
    local contact = contact_find(subject)
    if contact and contact.state == 'offered' and contact.agent == agent then
      give_back(contact, 'not_answered')
      miss(agent_find(agent))
    end
  end,
  grace = function(agent, subject)
    local contact = contact_find(subject)
    if contact and contact.state == 'active' and contact.agent == agent then
      contact_return(contact, contact.queue, 'agent_away', 'agent_gone', {'agentId', agent, 'agentName', agent_find(agent).name})
    end
  end,
  inactivity = function(_, subject)
    local contact = contact_find(subject)
    if contact and contact.state == 'active' then
      emit('inactivity_due', 'at', now, snapshot(contact))
    end
  end,
  absence = function(id)
    local agent = agent_find(id)
    agent.status = 'offline'
    agent_touch(agent)
    changed = true
  end,
  lease = presence_release,
  dial = function(agent, subject)
    local contact = contact_find(subject)
    -- What is over is found out here and not when it ends, which happens in many ways.
    if contact and contact.agent == agent and call_state_of(contact) == 'dialling' then
      call_put_off(contact, rules().call_begun)
      table.insert(calls, contact_view(contact))
    end
  end,
  customer = function(_, subject)
    customer_lease_ended(contact_find(subject))
  end,
  due = function(_, subject)
    local contact = contact_find(subject)
    if contact and contact.state == 'scheduled' then
      contact_come_due(contact)
    end
  end,
  preferred = function(_, subject)
    prefer_end(contact_find(subject))
  end,
  overflow = function(_, subject)
    contact_overflow(contact_find(subject))
  end,
  wrap_up = function(id)
    end_wrap_up(agent_find(id))
  end,
  opening = function()
    -- What agents are shown of the queue; and the offers, as below.
    changed = true
  end,
  -- Nothing but the offers that it makes possible, with which the step ends.
  passed_over = function() end,
}

local count, limit = 0, tonumber(ARGV[7])
while count < limit do
  -- One by one: what one of them does may cancel the next.
  local timer = redis.call('ZRANGEBYSCORE', key.timers, '-inf', now, 'LIMIT', 0, 1)[1]
  if not timer then
    break
  end
  redis.call('ZREM', key.timers, timer)
  local kind, agent, subject = string.match(timer, '^(%S+) (%S+) (.*)$')
  fire[kind](agent, subject)
  count = count + 1
end
if count > 0 then
  make_offers()
end
return finish('ok', count, timers_next_due(), calls)
