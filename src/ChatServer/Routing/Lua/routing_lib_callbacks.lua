-- What contacts of both kinds begin with, and what only happens to call-backs.

-- The contact's place from now on; stamp is given to no other open contact.
local function place_take(contact, stamp)
  contact.place = place_of(stamp, contact.head_start)
  redis.call('HSET', key.contact .. contact.id, 'arrived_at', contact.arrived_at, 'place', contact.place)
  redis.call('ZADD', key.places, contact.place, contact.id)
  if contact.head_start > 0 then
    let_ahead(contact.queue)
  end
end

local function place_is_taken(place)
  return redis.call('ZCOUNT', key.places, place, place) > 0
end

-- A place for the moment at which the contact was to come, or the next one that is free.
local function place_take_late(contact)
  local stamp = tonumber(contact.arrived_at)
  while place_is_taken(place_of(stamp, contact.head_start)) do
    stamp = stamp + 1
  end
  stamp_gave(stamp)
  place_take(contact, stamp)
end

-- Keeps the contact out of line until its lead before the time that the customer chose.
local function contact_schedule(contact, when)
  local enters = when - rules_of(contact.queue).lead
  contact.state, contact.due_at = 'scheduled', digits(when)
  shown_wait_forget(contact)
  if not contact.place then
    contact.arrived_at = digits(enters)
    redis.call('HSET', key.contact .. contact.id, 'arrived_at', contact.arrived_at)
  end
  scheduled(contact)
  redis.call('ZADD', key.slots .. contact.queue, when, contact.id)
  timer_set('due', contact.number, contact.id, enters)
end

-- A new contact enters its line, or waits for the time chosen; fields: what never changes of it, and its queue.
local function contact_enter(contact, when)
  contact.state, contact.fence, contact.arrived_at, contact.passed = 'waiting', 1, digits(now), false
  contact.agent, contact.accepted_at, contact.offer, contact.served_by, contact.due_at, contact.attempts, contact.shown = '', '', '', '', '', '', ''
  contact.call_state, contact.closed_at, contact.closed_reason = '', '', ''
  contact.overflowed, contact.overflow_at, contact.prefers, contact.prefers_until = false, '', '', ''
  contact.has_conversation = contact.kind == 'chat'
  contact.number = contact.kind == 'callback' and string.format('%013.0f', redis.call('INCR', key.number)) or NOBODY
  contacts[contact.id] = contact
  redis.call('HSET', key.contact .. contact.id,
    'request', contact.request, 'kind', contact.kind, 'conversation', contact.conversation, 'customer', contact.customer, 'info', contact.info,
    'topic', contact.topic, 'has_conversation', contact.has_conversation and '1' or '0', 'phone', contact.phone, 'note', contact.note, 'number', contact.number,
    'head_start', contact.head_start)
  if contact.text then
    redis.call('HSET', key.contact .. contact.id, 'text', contact.text)
  end
  if when then
    contact_schedule(contact, when)
  else
    overflow_choose(contact)
    prefer_begin(contact)
    place_take(contact, stamp_take())
    redis.call('ZADD', key.line .. contact.queue, contact.place, contact.id)
    waits(contact)
  end
  contact_save(contact)
  redis.call('RPUSH', key.customer .. contact.customer, contact.id)
  if contact.kind == 'chat' then
    redis.call('HSET', key.open, contact.customer, contact.id)
    emit('conversation_opened', snapshot(contact))
  else
    redis.call('HSET', key.phones, contact.phone, contact.id)
  end
  emit_moved(contact, '', '')
end

-- Why a call-back of the queue cannot be made at that time; nil when it can, or when the time is nil and so now. open: whether the queue is open then.
-- longest: of the queue's line. except: a contact that does not stand in its own way.
local function time_refused(queue, when, open, longest, except)
  if not when then
    if not is_open(queue) then
      return 'outside_hours'
    end
    return redis.call('ZCARD', key.line .. queue) >= longest and 'queue_full' or nil
  end
  local own = rules_of(queue)
  if when % own.slot ~= 0 or when - own.lead <= now or when > now + own.ahead then
    return 'bad_time'
  end
  -- When somebody will open what was closed until then, nobody knows: a time may be chosen.
  local closure = closure_of(queue)
  if not open or closure and closure[1] and when < closure[1] then
    return 'outside_hours'
  end
  local chosen = redis.call('ZCOUNT', key.slots .. queue, when, when)
  if except and tonumber(redis.call('ZSCORE', key.slots .. queue, except) or '') == when then
    chosen = chosen - 1
  end
  return chosen >= own.calls_per_slot and 'slot_full' or nil
end

-- A customer's open contacts are few: at most one chat, and what the site allows of call-backs.
local function count_callbacks(customer)
  return redis.call('LLEN', key.customer .. customer) - redis.call('HEXISTS', key.open, customer)
end

-- The agent matches nothing for a while.
local function start_wrap_up(agent, queue)
  local time = rules_of(queue).wrap_up
  if time > 0 then
    agent.wrap_up = digits(now + time)
    timer_set('wrap_up', agent.id, '', now + time)
    wrap_up_seat_taken(agent, queue)
    agent_touch(agent)
  end
end

local function end_wrap_up(agent)
  if agent.wrap_up ~= '' then
    agent.wrap_up = ''
    timer_cancel('wrap_up', agent.id, '')
    wrap_up_seat_given_back(agent)
    agent_touch(agent)
    changed = true
  end
end

-- What agents did about it, as a list of {moment, outcome, agent, note}.
local function attempts_of(contact)
  return contact.attempts == '' and {} or cjson.decode(contact.attempts)
end

-- How many of them were calls; others were passed on with a note.
local function count_calls(contact)
  local calls = 0
  for _, attempt in ipairs(attempts_of(contact)) do
    calls = calls + (attempt[2] == 'transferred' and 0 or 1)
  end
  return calls
end

-- Whoever goes on saves the contact.
local function attempt_add(contact, outcome, agent, note)
  local attempts = attempts_of(contact)
  table.insert(attempts, {digits(now), outcome, agent, note})
  contact.attempts = cjson.encode(attempts)
end

-- The call failed; the customer is called again at that time, from the place that the contact has.
local function contact_postpone(contact, due, outcome)
  local agent = contact_leave(contact, false)
  contact.state, contact.fence, contact.due_at = 'scheduled', contact.fence + 1, digits(due)
  contact.agent, contact.offer, contact.accepted_at = '', '', ''
  contact_save(contact)
  scheduled(contact)
  timer_set('due', contact.number, contact.id, due)
  emit_change(contact, 'call_failed', false, false, {'outcome', outcome})
  emit_moved(contact, agent.id, outcome)
end

-- The scheduled contact goes to its place; it gets one for the moment at which it was to come, or now.
local function contact_enter_line(contact, reason)
  if not contact.place then
    if reason == 'due' then
      place_take_late(contact)
    else
      contact.arrived_at = digits(now)
      place_take(contact, stamp_take())
    end
  end
  timer_cancel('due', contact.number, contact.id)
  scheduled_no_more(contact)
  overflow_choose(contact)
  prefer_begin(contact)
  back_to_line(contact, contact.queue)
  emit_moved(contact, '', reason)
end

-- Into the line, or to the next opening by the queue's hours. While it is closed for now the contact waits in line: somebody may open it before the time that they said, and
-- then it is called.
local function contact_come_due(contact)
  local opening = not is_open_by_hours(contact.queue) and next_opening_by_hours(contact.queue)
  if opening then
    contact.due_at = digits(opening)
    contact_save(contact)
    scheduled(contact)
    timer_set('due', contact.number, contact.id, opening)
    emit_moved(contact, '', '')
  else
    contact_enter_line(contact, 'due')
  end
end

-- The contact, which nobody is busy with, is neither waiting nor offered nor scheduled for the moment.
local function contact_lift(contact, reason)
  if contact.state == 'offered' then
    offer_end(contact, reason)
  elseif contact.state == 'waiting' then
    waits_no_more(contact)
  else
    timer_cancel('due', contact.number, contact.id)
    scheduled_no_more(contact)
  end
  redis.call('ZREM', key.line .. contact.queue, contact.id)
end

-- The customer chose a time for the lifted contact.
local function contact_wait_for(contact, when)
  contact_schedule(contact, when)
  contact.prefers, contact.prefers_until = '', ''
  contact.fence, contact.agent, contact.offer, contact.accepted_at = contact.fence + 1, '', '', ''
  contact_save(contact)
end

local function contact_reschedule(contact, when)
  contact_lift(contact, 'rescheduled')
  contact_wait_for(contact, when)
  emit_moved(contact, '', 'rescheduled')
end

-- The chat becomes a call-back in the place that it has.
local function contact_switch_to_callback(contact, phone, note, when)
  contact_lift(contact, 'switched')
  customer_forget(contact)
  redis.call('HDEL', key.open, contact.customer)
  redis.call('HSET', key.phones, phone, contact.id)
  contact.kind, contact.phone, contact.note = 'callback', phone, note
  redis.call('HSET', key.contact .. contact.id, 'kind', 'callback', 'phone', phone, 'note', note)
  if when then
    contact_wait_for(contact, when)
  else
    back_to_line(contact, contact.queue)
  end
  emit_change(contact, 'switched', false, false, {'kind', 'callback'})
  emit_moved(contact, '', 'switched')
end

-- The call-back becomes a chat in the place that it has, or gets now.
local function contact_switch_to_chat(contact)
  local comes = contact.state == 'scheduled'
  contact_lift(contact, 'switched')
  if not contact.place then
    contact.arrived_at = digits(now)
    place_take(contact, stamp_take())
  end
  local had_conversation = contact.has_conversation
  redis.call('HDEL', key.phones, contact.phone)
  redis.call('HSET', key.open, contact.customer, contact.id)
  contact.kind, contact.phone, contact.note, contact.attempts, contact.has_conversation = 'chat', '', '', '', true
  redis.call('HSET', key.contact .. contact.id, 'kind', 'chat', 'phone', '', 'note', '', 'has_conversation', '1')
  if comes then
    overflow_choose(contact)
    prefer_begin(contact)
  end
  back_to_line(contact, contact.queue)
  if had_conversation then
    emit_change(contact, 'switched', false, false, {'kind', 'chat'})
  else
    emit('conversation_opened', snapshot(contact))
  end
  emit_moved(contact, '', 'switched')
end
