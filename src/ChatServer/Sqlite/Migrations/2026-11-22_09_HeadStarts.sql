-- By how many seconds a contact stands before others who came with it. What came before has none.

ALTER TABLE routing_contact ADD COLUMN head_start INTEGER NOT NULL DEFAULT 0;
