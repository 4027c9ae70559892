-- The calling node has connections of these customers: it takes or renews the leases of their open chats.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7], ...      customer ids
-- reply   ok, changed
for i = 7, #ARGV do
  customer_hold(ARGV[i])
end
return finish('ok')
