-- Applies what routing decided: members, state and the event in the log.
-- KEYS    and ARGV[1] to [3]: see conversation.lua
-- ARGV    [4] event id  [5] fence  [6] state  [7] 1 when the members stay as they are  [8] agent id  [9] agent name, both empty for no agent
--         [10] entry body of the event without a name
-- reply   {'not_found'} | {'unchanged'} | {'applied', then the ids of the nodes it was announced to}
local log_end, former, repeated = read_end('agent', repetition_field('system', ARGV[4]))
if not log_end then
  return {'not_found'}
end

local fence = tonumber(ARGV[5])
local reopens = log_end.state == 'closed' and ARGV[6] ~= 'closed'
if fence < log_end.fence or reopens or repeated then
  return {'unchanged'}
end

local announcements = {}
if ARGV[7] ~= '1' then
  if former and former ~= ARGV[8] then
    redis.call('HDEL', HEAD, member_field(former), 'agent')
    -- Before the event: who is taken away does not hear it.
    table.insert(announcements, removal_announcement(former, log_end.seq + 1))
  end
  if ARGV[8] ~= '' then
    redis.call('HSET', HEAD, member_field(ARGV[8]), 'agent:' .. ARGV[9], 'agent', ARGV[8])
  end
end

redis.call('HSET', HEAD, 'state', ARGV[6], 'fence', ARGV[5])
local _, _, _, event = append(log_end, 'system', '', ARGV[4], '1', ARGV[10])
table.insert(announcements, event)
return {'applied', unpack(announce(log_end, '', unpack(announcements)))}
