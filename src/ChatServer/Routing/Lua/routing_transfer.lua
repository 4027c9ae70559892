-- The serving agent passes an active contact on: to a queue's line, or to a colleague to whom it is offered before anybody else.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] agent id  ARGV[8] request id  ARGV[9] contact id
-- ARGV[10] what the target is: queue, agent, unknown (a queue that is none), or none when there is not exactly one  ARGV[11] the target's name or id
-- ARGV[12] note, '' for none; what has a conversation has it there
-- reply   ok, changed, contact; or not_found, stale, one_target, unknown_target, own_contact, cannot_take_it
local id, kind, target = ARGV[7], ARGV[10], ARGV[11]
local known = request_find(id, ARGV[8])
if known then
  return finish('ok', contact_view(contact_find(known)))
end
local contact = contact_find(ARGV[9])
if not contact or contact.served_by ~= id then
  return finish('not_found')
end
if contact.state ~= 'active' then
  return finish('stale')
end
if kind == 'none' then
  return finish('one_target')
end
if kind == 'agent' and target == id then
  return finish('own_contact')
end
local colleague = kind == 'agent' and agent_find(target)
if kind == 'unknown' or kind == 'agent' and not colleague then
  return finish('unknown_target')
end
if colleague and not agent_is_free_for(colleague, contact.queue, contact.kind) then
  return finish('cannot_take_it')
end

if ARGV[12] ~= '' and not contact.has_conversation then
  attempt_add(contact, 'transferred', id, ARGV[12])
end
local agent = agent_find(id)
local data = {'agentId', id, 'agentName', agent.name, colleague and 'toAgentId' or 'queue', target}
contact_return(contact, colleague and contact.queue or target, 'transferred', 'transferred', data)
pass_over(contact, id)
if colleague then
  contact_offer(contact, colleague)
end
request_remember(id, ARGV[8], contact.id)
make_offers()
return finish('ok', contact_view(contact))
