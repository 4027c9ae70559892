-- The agent says what came of a call, and finishes up.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] agent id  ARGV[8] request id  ARGV[9] contact id  ARGV[10] outcome  ARGV[11] note, '' for none
-- reply   ok, changed, contact; or not_found, stale
local id, outcome = ARGV[7], ARGV[10]
local known = request_find(id, ARGV[8])
if known then
  return finish('ok', contact_view(contact_find(known)))
end

local contact = contact_find(ARGV[9])
if not contact or contact.kind ~= 'callback' or contact.served_by ~= id then
  return finish('not_found')
end
if contact.state ~= 'active' then
  return finish('stale')
end

local pause = rules_of(contact.queue).pauses[count_calls(contact) + 1]
attempt_add(contact, outcome, id, ARGV[11])
if outcome == 'reached' or outcome == 'wrong_number' then
  contact_close(contact, outcome, 'agent', '')
elseif pause then
  contact_postpone(contact, now + pause, outcome)
else
  contact_close(contact, 'not_reached', 'agent', '')
end
start_wrap_up(agent_find(id), contact.queue)
request_remember(id, ARGV[8], contact.id)
make_offers()
return finish('ok', contact_view(contact))
