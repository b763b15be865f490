-- Files that staff took away for good, each by an event that says why. The name stays.
CREATE TABLE redactions (
    attachment_id TEXT NOT NULL PRIMARY KEY REFERENCES attachments (id),
    event_seq INTEGER NOT NULL UNIQUE REFERENCES events (seq)
) STRICT;
CREATE TRIGGER redactions_keep_what_was BEFORE UPDATE ON redactions BEGIN SELECT RAISE(ABORT, 'redactions are append-only'); END;
CREATE TRIGGER redactions_keep_all BEFORE DELETE ON redactions BEGIN SELECT RAISE(ABORT, 'redactions are append-only'); END;
