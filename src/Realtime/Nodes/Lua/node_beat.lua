-- A node says that it lives, to everybody by the list of live nodes and to itself by its channel.
-- KEYS[1] sorted set of live nodes: node id by the moment it was heard last, in milliseconds
-- ARGV[1] node id  ARGV[2] its channel  ARGV[3] frame to publish there  ARGV[4] milliseconds after which a silent node is dead
-- reply   {1 if the list still had this node, else 0; then the ids of all live nodes}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[4])
local added = redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('PUBLISH', ARGV[2], ARGV[3])
local reply = redis.call('ZRANGE', KEYS[1], 0, -1)
table.insert(reply, 1, 1 - added)
return reply
