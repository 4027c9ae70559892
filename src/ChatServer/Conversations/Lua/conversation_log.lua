-- What the log has, and who wants to hear of it.

local function digits(number)
  return string.format('%d', number)
end

-- The entry as append kept it, nil when there is none: [2] of what XRANGE finds are its fields, and those are e and it.
local function find_entry(seq)
  local found = redis.call('XRANGE', LOG, seq .. '-0', seq .. '-0')[1]
  return found and found[2][2]
end

local function is_for_customers(entry)
  return string.byte(entry, 17) == 1
end

local function message_id_of(entry)
  local id = struct.unpack('>I2c0', entry, 18)
  return id
end

-- The last entry up to seq that customers see; 0 for none.
local function last_for_customers(log_end, seq)
  if seq >= log_end.customer_seq then
    return log_end.customer_seq
  end
  local entry = find_entry(digits(seq))
  local after = struct.unpack('>I8', entry)
  return is_for_customers(entry) and seq or after
end

local function mark_announcement(participant_id, role, seq, customer_seq)
  return MARK .. text(participant_id) .. text(role) .. struct.pack('>I8I8', seq, customer_seq)
end

-- Keeps those of the nodes for which keeps(id, moment) is true, and adds, which is a node as it is kept, or empty.
local function change_nodes(nodes, keeps, added)
  local kept, position = {}, 1
  while position <= #nodes do
    local at, node, next_position = struct.unpack('>I8I2c0', nodes, position)
    if keeps(node, at) then
      kept[#kept + 1] = string.sub(nodes, position, next_position - 1)
    end
    position = next_position
  end
  kept[#kept + 1] = added
  local changed = table.concat(kept)
  if changed ~= '' then
    redis.call('HSET', HEAD, 'nodes', changed)
  elseif nodes ~= '' then
    redis.call('HDEL', HEAD, 'nodes')
  end
end

-- From now on the node hears the conversation.
local function register(log_end, node_id)
  change_nodes(log_end.nodes, function(node) return node ~= node_id end, struct.pack('>I8', now()) .. text(node_id))
end
