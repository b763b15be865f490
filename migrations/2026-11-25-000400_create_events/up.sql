-- Append-only and chained: `digest` covers the row and the digest before it. Ids and kinds, never names or texts.
CREATE TABLE events (
    seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    kind TEXT NOT NULL CHECK (kind IN ('submitted', 'resubmitted', 'address-confirmed', 'address-corrected', 'decided', 'withdrawn', 'attachment-refused')),
    author TEXT NOT NULL CHECK (author IN ('submitter', 'staff', 'system')),
    account_id INTEGER REFERENCES accounts (id),
    decision TEXT CHECK (decision IN ('start-review', 'request-changes', 'approve', 'publish', 'decline', 'release', 'close', 'reopen', 'unpublish')),
    reason TEXT CHECK (reason IN ('outside-scope', 'not-within-dates', 'incomplete', 'duplicate', 'spam', 'other')),
    state TEXT NOT NULL CHECK (state IN ('held', 'submitted', 'in_review', 'changes_requested', 'approved', 'declined', 'withdrawn', 'closed')),
    revision INTEGER NOT NULL,
    at INTEGER NOT NULL,
    commitments TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
    CHECK ((author = 'staff') = (account_id IS NOT NULL)),
    CHECK ((kind = 'decided') = (decision IS NOT NULL))
) STRICT;
CREATE INDEX events_by_submission ON events (submission_id, seq);
CREATE TRIGGER events_keep_what_was BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_keep_all BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

-- What was written with an event, by staff or by the submitter. Committed to like a part of a revision.
CREATE TABLE notes (
    id INTEGER NOT NULL PRIMARY KEY,
    event_seq INTEGER NOT NULL REFERENCES events (seq),
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    body TEXT,
    salt BLOB,
    commitment TEXT NOT NULL CHECK (length(commitment) = 64),
    CHECK ((body IS NULL) = (salt IS NULL))
) STRICT;
CREATE INDEX notes_by_submission ON notes (submission_id);
CREATE INDEX notes_by_event ON notes (event_seq);
