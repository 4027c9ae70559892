-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] agent id
-- reply   ok, 0, agent; or not_found
local agent = agent_find(ARGV[7])
return agent and finish('ok', agent_view(agent)) or finish('not_found')
