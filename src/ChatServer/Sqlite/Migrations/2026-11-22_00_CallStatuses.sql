-- Which call statuses of providers came in, for as long as a repetition must be recognised.
CREATE TABLE call_status (
  site_id      TEXT NOT NULL,
  event_id     TEXT NOT NULL,     -- the provider's
  result       INTEGER NOT NULL,  -- 0 while it is being handled, then what became of it
  counts_until INTEGER NOT NULL,  -- milliseconds since 1970
  PRIMARY KEY (site_id, event_id)
) WITHOUT ROWID, STRICT;
CREATE INDEX call_status_by_end ON call_status (counts_until);
