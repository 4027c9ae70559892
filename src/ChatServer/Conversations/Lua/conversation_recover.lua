-- A node that may have missed announcements registers again and has the end of the log announced to it, and to it alone, once more. By its
-- channel rather than by the reply: there it is in line with what others say meanwhile.
-- KEYS    and ARGV[1] to [3]: see conversation.lua
-- ARGV    [4] node id  [5] highest seq that a member on that node may know  [6] and on: participant id and 1 for a customer, of each who listens there
-- reply   'recovered' | 'lost': the log is gone, or shorter than it was
local function tell(body)
  redis.call('PUBLISH', ARGV[1] .. ARGV[4], ARGV[2] .. body)
end

local log_end = read_end()
if not log_end or log_end.seq < tonumber(ARGV[5]) then
  tell(LOSS)
  return 'lost'
end

register(log_end, ARGV[4])
for i = 6, #ARGV, 2 do
  if not read_member(redis.call('HGET', HEAD, member_field(ARGV[i])), ARGV[i + 1]) then
    -- Whoever becomes a member again does so by a later entry, and has read it when joining.
    tell(removal_announcement(ARGV[i], log_end.seq + 1))
  end
end

-- Who has these entries recognises them; who does not sees by after that more is missing, and joins.
if log_end.customer_seq > 0 and log_end.customer_seq < log_end.seq then
  tell(entry_announcement(ENTRY_AGAIN, log_end.epoch, log_end.customer_seq, find_entry(digits(log_end.customer_seq))))
end
if log_end.seq > 0 then
  tell(entry_announcement(ENTRY_AGAIN, log_end.epoch, log_end.seq, find_entry(digits(log_end.seq))))
end

local marks = redis.call('HGETALL', MARKS)
for i = 1, #marks, 2 do
  local member, mark = redis.call('HGET', HEAD, member_field(marks[i])), tonumber(marks[i + 1])
  -- Only agents cease to be members.
  local role = member and string.match(member, '^([^:]*):') or 'agent'
  tell(mark_announcement(marks[i], role, mark, last_for_customers(log_end, mark)))
end
return 'recovered'
