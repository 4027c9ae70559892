-- A site's keys, moment and rules. First of what all functions of routing share, which are called alike. Redis runs this when the library is loaded; what must not outlast
-- a call is begun anew by each: see on_call.
--
-- KEYS     all in the site's slot. Those that end in ':' are prefixes: scripts append ids to them, and such keys are in the same slot because the hash tag
--          comes before, which is all that a cluster asks for.
--   1 contact:        hash by contact id; for ever           11 line:           zset by queue: waiting and offered contacts by place
--   2 agent:          hash by agent id; for ever             12 waiting:        zset by lane: waiting contacts nobody passed on, by place
--   3 connections:    zset by agent id: leases' ends         13 passed:         zset by lane: waiting contacts somebody passed on, by place
--   4 served:         zset by agent id: contacts by place    14 free:           zset by lane: agents an offer can go to; see score_in
--   5 offer:          hash by offer id; see offer_forget     15 available:      set by queue: connected, available and with room
--   6 passes:         hash by contact id: agent -> until     16 look            set: lanes where somebody waits and somebody is free
--   7 request:        string by person and request id        17 held            zset: agents whose lease holds, by its end
--   8 open            hash: customer id -> open chat         18 lapsed          zset: agents whose lease ran out and was not released, by its end
--   9 timers          zset: timer by due time                19 stamp           milliseconds: the stamp given last
--  10 outbox          stream of effects, ids 0-1, 0-2, ...   20 keeper          id of the node that is told of changes
--  21 customer:       list by customer id: open contacts       22 phones          hash: number -> open call-back
--  23 slots:          zset by queue: call-backs scheduled for  24 places          zset: open contacts by place
--                     a time that the customer chose, by it    25 number          counter of call-backs
--  26 handling        hash: queue -> see routing_lib_waits     27 closures        hash: queue closed for now ->
--  28 acts            stream: what supervisors did,                               '<end> <opening>', '-' when unknown
--                     ids 0-1, 0-2, ...
--  29 seen:           zset by contact id: nodes by the end of their lease of the chat's customer
--  30 present:        set by queue: connected agents who are not offline
--  31 awaited:        zset by agent id: contacts that wait for that agent alone, by place
--  32 last-agent:     string by customer id: who served them last
--  33 preferring:     zset by lane: its contacts that wait for one agent alone, by place
--  34 due:            zset by queue: scheduled call-backs by when they are due
--  35 busy            set: agents who have a contact, offered or served
--  36 watching        zset: nodes that are told of changes because somebody there watches the site, by when that ends
--
-- A lane is what of a queue's line is of one kind: its chats, or its call-backs. Agents who are free for one may not be for the other. What waits for one agent alone
-- waits in a lane of its own, named queue:kind@agent.
--
-- ARGV[1]  the moment in Unix milliseconds, for tests; otherwise '' for Redis' own TIME
-- ARGV[2]  rules and hours as JSON, as RedisSiteRules.cs writes them. A call whose moment is none of its minutes answers {'moment', 0, that moment} and
--          has done nothing: it is to be called again with the hours around it.
-- ARGV[3]  a secret that this call's offer ids are made from
-- ARGV[4]  id of the calling node   ARGV[5] prefix of nodes' channels   ARGV[6] what to publish there when something changed
-- A script's own arguments begin at ARGV[7]; its reply is {code, 1 if something changed that others must hear of, ...}.
local KEYS, ARGV
local key, now, first_minute, minute, changed

-- What libraries begin anew with each call, as functions.
local anew = {}

-- Lua would write what has 13 digits and more in its own way.
local function digits(number)
  return string.format('%.0f', number)
end

-- nil when the moment is one of the rules' minutes.
local function begin_call()
  key = {
    contact = KEYS[1], agent = KEYS[2], connections = KEYS[3], served = KEYS[4], offer = KEYS[5],
    passes = KEYS[6], request = KEYS[7], open = KEYS[8], timers = KEYS[9], outbox = KEYS[10],
    line = KEYS[11], waiting = KEYS[12], passed = KEYS[13], free = KEYS[14], available = KEYS[15],
    look = KEYS[16], held = KEYS[17], lapsed = KEYS[18], stamp = KEYS[19], keeper = KEYS[20],
    customer = KEYS[21], phones = KEYS[22], slots = KEYS[23], places = KEYS[24], number = KEYS[25],
    handling = KEYS[26], closures = KEYS[27], acts = KEYS[28],
    seen = KEYS[29], present = KEYS[30], awaited = KEYS[31], last_agent = KEYS[32], preferring = KEYS[33],
    due = KEYS[34], busy = KEYS[35], watching = KEYS[36],
  }
  now = tonumber(ARGV[1])
  if not now then
    local time = redis.call('TIME')
    now = time[1] * 1000 + math.floor(time[2] / 1000)
  end
  local first, minutes = string.match(ARGV[2], '^{"minute":(-?%d+),"minutes":(%d+)')
  first_minute, minute, changed = first, math.floor(now / 60000) - first, false
  if minute < 0 or minute >= tonumber(minutes) then
    return {'moment', 0, digits(now)}
  end
  for _, begin in ipairs(anew) do
    begin()
  end
end

-- What Redis calls: the body with its keys and arguments, at a moment of its own.
local function on_call(body)
  return function(keys, arguments)
    KEYS, ARGV = keys, arguments
    return begin_call() or body()
  end
end

-- What so many texts say is kept: more than sites and nodes together write in their minute.
local DECODED = 64
local decoded, decoded_count = {}, 0
local function rules()
  local found = decoded[ARGV[2]]
  if not found then
    if decoded_count == DECODED then
      decoded, decoded_count = {}, 0
    end
    found = cjson.decode(ARGV[2])
    decoded[ARGV[2]], decoded_count = found, decoded_count + 1
  end
  return found
end

local function rules_of(queue)
  return rules().queues[queue] or rules().removed
end

local function accept_timeout(queue)
  return rules_of(queue).accept
end

local function grace_of(queue)
  return rules_of(queue).grace
end

local function is_open_by_hours(queue)
  local closed = rules().closed[queue]
  return not closed or string.sub(closed.minutes, minute + 1, minute + 1) == '1'
end

-- Of a queue that is closed by its hours; nil when it never opens.
local function next_opening_by_hours(queue)
  local closed = rules().closed[queue]
  local opening = string.find(closed.minutes, '1', minute + 1, true)
  return opening and (first_minute + opening - 1) * 60000 or closed.opens
end

-- The next stamp: now, or the one after the last where the clock stands still or stepped back.
local function stamp_take()
  local stamp = math.max(now, (tonumber(redis.call('GET', key.stamp)) or 0) + 1)
  redis.call('SET', key.stamp, digits(stamp))
  return stamp
end

-- A stamp was given though it is not the next one; later ones are greater than it too.
local function stamp_gave(stamp)
  if stamp > (tonumber(redis.call('GET', key.stamp)) or 0) then
    redis.call('SET', key.stamp, digits(stamp))
  end
end

-- Where a contact stands in every line: LinePlace.cs says why.
local function place_of(stamp, head_start)
  return (stamp - head_start * 1000) * 2048 + head_start
end

local KINDS = {'chat', 'callback'}

local function lane_of(queue, kind)
  return queue .. ':' .. kind
end

local function own_lane_of(queue, kind, agent)
  return lane_of(queue, kind) .. '@' .. agent
end

-- Lanes whose matching may have changed in this step.
local touched_lanes
anew[#anew + 1] = function()
  touched_lanes = {}
end

-- Timers: kind is absence, customer, dial, due, grace, inactivity, lease, offer, opening, overflow, passed_over, preferred or wrap_up; the subject is a contact or connection of the agent, or a queue. Ids have no
-- spaces; where no agent is concerned it is NOBODY, and of a call-back its number: Redis orders what is due together by name.
local NOBODY = '-'

local function timer_name(kind, agent, subject)
  return kind .. ' ' .. agent .. ' ' .. subject
end

local function timer_set(kind, agent, subject, due)
  redis.call('ZADD', key.timers, due, timer_name(kind, agent, subject))
end

local function timer_cancel(kind, agent, subject)
  redis.call('ZREM', key.timers, timer_name(kind, agent, subject))
end

local function timer_is_set(kind, agent, subject)
  return redis.call('ZSCORE', key.timers, timer_name(kind, agent, subject))
end

-- Milliseconds as text; '' when there is none.
local function timers_next_due()
  return redis.call('ZRANGE', key.timers, 0, 0, 'WITHSCORES')[2] or ''
end

-- Which contact a person's request was about. The value carries its moment because the key's own expiry does not know a test's clock.
local function request_find(person, request)
  local value = redis.call('GET', key.request .. person .. ':' .. request)
  local asked, contact = string.match(value or '', '^(%d+) (.+)$')
  return asked and tonumber(asked) >= now - rules().memory and contact
end

local function request_remember(person, request, contact)
  redis.call('SET', key.request .. person .. ':' .. request, digits(now) .. ' ' .. contact, 'PX', rules().memory)
end
