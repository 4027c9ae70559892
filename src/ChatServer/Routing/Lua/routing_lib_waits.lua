-- What estimates of waits are made from, read once per step and written by handling_settle. HandlingTimes.cs says what the numbers are; they are whole, so that both come
-- to the same ones.
local handling, handling_changed = {}, {}

local HANDLING_STEP, HANDLING_REMEMBERED, ONE_CONTACT = 300000, 288 * 300000, 1000

local function decayed(sum)
  return sum - math.floor(sum / 12)
end

local function handling_bring_up(times)
  if now <= times.at then
    return
  end
  if now - times.at > HANDLING_REMEMBERED then
    times.at, times.handled, times.held, times.head_starts = now - HANDLING_REMEMBERED, 0, 0, 0
  end
  while math.floor(times.at / HANDLING_STEP) < math.floor(now / HANDLING_STEP) do
    local ends_at = (math.floor(times.at / HANDLING_STEP) + 1) * HANDLING_STEP
    times.held = decayed(times.held + times.serving * (ends_at - times.at))
    times.handled, times.head_starts = decayed(times.handled), decayed(times.head_starts)
    times.at = ends_at
  end
  times.held = times.held + times.serving * (now - times.at)
  times.at = now
end

-- The queue's numbers as of now, to be changed.
local function handling_of(queue)
  if not handling[queue] then
    local kept = redis.call('HGET', key.handling, queue) or '0 0 0 0 0'
    local at, serving, handled, held, head_starts = string.match(kept, '^(%d+) (%d+) (%d+) (%d+) (%d+)$')
    local times = {
      at = tonumber(at), serving = tonumber(serving), handled = tonumber(handled), held = tonumber(held), head_starts = tonumber(head_starts),
    }
    handling_bring_up(times)
    handling[queue] = times
  end
  handling_changed[queue] = true
  return handling[queue]
end

-- A contact of the queue was offered to an agent.
local function seat_taken(queue)
  local times = handling_of(queue)
  times.serving = times.serving + 1
end

-- A contact of the queue holds its seat no more. handled: it was served and does not come back to the queue.
local function seat_given_back(queue, handled)
  local times = handling_of(queue)
  times.serving = math.max(0, times.serving - 1)
  times.handled = times.handled + (handled and ONE_CONTACT or 0)
end

-- A contact entered the line with a head start.
local function let_ahead(queue)
  local times = handling_of(queue)
  times.head_starts = times.head_starts + ONE_CONTACT
end

local function wrap_up_seat_given_back(agent)
  local queue = redis.call('HGET', key.agent .. agent.id, 'wrap_up_queue')
  if queue then
    seat_given_back(queue, false)
    redis.call('HDEL', key.agent .. agent.id, 'wrap_up_queue')
  end
end

-- Whoever finishes up after a call keeps its seat.
local function wrap_up_seat_taken(agent, queue)
  wrap_up_seat_given_back(agent)
  seat_taken(queue)
  redis.call('HSET', key.agent .. agent.id, 'wrap_up_queue', queue)
end

-- What the customer was shown first counts until an agent takes the contact, or the customer chooses another time.
local function shown_wait_forget(contact)
  if contact.shown ~= '' then
    contact.shown = ''
    redis.call('HDEL', key.contact .. contact.id, 'shown')
  end
end

local function handling_settle()
  for queue in pairs(handling_changed) do
    local times = handling[queue]
    redis.call('HSET', key.handling, queue, string.format('%.0f %.0f %.0f %.0f %.0f',
      times.at, times.serving, times.handled, times.held, times.head_starts))
  end
  handling_changed = {}
end
