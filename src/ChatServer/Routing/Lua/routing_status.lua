-- An agent says whether they are ready. Leaving available withdraws the open offer.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] agent id  ARGV[8] status
-- reply   ok, changed, agent; or not_found
local agent = agent_find(ARGV[7])
if not agent then
  return finish('not_found')
end
end_wrap_up(agent)
if agent.missed > 0 then
  agent.missed = 0
  agent_touch(agent)
end
if agent.status ~= ARGV[8] then
  agent.status = ARGV[8]
  if agent.status == 'available' then
    agent.idle_since = now
  end
  agent_touch(agent)
  changed = true
end
if agent.status ~= 'available' and agent.offer ~= '' then
  take_offer_back(contact_find(agent.offer), 'status_changed')
end
make_offers()
return finish('ok', agent_view(agent))
