-- Notes what became of an event.
-- KEYS[1] string: the event
-- ARGV[1] now, for tests only; else 0  [2] milliseconds for which it is known  [3] result
write(KEYS[1], moment(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]))
return nil
