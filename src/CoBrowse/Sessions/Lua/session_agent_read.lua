-- What has to be known to add a session.
-- KEYS[1] string: the site's last number  [2] set: the agent's open sessions  [3] string: the session of this request
-- ARGV[1] now, for tests only; else 0
-- reply   now, last number, session of the request or false, open session ids ...
local reply = {moment(ARGV[1]), tonumber(redis.call('GET', KEYS[1]) or 0), redis.call('GET', KEYS[3])}
for _, id in ipairs(redis.call('SMEMBERS', KEYS[2])) do
  table.insert(reply, id)
end
return reply
