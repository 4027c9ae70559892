-- KEYS, ARGV[1..6]  see routing_lib_site
-- ARGV[7] queue  ARGV[8] first moment  ARGV[9] the moment to end before
-- reply   ok, 0, {contact id, time, ...} of the call-backs scheduled for a time that the customer chose, by that time
return finish('ok', redis.call('ZRANGEBYSCORE', key.slots .. ARGV[7], ARGV[8], '(' .. ARGV[9], 'WITHSCORES'))
