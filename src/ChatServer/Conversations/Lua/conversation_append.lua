-- Accepts a message: membership, repetition, state, seq, log and announcement in one step.
-- KEYS    and ARGV[1] to [3]: see conversation.lua
-- ARGV    [4] author id  [5] 1 for a customer  [6] name  [7] message id  [8] 1 when a closed conversation takes it  [9] 1 when customers see it
--         [10] entry body without the name  [11] id of the calling node, which is not announced to
-- reply   {'not_found'} | {'closed'} | {'repeated', seq, time}
--         | {'appended', seq, time, after for customers, epoch, the author's name, then the ids of the nodes it was announced to}
local log_end, member, repeated = read_end(member_field(ARGV[4]), repetition_field(ARGV[4], ARGV[7]))
local role, known_name = read_member(member, ARGV[5])
if not role then
  return {'not_found'}
end

if repeated then
  return {'repeated', repeated, find_entry(repeated)[6]}
end

if log_end.state == 'closed' and ARGV[8] ~= '1' then
  return {'closed'}
end

local name = ARGV[6] ~= '' and ARGV[6] or known_name
local seq, at, after, announcement = append(log_end, ARGV[4], name, ARGV[7], ARGV[9], ARGV[10])
return {'appended', seq, at, after, log_end.epoch, name, unpack(announce(log_end, ARGV[11], announcement))}
