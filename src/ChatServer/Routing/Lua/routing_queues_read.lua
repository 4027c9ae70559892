-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7], ... queues
-- reply   ok, 0, {contacts in line, arrival of the oldest ('' for none), agents available, closure ('' for none)} of each
presence_sync()
local queues = {}
for i = 7, #ARGV do
  table.insert(queues, {
    redis.call('ZCARD', key.line .. ARGV[i]),
    oldest_arrival(ARGV[i]),
    redis.call('SCARD', key.available .. ARGV[i]),
    (closure_of(ARGV[i]) or {nil, nil, ''})[3],
  })
end
return finish('ok', queues)
