-- The transitions of a contact, each with its timers, its agent's load and its effects.
local offers_made
anew[#anew + 1] = function()
  offers_made = 0
end

-- An ended offer is kept only for as long as its answer may be repeated; an accepted one as long as its contact is served besides.
local function offer_forget(offer)
  redis.call('PEXPIRE', key.offer .. offer, rules().memory)
end

local function offer_end(contact, reason)
  local agent = agent_find(contact.agent)
  redis.call('HSET', key.offer .. contact.offer, 'outcome', reason)
  if reason ~= 'accepted' then
    offer_forget(contact.offer)
    seat_given_back(contact.queue, false)
  end
  timer_cancel('offer', agent.id, contact.id)
  agent.offer = ''
  agent_load_changed(agent)
  emit('offer_ended', 'agent', agent.id, 'offer', contact.offer, 'reason', reason)
end

local function contact_offer(contact, agent)
  offers_made = offers_made + 1
  -- Nobody who sees one offer's id can tell that of another.
  local offer = string.sub(redis.sha1hex(ARGV[3] .. offers_made), 1, 32)
  local expires_at = now + accept_timeout(contact.queue)
  waits_no_more(contact)
  contact.state, contact.fence, contact.agent, contact.offer = 'offered', contact.fence + 1, agent.id, offer
  contact_save(contact)
  redis.call('HSET', key.offer .. offer,
    'contact', contact.id, 'agent', agent.id, 'offered_at', now, 'expires_at', expires_at, 'outcome', '')
  agent.offer = contact.id
  agent_load_changed(agent)
  seat_taken(contact.queue)
  timer_set('offer', agent.id, contact.id, expires_at)
  emit_moved(contact, '', '')
  emit('offer_made', 'offer', offer, 'offered_at', now, 'expires_at', expires_at, snapshot(contact))
end

local function start_grace(contact)
  timer_set('grace', contact.agent, contact.id, now + grace_of(contact.queue))
end

-- When the log of the chat is looked at for the first time; what is in it is not routing's.
local function watch_inactivity(contact)
  local idle = contact.kind == 'chat' and rules_of(contact.queue).idle
  if idle then
    timer_set('inactivity', NOBODY, contact.id, now + idle)
  end
end

local function contact_accept(contact, agent)
  offer_end(contact, 'accepted')
  taking_counted(contact)
  agent.missed = 0
  prefer_remember(contact, agent)
  redis.call('ZREM', key.line .. contact.queue, contact.id)
  local first = contact.served_by == ''
  contact.state, contact.fence, contact.served_by, contact.accepted_at = 'active', contact.fence + 1, agent.id, digits(now)
  contact_save(contact)
  call_begin(contact)
  agent_serves(agent, contact)
  if not agent_is_connected(agent) then
    -- The answer was under way when the last connection went: without a grace of its own the contact would stay with somebody who is gone.
    start_grace(contact)
  end
  watch_inactivity(contact)
  local data = {'agentId', agent.id, 'agentName', agent.name}
  if contact.kind == 'callback' then
    data[5], data[6] = 'kind', contact.kind
  end
  emit_change(contact, 'agent_joined', true, false, data)
  emit_taken(contact, first)
  -- What was shown counts once, however often the contact is taken.
  shown_wait_forget(contact)
end

local function back_to_line(contact, queue)
  if queue ~= contact.queue then
    overflow_begin(contact, queue)
  end
  contact.state, contact.fence, contact.queue = 'waiting', contact.fence + 1, queue
  contact.agent, contact.offer, contact.accepted_at, contact.due_at = '', '', '', ''
  contact_save(contact)
  redis.call('ZADD', key.line .. queue, contact.place, contact.id)
  waits(contact)
end

-- The waiting contact goes to the other queue, or, when that cannot take it now, is tried again after as long.
local function contact_overflow(contact)
  local overflow = rules_of(contact.queue).overflow
  presence_sync()
  if overflow and overflow.after and can_take(overflow.queue, contact.kind) then
    waits_no_more(contact)
    redis.call('ZREM', key.line .. contact.queue, contact.id)
    contact.overflowed, contact.prefers, contact.prefers_until = true, '', ''
    back_to_line(contact, overflow.queue)
    emit_moved(contact, '', 'overflow')
  else
    overflow_begin(contact, contact.queue)
    contact_save(contact)
    if contact.overflow_at ~= '' then
      timer_set('overflow', NOBODY, contact.id, contact.overflow_at)
    end
  end
end

-- The offered contact goes back to its place without having been anybody's.
local function take_offer_back(contact, reason)
  offer_end(contact, reason)
  back_to_line(contact, contact.queue)
  emit_moved(contact, '', reason)
end

-- The active contact leaves its agent, who is answered. handled: it does not come back to its queue.
local function contact_leave(contact, handled)
  local agent = agent_find(contact.agent)
  seat_given_back(contact.queue, handled)
  offer_forget(contact.offer)
  timer_cancel('grace', agent.id, contact.id)
  timer_cancel('inactivity', NOBODY, contact.id)
  agent_serves_no_more(agent, contact)
  agent_load_changed(agent)
  return agent
end

-- The active contact goes to its place in the queue's line.
local function contact_return(contact, queue, code, reason, data)
  local agent = contact_leave(contact, queue ~= contact.queue)
  back_to_line(contact, queue)
  emit_change(contact, code, false, false, data)
  emit_moved(contact, agent.id, reason)
end

-- The agent is no match for the contact, which waits, for a while, and afterwards only when nobody else is.
local function pass_over(contact, agent)
  local ends_at = now + rules().passed_over
  redis.call('HSET', key.passes .. contact.id, agent, ends_at)
  timer_set('passed_over', agent, contact.id, ends_at)
  if not contact.passed or contact.prefers ~= '' then
    waits_no_more(contact)
    contact.passed, contact.prefers, contact.prefers_until = true, '', ''
    contact_save(contact)
    waits(contact)
  end
end

local function give_back(contact, reason)
  local agent = contact.agent
  take_offer_back(contact, reason)
  pass_over(contact, agent)
end

local function forget_passes(contact)
  for _, agent in ipairs(contact.passed and redis.call('HKEYS', key.passes .. contact.id) or {}) do
    timer_cancel('passed_over', agent, contact.id)
  end
  redis.call('DEL', key.passes .. contact.id)
end

-- role: whose doing it is, as people are told.
local function contact_close(contact, reason, role, disposition)
  local serving = ''
  leaving_counted(contact)
  if contact.state == 'waiting' then
    waits_no_more(contact)
  elseif contact.state == 'offered' then
    offer_end(contact, reason)
  elseif contact.state == 'scheduled' then
    timer_cancel('due', contact.number, contact.id)
    scheduled_no_more(contact)
  else
    serving = contact_leave(contact, true).id
  end
  redis.call('ZREM', key.line .. contact.queue, contact.id)
  redis.call('ZREM', key.places, contact.id)
  redis.call('LREM', key.customer .. contact.customer, 1, contact.id)
  if contact.kind == 'chat' then
    redis.call('HDEL', key.open, contact.customer)
  else
    redis.call('HDEL', key.phones, contact.phone)
  end
  forget_passes(contact)
  customer_forget(contact)
  contact.state, contact.fence, contact.agent, contact.due_at = 'closed', contact.fence + 1, serving, ''
  contact.closed_at, contact.closed_reason = digits(now), reason
  contact_save(contact)
  redis.call('HSET', key.contact .. contact.id,
    'closed_at', contact.closed_at, 'closed_reason', reason, 'disposition', disposition)
  emit_change(contact, 'ended', false, true, {'by', role})
  emit_moved(contact, serving, reason)
end
