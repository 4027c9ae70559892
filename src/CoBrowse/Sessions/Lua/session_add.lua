-- Adds a session, unless another one has its finder or what was read before is no longer so.
-- KEYS[1] string: the site's last number  [2] set: the agent's open sessions  [3] string: the session of this request
--     [4] hash: session id by finder  [5] sorted set: due  [6] hash: the session  [7] list: its audit  [8] sorted set: session id by number
-- ARGV[1] now, for tests only; else 0  [2] moment of reading  [3] milliseconds after which that is too long ago  [4] last number as read
--     [5] session id  [6] document  [7] finder  [8] due at  [9] milliseconds that the request is remembered
--     [10] how many open sessions were read  [11 ...] their ids, then the audit entries
-- reply   1 added, 2 the finder is another's, 0 something changed meanwhile
local open = tonumber(ARGV[10])
if moment(ARGV[1]) - tonumber(ARGV[2]) > tonumber(ARGV[3])
  or tonumber(redis.call('GET', KEYS[1]) or 0) ~= tonumber(ARGV[4])
  or redis.call('EXISTS', KEYS[3]) == 1
  or redis.call('SCARD', KEYS[2]) ~= open then
  return 0
end
for i = 11, 10 + open do
  if redis.call('SISMEMBER', KEYS[2], ARGV[i]) == 0 then
    return 0
  end
end
if redis.call('HSETNX', KEYS[4], ARGV[7], ARGV[5]) == 0 then
  return 2
end
redis.call('ZADD', KEYS[8], redis.call('INCR', KEYS[1]), ARGV[5])
redis.call('SADD', KEYS[2], ARGV[5])
redis.call('SET', KEYS[3], ARGV[5], 'PX', ARGV[9])
redis.call('ZADD', KEYS[5], ARGV[8], ARGV[5])
redis.call('HSET', KEYS[6], 'document', ARGV[6], 'version', 1)
for i = 11 + open, #ARGV do
  redis.call('RPUSH', KEYS[7], ARGV[i])
end
return 1
