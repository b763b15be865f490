-- A point: one change that is asked for with a request for changes, of one question or of the whole submission. Its text can
-- be erased like a note's; the event that asked commits to it.
CREATE TABLE points (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    -- The event that asked, and the working revision then: what a change is measured against.
    asked_seq INTEGER NOT NULL REFERENCES events (seq),
    base_revision INTEGER NOT NULL,
    -- NULL: the whole submission.
    field TEXT,
    required INTEGER NOT NULL CHECK (required IN (0, 1)),
    -- The earlier point that is asked again.
    follows INTEGER REFERENCES points (id),
    body TEXT,
    salt BLOB,
    commitment TEXT NOT NULL CHECK (length(commitment) = 64),
    -- The resubmission that changed or answered it, and the event that accepted it.
    answered_seq INTEGER REFERENCES events (seq),
    settled_seq INTEGER REFERENCES events (seq),
    CHECK ((body IS NULL) = (salt IS NULL))
) STRICT;
CREATE INDEX points_by_submission ON points (submission_id);

-- What the submitter answers to a point.
CREATE TABLE point_replies (
    point_id INTEGER NOT NULL PRIMARY KEY REFERENCES points (id),
    event_seq INTEGER NOT NULL REFERENCES events (seq),
    body TEXT,
    salt BLOB,
    commitment TEXT NOT NULL CHECK (length(commitment) = 64),
    CHECK ((body IS NULL) = (salt IS NULL))
) STRICT;
