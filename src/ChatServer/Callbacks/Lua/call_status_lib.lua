-- A call status is kept as `<moment until which it counts>:<result>`; result 0 means that somebody is handling it. The moment is in the value because
-- the key's own expiry does not know a test's clock.

-- The moment in milliseconds: Redis' own, or the one that a test gives (0 otherwise).
local function moment(given)
  if tonumber(given) > 0 then
    return tonumber(given)
  end
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end

local function read(key)
  local kept = redis.call('GET', key)
  if not kept then
    return nil
  end
  local counts_until, result = string.match(kept, '^(%d+):(%d+)$')
  return tonumber(counts_until), tonumber(result)
end

local function write(key, now, life, result)
  redis.call('SET', key, string.format('%.0f:%d', now + life, result), 'PX', life)
end
