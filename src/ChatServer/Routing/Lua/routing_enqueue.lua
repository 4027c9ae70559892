-- A customer's chat comes in: into the line of its queue, and to whoever is free for it.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7]  customer id                 ARGV[8]  request id           ARGV[9]  contact id to give    ARGV[10] conversation id to give
-- ARGV[11] queue, '' for an unknown topic                            ARGV[12] its greatest length
-- ARGV[13] customer as JSON  ARGV[14] topic  ARGV[15] head start in seconds  ARGV[16] text, missing when there is none
-- reply    ok, changed, contact; or invalid, outside_hours, queue_full
local customer, request = ARGV[7], ARGV[8]

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

if not is_open(ARGV[11]) then
  return finish('outside_hours')
end

if redis.call('ZCARD', key.line .. ARGV[11]) >= tonumber(ARGV[12]) then
  return finish('queue_full')
end

local contact = {
  id = ARGV[9], request = request, kind = 'chat', conversation = ARGV[10], customer = customer, info = ARGV[13], queue = ARGV[11],
  topic = ARGV[14], head_start = tonumber(ARGV[15]), text = ARGV[16] or false, phone = '', note = '',
}
contact_enter(contact)
request_remember(customer, request, contact.id)
make_offers()
return finish('ok', contact_view(contact))
