-- Tells every living node, except the one that asks.
-- KEYS[1] sorted set of live nodes: node id by the moment it was heard last
-- ARGV[1] id of the node that asks  ARGV[2] what precedes a node id in its channel's name  ARGV[3] frame
-- reply   how many nodes were told
local told = 0
for _, node in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if node ~= ARGV[1] then
    redis.call('PUBLISH', ARGV[2] .. node, ARGV[3])
    told = told + 1
  end
end
return told
