-- KEYS[1] any key
-- reply   {calls so far, what it holds}
say(redis.call('GET', KEYS[1]))
return {calls, unpack(said)}
