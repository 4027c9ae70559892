-- What estimates of waits are made from (docs/waiting.md), and what customers were told first.

CREATE TABLE routing_handling (
    site_id     TEXT    NOT NULL,
    queue       TEXT    NOT NULL,
    at          INTEGER NOT NULL, -- the moment that the rest is of, in Unix milliseconds
    serving     INTEGER NOT NULL, -- contacts that hold a seat
    handled     INTEGER NOT NULL, -- decayed, in thousandths
    held        INTEGER NOT NULL, -- decayed, in milliseconds
    head_starts INTEGER NOT NULL, -- decayed, in thousandths
    PRIMARY KEY (site_id, queue)
) STRICT, WITHOUT ROWID;

INSERT INTO routing_handling (site_id, queue, at, serving, handled, held, head_starts)
SELECT site_id, queue, unixepoch() * 1000, COUNT(*), 0, 0, 0 FROM routing_contact WHERE state IN ('offered', 'active') GROUP BY site_id, queue;

ALTER TABLE routing_agent ADD COLUMN wrap_up_queue TEXT; -- whose call they finish up after

-- The first range that its customer was shown, until an agent takes it.
ALTER TABLE routing_contact ADD COLUMN shown_min INTEGER; -- seconds
ALTER TABLE routing_contact ADD COLUMN shown_max INTEGER; -- seconds
ALTER TABLE routing_contact ADD COLUMN shown_at INTEGER;  -- Unix milliseconds
