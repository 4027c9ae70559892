-- A customer makes a call-back of a chat that nobody serves yet.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] customer id  ARGV[8] request id  ARGV[9] contact id  ARGV[10] number  ARGV[11] note, '' for none  ARGV[12] time in Unix milliseconds, '' for now
-- ARGV[13] open hours at that time and greatest length of each queue as JSON: name -> [open, length]
-- reply    ok, changed, contact; or not_found, too_late_to_switch, other_number, number_taken, no_callbacks, too_many_callbacks, bad_time, outside_hours, slot_full
local customer, request, phone, when = ARGV[7], ARGV[8], ARGV[10], tonumber(ARGV[12])
local known = request_find(customer, request)
if known then
  return finish('ok', contact_view(contact_find(known)))
end

local contact = contact_find(ARGV[9])
if not contact or contact.customer ~= customer then
  return finish('not_found')
end
if contact.state == 'active' or contact.state == 'closed' then
  return finish('too_late_to_switch')
end

local open = redis.call('HGET', key.phones, phone)
if open == contact.id then
  return finish('ok', contact_view(contact))
end
if open then
  return finish('number_taken')
end
if contact.kind == 'callback' then
  return finish('other_number')
end

if not rules_of(contact.queue).calls then
  return finish('no_callbacks')
end
if count_callbacks(customer) >= rules().callbacks_per_customer then
  return finish('too_many_callbacks')
end
local queue = cjson.decode(ARGV[13])[contact.queue] or {1, 0}
-- It is in line already, so for now the length does not matter.
local refused = time_refused(contact.queue, when, queue[1] == 1, math.huge)
if refused then
  return finish(refused)
end

contact_switch_to_callback(contact, phone, ARGV[11], when)
request_remember(customer, request, contact.id)
make_offers()
return finish('ok', contact_view(contact))
