-- What supervisors do: queues closed for now, and the record of it.

local closures
anew[#anew + 1] = function()
  closures = {}
end

-- {until, opening, as it is kept} of a queue that is closed for now, each moment nil when nobody knows; nil otherwise. One whose end has come stays, and counts no more.
local function closure_of(queue)
  if closures[queue] == nil then
    local kept = redis.call('HGET', key.closures, queue)
    local ends, opens = string.match(kept or '', '^(%S+) (%S+)$')
    closures[queue] = kept and {tonumber(ends), tonumber(opens), kept}
  end
  local closure = closures[queue]
  return closure and (not closure[1] or closure[1] > now) and closure or nil
end

local function is_open(queue)
  return is_open_by_hours(queue) and not closure_of(queue)
end

-- Of a queue that is closed; nil when it never opens, or nobody knows when.
local function next_opening(queue)
  local closure = closure_of(queue)
  if closure then
    return closure[2]
  end
  return next_opening_by_hours(queue)
end

-- So many are kept: more than anybody reads.
local ACTS = 10000

-- detail: '' for none.
local function act_record(agent, name, what, subject, detail)
  redis.call('XADD', key.acts, 'MAXLEN', ACTS, '0-*', 'at', now, 'agent', agent, 'name', name, 'what', what, 'subject', subject, 'detail', detail)
  changed = true
end
