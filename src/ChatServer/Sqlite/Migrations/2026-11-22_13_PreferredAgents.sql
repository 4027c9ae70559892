-- Contacts that wait for one agent alone, and who served customers last.

ALTER TABLE routing_contact ADD COLUMN prefers TEXT;          -- the agent; NULL for whoever matches
ALTER TABLE routing_contact ADD COLUMN prefers_until INTEGER;

DROP INDEX routing_contact_waiting;
CREATE INDEX routing_contact_waiting ON routing_contact (site_id, queue, kind, place) WHERE state = 'waiting' AND prefers IS NULL;
CREATE INDEX routing_contact_preferring ON routing_contact (site_id, prefers, queue, kind, place) WHERE state = 'waiting' AND prefers IS NOT NULL;

CREATE TABLE routing_last_agent (
    site_id     TEXT    NOT NULL,
    customer_id TEXT    NOT NULL,
    agent_id    TEXT    NOT NULL,
    served_at   INTEGER NOT NULL,
    PRIMARY KEY (site_id, customer_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX routing_last_agent_age ON routing_last_agent (served_at);
