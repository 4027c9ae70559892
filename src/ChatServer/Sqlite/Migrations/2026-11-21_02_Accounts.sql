-- Agents' accounts.
CREATE TABLE account (
  agent_id      TEXT PRIMARY KEY,
  site_id       TEXT NOT NULL,
  email         TEXT NOT NULL,
  email_key     TEXT NOT NULL UNIQUE, -- the address in lower case: SQLite's NOCASE knows ASCII only
  name          TEXT NOT NULL,
  role          TEXT NOT NULL,
  queues        TEXT NOT NULL,        -- names, separated by commas
  capacity      INTEGER NOT NULL,
  password_hash TEXT NOT NULL,
  disabled      INTEGER NOT NULL DEFAULT 0,
  failures      INTEGER NOT NULL DEFAULT 0, -- failed sign-ins in a row
  locked_until  INTEGER               -- milliseconds since 1970
) WITHOUT ROWID, STRICT;
