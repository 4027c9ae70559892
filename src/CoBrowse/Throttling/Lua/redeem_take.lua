-- Lets a try through when every limit allows it, and counts it for all of them; else counts it for none.
-- KEYS[1 ...] string: the moment until which what was let through counts, one for each limit
-- ARGV[1] now, for tests only; else 0  [2 ...] for each key the milliseconds from one try to the next, and those of the burst
-- reply   0 when let through, else milliseconds to wait
local now = moment(ARGV[1])
local until_then, wait = {}, 0
for i, key in ipairs(KEYS) do
  until_then[i] = math.max(tonumber(redis.call('GET', key) or 0), now)
  wait = math.max(wait, until_then[i] - tonumber(ARGV[2 * i + 1]) - now)
end
if wait > 0 then
  return math.ceil(wait)
end
for i, key in ipairs(KEYS) do
  local used = until_then[i] + tonumber(ARGV[2 * i])
  redis.call('SET', key, used, 'PX', math.max(1, math.ceil(used - now)))
end
return 0
