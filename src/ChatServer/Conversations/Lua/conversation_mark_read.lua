-- Moves a participant's read mark forward.
-- KEYS    and ARGV[1] to [3]: see conversation.lua
-- ARGV    [4] participant id  [5] 1 for a customer  [6] role  [7] seq  [8] id of the calling node, which is not announced to
-- reply   {'not_found'} | {'unchanged'}
--         | {'marked', the mark, what customers see of it (0 for nothing), the nodes that hear the conversation}
local log_end, member = read_end(member_field(ARGV[4]))
if not read_member(member, ARGV[5]) then
  return {'not_found'}
end

local before = tonumber(redis.call('HGET', MARKS, ARGV[4]) or 0)
local mark = math.min(tonumber(ARGV[7]), ARGV[5] == '1' and log_end.customer_seq or log_end.seq)
if mark <= before then
  return {'unchanged'}
end

redis.call('HSET', MARKS, ARGV[4], digits(mark))
local for_customers = last_for_customers(log_end, mark)
local shown = for_customers > before and for_customers or 0
announce(log_end, ARGV[8], mark_announcement(ARGV[4], ARGV[6], mark, shown))
return {'marked', mark, shown, log_end.nodes}
