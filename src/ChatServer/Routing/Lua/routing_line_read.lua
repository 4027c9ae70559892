-- A part of a line; whoever wants it whole asks on from the last place.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] queue  ARGV[8] place to begin after  ARGV[9] how many at most
-- reply   ok, 0, {contact id, place, customer id, conversation id ('' for none), state, kind, 1 when a wait shown is kept or counts no more} of each, in order
local line = redis.call('ZRANGEBYSCORE', key.line .. ARGV[7], '(' .. ARGV[8], '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[9])
local places = {}
for i = 1, #line, 2 do
  local v = redis.call('HMGET', key.contact .. line[i], 'customer', 'conversation', 'state', 'has_conversation', 'kind', 'shown', 'served_by')
  table.insert(places, {line[i], line[i + 1], v[1], v[4] ~= '0' and v[2] or '', v[3], v[5], (v[6] or v[7] ~= '') and 1 or 0})
end
return finish('ok', places)
