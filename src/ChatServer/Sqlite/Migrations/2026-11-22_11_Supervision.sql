-- Queues that supervisors have closed for now, and what supervisors did.

CREATE TABLE routing_closure (
    site_id TEXT NOT NULL,
    queue TEXT NOT NULL,
    closed_until INTEGER, -- null until somebody opens it
    opens_at INTEGER, -- null when nobody knows
    PRIMARY KEY (site_id, queue)
) WITHOUT ROWID;

CREATE TABLE supervision_act (
    site_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    agent_id TEXT NOT NULL,
    agent_name TEXT NOT NULL,
    what TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT,
    PRIMARY KEY (site_id, number)
) WITHOUT ROWID;

CREATE TRIGGER supervision_act_stays BEFORE UPDATE ON supervision_act BEGIN
    SELECT RAISE(ABORT, 'What was done stays as it was done.');
END;
