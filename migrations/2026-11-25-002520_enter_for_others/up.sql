-- What staff typed in for somebody: how and when it reached the Network, and the paper it came on. From whom it came is the
-- event's note.
CREATE TABLE handed_over (
    event_seq INTEGER NOT NULL PRIMARY KEY REFERENCES events (seq),
    submission_id INTEGER NOT NULL UNIQUE REFERENCES submissions (id),
    way TEXT NOT NULL CHECK (way IN ('note-verbale', 'email', 'paper')),
    received_on TEXT NOT NULL CHECK (received_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    source TEXT REFERENCES attachments (id)
) STRICT;
CREATE TRIGGER handed_over_keep_what_was BEFORE UPDATE ON handed_over BEGIN SELECT RAISE(ABORT, 'how it came is append-only'); END;
