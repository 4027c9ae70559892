-- Sessions as documents, with what finds them beside; only open ones are found by agent, and only those with a code by its finder.
CREATE TABLE sessions (
  site_id    TEXT NOT NULL,
  session_id TEXT NOT NULL,
  number     INTEGER NOT NULL,
  agent_id   TEXT NOT NULL,
  request_id TEXT NOT NULL,
  finder     TEXT,
  is_open    INTEGER NOT NULL,
  due_at     INTEGER,
  version    INTEGER NOT NULL,
  document   TEXT NOT NULL,
  PRIMARY KEY (site_id, session_id),
  UNIQUE (site_id, number),
  UNIQUE (site_id, agent_id, request_id)
) WITHOUT ROWID, STRICT;

CREATE UNIQUE INDEX sessions_by_finder ON sessions (site_id, finder) WHERE finder IS NOT NULL;
CREATE INDEX sessions_by_agent ON sessions (site_id, agent_id, session_id) WHERE is_open = 1;
CREATE INDEX sessions_by_due ON sessions (site_id, due_at) WHERE due_at IS NOT NULL;

-- Never changed, only added to.
CREATE TABLE audit (
  site_id    TEXT NOT NULL,
  session_id TEXT NOT NULL,
  number     INTEGER NOT NULL,
  entry      TEXT NOT NULL,
  PRIMARY KEY (site_id, session_id, number)
) WITHOUT ROWID, STRICT;
