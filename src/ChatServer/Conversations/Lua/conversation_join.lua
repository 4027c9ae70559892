-- Registers the node and reads what the participant missed: an entry is in the reply or is published to the node afterwards.
-- KEYS    and ARGV[1] to [3]: see conversation.lua
-- ARGV    [4] participant id  [5] 1 for a customer  [6] epoch claimed  [7] seq claimed, 0 for none  [8] message id claimed
--         [9] page size  [10] node id  [11] epoch for a log that contradicts the claim
-- reply   {'not_found'} | {'joined', 1 when reset, 1 when there is more, last visible seq, head as conversation_find.lua replies it,
--         {seq, entry as append kept it, ...}, {participant id, seq, ...}}
local log_end, member = read_end(member_field(ARGV[4]))
if not read_member(member, ARGV[5]) then
  return {'not_found'}
end

local is_customer = ARGV[5] == '1'
local from, reset = 0, false
if ARGV[6] ~= log_end.epoch then
  -- Who knows nothing yet is not reset; who speaks of another log, or cannot say of which one, is.
  reset = ARGV[6] ~= '' or ARGV[7] ~= '0'
elseif ARGV[7] ~= '0' then
  local claimed = find_entry(ARGV[7])
  if not claimed or (is_customer and not is_for_customers(claimed)) or (ARGV[8] ~= '' and ARGV[8] ~= message_id_of(claimed)) then
    -- The log was cut back or recreated under the client's feet: nobody carries on as if it had not been.
    log_end.epoch = ARGV[11]
    write_end(log_end)
    reset = true
  else
    from = tonumber(ARGV[7])
  end
end

register(log_end, ARGV[10])

-- In steps, since a customer's page may have notes between its entries.
local size, entries, count, more = tonumber(ARGV[9]), {}, 0, false
repeat
  local chunk = redis.call('XRANGE', LOG, digits(from + 1) .. '-0', '+', 'COUNT', size + 1)
  for _, found in ipairs(chunk) do
    from = tonumber(string.sub(found[1], 1, -3))
    local entry = found[2][2]
    if not is_customer or is_for_customers(entry) then
      if count == size then
        more = true
        break
      end
      count = count + 1
      entries[2 * count - 1], entries[2 * count] = from, entry
    end
  end
until more or #chunk <= size

local marks = redis.call('HGETALL', MARKS)
if is_customer then
  for i = 2, #marks, 2 do
    -- A mark on a note would tell the customer that there is one.
    marks[i] = last_for_customers(log_end, tonumber(marks[i]))
  end
end

local last_visible = is_customer and log_end.customer_seq or log_end.seq
return {'joined', reset and 1 or 0, more and 1 or 0, last_visible, read_head(), entries, marks}
