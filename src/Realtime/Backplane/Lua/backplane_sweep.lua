-- Takes dead nodes out of a part of one bucket. A small step, so that nobody waits for it; call it until the cursor is 0 again.
-- KEYS[1] hash of one bucket: name by the ids of its nodes, one to a line
-- ARGV[1] cursor  ARGV[2] about how many names to look at  ARGV[3..] ids of dead nodes
-- reply   the next cursor
local dead = {}
for i = 3, #ARGV do dead[ARGV[i]] = true end
local scanned = redis.call('HSCAN', KEYS[1], ARGV[1], 'COUNT', ARGV[2])
local entries = scanned[2]
for i = 1, #entries, 2 do
  local living, removed = {}, false
  for node in string.gmatch(entries[i + 1], '[^\n]+') do
    if dead[node] then removed = true else living[#living + 1] = node end
  end
  if removed and #living == 0 then
    redis.call('HDEL', KEYS[1], entries[i])
  elseif removed then
    redis.call('HSET', KEYS[1], entries[i], table.concat(living, '\n'))
  end
end
return scanned[1]
