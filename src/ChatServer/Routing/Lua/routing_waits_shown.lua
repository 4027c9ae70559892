-- Keeps what customers are shown first; nothing is changed where something was kept before, or nobody waits any more, or somebody served the contact already.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7], ... contact id, least and most seconds in turns
-- reply   ok, 0
for i = 7, #ARGV, 3 do
  local contact = contact_find(ARGV[i])
  if contact and is_in_line(contact) and contact.served_by == '' then
    redis.call('HSETNX', key.contact .. contact.id, 'shown', ARGV[i + 1] .. ' ' .. ARGV[i + 2] .. ' ' .. digits(now))
  end
end
return finish('ok')
