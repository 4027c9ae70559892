-- A session and the moment.
-- KEYS[1] hash: the session
-- ARGV[1] now, for tests only; else 0
-- reply   now, document or false, version
local session = redis.call('HMGET', KEYS[1], 'document', 'version')
return {moment(ARGV[1]), session[1], session[2]}
