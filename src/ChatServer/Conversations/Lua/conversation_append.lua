-- Accepts a message: membership, repetition, state, seq, log and announcement in one step.
-- KEYS    and ARGV[1] to [3]: see conversation.lua
-- ARGV    [4] m:<author id>  [5] i:<author id>, a zero byte and <message id>  [6] 1 for a customer  [7] 1 when a closed conversation takes it
--         [8] entry  [9] 1 when it lacks its author's name at the end  [10] id of the calling node, which is not announced to
-- reply   {'not_found'} | {'closed'} | {'repeated', seq, time}
--         | {'appended', seq, time, after for customers, epoch, the author's name if it was lacking, the nodes that hear the conversation}
local log_end, member, repeated = read_end(ARGV[4], ARGV[5])
if not member or (string.byte(member) == 99) ~= (ARGV[6] == '1') then
  -- 99 is the c of customer: the roles of others begin otherwise.
  return {'not_found'}
end

if repeated then
  local kept = redis.call('XRANGE', LOG, repeated .. '-0', repeated .. '-0')[1][2][2]
  local _, at = struct.unpack('>I8I8', kept)
  return {'repeated', tonumber(repeated), at}
end

if log_end.closed == 1 and ARGV[7] ~= '1' then
  return {'closed'}
end

local entry, name = ARGV[8], ''
if ARGV[9] == '1' then
  name = string.sub(member, string.find(member, ':', 1, true) + 1)
  entry = entry .. (name == '' and '\255\255' or struct.pack('>I2', #name) .. name)
end
local after = append(log_end, ARGV[5], entry, ARGV[10])
return {'appended', log_end.seq, log_end.at, after, log_end.epoch, name, log_end.nodes}
