-- Creates the conversation with its customer and, perhaps, the first message; one that exists stays as it is.
-- KEYS    and ARGV[1] to [3]: see conversation.lua
-- ARGV    [4] site  [5] contact  [6] epoch  [7] customer, JSON  [8] customer id  [9] customer name
--         [10] i:<customer id>, a zero byte and <id of the first message>, empty for none  [11] its entry
-- reply   {site, contact, epoch, state, seq, customer, agent id, agent name}
if not read_end() then
  -- Redis keeps a hash of short values as one list and reads it from the front for each field: fast at first, slow with every message more. One value over its limit
  -- of 64 bytes (hash-max-listpack-value) makes it a table from the start.
  local customer = ARGV[7] .. string.rep(' ', 65 - #ARGV[7])
  local nodes = redis.call('HGET', HEAD, 'nodes') or ''
  local log_end = {seq = 0, customer_seq = 0, at = 0, fence = 0, closed = 0, epoch = ARGV[6], nodes = nodes}
  write_end(log_end, 'site', ARGV[4], 'contact', ARGV[5], 'state', 'waiting', 'customer', customer, member_field(ARGV[8]), 'customer:' .. ARGV[9])
  if ARGV[10] ~= '' then
    append(log_end, ARGV[10], ARGV[11], '')
  end
end
return read_head()
