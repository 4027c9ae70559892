-- How a provider's call goes. It never goes back.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] contact id  ARGV[8] fence of the taking  ARGV[9] state  ARGV[10] detail, '' for none
-- reply   ok, changed; or late, unknown
local contact, fence = contact_find(ARGV[7]), tonumber(ARGV[8])
if not contact or contact.fence < fence then
  return finish('unknown')
end
local state = contact.fence == fence and call_state_of(contact)
if not state then
  return finish('late')
end
-- Whatever is heard of it, somebody has seen to it.
timer_cancel('dial', contact.agent, contact.id)
if CALL_RANKS[ARGV[9]] <= CALL_RANKS[state] then
  return finish(ARGV[9] == 'dialling' and state == 'dialling' and 'ok' or 'late')
end
call_set(contact, ARGV[9], ARGV[10])
emit('call_changed', 'call_state', contact.call_state, snapshot(contact))
return finish('ok')
