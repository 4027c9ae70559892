-- The moment in milliseconds: Redis' own, or the one that a test gives (0 otherwise).
local function moment(given)
  if tonumber(given) > 0 then
    return tonumber(given)
  end
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end
