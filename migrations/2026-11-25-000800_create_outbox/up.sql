-- Mail is never sent in a request: a row here, in the transaction of the event it tells of (DESIGN 11).
CREATE TABLE outbox (
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
CREATE INDEX outbox_due ON outbox (due_at) WHERE status IN ('held', 'queued', 'sending', 'deferred');
CREATE INDEX outbox_by_submission ON outbox (submission_id);
