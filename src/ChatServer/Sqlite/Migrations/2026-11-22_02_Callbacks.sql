-- Call-backs beside chats: several at once for a customer, one for a number, and agents who are on a call or just were.

ALTER TABLE routing_contact ADD COLUMN has_conversation INTEGER NOT NULL DEFAULT 1;
ALTER TABLE routing_contact ADD COLUMN phone TEXT;    -- E.164; of a call-back
ALTER TABLE routing_contact ADD COLUMN note TEXT;
ALTER TABLE routing_contact ADD COLUMN due_at INTEGER; -- of a scheduled one
ALTER TABLE routing_contact ADD COLUMN attempts TEXT NOT NULL DEFAULT '[]'; -- CallAttempt as JSON

DROP INDEX routing_contact_open;
CREATE UNIQUE INDEX routing_contact_open ON routing_contact (site_id, customer_id) WHERE state <> 'closed' AND kind = 'chat';
CREATE UNIQUE INDEX routing_contact_phone ON routing_contact (site_id, phone) WHERE state <> 'closed' AND kind = 'callback';
CREATE INDEX routing_contact_customer ON routing_contact (site_id, customer_id, number) WHERE state <> 'closed';

DROP INDEX routing_contact_waiting;
CREATE INDEX routing_contact_waiting ON routing_contact (site_id, queue, kind, place) WHERE state = 'waiting';

ALTER TABLE routing_agent ADD COLUMN on_call INTEGER NOT NULL DEFAULT 0;
ALTER TABLE routing_agent ADD COLUMN wrap_up_until INTEGER; -- NULL when they do not finish up after a call

DROP INDEX routing_agent_free;
CREATE INDEX routing_agent_free ON routing_agent (site_id, agent_id)
WHERE status = 'available' AND has_offer = 0 AND load < capacity AND wrap_up_until IS NULL;

-- What has not been told yet is of chats, and does not say so.
UPDATE routing_outbox SET body = json_set(body, '$.contact.hasConversation', json('true')) WHERE json_extract(body, '$.contact') IS NOT NULL;
UPDATE routing_outbox SET body = json_set(body, '$.offer.contact.hasConversation', json('true')) WHERE json_extract(body, '$.offer.contact') IS NOT NULL;
