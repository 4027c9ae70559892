-- What the scripts of a conversation share. It stands in front of each of them: Redis has no require.
-- KEYS    in all of them, in the conversation's slot: [1] head, hash  [2] members, hash: id by role:name  [3] log, stream: id is seq-0
--         [4] ids, hash: author id, a zero byte and message id by seq  [5] marks, hash: participant id by seq
--         [6] nodes, hash: id of a node with members connected by the moment it said so
-- ARGV    in all of them: [1] what stands before a node's id in its channel's name  [2] opening of an announcement
--         [3] now in milliseconds, for tests; empty is Redis' own clock. Empty texts are absent ones: no id and no name is empty.
-- Announcements are laid out in docs/backplane.md, keys in docs/redis.md.
local HEAD, MEMBERS, LOG, IDS, MARKS, NODES = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]

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

-- The log's end; nil when there is no such conversation.
local function read_end()
  local found = redis.call('HMGET', HEAD, 'epoch', 'state', 'seq', 'customer_seq', 'at', 'fence')
  return found[1] and {
    epoch = found[1], state = found[2], seq = tonumber(found[3]), customer_seq = tonumber(found[4]), at = tonumber(found[5]), fence = tonumber(found[6])
  }
end

-- Role and name; nil when there is no such member, or it is a customer and the caller is none, or the other way round.
local function find_member(id, is_customer)
  local found = redis.call('HGET', MEMBERS, id)
  if not found then
    return nil
  end
  local role, name = string.match(found, '^([^:]*):(.*)$')
  if (role == 'customer') ~= (is_customer == '1') then
    return nil
  end
  return role, name
end

-- An entry's fields, as append wrote them: [2] message id  [4] after for customers  [6] time  [8] 1 when customers see it  [10] body.
local function find_entry(seq)
  local found = redis.call('XRANGE', LOG, seq .. '-0', seq .. '-0')[1]
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

local function entry_announcement(epoch, seq, entry)
  return '\1' .. struct.pack('>I8I8I8', seq, tonumber(entry[4]), tonumber(entry[6])) .. text(epoch) .. text(entry[2]) .. entry[10]
end

local function mark_announcement(participant_id, role, seq, customer_seq)
  return '\2' .. text(participant_id) .. text(role) .. struct.pack('>I8I8', seq, customer_seq)
end

local function removal_announcement(participant_id, seq)
  return '\4' .. text(participant_id) .. struct.pack('>I8', seq)
end

-- To every node with members connected, the sender's own included. Answers their ids, for the caller to notice the dead among them.
local function announce(...)
  local nodes = redis.call('HKEYS', NODES)
  for _, node in ipairs(nodes) do
    for _, body in ipairs({...}) do
      redis.call('PUBLISH', ARGV[1] .. node, ARGV[2] .. body)
    end
  end
  return nodes
end

-- Seq of what this author had said under this id; nil when nothing.
local function find_repetition(author_id, message_id)
  return redis.call('HGET', IDS, author_id .. '\0' .. message_id)
end

-- Appends what was found to be new; answers seq, time and announcement. The body lacks the author's name, which the caller may not know.
local function append(log_end, author_id, name, message_id, for_all, body)
  local seq, after, at = log_end.seq + 1, log_end.customer_seq, math.max(now(), log_end.at)
  local entry = { 'id', message_id, 'after', after, 'at', at, 'all', for_all, 'body', body .. optional_text(name) }
  redis.call('XADD', LOG, seq .. '-0', unpack(entry))
  redis.call('HSET', IDS, author_id .. '\0' .. message_id, seq)
  redis.call('HSET', HEAD, 'seq', seq, 'customer_seq', for_all == '1' and seq or after, 'at', at)
  return seq, at, entry_announcement(log_end.epoch, seq, entry)
end

local function find_agent()
  local members = redis.call('HGETALL', MEMBERS)
  for i = 1, #members, 2 do
    local role, name = string.match(members[i + 1], '^([^:]*):(.*)$')
    if role == 'agent' then
      return members[i], name
    end
  end
  return '', ''
end

-- {site, contact, epoch, state, seq, customer, the agent's id and name, empty without one}; nil when there is no such conversation.
local function read_head()
  local head = redis.call('HMGET', HEAD, 'site', 'contact', 'epoch', 'state', 'seq', 'customer')
  if not head[1] then
    return nil
  end
  head[7], head[8] = find_agent()
  return head
end
