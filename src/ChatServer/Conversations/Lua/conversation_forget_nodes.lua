-- Forgets nodes that a sender took for dead, unless they registered lately.
-- KEYS    and ARGV[1] to [3]: see conversation.lua
-- ARGV    [4] milliseconds for which a registration stands whatever the sender believes  [5] and on: node ids
-- reply   how many were forgotten
local forgotten = 0
for i = 5, #ARGV do
  local registered = redis.call('HGET', NODES, ARGV[i])
  if registered and tonumber(registered) + tonumber(ARGV[4]) <= now() then
    forgotten = forgotten + redis.call('HDEL', NODES, ARGV[i])
  end
end
return forgotten
