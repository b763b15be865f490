DROP TABLE mail_pause;
DROP TABLE suppressions;
-- To an earlier version both are mails that nobody takes.
UPDATE outbox SET status = 'refused' WHERE status = 'bounced';
UPDATE outbox SET status = 'dropped' WHERE status = 'suppressed';
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
INSERT INTO outbox_anew SELECT * FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_anew RENAME TO outbox;
CREATE INDEX outbox_due ON outbox (due_at) WHERE status IN ('held', 'queued', 'sending', 'deferred');
CREATE INDEX outbox_by_submission ON outbox (submission_id);
CREATE INDEX outbox_by_address ON outbox (address, kind, created_at);
