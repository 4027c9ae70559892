-- A request for a call-back that was let through came to nothing: it counts no more.
-- KEYS[1 ...] string: the moment until which what was let through counts, one for each limit
-- ARGV[1] now in milliseconds, for tests; empty is Redis' own clock  [2 ...] for each key the milliseconds from one request to the next
-- reply   nil
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end

for i, key in ipairs(KEYS) do
  local used = (tonumber(redis.call('GET', key)) or 0) - ARGV[i + 1]
  if used > now then
    redis.call('SET', key, used, 'PX', used - now)
  else
    redis.call('DEL', key)
  end
end
return nil
