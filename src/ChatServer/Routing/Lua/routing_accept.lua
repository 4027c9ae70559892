-- The agent takes the offered contact. The owner's repetition is answered alike.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] agent id  ARGV[8] offer id
-- reply   ok, changed, contact; or stale
local offer = redis.call('HMGET', key.offer .. ARGV[8], 'contact', 'agent', 'expires_at', 'outcome')
if offer[2] ~= ARGV[7] then
  return finish('stale')
end
local contact = contact_find(offer[1])
if contact.state == 'active' and contact.offer == ARGV[8] then
  return finish('ok', contact_view(contact))
end
-- Past its due time it is gone, whether the timer was claimed or not.
if offer[4] ~= '' or tonumber(offer[3]) <= now then
  return finish('stale')
end
contact_accept(contact, agent_find(ARGV[7]))
-- The open offer alone kept them from matching others.
make_offers()
return finish('ok', contact_view(contact))
