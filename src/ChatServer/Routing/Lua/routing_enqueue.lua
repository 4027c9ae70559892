-- A customer's contact comes in: into the line of its queue, and to whoever is free for it.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7]  customer id                 ARGV[8]  request id           ARGV[9]  contact id to give    ARGV[10] conversation id to give
-- ARGV[11] queue, '' for an unknown topic                            ARGV[12] its greatest length
-- ARGV[13] a minute (Unix time / 60) ARGV[14] whether the queue is open in this minute and those after it, a digit each
-- ARGV[15] kind  ARGV[16] customer as JSON  ARGV[17] topic  ARGV[18] text, missing when there is none
-- reply    ok, changed, contact; or invalid, outside_hours, queue_full; or moment, 0, this moment: ask again with the hours around it
local customer, request = ARGV[7], ARGV[8]

local function enqueue()
  local contact = {
    id = ARGV[9], request = request, kind = ARGV[15], conversation = ARGV[10], customer = customer, info = ARGV[16], queue = ARGV[11],
    topic = ARGV[17], text = ARGV[18] or false, state = 'waiting', arrived_at = digits(now), fence = 1, agent = '', accepted_at = '',
    offer = '', served_by = '', place = place_of(stamp_take(), 0), passed = false,
  }
  contacts[contact.id] = contact
  redis.call('HSET', key.contact .. contact.id,
    'request', request, 'kind', contact.kind, 'conversation', contact.conversation, 'customer', customer, 'info', contact.info,
    'topic', contact.topic, 'arrived_at', contact.arrived_at, 'place', contact.place)
  if contact.text then
    redis.call('HSET', key.contact .. contact.id, 'text', contact.text)
  end
  contact_save(contact)
  redis.call('HSET', key.open, customer, contact.id)
  redis.call('ZADD', key.line .. contact.queue, contact.place, contact.id)
  waits(contact)
  emit('conversation_opened', snapshot(contact))
  emit_moved(contact, '', '')
  return contact
end

local known = request_find(customer, request)
if known then
  return finish('ok', contact_view(contact_find(known)))
end

local open = redis.call('HGET', key.open, customer)
if open then
  request_remember(customer, request, open)
  return finish('ok', contact_view(contact_find(open)))
end

if ARGV[11] == '' then
  return finish('invalid')
end

local minute = math.floor(now / 60000) - tonumber(ARGV[13])
local is_open = minute >= 0 and string.sub(ARGV[14], minute + 1, minute + 1) or ''
if is_open == '' then
  return finish('moment', digits(now))
end
if is_open == '0' then
  return finish('outside_hours')
end
if redis.call('ZCARD', key.line .. ARGV[11]) >= tonumber(ARGV[12]) then
  return finish('queue_full')
end

local contact = enqueue()
request_remember(customer, request, contact.id)
make_offers()
return finish('ok', contact_view(contact))
