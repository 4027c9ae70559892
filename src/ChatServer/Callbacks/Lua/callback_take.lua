-- Lets a request for a call-back through when every limit allows it, and counts it for all of them; else counts it for none.
-- KEYS[1 ...] string: the moment until which what was let through counts, one for each limit
-- ARGV[1] now in milliseconds, for tests; empty is Redis' own clock  [2 ...] for each key the milliseconds from one request to the next, and those of the burst
-- reply   0 when let through, else milliseconds to wait
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end

local used_until, wait = {}, 0
for i, key in ipairs(KEYS) do
  used_until[i] = math.max(tonumber(redis.call('GET', key) or 0), now)
  wait = math.max(wait, used_until[i] - tonumber(ARGV[2 * i + 1]) - now)
end
if wait > 0 then
  return wait
end

for i, key in ipairs(KEYS) do
  local used = used_until[i] + tonumber(ARGV[2 * i])
  redis.call('SET', key, used, 'PX', math.max(1, used - now))
end
return 0
