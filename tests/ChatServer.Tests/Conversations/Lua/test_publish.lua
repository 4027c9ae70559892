-- Publishes by the member of a cluster that owns the key.
-- KEYS[1] any key of the slot
-- ARGV[1] channel  [2] frame
return redis.call('PUBLISH', ARGV[1], ARGV[2])
