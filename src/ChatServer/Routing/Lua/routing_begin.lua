-- A process' first step in a site: sees whether it knows how the site is kept, and gives agents their scores anew, because queues may have another strategy than when
-- they got them. The same again changes nothing.
-- KEYS, ARGV[1..6]  see routing_lib_site; the last of KEYS  string: how the site is kept
-- ARGV[7] how the caller keeps it
-- reply   ok, changed; or layout, 0, how the site is kept, and nothing was done
local layout = KEYS[#KEYS]
local kept = redis.call('GET', layout)
if not kept and redis.call('TYPE', key.places).ok == 'string' then
  -- At first arrivals were counted there, and nobody wrote down how a site was kept.
  kept = '1'
end
if kept and kept ~= ARGV[7] then
  return {'layout', 0, kept}
end
if not kept then
  redis.call('SET', layout, ARGV[7])
end
presence_sync()
for _, id in ipairs(redis.call('ZRANGE', key.held, 0, -1)) do
  agent_score_anew(agent_find(id))
end
return finish('ok')
