-- What a moderator found on each criterion of a form; the newest sheet of a moderator counts. An interest in the matter is
-- said in the event's note. Comments can be erased like a note.
CREATE TABLE reviews (
    event_seq INTEGER NOT NULL PRIMARY KEY REFERENCES events (seq),
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    conflict INTEGER NOT NULL CHECK (conflict IN (0, 1))
) STRICT;
CREATE INDEX reviews_by_submission ON reviews (submission_id, event_seq);
CREATE TABLE review_opinions (
    event_seq INTEGER NOT NULL REFERENCES reviews (event_seq),
    criterion TEXT NOT NULL,
    opinion TEXT NOT NULL CHECK (opinion IN ('met', 'partly', 'not-met', 'cannot-say')),
    body TEXT,
    salt BLOB,
    commitment TEXT NOT NULL CHECK (length(commitment) = 64),
    PRIMARY KEY (event_seq, criterion),
    CHECK ((body IS NULL) = (salt IS NULL))
) STRICT;
-- The criteria that a decision says were not met.
CREATE TABLE decision_criteria (
    event_seq INTEGER NOT NULL REFERENCES events (seq),
    criterion TEXT NOT NULL,
    PRIMARY KEY (event_seq, criterion)
) STRICT;
