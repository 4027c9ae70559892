-- What is asked about a queue's line as a whole.

local function waiting_of(queue, kind)
  local lane = lane_of(queue, kind)
  return redis.call('ZCARD', key.waiting .. lane) + redis.call('ZCARD', key.passed .. lane) + redis.call('ZCARD', key.preferring .. lane)
end

-- When who waits longest came; '' for an empty line. It is not always who stands first, but nobody came before them who stands behind their stamp: LinePlace.cs says why.
local function oldest_arrival(queue)
  local oldest, stamp, from = nil, math.huge, 0
  repeat
    local some = redis.call('ZRANGE', key.line .. queue, from, from + 15, 'WITHSCORES')
    for i = 1, #some, 2 do
      local place = tonumber(some[i + 1])
      local head_start = place % 2048
      local stands_at = (place - head_start) / 2048
      if stands_at >= stamp then
        some = {}
        break
      end
      if stands_at + head_start * 1000 < stamp then
        oldest, stamp = some[i], stands_at + head_start * 1000
      end
    end
    from = from + 16
  until #some < 32
  return oldest and redis.call('HGET', key.contact .. oldest, 'arrived_at') or ''
end
