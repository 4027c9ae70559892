-- Adds accounts; none when any address is taken, or there twice.
-- KEYS[1] hash: agent id by e-mail address in lower case  KEYS[2] hash: account as JSON by agent id  KEYS[3] set: ids of disabled accounts
-- KEYS[4] hash: failed sign-ins in a row by agent id  KEYS[5] hash: locked until (milliseconds) by agent id
-- ARGV    for each: address in lower case, agent id, account as JSON, 1 when disabled, locked until or empty
-- reply   which of them (from 1) have such an address; empty when all were added
local seen, taken = {}, {}
for i = 1, #ARGV, 5 do
  if seen[ARGV[i]] or redis.call('HEXISTS', KEYS[1], ARGV[i]) == 1 then
    taken[#taken + 1] = (i + 4) / 5
  end
  seen[ARGV[i]] = true
end
if #taken > 0 then
  return taken
end
for i = 1, #ARGV, 5 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
  redis.call('HSET', KEYS[2], ARGV[i + 1], ARGV[i + 2])
  if ARGV[i + 3] == '1' then
    redis.call('SADD', KEYS[3], ARGV[i + 1])
  end
  if ARGV[i + 4] ~= '' then
    redis.call('HSET', KEYS[5], ARGV[i + 1], ARGV[i + 4])
  end
end
return taken
