-- The agent gives the offered contact back and is passed over for it. Their repetition is accepted.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] agent id  ARGV[8] offer id
-- reply   ok, changed; or stale
local offer = redis.call('HMGET', key.offer .. ARGV[8], 'contact', 'agent', 'expires_at', 'outcome')
if offer[2] ~= ARGV[7] then
  return finish('stale')
end
if offer[4] == 'declined' then
  return finish('ok')
end
if offer[4] ~= '' or tonumber(offer[3]) <= now then
  return finish('stale')
end
agent_find(ARGV[7]).missed = 0
give_back(contact_find(offer[1]), 'declined')
make_offers()
return finish('ok')
