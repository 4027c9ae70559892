-- Lets the next caller handle an event that was not handled.
-- KEYS[1] string: the event
local _, result = read(KEYS[1])
if result == 0 then
  redis.call('DEL', KEYS[1])
end
return nil
