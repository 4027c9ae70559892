-- What estimates of waits are made from, and how they came true, read once per step and written by handling_settle. HandlingTimes.cs and AnswerFigures.cs say what the
-- numbers are; they are whole, so that both come to the same ones.
local handling, handling_changed
anew[#anew + 1] = function()
  handling, handling_changed = {}, {}
end

local HANDLING_STEP, HANDLING_REMEMBERED, ONE_CONTACT = 300000, 288 * 300000, 1000

-- In the order in which they are kept.
local HANDLING_NUMBERS = {'at', 'serving', 'handled', 'held', 'head_starts', 'answered', 'in_time', 'estimated', 'inside'}
local HANDLING_SUMS = {'handled', 'head_starts', 'answered', 'in_time', 'estimated', 'inside'}

local function decayed(sum)
  return sum - math.floor(sum / 12)
end

local function handling_bring_up(times)
  if now <= times.at then
    return
  end
  if now - times.at > HANDLING_REMEMBERED then
    times.at, times.held = now - HANDLING_REMEMBERED, 0
    for _, sum in ipairs(HANDLING_SUMS) do
      times[sum] = 0
    end
  end
  while math.floor(times.at / HANDLING_STEP) < math.floor(now / HANDLING_STEP) do
    local ends_at = (math.floor(times.at / HANDLING_STEP) + 1) * HANDLING_STEP
    times.held = decayed(times.held + times.serving * (ends_at - times.at))
    for _, sum in ipairs(HANDLING_SUMS) do
      times[sum] = decayed(times[sum])
    end
    times.at = ends_at
  end
  times.held = times.held + times.serving * (now - times.at)
  times.at = now
end

-- The queue's numbers as of now, to be changed.
local function handling_of(queue)
  if not handling[queue] then
    local kept, times = string.gmatch(redis.call('HGET', key.handling, queue) or '', '%d+'), {}
    for _, number in ipairs(HANDLING_NUMBERS) do
      times[number] = tonumber(kept() or 0)
    end
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

-- An agent takes the contact, which is as it was offered. Who takes it again changes nothing.
local function taking_counted(contact)
  if contact.served_by == '' then
    local times = handling_of(contact.queue)
    times.answered = times.answered + ONE_CONTACT
    if now - tonumber(contact.arrived_at) <= rules_of(contact.queue).answer then
      times.in_time = times.in_time + ONE_CONTACT
    end
  end
  if contact.shown ~= '' then
    local times = handling_of(contact.queue)
    local least, most, shown_at = string.match(contact.shown, '^(%d+) (%d+) (%d+)$')
    local waited = now - tonumber(shown_at)
    times.estimated = times.estimated + ONE_CONTACT
    if waited >= tonumber(least) * 1000 and waited <= tonumber(most) * 1000 then
      times.inside = times.inside + ONE_CONTACT
    end
  end
end

-- Who gives up after so long was not answered in time.
local function leaving_counted(contact)
  if is_in_line(contact) and contact.served_by == '' and now - tonumber(contact.arrived_at) > rules_of(contact.queue).answer then
    local times = handling_of(contact.queue)
    times.answered = times.answered + ONE_CONTACT
  end
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
    local numbers = {}
    for i, number in ipairs(HANDLING_NUMBERS) do
      numbers[i] = digits(times[number])
    end
    redis.call('HSET', key.handling, queue, table.concat(numbers, ' '))
  end
  handling_changed = {}
end
