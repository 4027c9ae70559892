-- Times are milliseconds since 1970 UTC; data and customer are JSON as on the wire.

CREATE TABLE conversations (
  conversation_id TEXT PRIMARY KEY,
  site_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  epoch TEXT NOT NULL,
  state TEXT NOT NULL,
  last_seq INTEGER NOT NULL,
  -- The last entry whose audience is everybody; 0 for none.
  last_seq_for_customers INTEGER NOT NULL,
  last_sent_at INTEGER NOT NULL,
  -- Of the last change that routing had applied.
  fence INTEGER NOT NULL,
  customer TEXT NOT NULL
) WITHOUT ROWID, STRICT;

CREATE TABLE conversation_members (
  conversation_id TEXT NOT NULL REFERENCES conversations (conversation_id),
  participant_id TEXT NOT NULL,
  role TEXT NOT NULL,
  name TEXT,
  -- Of the change that made them a member.
  fence INTEGER NOT NULL,
  PRIMARY KEY (conversation_id, participant_id)
) WITHOUT ROWID, STRICT;

-- At most one customer and one serving agent, whatever the code does.
CREATE UNIQUE INDEX conversation_members_by_role ON conversation_members (conversation_id, role);

-- Clustered by conversation, so a join reads neighbouring pages.
CREATE TABLE conversation_entries (
  conversation_id TEXT NOT NULL REFERENCES conversations (conversation_id),
  seq INTEGER NOT NULL,
  after_for_customers INTEGER NOT NULL,
  message_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  audience TEXT NOT NULL,
  author_role TEXT NOT NULL,
  author_id TEXT NOT NULL,
  author_name TEXT,
  text TEXT NOT NULL,
  data TEXT,
  sent_at INTEGER NOT NULL,
  PRIMARY KEY (conversation_id, seq)
) WITHOUT ROWID, STRICT;

-- Recognises repetitions for the life of the conversation.
CREATE UNIQUE INDEX conversation_entries_by_message ON conversation_entries (conversation_id, author_id, message_id);

-- Kept for those who have left, too: the customer's window shows what was read.
CREATE TABLE read_marks (
  conversation_id TEXT NOT NULL REFERENCES conversations (conversation_id),
  participant_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (conversation_id, participant_id)
) WITHOUT ROWID, STRICT;
