-- Lets the first caller handle an event; all others learn what became of it.
-- KEYS[1] string: the event
-- ARGV[1] now, for tests only; else 0  [2] milliseconds within which it is handled
-- reply   nil for the caller who is to handle it, else the result
local now = moment(ARGV[1])
local counts_until, result = read(KEYS[1])
if counts_until and counts_until > now then
  return result
end
write(KEYS[1], now, tonumber(ARGV[2]), 0)
return nil
