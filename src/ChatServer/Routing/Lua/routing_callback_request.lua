-- A customer wants to be called: into the line of the queue, and to whoever is free for it.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7]  customer id                 ARGV[8]  request id           ARGV[9]  contact id to give    ARGV[10] conversation id to give
-- ARGV[11] queue, '' for an unknown topic                            ARGV[12] its greatest length
-- ARGV[13] customer as JSON  ARGV[14] topic  ARGV[15] number  ARGV[16] note, '' for none
-- ARGV[17] time in Unix milliseconds, '' for now  ARGV[18] 1 when the queue is open then  ARGV[19] head start in seconds
-- reply    ok, changed, contact; or number_taken, invalid, no_callbacks, too_many_callbacks, bad_time, outside_hours, queue_full, slot_full
local customer, request = ARGV[7], ARGV[8]

local known = request_find(customer, request)
if known then
  return finish('ok', contact_view(contact_find(known)))
end

local open = redis.call('HGET', key.phones, ARGV[15])
if open then
  local contact = contact_find(open)
  if contact.customer ~= customer then
    return finish('number_taken')
  end
  request_remember(customer, request, open)
  return finish('ok', contact_view(contact))
end

local queue = ARGV[11]
if queue == '' then
  return finish('invalid')
end

if not rules_of(queue).calls then
  return finish('no_callbacks')
end

if count_callbacks(customer) >= rules().callbacks_per_customer then
  return finish('too_many_callbacks')
end

local when = tonumber(ARGV[17])
local refused = time_refused(queue, when, ARGV[18] == '1', tonumber(ARGV[12]))
if refused then
  return finish(refused)
end

local contact = {
  id = ARGV[9], request = request, kind = 'callback', conversation = ARGV[10], customer = customer, info = ARGV[13], queue = queue,
  topic = ARGV[14], head_start = tonumber(ARGV[19]), text = false, phone = ARGV[15], note = ARGV[16],
}
contact_enter(contact, when)
request_remember(customer, request, contact.id)
make_offers()
return finish('ok', contact_view(contact))
