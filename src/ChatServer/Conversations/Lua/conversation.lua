-- What the scripts of a conversation share. It stands in front of each of them: Redis has no require.
-- KEYS    in all of them, in the conversation's slot: [1] head, hash  [2] log, stream: id is seq-0  [3] marks, hash: participant id by seq
-- ARGV    in all of them: [1] what stands before a node's id in its channel's name  [2] opening of an announcement
--         [3] now in milliseconds, for tests; empty is Redis' own clock. Empty texts are absent ones: no id and no name is empty.
-- The head has it all in one hash, because a message costs what its commands cost: epoch, state, fence and the log's end; m:<participant id> with role:name of
-- each member, and agent with the id of the one who serves; i:<author id>, a zero byte and <message id> with the seq of what was said; nodes with members
-- connected, each as the moment it said so (8 bytes) and its id (a text as in announcements). It grows with the log: never HGETALL.
-- Announcements are laid out in docs/backplane.md, keys in docs/redis.md.
local HEAD, LOG, MARKS = KEYS[1], KEYS[2], KEYS[3]

-- Text of a whole number. Redis and .. would write a number by %.17g and %.14g, which are slow.
local function digits(number)
  return string.format('%d', number)
end

local function now()
  if ARGV[3] ~= '' then
    return tonumber(ARGV[3])
  end
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function text(value)
  return struct.pack('>I2', #value) .. value
end

local function optional_text(value)
  return value == '' and '\255\255' or text(value)
end

local function member_field(id)
  return 'm:' .. id
end

local function repetition_field(author_id, message_id)
  return 'i:' .. author_id .. '\0' .. message_id
end

-- The log's end, and what further fields of the head have, false where there is none; nil when there is no such conversation.
local function read_end(...)
  local found = redis.call('HMGET', HEAD, 'epoch', 'state', 'seq', 'customer_seq', 'at', 'fence', 'nodes', ...)
  if not found[1] then
    return nil
  end
  return {
    epoch = found[1], state = found[2], seq = tonumber(found[3]), customer_seq = tonumber(found[4]), at = tonumber(found[5]),
    fence = tonumber(found[6]), nodes = found[7] or ''
  }, unpack(found, 8)
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

-- Fields of the entry whose seq is given as number or text, as append wrote them: [2] message id  [4] after for customers  [6] time  [8] 1 when customers see it  [10] body.
local function find_entry(seq)
  local id = (type(seq) == 'number' and digits(seq) or seq) .. '-0'
  local found = redis.call('XRANGE', LOG, id, id)[1]
  return found and found[2]
end

-- The last entry up to seq that customers see; 0 for none.
local function last_for_customers(log_end, seq)
  if seq >= log_end.customer_seq then
    return log_end.customer_seq
  end
  local entry = find_entry(seq)
  return entry[8] == '1' and seq or tonumber(entry[4])
end

local ENTRY, ENTRY_AGAIN = '\1', '\6'

local function entry_announcement(kind, epoch, seq, entry)
  return kind .. struct.pack('>I8I8I8', seq, tonumber(entry[4]), tonumber(entry[6])) .. text(epoch) .. text(entry[2]) .. entry[10]
end

local function mark_announcement(participant_id, role, seq, customer_seq)
  return '\2' .. text(participant_id) .. text(role) .. struct.pack('>I8I8', seq, customer_seq)
end

local function removal_announcement(participant_id, seq)
  return '\4' .. text(participant_id) .. struct.pack('>I8', seq)
end

-- To every node with members connected but for one, which learns by the reply; empty for none. Answers their ids, for the caller to notice the dead among them.
local function announce(log_end, but_for, ...)
  local told, bodies, nodes, position = {}, {...}, log_end.nodes, 1
  for i = 1, #bodies do
    bodies[i] = ARGV[2] .. bodies[i]
  end
  while position <= #nodes do
    local _, node, next_position = struct.unpack('>I8I2c0', nodes, position)
    if node ~= but_for then
      for i = 1, #bodies do
        redis.call('PUBLISH', ARGV[1] .. node, bodies[i])
      end
      told[#told + 1] = node
    end
    position = next_position
  end
  return told
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

-- Appends what was found to be new; answers seq, time, the last one before it that customers see, and announcement. The body lacks the author's name, which the caller may not know.
local function append(log_end, author_id, name, message_id, for_all, body)
  local seq, after, at = digits(log_end.seq + 1), digits(log_end.customer_seq), digits(math.max(now(), log_end.at))
  local entry = { 'id', message_id, 'after', after, 'at', at, 'all', for_all, 'body', body .. optional_text(name) }
  redis.call('XADD', LOG, seq .. '-0', unpack(entry))
  redis.call('HSET', HEAD, 'seq', seq, 'customer_seq', for_all == '1' and seq or after, 'at', at, repetition_field(author_id, message_id), seq)
  return seq, at, after, entry_announcement(ENTRY, log_end.epoch, log_end.seq + 1, entry)
end

-- {site, contact, epoch, state, seq, customer, the agent's id and name, empty without one}; nil when there is no such conversation.
local function read_head()
  local head = redis.call('HMGET', HEAD, 'site', 'contact', 'epoch', 'state', 'seq', 'customer', 'agent')
  if not head[3] then
    return nil
  end
  head[7], head[8] = head[7] or '', ''
  if head[7] ~= '' then
    local _, name = read_member(redis.call('HGET', HEAD, member_field(head[7])), '0')
    head[8] = name
  end
  return head
end
