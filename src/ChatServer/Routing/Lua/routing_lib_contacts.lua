-- Contacts: their records, their places in lines, and the effects that tell others.
local contacts
anew[#anew + 1] = function()
  contacts = {}
end

-- The contact, or false. What is '' is not there.
local function contact_find(id)
  if contacts[id] == nil then
    local v = redis.call('HMGET', key.contact .. id,
      'request', 'kind', 'conversation', 'customer', 'info', 'queue', 'topic', 'text', 'state', 'arrived_at', 'fence',
      'agent', 'accepted_at', 'offer', 'served_by', 'place', 'passed', 'has_conversation', 'phone', 'note', 'due_at', 'attempts', 'number', 'shown',
      'call_state', 'away', 'head_start', 'overflowed', 'overflow_at', 'prefers', 'prefers_until',
      'closed_at', 'closed_reason')
    contacts[id] = v[1] and {
      id = id, request = v[1], kind = v[2], conversation = v[3], customer = v[4], info = v[5], queue = v[6], topic = v[7], text = v[8],
      state = v[9], arrived_at = v[10], fence = tonumber(v[11]), agent = v[12], accepted_at = v[13], offer = v[14], served_by = v[15],
      place = tonumber(v[16]), passed = v[17] == '1', has_conversation = v[18] ~= '0', phone = v[19] or '', note = v[20] or '',
      due_at = v[21] or '', attempts = v[22] or '', number = v[23] or NOBODY, shown = v[24] or '',
      call_state = v[25] or '', away = v[26] == '1', head_start = tonumber(v[27] or 0), overflowed = v[28] == '1', overflow_at = v[29] or '',
      prefers = v[30] or '', prefers_until = v[31] or '', closed_at = v[32] or '', closed_reason = v[33] or '',
    } or false
  end
  return contacts[id]
end

local function contact_save(contact)
  redis.call('HSET', key.contact .. contact.id,
    'queue', contact.queue, 'state', contact.state, 'fence', contact.fence, 'agent', contact.agent, 'accepted_at', contact.accepted_at,
    'offer', contact.offer, 'served_by', contact.served_by, 'passed', contact.passed and '1' or '0', 'due_at', contact.due_at,
    'attempts', contact.attempts, 'overflowed', contact.overflowed and '1' or '0', 'overflow_at', contact.overflow_at,
    'prefers', contact.prefers, 'prefers_until', contact.prefers_until)
end

local function contact_agent_name(contact)
  local agent = contact.agent ~= '' and agent_find(contact.agent)
  return agent and agent.name or ''
end

local function is_in_line(contact)
  return contact.state == 'waiting' or contact.state == 'offered'
end

-- What is scheduled stands by its queue and time; apart from that, what is scheduled for a time that the customer chose takes one of that time's calls.
local function scheduled(contact)
  redis.call('ZADD', key.due .. contact.queue, contact.due_at, contact.id)
end

local function scheduled_no_more(contact)
  redis.call('ZREM', key.due .. contact.queue, contact.id)
  redis.call('ZREM', key.slots .. contact.queue, contact.id)
end

-- Those whom nobody passed on wait apart: any free agent matches them, so of a line of any length only the first is looked at.
local function waits(contact)
  local lane = lane_of(contact.queue, contact.kind)
  if contact.prefers ~= '' then
    redis.call('ZADD', key.preferring .. lane, contact.place, contact.id)
    lane = own_lane_of(contact.queue, contact.kind, contact.prefers)
    redis.call('ZADD', key.waiting .. lane, contact.place, contact.id)
    redis.call('ZADD', key.awaited .. contact.prefers, contact.place, contact.id)
    timer_set('preferred', NOBODY, contact.id, contact.prefers_until)
  else
    redis.call('ZADD', (contact.passed and key.passed or key.waiting) .. lane, contact.place, contact.id)
  end
  touched_lanes[lane] = true
  if contact.overflow_at ~= '' then
    timer_set('overflow', NOBODY, contact.id, contact.overflow_at)
  end
end

local function waits_no_more(contact)
  if contact.prefers ~= '' then
    redis.call('ZREM', key.preferring .. lane_of(contact.queue, contact.kind), contact.id)
    redis.call('ZREM', key.waiting .. own_lane_of(contact.queue, contact.kind, contact.prefers), contact.id)
    redis.call('ZREM', key.awaited .. contact.prefers, contact.id)
    timer_cancel('preferred', NOBODY, contact.id)
  else
    redis.call('ZREM', (contact.passed and key.passed or key.waiting) .. lane_of(contact.queue, contact.kind), contact.id)
  end
  if contact.overflow_at ~= '' then
    timer_cancel('overflow', NOBODY, contact.id)
  end
end

-- The contact as a reply; read by RedisRoutingReplies.
local function contact_view(contact)
  return {
    contact.id, contact.request, contact.kind, contact.conversation, contact.info, contact.queue, contact.topic, contact.text,
    contact.state, contact.arrived_at, contact.fence, contact.agent, contact_agent_name(contact), contact.accepted_at,
    contact.has_conversation and 1 or 0, contact.phone, contact.note, contact.due_at, contact.attempts, contact.shown,
    contact.call_state, contact.away and 1 or 0, contact.closed_at, contact.closed_reason,
  }
end

-- Effects keep what changes of a contact; the rest is read with them, see routing_effects_read.
local function snapshot(contact)
  return 'contact', contact.id, 'kind', contact.kind, 'queue', contact.queue, 'state', contact.state, 'fence', contact.fence,
    'agent', contact.agent, 'agent_name', contact_agent_name(contact), 'accepted_at', contact.accepted_at, 'due_at', contact.due_at,
    'attempts', contact.attempts, 'shown', contact.shown, 'away', contact.away and '1' or '0'
end

-- A stream never gives an id again, also when it has been emptied.
local function emit(effect, ...)
  redis.call('XADD', key.outbox, '0-*', 'effect', effect, ...)
  changed = true
end

-- concerned: the agent who is told too, who may just have lost the contact; '' for none.
local function emit_moved(contact, concerned, reason)
  emit('contact_moved', 'concerned', concerned, 'reason', reason, snapshot(contact))
end

-- The contact's agent took it. first: nobody had before.
local function emit_taken(contact, first)
  emit('contact_moved', 'concerned', contact.agent, 'reason', '', 'first', first and '1' or '0', snapshot(contact))
end

-- Only of what has a conversation. joins: the contact's agent becomes a member; otherwise the serving agent is taken away unless they are kept. data: two names with their values.
local function emit_change(contact, code, joins, keeps, data)
  if not contact.has_conversation then
    return
  end
  emit('conversation_changed', 'code', code, 'joins', joins and '1' or '0', 'keeps', keeps and '1' or '0',
    'data', cjson.encode(data), snapshot(contact))
end
