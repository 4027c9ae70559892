-- A supervisor has a waiting contact stand as if it had come earlier, or where its arrival puts it.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] contact id  ARGV[8] head start in seconds  ARGV[9] agent id  ARGV[10] agent's name
-- reply   ok, changed, 1 when it had another one, else 0; or not_found, not_waiting
local contact, head_start = contact_find(ARGV[7]), tonumber(ARGV[8])
if not contact then
  return finish('not_found')
end
if contact.state ~= 'waiting' then
  return finish('not_waiting')
end
local had = contact.place % 2048
if had ~= head_start then
  waits_no_more(contact)
  local stamp = math.floor(contact.place / 2048) + had * 1000
  -- It may have been given again while the contact stood elsewhere.
  while place_is_taken(place_of(stamp, head_start)) do
    stamp = stamp + 1
  end
  stamp_gave(stamp)
  contact.place = place_of(stamp, head_start)
  redis.call('HSET', key.contact .. contact.id, 'place', contact.place)
  redis.call('ZADD', key.places, contact.place, contact.id)
  redis.call('ZADD', key.line .. contact.queue, contact.place, contact.id)
  waits(contact)
  act_record(ARGV[9], ARGV[10], 'priority_set', contact.id, ARGV[8])
end
make_offers()
return finish('ok', had ~= head_start and 1 or 0)
