-- A connection of an agent opened. The profile replaces the one known; the status stays, and is offline for somebody never seen.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] agent id  ARGV[8] name  ARGV[9] capacity  ARGV[10] queues as JSON, each once  ARGV[11] connection id
-- ARGV[12] levels as JSON, in the order of the queues
-- reply   ok, changed, agent
local agent = agent_find(ARGV[7])
if agent then
  agent_unindex(agent)
else
  agent = {id = ARGV[7], status = 'offline', connected_until = 0, offer = '', idle_since = now, available = false,
    free = {}, call = '', wrap_up = '', missed = 0, present = false}
  agents[agent.id] = agent
end
agent.name, agent.capacity, agent.queues, agent.levels = ARGV[8], tonumber(ARGV[9]), cjson.decode(ARGV[10]), cjson.decode(ARGV[12])
redis.call('HSET', key.agent .. agent.id, 'name', agent.name, 'capacity', agent.capacity, 'queues', ARGV[10], 'levels', ARGV[12])
changed = true
presence_hold(agent.id, ARGV[11])
make_offers()
return finish('ok', agent_view(agent))
