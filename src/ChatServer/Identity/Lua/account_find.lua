-- One account, by its address or by its agent.
-- KEYS[1] hash: agent id by e-mail address in lower case  KEYS[2] hash: account as JSON by agent id  KEYS[3] set: ids of disabled accounts
-- KEYS[4] hash: failed sign-ins in a row by agent id  KEYS[5] hash: locked until (milliseconds) by agent id
-- ARGV[1] address in lower case, or empty  ARGV[2] agent id, when there is no address
-- reply   {account as JSON, 1 when disabled else 0, locked until or nil}; nil when there is none
local id = ARGV[2]
if ARGV[1] ~= '' then
  id = redis.call('HGET', KEYS[1], ARGV[1])
end
local account = id and redis.call('HGET', KEYS[2], id)
if not account then
  return false
end
return {account, redis.call('SISMEMBER', KEYS[3], id), redis.call('HGET', KEYS[5], id)}
