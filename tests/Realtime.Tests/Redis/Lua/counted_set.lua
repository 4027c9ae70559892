-- KEYS[1] any key
-- ARGV[1] value
-- reply   {calls so far, value}
redis.call('SET', KEYS[1], ARGV[1])
say(ARGV[1])
return {calls, unpack(said)}
