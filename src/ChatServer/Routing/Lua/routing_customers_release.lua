-- The calling node has no connection of these customers any more.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7], ...      customer ids
-- reply   ok, changed
for i = 7, #ARGV do
  customer_release(ARGV[i])
end
return finish('ok')
