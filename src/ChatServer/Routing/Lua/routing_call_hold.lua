-- Whether a provider is to be asked for a call now; while it is, nobody else is told to make it for a time.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] contact id  ARGV[8] fence of the taking  ARGV[9] milliseconds
-- reply   ok, changed; or over, outside_hours
local contact = contact_find(ARGV[7])
if not contact or call_state_of(contact) ~= 'dialling' or contact.fence ~= tonumber(ARGV[8]) then
  return finish('over')
end
if not is_open(contact.queue) then
  return finish('outside_hours')
end
call_put_off(contact, tonumber(ARGV[9]))
return finish('ok')
