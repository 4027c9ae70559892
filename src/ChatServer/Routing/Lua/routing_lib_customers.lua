-- What a step does about customers' connections: each node that has some holds a lease of the customer's open chat. After the last of them the customer is away.

local function customer_set_lease(contact, ends_at)
  redis.call('ZADD', key.seen .. contact, ends_at, ARGV[4])
  timer_set('customer', NOBODY, contact, redis.call('ZREVRANGE', key.seen .. contact, 0, 0, 'WITHSCORES')[2])
end

local function customer_is_away(contact)
  return redis.call('HGET', key.contact .. contact, 'away') == '1'
end

local function customer_set_away(contact, away)
  contact.away = away
  redis.call('HSET', key.contact .. contact.id, 'away', away and '1' or '0')
  emit('customer_seen', snapshot(contact))
end

-- Takes or renews the calling node's lease of the customer's open chat; one who was away is back.
local function customer_hold(customer)
  local id = redis.call('HGET', key.open, customer)
  if not id then
    return
  end
  customer_set_lease(id, now + rules().customer_lease)
  if customer_is_away(id) then
    customer_set_away(contact_find(id), false)
  end
end

-- The customer's last connection to the calling node closed: what is left of its lease is the grace, also when there was none yet.
local function customer_release(customer)
  local id = redis.call('HGET', key.open, customer)
  if not id or customer_is_away(id) then
    return
  end
  local ends_at = now + rules().customer_grace
  local held = redis.call('ZSCORE', key.seen .. id, ARGV[4])
  if not held or tonumber(held) > ends_at then
    customer_set_lease(id, ends_at)
  end
end

local function customer_lease_ended(contact)
  redis.call('DEL', key.seen .. contact.id)
  customer_set_away(contact, true)
end

-- The chat has ended, or is none any more.
local function customer_forget(contact)
  redis.call('DEL', key.seen .. contact.id)
  timer_cancel('customer', NOBODY, contact.id)
  if contact.away then
    contact.away = false
    redis.call('HSET', key.contact .. contact.id, 'away', '0')
  end
end
