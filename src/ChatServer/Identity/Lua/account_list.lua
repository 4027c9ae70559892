-- All accounts, in no order.
-- KEYS[1] hash: agent id by e-mail address in lower case  KEYS[2] hash: account as JSON by agent id  KEYS[3] set: ids of disabled accounts
-- KEYS[4] hash: failed sign-ins in a row by agent id  KEYS[5] hash: locked until (milliseconds) by agent id
-- ARGV    none
-- reply   for each {account as JSON, 1 when disabled else 0, locked until or nil}
local reply = {}
local accounts = redis.call('HGETALL', KEYS[2])
for i = 1, #accounts, 2 do
  local id = accounts[i]
  reply[#reply + 1] = {accounts[i + 1], redis.call('SISMEMBER', KEYS[3], id), redis.call('HGET', KEYS[5], id)}
end
return reply
