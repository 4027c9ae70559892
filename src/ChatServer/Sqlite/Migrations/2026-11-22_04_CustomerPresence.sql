-- Whether the customer of an open chat is there.

ALTER TABLE routing_contact ADD COLUMN seen_until INTEGER; -- the end of the lease; NULL without one
ALTER TABLE routing_contact ADD COLUMN customer_away INTEGER NOT NULL DEFAULT 0;
