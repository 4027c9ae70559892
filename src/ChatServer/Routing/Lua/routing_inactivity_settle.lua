-- What was found in the log of a chat whose customer may have fallen silent: when to look again, or that it ends.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] contact id  ARGV[8] its fence when it was looked at  ARGV[9] when to look again in Unix milliseconds, '' to end it
-- reply   ok, changed, contact; or stale
local contact = contact_find(ARGV[7])
if not contact or contact.kind ~= 'chat' or contact.state ~= 'active' or contact.fence ~= tonumber(ARGV[8]) then
  return finish('stale')
end
if ARGV[9] ~= '' then
  timer_set('inactivity', NOBODY, contact.id, ARGV[9])
else
  contact_close(contact, 'inactive', 'system', '')
  make_offers()
end
return finish('ok', contact_view(contact))
