-- A node has nobody connected any more.
-- KEYS    and ARGV[1] to [3]: see conversation.lua
-- ARGV    [4] node id
-- reply   nil
local log_end = read_end()
if log_end then
  change_nodes(log_end.nodes, function(node) return node ~= ARGV[4] end, '')
end
return nil
