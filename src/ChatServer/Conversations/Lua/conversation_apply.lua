-- Applies what routing decided: members, state and the event in the log.
-- KEYS    and ARGV[1] to [3]: see conversation.lua
-- ARGV    [4] i:<the system>, a zero byte and <event id>  [5] fence  [6] state  [7] 1 when the members stay as they are  [8] agent id  [9] agent name, both empty
--         for no agent  [10] entry of the event, whose author has no name
-- reply   {'not_found'} | {'unchanged'} | {'applied', the nodes that hear the conversation}
local log_end, former, repeated = read_end('agent', ARGV[4])
if not log_end then
  return {'not_found'}
end

local fence, closes = tonumber(ARGV[5]), ARGV[6] == 'closed'
local reopens = log_end.closed == 1 and not closes
if fence < log_end.fence or reopens or repeated then
  return {'unchanged'}
end

if ARGV[7] ~= '1' then
  if former and former ~= ARGV[8] then
    redis.call('HDEL', HEAD, member_field(former), 'agent')
    -- Before the event: who is taken away does not hear it.
    announce(log_end, '', removal_announcement(former, log_end.seq + 1))
  end
  if ARGV[8] ~= '' then
    redis.call('HSET', HEAD, member_field(ARGV[8]), 'agent:' .. ARGV[9], 'agent', ARGV[8])
  end
end

log_end.fence, log_end.closed = fence, closes and 1 or 0
append(log_end, ARGV[4], ARGV[10], '', 'state', ARGV[6])
return {'applied', log_end.nodes}
