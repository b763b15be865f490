-- What only a later version knows goes.
DELETE FROM outbox WHERE event_seq IS NULL OR kind NOT IN ('receipt', 'answers', 'changes-requested', 'published', 'accepted', 'declined', 'closed', 'unpublished', 'alert-new', 'alert-resubmitted');
CREATE TABLE outbox_anew (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('receipt', 'answers', 'changes-requested', 'published', 'accepted', 'declined', 'closed', 'unpublished', 'alert-new', 'alert-resubmitted')),
    event_seq INTEGER NOT NULL REFERENCES events (seq),
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    revision INTEGER NOT NULL,
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
    UNIQUE (event_seq, kind, address)
) STRICT;
INSERT INTO outbox_anew SELECT id, kind, event_seq, submission_id, revision, account_id, address, name, language,
    link_generation, status, attempts, due_at, lease_until, message_id, frozen, last_reply, created_at, done_at FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_anew RENAME TO outbox;
CREATE INDEX outbox_due ON outbox (due_at) WHERE status IN ('held', 'queued', 'sending', 'deferred');
CREATE INDEX outbox_by_submission ON outbox (submission_id);

CREATE TABLE events_anew (
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
INSERT INTO events_anew SELECT * FROM events;
DROP TABLE events;
ALTER TABLE events_anew RENAME TO events;
CREATE INDEX events_by_submission ON events (submission_id, seq);
CREATE TRIGGER events_keep_what_was BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_keep_all BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
