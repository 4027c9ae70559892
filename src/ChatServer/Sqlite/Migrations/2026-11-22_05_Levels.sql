-- How good agents are at a queue: 1 to 10.

ALTER TABLE routing_agent_queue ADD COLUMN level INTEGER NOT NULL DEFAULT 5;
