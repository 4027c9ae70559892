-- What all functions of conversations share. Redis runs this when the library is loaded; what is of one call is set by on_call.
-- KEYS    in all of them, in the conversation's slot: [1] head, hash  [2] log, stream  [3] marks, hash: participant id by seq
-- ARGV    in all of them: [1] what stands before a node's id in its channel's name  [2] opening of an announcement
--         [3] now in milliseconds, for tests; empty is Redis' own clock. Empty texts are absent ones: no id and no name is empty.
-- head    end: seq, the last one that customers see, time of the last entry, fence (8 bytes each), 1 when closed (1 byte), and the epoch, in one field because a
--         message costs what it reads and writes; state; m:<participant id> with role:name of each member, and agent with the id of the one who serves;
--         i:<author id>, a zero byte and <message id> with the seq of what was said; nodes with members connected, each as the moment it said so (8 bytes) and
--         its id (a text as in announcements). It grows with the log: never HGETALL.
-- log     id is seq-0; e: the last one before it that customers see, time (8 bytes each), and the entry as RedisConversationFormat writes it
-- Announcements are laid out in docs/backplane.md, keys in docs/redis.md.
local ARGV, HEAD, LOG, MARKS

-- What Redis calls: the body with its keys and arguments.
local function on_call(body)
  return function(keys, arguments)
    ARGV, HEAD, LOG, MARKS = arguments, keys[1], keys[2], keys[3]
    return body()
  end
end

local ENTRY, MARK, TYPING, REMOVAL, LOSS, ENTRY_AGAIN = '\1', '\2', '\3', '\4', '\5', '\6'

local function now()
  if ARGV[3] ~= '' then
    return tonumber(ARGV[3])
  end
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- The log's end, and what further fields of the head have, false where there is none; nil when there is no such conversation.
local function read_end(...)
  local found = redis.call('HMGET', HEAD, 'end', 'nodes', ...)
  if not found[1] then
    return nil
  end
  local seq, customer_seq, at, fence, closed, epoch_at = struct.unpack('>I8I8I8I8B', found[1])
  local log_end = {
    seq = seq, customer_seq = customer_seq, at = at, fence = fence, closed = closed, epoch = string.sub(found[1], epoch_at), nodes = found[2] or ''
  }
  return log_end, unpack(found, 3)
end

-- And what else is to be written of the head.
local function write_end(log_end, ...)
  local packed = struct.pack('>I8I8I8I8B', log_end.seq, log_end.customer_seq, log_end.at, log_end.fence, log_end.closed) .. log_end.epoch
  redis.call('HSET', HEAD, 'end', packed, ...)
end

local function entry_announcement(kind, epoch, seq, entry)
  return kind .. struct.pack('>I8I2', seq, #epoch) .. epoch .. entry
end

-- To every node with members connected but for one, which learns by the reply; empty for none.
local function announce(log_end, but_for, body)
  local nodes, position, frame = log_end.nodes, 1, ARGV[2] .. body
  while position <= #nodes do
    local _, node, next_position = struct.unpack('>I8I2c0', nodes, position)
    if node ~= but_for then
      redis.call('PUBLISH', ARGV[1] .. node, frame)
    end
    position = next_position
  end
end

-- Appends and announces what was found to be new, with its author's name at its end. Answers the last one before it that customers see.
local function append(log_end, repetition_field, entry, but_for, ...)
  local after, at = log_end.customer_seq, math.max(now(), log_end.at)
  log_end.seq, log_end.at = log_end.seq + 1, at
  -- The entry begins with 1 when customers see it.
  if string.byte(entry) == 1 then
    log_end.customer_seq = log_end.seq
  end
  -- Redis and .. would write a number by %.17g and %.14g, which are slow.
  local seq, kept = string.format('%d', log_end.seq), struct.pack('>I8I8', after, at) .. entry
  redis.call('XADD', LOG, seq .. '-0', 'e', kept)
  write_end(log_end, repetition_field, seq, ...)
  announce(log_end, but_for, entry_announcement(ENTRY, log_end.epoch, log_end.seq, kept))
  return after
end
