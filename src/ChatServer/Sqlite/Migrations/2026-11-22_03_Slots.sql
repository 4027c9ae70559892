-- Call-backs at a time that the customer chose. Such a one gets its place when it enters the line, for a moment that has gone by, so only places of what is open are
-- kept apart.

ALTER TABLE routing_contact ADD COLUMN slot_at INTEGER; -- the time that the customer chose, while it is scheduled for it
CREATE INDEX routing_contact_slot ON routing_contact (site_id, queue, slot_at) WHERE state = 'scheduled' AND slot_at IS NOT NULL;

DROP INDEX routing_contact_place;
CREATE UNIQUE INDEX routing_contact_place ON routing_contact (site_id, place) WHERE state <> 'closed';
