-- A supervisor opens a queue that was closed for now.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] queue  ARGV[8] agent id  ARGV[9] agent's name
-- reply   ok, changed, 1 when it was closed, else 0
local queue = ARGV[7]
local was_closed = closure_of(queue) ~= nil
if was_closed then
  redis.call('HDEL', key.closures, queue)
  closures[queue] = nil
  touched_lanes[lane_of(queue, 'callback')] = true
  act_record(ARGV[8], ARGV[9], 'queue_opened', queue, '')
end
make_offers()
return finish('ok', was_closed and 1 or 0)
