-- Disables the account of an address.
-- KEYS[1] hash: agent id by e-mail address in lower case  KEYS[2] hash: account as JSON by agent id  KEYS[3] set: ids of disabled accounts
-- KEYS[4] hash: failed sign-ins in a row by agent id  KEYS[5] hash: locked until (milliseconds) by agent id
-- ARGV[1] address in lower case
-- reply   1, or 0 when there is no such account
local id = redis.call('HGET', KEYS[1], ARGV[1])
if not id then
  return 0
end
redis.call('SADD', KEYS[3], id)
return 1
