-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] contact id, or '' for the open contact of the customer  ARGV[8] customer id
-- reply   ok, 0, contact; or not_found
local id = ARGV[7] ~= '' and ARGV[7] or redis.call('HGET', key.open, ARGV[8])
local contact = id and contact_find(id)
return contact and finish('ok', contact_view(contact)) or finish('not_found')
