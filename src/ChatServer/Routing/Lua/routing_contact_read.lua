-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] contact id
-- reply   ok, 0, contact; or not_found
local contact = contact_find(ARGV[7])
return contact and finish('ok', contact_view(contact)) or finish('not_found')
