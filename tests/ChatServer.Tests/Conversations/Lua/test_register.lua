-- Has a node hear the conversation, which need not exist yet.
-- KEYS    [1] head of the conversation
-- ARGV    [1] node id  [2] the moment, in milliseconds
-- reply   nil
local nodes, position, kept = redis.call('HGET', KEYS[1], 'nodes') or '', 1, ''
while position <= #nodes do
  local _, node, following = struct.unpack('>I8I2c0', nodes, position)
  if node ~= ARGV[1] then
    kept = kept .. string.sub(nodes, position, following - 1)
  end
  position = following
end
redis.call('HSET', KEYS[1], 'nodes', kept .. struct.pack('>I8I2', tonumber(ARGV[2]), #ARGV[1]) .. ARGV[1])
return nil
