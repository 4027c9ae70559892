-- Replaces a session while its version is the one that was read, and not too long ago.
-- KEYS[1] hash: the session  [2] list: its audit  [3] hash: session id by finder  [4] set: the agent's open sessions  [5] sorted set: due
-- ARGV[1] now, for tests only; else 0  [2] moment of reading  [3] milliseconds after which that is too long ago  [4] version as read
--     [5] session id  [6] document  [7] finder to release, or empty  [8] 1 while it is open  [9] due at, or empty  [10 ...] audit entries
-- reply   1 replaced, 0 not
if redis.call('HGET', KEYS[1], 'version') ~= ARGV[4] or moment(ARGV[1]) - tonumber(ARGV[2]) > tonumber(ARGV[3]) then
  return 0
end
redis.call('HSET', KEYS[1], 'document', ARGV[6])
redis.call('HINCRBY', KEYS[1], 'version', 1)
if ARGV[7] ~= '' then
  redis.call('HDEL', KEYS[3], ARGV[7])
end
if ARGV[8] ~= '1' then
  redis.call('SREM', KEYS[4], ARGV[5])
end
if ARGV[9] == '' then
  redis.call('ZREM', KEYS[5], ARGV[5])
else
  redis.call('ZADD', KEYS[5], ARGV[9], ARGV[5])
end
for i = 10, #ARGV do
  redis.call('RPUSH', KEYS[2], ARGV[i])
end
return 1
