-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] contact id
-- reply   ok, 0, contacts ahead of it; or not_found when it is not in line
local contact = contact_find(ARGV[7])
local ahead = contact and is_in_line(contact) and redis.call('ZRANK', key.line .. contact.queue, contact.id)
return ahead and finish('ok', ahead) or finish('not_found')
