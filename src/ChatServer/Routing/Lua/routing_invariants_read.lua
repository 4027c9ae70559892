-- Holds a part of what is live against the rest, for what must never be: RoutingInvariants.cs says what.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] what: contacts, agents, line, waiting or passed  ARGV[8] of the last three the queue or lane, else ''
-- ARGV[9] begin after this place, of agents after so many; 0 to begin  ARGV[10] how many at most
-- reply   ok, 0, {owner, match, load, line, lane}: how often each was broken, where to go on ('' when there is no more)
local what, name, after, limit = ARGV[7], ARGV[8], ARGV[9], tonumber(ARGV[10])
presence_sync()

local broken = {owner = 0, match = 0, load = 0, line = 0, lane = 0}
local function count(invariant, is_broken)
  if is_broken then
    broken[invariant] = broken[invariant] + 1
  end
end

local function has(zset, member)
  return redis.call('ZSCORE', zset, member) and true or false
end

local function check_contact(id)
  local contact = contact_find(id)
  if not contact then
    return count('line', true)
  end
  local lane = lane_of(contact.queue, contact.kind)
  local is_waiting = contact.state == 'waiting'
  count('line', is_in_line(contact) ~= has(key.line .. contact.queue, id))
  local prefers = contact.prefers ~= ''
  count('lane', has(key.waiting .. lane, id) ~= (is_waiting and not contact.passed and not prefers)
    or has(key.passed .. lane, id) ~= (is_waiting and contact.passed and not prefers)
    or prefers and has(key.waiting .. own_lane_of(contact.queue, contact.kind, contact.prefers), id) ~= is_waiting)
  count('load', contact.state == 'active' and not has(key.served .. contact.agent, id))
  if contact.state == 'offered' then
    local agent = agent_find(contact.agent)
    count('owner', not agent or agent.offer ~= id)
  end
end

local function check_agent(id)
  local agent = agent_find(id)
  for _, served in ipairs(redis.call('ZRANGE', key.served .. id, 0, -1)) do
    local contact = contact_find(served)
    local is_served = contact and contact.state == 'active'
    count('owner', is_served and contact.agent ~= id)
    count('load', not is_served)
  end
  if agent.offer ~= '' then
    local contact = contact_find(agent.offer)
    count('owner', not contact or contact.state ~= 'offered' or contact.agent ~= id)
  end
  local is_missing = false
  for _, queue in ipairs(agent.queues) do
    for _, kind in ipairs(KINDS) do
      is_missing = is_missing or has(key.free .. lane_of(queue, kind), id) ~= agent_is_free_for(agent, queue, kind)
    end
  end
  count('match', is_missing)
end

local function check_in_line(id)
  local contact = contact_find(id)
  count('line', not contact or contact.queue ~= name or not is_in_line(contact))
end

local function check_in_lane(id)
  local contact = contact_find(id)
  count('lane', not contact or contact.state ~= 'waiting' or lane_of(contact.queue, contact.kind) ~= name or contact.passed ~= (what == 'passed'))
end

-- Time alone may have made a match where a timer is due, or in a lane that the next step looks at; whoever carries it out makes the offer.
local function check_match()
  local due = tonumber(timers_next_due())
  if not (due and due <= now) and not touched_lanes[name] and redis.call('SISMEMBER', key.look, name) == 0 then
    count('match', match_in(name) and true or false)
  end
end

local checks = {contacts = check_contact, line = check_in_line, waiting = check_in_lane, passed = check_in_lane}
local next_one = ''
if what == 'agents' then
  local ids = redis.call('ZRANGE', key.held, after, after + limit - 1)
  for _, id in ipairs(ids) do
    check_agent(id)
  end
  next_one = #ids == limit and digits(after + limit) or ''
else
  local zset = what == 'contacts' and key.places or key[what] .. name
  local page = redis.call('ZRANGEBYSCORE', zset, '(' .. after, '+inf', 'WITHSCORES', 'LIMIT', 0, limit)
  for i = 1, #page, 2 do
    checks[what](page[i])
  end
  next_one = #page == 2 * limit and page[#page] or ''
  if what == 'waiting' and after == '0' then
    check_match()
  end
end
return finish('ok', {broken.owner, broken.match, broken.load, broken.line, broken.lane}, next_one)
