-- A supervisor closes a queue for now, or moves the end of that.
-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] queue  ARGV[8] end in Unix milliseconds, '' for until it is opened  ARGV[9] '<end> <opening>' as it is kept  ARGV[10] agent id  ARGV[11] agent's name
-- reply   ok, changed, 1 when it was not closed so before, else 0; or bad_end
local queue, ends = ARGV[7], tonumber(ARGV[8])
if ends and ends <= now then
  return finish('bad_end')
end
local closure = closure_of(queue)
local is_new = not closure or closure[3] ~= ARGV[9]
if is_new then
  redis.call('HSET', key.closures, queue, ARGV[9])
  closures[queue] = nil
  if ends then
    -- Nobody may wait for it, but everybody is shown that it is closed.
    timer_set('opening', NOBODY, queue, ends)
  end
  act_record(ARGV[10], ARGV[11], 'queue_closed', queue, ARGV[8])
end
make_offers()
return finish('ok', is_new and 1 or 0)
