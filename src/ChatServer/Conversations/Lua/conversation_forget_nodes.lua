-- Forgets nodes that a sender took for dead, unless they registered lately.
-- KEYS    and ARGV[1] to [3]: see conversation.lua
-- ARGV    [4] milliseconds for which a registration stands whatever the sender believes  [5] and on: node ids
-- reply   nil
local log_end = read_end()
if not log_end then
  return nil
end

local dead, registered_before = {}, now() - tonumber(ARGV[4])
for i = 5, #ARGV do
  dead[ARGV[i]] = true
end
change_nodes(log_end.nodes, function(node, at) return not dead[node] or at > registered_before end, '')
return nil
