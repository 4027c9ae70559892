-- A node becomes or stays the keeper of a site.
-- KEYS[1] string: id of the keeper
-- ARGV[1] node id  ARGV[2] milliseconds after which a keeper that does not ask again is none
-- reply   1 when the node is keeper, 0 when another one is
local keeper = redis.call('GET', KEYS[1])
if keeper and keeper ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
