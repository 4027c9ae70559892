-- Contacts that go to another queue, once, because nobody is there for them or they waited long. Each question is a read of constant cost.

local function has_anybody(queue)
  return redis.call('SCARD', key.present .. queue) > 0
end

local function can_take(queue, kind)
  local own = rules().queues[queue]
  return own and (kind == 'chat' or own.calls) and is_open(queue) and has_anybody(queue) and redis.call('ZCARD', key.line .. queue) < own.longest
end

-- The contact has come to the queue's line; from now on its time there counts.
local function overflow_begin(contact, queue)
  local overflow = not contact.overflowed and rules_of(queue).overflow
  contact.overflow_at = overflow and overflow.after and digits(now + overflow.after) or ''
end

-- Before what is new or was scheduled comes to a line: it goes to another one when nobody of its queue is there.
local function overflow_choose(contact)
  local overflow = not contact.overflowed and rules_of(contact.queue).overflow
  if overflow and overflow.nobody then
    presence_sync()
    if not has_anybody(contact.queue) and can_take(overflow.queue, contact.kind) then
      contact.queue, contact.overflowed = overflow.queue, true
    end
  end
  overflow_begin(contact, contact.queue)
end
