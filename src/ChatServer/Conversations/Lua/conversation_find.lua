-- Reads the head.
-- KEYS    and ARGV[1] to [3]: see conversation.lua
-- reply   {site, contact, epoch, state, seq, customer, agent id, agent name}; nil when there is no such conversation
return read_head()
