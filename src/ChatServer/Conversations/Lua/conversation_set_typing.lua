-- Announces typing; nothing is kept.
-- KEYS    and ARGV[1] to [3]: see conversation.lua
-- ARGV    [4] participant id  [5] 1 for a customer  [6] role  [7] name  [8] 1 when typing  [9] id of the calling node, which is not announced to
-- reply   {'not_found'} | {'closed'} | {'announced', name, the nodes that hear the conversation}
local log_end, member = read_end(member_field(ARGV[4]))
local role, known_name = read_member(member, ARGV[5])
if not role then
  return {'not_found'}
end

if log_end.closed == 1 then
  return {'closed'}
end

local name = ARGV[7] ~= '' and ARGV[7] or known_name
local author = text(ARGV[6]) .. text(ARGV[4]) .. optional_text(name)
announce(log_end, ARGV[9], TYPING .. author .. (ARGV[8] == '1' and '\1' or '\0'))
return {'announced', name, log_end.nodes}
