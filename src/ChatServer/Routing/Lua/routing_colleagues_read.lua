-- KEYS, ARGV[1..6]  see routing_lib_site
-- reply   ok, 0, {id, name, status, capacity, load} of each who is connected and not offline
presence_sync()
local colleagues = {}
for _, id in ipairs(redis.call('ZRANGE', key.held, 0, -1)) do
  local agent = agent_find(id)
  if agent.status ~= 'offline' then
    table.insert(colleagues, {id, agent.name, agent.status, agent.capacity, agent_load(agent)})
  end
end
return finish('ok', colleagues)
