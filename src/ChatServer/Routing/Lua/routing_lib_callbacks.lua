-- What contacts of both kinds begin with, and what only happens to call-backs.

-- A new contact enters its line; fields: what never changes of it, and its queue.
local function contact_enter(contact)
  local stamp = stamp_take()
  contact.state, contact.fence, contact.arrived_at, contact.place, contact.passed = 'waiting', 1, digits(now), place_of(stamp, 0), false
  contact.agent, contact.accepted_at, contact.offer, contact.served_by, contact.due_at, contact.attempts = '', '', '', '', '', ''
  contact.has_conversation = contact.kind == 'chat'
  contacts[contact.id] = contact
  redis.call('HSET', key.contact .. contact.id,
    'request', contact.request, 'kind', contact.kind, 'conversation', contact.conversation, 'customer', contact.customer, 'info', contact.info,
    'topic', contact.topic, 'arrived_at', contact.arrived_at, 'place', contact.place, 'has_conversation', contact.has_conversation and '1' or '0',
    'phone', contact.phone, 'note', contact.note)
  if contact.text then
    redis.call('HSET', key.contact .. contact.id, 'text', contact.text)
  end
  contact_save(contact)
  redis.call('ZADD', key.customer .. contact.customer, stamp, contact.id)
  if contact.kind == 'chat' then
    redis.call('HSET', key.open, contact.customer, contact.id)
    emit('conversation_opened', snapshot(contact))
  else
    redis.call('HSET', key.phones, contact.phone, contact.id)
  end
  redis.call('ZADD', key.line .. contact.queue, contact.place, contact.id)
  waits(contact)
  emit_moved(contact, '', '')
end

-- A customer's open contacts are few: at most one chat, and what the site allows of call-backs.
local function count_callbacks(customer)
  return redis.call('ZCARD', key.customer .. customer) - redis.call('HEXISTS', key.open, customer)
end

-- The agent matches nothing for a while.
local function start_wrap_up(agent, queue)
  local time = rules_of(queue).wrap_up
  if time > 0 then
    agent.wrap_up = digits(now + time)
    timer_set('wrap_up', agent.id, '', now + time)
    agent_touch(agent)
  end
end

local function end_wrap_up(agent)
  if agent.wrap_up ~= '' then
    agent.wrap_up = ''
    timer_cancel('wrap_up', agent.id, '')
    agent_touch(agent)
    changed = true
  end
end

-- The calls made, as a list of {moment, outcome, agent, note}.
local function attempts_of(contact)
  return contact.attempts == '' and {} or cjson.decode(contact.attempts)
end

-- The call failed; the customer is called again at that time, from the place that the contact has.
local function contact_postpone(contact, due, outcome)
  local agent = contact_leave(contact)
  contact.state, contact.fence, contact.due_at = 'scheduled', contact.fence + 1, digits(due)
  contact.agent, contact.offer, contact.accepted_at = '', '', ''
  contact_save(contact)
  timer_set('due', NOBODY, contact.id, due)
  emit_change(contact, 'call_failed', false, false, {'outcome', outcome})
  emit_moved(contact, agent.id, outcome)
end

-- Into the line, or to the next opening when the queue is closed.
local function contact_come_due(contact)
  local opening = not is_open(contact.queue) and next_opening(contact.queue)
  if opening then
    contact.due_at = digits(opening)
    contact_save(contact)
    timer_set('due', NOBODY, contact.id, opening)
    emit_moved(contact, '', '')
  else
    back_to_line(contact, contact.queue)
    emit_moved(contact, '', 'due')
  end
end
