-- A customer moves their call-back to another time, or to now.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] customer id  ARGV[8] contact id  ARGV[9] time in Unix milliseconds, '' for now
-- ARGV[10] open hours at that time and greatest length of each queue as JSON: name -> [open, length]
-- reply   ok, changed, contact; or not_found, too_late, bad_time, outside_hours, queue_full, slot_full
local contact, when = contact_find(ARGV[8]), tonumber(ARGV[9])
if not contact or contact.kind ~= 'callback' or contact.customer ~= ARGV[7] then
  return finish('not_found')
end
if contact.state == 'active' or contact.state == 'closed' then
  return finish('too_late')
end

local is_scheduled = contact.state == 'scheduled'
if is_scheduled and when == tonumber(contact.due_at) or not is_scheduled and not when then
  return finish('ok', contact_view(contact))
end

local queue = cjson.decode(ARGV[10])[contact.queue] or {1, 0}
local refused = time_refused(contact.queue, when, queue[1] == 1, queue[2], contact.id)
if refused then
  return finish(refused)
end

if when then
  contact_reschedule(contact, when)
else
  contact_enter_line(contact, 'rescheduled')
end
make_offers()
return finish('ok', contact_view(contact))
