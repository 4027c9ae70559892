-- Routing: contacts and their lines, agents and their presence, timers, outbox. Times are Unix milliseconds.

CREATE TABLE routing_contact (
    -- The order of arrival: the line is sorted by it and not by arrived_at, because a clock may step back.
    place           INTEGER PRIMARY KEY AUTOINCREMENT,
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
    state           TEXT    NOT NULL CHECK (state IN ('waiting', 'offered', 'active', 'closed')),
    arrived_at      INTEGER NOT NULL,
    fence           INTEGER NOT NULL,
    agent_id        TEXT,             -- who has the offer, or serves it; of a closed contact who served it
    offer_id        TEXT,             -- the open or accepted offer
    served_by       TEXT,             -- who accepted it last, also when it waits again
    accepted_at     INTEGER,
    closed_at       INTEGER,
    closed_reason   TEXT,
    disposition     TEXT,
    CHECK ((state IN ('offered', 'active')) <= (agent_id IS NOT NULL AND offer_id IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX routing_contact_open ON routing_contact (site_id, customer_id) WHERE state <> 'closed';
CREATE UNIQUE INDEX routing_contact_offered ON routing_contact (site_id, agent_id) WHERE state = 'offered';
CREATE INDEX routing_contact_active ON routing_contact (site_id, agent_id) WHERE state = 'active';
CREATE INDEX routing_contact_waiting ON routing_contact (site_id, queue, place) WHERE state = 'waiting';
CREATE INDEX routing_contact_line ON routing_contact (site_id, queue, place) WHERE state IN ('waiting', 'offered');

CREATE TABLE routing_offer (
    offer_id   TEXT    PRIMARY KEY,
    site_id    TEXT    NOT NULL,
    contact_id TEXT    NOT NULL REFERENCES routing_contact (contact_id),
    agent_id   TEXT    NOT NULL,
    offered_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    outcome    TEXT              -- NULL while it stands, then one of Contracts.Reasons
) STRICT, WITHOUT ROWID;

CREATE TABLE routing_agent (
    site_id         TEXT    NOT NULL,
    agent_id        TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    capacity        INTEGER NOT NULL,
    status          TEXT    NOT NULL,
    connected_until INTEGER NOT NULL, -- the latest lease of their connections
    load            INTEGER NOT NULL, -- counted anew from routing_contact by every step that changes it
    has_offer       INTEGER NOT NULL,
    idle_since      INTEGER NOT NULL,
    PRIMARY KEY (site_id, agent_id)
) STRICT, WITHOUT ROWID;

-- The agents an offer can go to, but for presence, which time alone ends.
CREATE INDEX routing_agent_free ON routing_agent (site_id, agent_id) WHERE status = 'available' AND has_offer = 0 AND load < capacity;

CREATE TABLE routing_agent_queue (
    site_id  TEXT    NOT NULL,
    agent_id TEXT    NOT NULL,
    queue    TEXT    NOT NULL,
    ordinal  INTEGER NOT NULL,
    PRIMARY KEY (site_id, agent_id, queue)
) STRICT, WITHOUT ROWID;

CREATE TABLE routing_connection (
    site_id       TEXT    NOT NULL,
    agent_id      TEXT    NOT NULL,
    connection_id TEXT    NOT NULL,
    expires_at    INTEGER NOT NULL,
    PRIMARY KEY (site_id, agent_id, connection_id)
) STRICT, WITHOUT ROWID;

-- Who declined, missed or passed on a contact; for the contact's life, because also after passed_until they come last.
CREATE TABLE routing_pass (
    contact_id   TEXT    NOT NULL REFERENCES routing_contact (contact_id),
    agent_id     TEXT    NOT NULL,
    passed_until INTEGER NOT NULL,
    PRIMARY KEY (contact_id, agent_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE routing_timer (
    site_id  TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    agent_id TEXT    NOT NULL,
    subject  TEXT    NOT NULL, -- a contact or connection of the agent; empty when the agent is all it concerns
    due      INTEGER NOT NULL,
    fence    INTEGER NOT NULL, -- of the contact when the timer was set; it does nothing once that has moved on
    PRIMARY KEY (site_id, kind, agent_id, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX routing_timer_due ON routing_timer (site_id, due);
CREATE INDEX routing_timer_subject ON routing_timer (site_id, subject);

CREATE TABLE routing_request (
    site_id    TEXT    NOT NULL,
    person_id  TEXT    NOT NULL,
    request_id TEXT    NOT NULL,
    contact_id TEXT    NOT NULL,
    asked_at   INTEGER NOT NULL,
    PRIMARY KEY (site_id, person_id, request_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX routing_request_age ON routing_request (asked_at);

CREATE TABLE routing_outbox (
    -- AUTOINCREMENT: an id is never given again, so completing up to one cannot remove an effect that came later.
    effect_id INTEGER PRIMARY KEY AUTOINCREMENT,
    site_id   TEXT    NOT NULL,
    body      TEXT    NOT NULL  -- RoutingEffect as JSON
) STRICT;

CREATE INDEX routing_outbox_site ON routing_outbox (site_id, effect_id);
