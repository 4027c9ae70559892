-- The number of each site's last session: it would not show in the sessions themselves that the last one is missing.
CREATE TABLE site_numbers (
  site_id TEXT NOT NULL PRIMARY KEY,
  last    INTEGER NOT NULL
) WITHOUT ROWID, STRICT;

INSERT INTO site_numbers (site_id, last) SELECT site_id, max(number) FROM sessions GROUP BY site_id;
