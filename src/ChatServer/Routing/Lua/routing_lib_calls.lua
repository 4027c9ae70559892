-- Calls that a provider makes. A contact's call_state is '<fence of the taking> <state> <detail>': of another taking it counts no more. CallProgress.cs has the states.
local CALL_RANKS = {dialling = 0, left_to_agent = 1, ringing = 2, answered = 3, ended = 4}

-- The state; nil when there is no call now.
local function call_state_of(contact)
  local fence, state = string.match(contact.call_state, '^(%d+) (%S+)')
  return contact.state == 'active' and tonumber(fence) == contact.fence and state or nil
end

local function call_set(contact, state, detail)
  contact.call_state = digits(contact.fence) .. ' ' .. state .. (detail ~= '' and ' ' .. detail or '')
  redis.call('HSET', key.contact .. contact.id, 'call_state', contact.call_state)
end

-- Somebody is told to make it when the time is over.
local function call_put_off(contact, time)
  timer_set('dial', contact.agent, contact.id, now + time)
end

-- The agent has just taken the call-back.
local function call_begin(contact)
  if contact.kind == 'callback' and rules().dials then
    call_set(contact, 'dialling', '')
    call_put_off(contact, 0)
  end
end
