-- Offers in a row that the agent did not answer.

ALTER TABLE routing_agent ADD COLUMN missed INTEGER NOT NULL DEFAULT 0;
