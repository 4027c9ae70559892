-- A supervisor moves a contact that nobody serves yet to another queue.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] contact id  ARGV[8] queue  ARGV[9] agent id  ARGV[10] agent's name
-- reply   ok, changed, 1 when it was in another queue, else 0; or not_found, too_late_to_move_contact, no_callbacks
local contact, queue = contact_find(ARGV[7]), ARGV[8]
if not contact then
  return finish('not_found')
end
if contact.state == 'active' or contact.state == 'closed' then
  return finish('too_late_to_move_contact')
end
if contact.kind == 'callback' and not rules_of(queue).calls then
  return finish('no_callbacks')
end
local from = contact.queue
if from ~= queue then
  if contact.state == 'scheduled' then
    local slot = redis.call('ZSCORE', key.slots .. from, contact.id)
    scheduled_no_more(contact)
    if slot then
      redis.call('ZADD', key.slots .. queue, slot, contact.id)
    end
    contact.queue, contact.fence = queue, contact.fence + 1
    scheduled(contact)
    contact_save(contact)
  else
    contact_lift(contact, 'moved')
    contact.prefers, contact.prefers_until = '', ''
    back_to_line(contact, queue)
  end
  emit_moved(contact, '', 'moved')
  act_record(ARGV[9], ARGV[10], 'contact_moved', contact.id, from .. ' ' .. queue)
end
make_offers()
return finish('ok', from ~= queue and 1 or 0)
