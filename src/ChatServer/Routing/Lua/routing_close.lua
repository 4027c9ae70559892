-- Ends a contact from any state, but for a call that is under way. A closed one is answered as it is.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] contact id  ARGV[8] role of who ends it  ARGV[9] their id  ARGV[10] disposition, '' for none
-- reply   ok, changed, contact; or not_found, call_under_way
local contact = contact_find(ARGV[7])
local may_close = contact and contact.customer == ARGV[9]
if ARGV[8] ~= 'customer' then
  may_close = contact and contact.agent == ARGV[9] and (contact.state == 'active' or contact.state == 'closed')
end
if not may_close then
  return finish('not_found')
end
if contact.kind == 'callback' and contact.state == 'active' then
  return finish('call_under_way')
end
if contact.state ~= 'closed' then
  contact_close(contact, ARGV[8] == 'customer' and 'ended_by_customer' or 'ended_by_agent', ARGV[8], ARGV[10])
  make_offers()
end
return finish('ok', contact_view(contact))
