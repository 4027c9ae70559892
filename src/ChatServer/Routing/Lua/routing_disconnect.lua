-- Agents' connections closed. After an agent's last one their grace begins.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7], ARGV[8], ... agent id and connection id in turns
-- reply   ok, changed
for i = 7, #ARGV, 2 do
  presence_release(ARGV[i], ARGV[i + 1])
end
make_offers()
return finish('ok')
