-- Kinds of events, reasons and mails grow with each feature: the closed enums of the program are their gate, not a list here.
CREATE TABLE events_anew (
    seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    kind TEXT NOT NULL,
    author TEXT NOT NULL CHECK (author IN ('submitter', 'staff', 'system')),
    account_id INTEGER REFERENCES accounts (id),
    decision TEXT CHECK (decision IN ('start-review', 'request-changes', 'approve', 'publish', 'decline', 'release', 'close', 'reopen', 'unpublish')),
    reason TEXT,
    state TEXT NOT NULL CHECK (state IN ('held', 'submitted', 'in_review', 'changes_requested', 'approved', 'declined', 'withdrawn', 'closed')),
    revision INTEGER NOT NULL,
    at INTEGER NOT NULL,
    commitments TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
    CHECK ((author = 'staff') = (account_id IS NOT NULL)),
    CHECK ((kind = 'decided') = (decision IS NOT NULL))
) STRICT;
INSERT INTO events_anew SELECT * FROM events;
DROP TABLE events;
ALTER TABLE events_anew RENAME TO events;
CREATE INDEX events_by_submission ON events (submission_id, seq);
CREATE TRIGGER events_keep_what_was BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_keep_all BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

-- A mail tells of an event of a submission, or of a draft. Either way it goes once per occasion, kind and address.
CREATE TABLE outbox_anew (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    occasion TEXT NOT NULL,
    event_seq INTEGER REFERENCES events (seq),
    submission_id INTEGER REFERENCES submissions (id),
    revision INTEGER,
    draft_id TEXT,
    account_id INTEGER REFERENCES accounts (id),
    address TEXT NOT NULL COLLATE NOCASE,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    -- Links are filled in for this generation: once the address is corrected, those of mails to the old one are dead.
    link_generation INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('held', 'queued', 'sending', 'accepted', 'deferred', 'refused', 'saved', 'dropped')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL,
    lease_until INTEGER,
    message_id TEXT NOT NULL UNIQUE,
    -- Rendered at the first attempt, links as placeholders; from then on it never changes.
    frozen TEXT CHECK (frozen IS NULL OR json_valid(frozen)),
    last_reply TEXT,
    created_at INTEGER NOT NULL,
    done_at INTEGER,
    UNIQUE (occasion, kind, address),
    CHECK ((event_seq IS NULL) = (submission_id IS NULL) AND (event_seq IS NULL) = (revision IS NULL)),
    CHECK ((event_seq IS NULL) = (draft_id IS NOT NULL))
) STRICT;
INSERT INTO outbox_anew SELECT id, kind, 'event ' || event_seq, event_seq, submission_id, revision, NULL, account_id, address, name, language,
    link_generation, status, attempts, due_at, lease_until, message_id, frozen, last_reply, created_at, done_at FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_anew RENAME TO outbox;
CREATE INDEX outbox_due ON outbox (due_at) WHERE status IN ('held', 'queued', 'sending', 'deferred');
CREATE INDEX outbox_by_submission ON outbox (submission_id);
CREATE INDEX outbox_by_address ON outbox (address, kind, created_at);
