-- A node is no keeper of a site any more.
-- KEYS[1] string: id of the keeper
-- ARGV[1] node id
-- reply   1 when it was, else 0
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
return redis.call('DEL', KEYS[1])
