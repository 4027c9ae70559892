-- The oldest effects of the outbox, with what never changes of their contacts.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] how many at most
-- reply   ok, 0, {stream id, {field, value, ...}} of each in order, {contact id, request, kind, conversation, customer as JSON, topic, text, arrived,
--         has a conversation, number, note} of each contact
local effects = redis.call('XRANGE', key.outbox, '-', '+', 'COUNT', ARGV[7])
local seen, parts = {}, {}
for _, entry in ipairs(effects) do
  for i = 1, #entry[2], 2 do
    local id = entry[2][i] == 'contact' and entry[2][i + 1]
    if id and not seen[id] then
      seen[id] = true
      local v = redis.call('HMGET', key.contact .. id, 'request', 'kind', 'conversation', 'info', 'topic', 'text', 'arrived_at',
        'has_conversation', 'phone', 'note')
      table.insert(parts, {id, v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10]})
    end
  end
end
return {'ok', 0, effects, parts}
