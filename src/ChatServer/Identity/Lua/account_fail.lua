-- Counts a failed sign-in; at the limit the account is locked and the count starts anew.
-- KEYS[1] hash: agent id by e-mail address in lower case  KEYS[2] hash: account as JSON by agent id  KEYS[3] set: ids of disabled accounts
-- KEYS[4] hash: failed sign-ins in a row by agent id  KEYS[5] hash: locked until (milliseconds) by agent id
-- ARGV[1] agent id  ARGV[2] limit  ARGV[3] locked until
-- reply   failures in a row with this one; 0 when there is no such account
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 0 then
  return 0
end
local failures = redis.call('HINCRBY', KEYS[4], ARGV[1], 1)
if failures >= tonumber(ARGV[2]) then
  redis.call('HDEL', KEYS[4], ARGV[1])
  redis.call('HSET', KEYS[5], ARGV[1], ARGV[3])
end
return failures
