-- Reads the log from its end, for the server's own use.
-- KEYS    and ARGV[1] to [3]: see conversation.lua
-- ARGV    [4] seq to begin before, 0 for the end  [5] how many at most
-- reply   {seq, entry as append kept it, ...}, the last first
local found = redis.call('XREVRANGE', LOG, ARGV[4] == '0' and '+' or '(' .. ARGV[4] .. '-0', '-', 'COUNT', ARGV[5])
local entries = {}
for i, entry in ipairs(found) do
  entries[2 * i - 1], entries[2 * i] = tonumber(string.sub(entry[1], 1, -3)), entry[2][2]
end
return entries
