-- Contacts that go to another queue, once.

ALTER TABLE routing_contact ADD COLUMN overflowed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE routing_contact ADD COLUMN overflow_at INTEGER; -- when it goes if it waits then; NULL when it stays

-- Whether anybody of a queue is signed in is looked up among those who are.
CREATE INDEX routing_agent_signed_in ON routing_agent (site_id, agent_id) WHERE status <> 'offline';
