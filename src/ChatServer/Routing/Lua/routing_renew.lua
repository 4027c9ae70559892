-- Renews the leases of a node's agent connections; one that has run out is taken again.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7], ARGV[8], ... agent id and connection id in turns
-- reply   ok, changed
for i = 7, #ARGV, 2 do
  presence_hold(ARGV[i], ARGV[i + 1])
end
make_offers()
return finish('ok')
