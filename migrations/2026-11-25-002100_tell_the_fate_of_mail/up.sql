-- A mail can come back after the server took it, or not be sent because its address takes none.
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
    status TEXT NOT NULL CHECK (status IN ('held', 'queued', 'sending', 'accepted', 'deferred', 'refused', 'bounced', 'suppressed', 'saved', 'dropped')),
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
-- What left lately for an address, and the newest mail about a submission, are asked for each mail that is sent and each line of the queue.
CREATE INDEX outbox_left ON outbox (address, done_at) WHERE status IN ('accepted', 'bounced');

-- Addresses that take no mail: nothing is sent to them until an admin says otherwise.
CREATE TABLE suppressions (
    address TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
    reason TEXT NOT NULL CHECK (reason IN ('bounced', 'complaint', 'staff')),
    since INTEGER NOT NULL,
    -- Who said so; nobody where a mail server did.
    account_id INTEGER REFERENCES accounts (id)
) STRICT;

-- The mail server takes no mail of ours, or is away: the whole queue waits. One row, or none.
CREATE TABLE mail_pause (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    reason TEXT NOT NULL,
    since INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    next_at INTEGER NOT NULL
) STRICT;
