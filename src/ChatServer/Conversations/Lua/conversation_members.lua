-- Who the members are, and what the head says of them.

local function text(value)
  return struct.pack('>I2', #value) .. value
end

local function optional_text(value)
  return value == '' and '\255\255' or text(value)
end

local function member_field(id)
  return 'm:' .. id
end

-- Role and name of what member_field names; nil when there is no such member, or it is a customer and the caller is none, or the other way round.
local function read_member(member, is_customer)
  if not member then
    return nil
  end
  local role, name = string.match(member, '^([^:]*):(.*)$')
  if (role == 'customer') ~= (is_customer == '1') then
    return nil
  end
  return role, name
end

-- {site, contact, epoch, state, seq, customer, the agent's id and name, empty without one}; nil when there is no such conversation.
local function read_head()
  local log_end, site, contact, state, customer, agent = read_end('site', 'contact', 'state', 'customer', 'agent')
  if not log_end then
    return nil
  end
  local name = ''
  if agent then
    name = select(2, read_member(redis.call('HGET', HEAD, member_field(agent)), '0'))
  end
  return {site, contact, log_end.epoch, state, log_end.seq, customer, agent or '', name}
end

local function removal_announcement(participant_id, seq)
  return REMOVAL .. text(participant_id) .. struct.pack('>I8', seq)
end
