-- A node enters itself for names that it has members of now, and leaves those whose last member is gone.
-- KEYS[1] hash of one bucket: name by the ids of its nodes, one to a line
-- ARGV[1] node id  ARGV[2] how many of the names that follow are to be entered  ARGV[3..] names to enter, then names to leave
-- reply   1
local node = ARGV[1]
local enter = tonumber(ARGV[2])
for i = 3, #ARGV do
  local nodes = redis.call('HGET', KEYS[1], ARGV[i])
  local at = nodes and string.find('\n' .. nodes .. '\n', '\n' .. node .. '\n', 1, true)
  if i - 2 <= enter then
    if not nodes then
      redis.call('HSET', KEYS[1], ARGV[i], node)
    elseif not at then
      redis.call('HSET', KEYS[1], ARGV[i], nodes .. '\n' .. node)
    end
  elseif at then
    if nodes == node then
      redis.call('HDEL', KEYS[1], ARGV[i])
    elseif at == 1 then
      redis.call('HSET', KEYS[1], ARGV[i], string.sub(nodes, #node + 2))
    else
      redis.call('HSET', KEYS[1], ARGV[i], string.sub(nodes, 1, at - 2) .. string.sub(nodes, at + #node))
    end
  end
end
return 1
