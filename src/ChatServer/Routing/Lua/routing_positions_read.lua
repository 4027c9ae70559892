-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7..] contact ids
-- reply   ok, 0, contacts ahead of each, nil when it is not in line
local ahead = {}
for i = 7, #ARGV do
  local queue = redis.call('HGET', key.contact .. ARGV[i], 'queue')
  ahead[i - 6] = queue and redis.call('ZRANK', key.line .. queue, ARGV[i])
end
return {'ok', 0, ahead}
