-- Reads the log from its end, for the server's own use.
-- KEYS    and ARGV[1] to [3]: see conversation.lua
-- ARGV    [4] seq to begin before, 0 for the end  [5] how many at most
-- reply   {seq, after for customers, time, message id, body, ...}, the last first
local found = redis.call('XREVRANGE', LOG, ARGV[4] == '0' and '+' or '(' .. ARGV[4] .. '-0', '-', 'COUNT', ARGV[5])
local entries = {}
for _, entry in ipairs(found) do
  local fields = entry[2]
  for _, value in ipairs({string.match(entry[1], '^%d+'), fields[4], fields[6], fields[2], fields[10]}) do
    table.insert(entries, value)
  end
end
return entries
