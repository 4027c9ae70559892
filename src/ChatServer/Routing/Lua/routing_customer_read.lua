-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] customer id
-- reply   ok, 0, what is open for the customer, in the order in which it came
local open = {}
for _, id in ipairs(redis.call('LRANGE', key.customer .. ARGV[7], 0, -1)) do
  table.insert(open, contact_view(contact_find(id)))
end
return finish('ok', open)
