-- Places in line are stamps (see Routing/LinePlace.cs), unique within a site and no longer the table's key; a contact may have none yet.
-- SQLite cannot change a key or a check, so the table is made anew, and with it those that refer to it.

CREATE TABLE routing_site (
    site_id    TEXT    PRIMARY KEY,
    last_stamp INTEGER NOT NULL -- the stamp given last: each is greater than all before, though the clock step back
) STRICT, WITHOUT ROWID;

ALTER TABLE routing_contact RENAME TO routing_contact_before;
DROP INDEX routing_contact_open;
DROP INDEX routing_contact_offered;
DROP INDEX routing_contact_active;
DROP INDEX routing_contact_waiting;
DROP INDEX routing_contact_line;

CREATE TABLE routing_contact (
    number          INTEGER PRIMARY KEY AUTOINCREMENT, -- the order in which contacts were made
    contact_id      TEXT    NOT NULL UNIQUE,
    site_id         TEXT    NOT NULL,
    customer_id     TEXT    NOT NULL,
    request_id      TEXT    NOT NULL,
    kind            TEXT    NOT NULL,
    conversation_id TEXT    NOT NULL,
    customer        TEXT    NOT NULL, -- CustomerInfo as JSON
    queue           TEXT    NOT NULL,
    topic           TEXT    NOT NULL,
    text            TEXT,
    state           TEXT    NOT NULL CHECK (state IN ('scheduled', 'waiting', 'offered', 'active', 'closed')),
    place           INTEGER,          -- its place in any line of the site, which it keeps; NULL until it enters one
    arrived_at      INTEGER NOT NULL,
    fence           INTEGER NOT NULL,
    agent_id        TEXT,             -- who has the offer, or serves it; of a closed contact who served it
    offer_id        TEXT,             -- the open or accepted offer
    served_by       TEXT,             -- who accepted it last, also when it waits again
    accepted_at     INTEGER,
    closed_at       INTEGER,
    closed_reason   TEXT,
    disposition     TEXT,
    CHECK ((state IN ('offered', 'active')) <= (agent_id IS NOT NULL AND offer_id IS NOT NULL)),
    CHECK ((state IN ('waiting', 'offered', 'active')) <= (place IS NOT NULL))
) STRICT;

-- The old order is kept also where the clock had stepped back: the smallest growing stamps that are not below the arrivals.
INSERT INTO routing_contact (
    number, contact_id, site_id, customer_id, request_id, kind, conversation_id, customer, queue, topic, text, state, place, arrived_at, fence, agent_id,
    offer_id, served_by, accepted_at, closed_at, closed_reason, disposition)
SELECT
    place, contact_id, site_id, customer_id, request_id, kind, conversation_id, customer, queue, topic, text, state,
    (MAX(arrived_at - ordinal) OVER (PARTITION BY site_id ORDER BY ordinal) + ordinal) * 2048,
    arrived_at, fence, agent_id, offer_id, served_by, accepted_at, closed_at, closed_reason, disposition
FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY site_id ORDER BY place) AS ordinal FROM routing_contact_before);

INSERT INTO routing_site (site_id, last_stamp) SELECT site_id, MAX(place) / 2048 FROM routing_contact GROUP BY site_id;

CREATE UNIQUE INDEX routing_contact_place ON routing_contact (site_id, place);
CREATE UNIQUE INDEX routing_contact_open ON routing_contact (site_id, customer_id) WHERE state <> 'closed';
CREATE UNIQUE INDEX routing_contact_offered ON routing_contact (site_id, agent_id) WHERE state = 'offered';
CREATE INDEX routing_contact_active ON routing_contact (site_id, agent_id) WHERE state = 'active';
CREATE INDEX routing_contact_waiting ON routing_contact (site_id, queue, place) WHERE state = 'waiting';
CREATE INDEX routing_contact_line ON routing_contact (site_id, queue, place) WHERE state IN ('waiting', 'offered');

ALTER TABLE routing_offer RENAME TO routing_offer_before;

CREATE TABLE routing_offer (
    offer_id   TEXT    PRIMARY KEY,
    site_id    TEXT    NOT NULL,
    contact_id TEXT    NOT NULL REFERENCES routing_contact (contact_id),
    agent_id   TEXT    NOT NULL,
    offered_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    outcome    TEXT              -- NULL while it stands, then one of Contracts.Reasons
) STRICT, WITHOUT ROWID;

INSERT INTO routing_offer SELECT * FROM routing_offer_before;
DROP TABLE routing_offer_before;

ALTER TABLE routing_pass RENAME TO routing_pass_before;

-- Who declined, missed or passed on a contact; for the contact's life, because also after passed_until they come last.
CREATE TABLE routing_pass (
    contact_id   TEXT    NOT NULL REFERENCES routing_contact (contact_id),
    agent_id     TEXT    NOT NULL,
    passed_until INTEGER NOT NULL,
    PRIMARY KEY (contact_id, agent_id)
) STRICT, WITHOUT ROWID;

INSERT INTO routing_pass SELECT * FROM routing_pass_before;
DROP TABLE routing_pass_before;
DROP TABLE routing_contact_before;
