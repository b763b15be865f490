-- How it was confirmed that what is to be published speaks for the State it names. What else was said of it is the event's note.
CREATE TABLE authorities (
    event_seq INTEGER NOT NULL PRIMARY KEY REFERENCES events (seq),
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    means TEXT NOT NULL CHECK (means IN ('note-verbale', 'focal-point', 'official-domain', 'other'))
) STRICT;
CREATE INDEX authorities_by_submission ON authorities (submission_id, event_seq);
CREATE TRIGGER authorities_keep_what_was BEFORE UPDATE ON authorities BEGIN SELECT RAISE(ABORT, 'what was confirmed is append-only'); END;
CREATE TRIGGER authorities_keep_all BEFORE DELETE ON authorities BEGIN SELECT RAISE(ABORT, 'what was confirmed is append-only'); END;
