-- Sessions with something due.
-- KEYS[1] sorted set: due
-- ARGV[1] now, for tests only; else 0  [2] at most so many
-- reply   session ids, the longest due first
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', moment(ARGV[1]), 'LIMIT', 0, ARGV[2])
