-- Sets a key and returns what it holds.
-- KEYS[1] any key
-- ARGV[1] value
-- reply   the value
redis.call('SET', KEYS[1], ARGV[1])
return redis.call('GET', KEYS[1])
