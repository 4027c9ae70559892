-- Forgets failed sign-ins, and with them the lock.
-- KEYS[1] hash: agent id by e-mail address in lower case  KEYS[2] hash: account as JSON by agent id  KEYS[3] set: ids of disabled accounts
-- KEYS[4] hash: failed sign-ins in a row by agent id  KEYS[5] hash: locked until (milliseconds) by agent id
-- ARGV[1] agent id
-- reply   1
redis.call('HDEL', KEYS[4], ARGV[1])
redis.call('HDEL', KEYS[5], ARGV[1])
return 1
