-- Finds the nodes that have members of these names and tells each of them once, except the one that asks.
-- KEYS[1] hash of one bucket: name by the ids of its nodes, one to a line
-- ARGV[1] id of the node that asks  ARGV[2] what precedes a node id in its channel's name  ARGV[3] frame  ARGV[4..] names
-- reply   ids of the nodes told
local told = {}
local seen = { [ARGV[1]] = true }
for i = 4, #ARGV do
  local nodes = redis.call('HGET', KEYS[1], ARGV[i])
  if nodes then
    for node in string.gmatch(nodes, '[^\n]+') do
      if not seen[node] then
        seen[node] = true
        redis.call('PUBLISH', ARGV[2] .. node, ARGV[3])
        told[#told + 1] = node
      end
    end
  end
end
return told
