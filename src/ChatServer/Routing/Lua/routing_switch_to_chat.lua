-- A customer makes a chat of a call-back that nobody is busy with.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] customer id  ARGV[8] request id  ARGV[9] contact id
-- ARGV[10] greatest length of each queue as JSON: name -> [anything, length]
-- reply    ok, changed, contact; or not_found, too_late_to_switch, chat_is_open, outside_hours, queue_full
local customer, request = ARGV[7], ARGV[8]
local known = request_find(customer, request)
if known then
  return finish('ok', contact_view(contact_find(known)))
end

local contact = contact_find(ARGV[9])
if not contact or contact.customer ~= customer then
  return finish('not_found')
end
if contact.kind == 'chat' then
  return finish('ok', contact_view(contact))
end
if contact.state == 'active' or contact.state == 'closed' then
  return finish('too_late_to_switch')
end
if redis.call('HEXISTS', key.open, customer) == 1 then
  return finish('chat_is_open')
end
if not is_open(contact.queue) then
  return finish('outside_hours')
end
local queue = cjson.decode(ARGV[10])[contact.queue] or {1, 0}
if contact.state == 'scheduled' and redis.call('ZCARD', key.line .. contact.queue) >= queue[2] then
  return finish('queue_full')
end

contact_switch_to_chat(contact)
request_remember(customer, request, contact.id)
make_offers()
return finish('ok', contact_view(contact))
