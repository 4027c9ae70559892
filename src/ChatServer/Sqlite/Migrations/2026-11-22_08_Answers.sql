-- How soon contacts are answered and how true estimates are, decayed, in thousandths of contacts (Routing/AnswerFigures.cs).

ALTER TABLE routing_handling ADD COLUMN answered         INTEGER NOT NULL DEFAULT 0;
ALTER TABLE routing_handling ADD COLUMN answered_in_time INTEGER NOT NULL DEFAULT 0;
ALTER TABLE routing_handling ADD COLUMN estimated        INTEGER NOT NULL DEFAULT 0;
ALTER TABLE routing_handling ADD COLUMN estimated_inside INTEGER NOT NULL DEFAULT 0;

-- What is scheduled, by its queue and time.
CREATE INDEX routing_contact_scheduled ON routing_contact (site_id, queue, due_at) WHERE state = 'scheduled';
