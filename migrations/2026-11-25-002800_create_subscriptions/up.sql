-- Anybody can ask to be told by mail of what is published. A row is one wish; it counts once it was confirmed by mail, and
-- goes with its address when it is ended. The key of its links is derived, so nothing here opens it.
CREATE TABLE subscriptions (
    id TEXT NOT NULL PRIMARY KEY,
    address TEXT NOT NULL COLLATE NOCASE,
    -- Forms and values of facets, as a query string.
    interest TEXT NOT NULL,
    pace TEXT NOT NULL CHECK (pace IN ('at-once', 'daily', 'weekly')),
    language TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    confirmed_at INTEGER,
    -- Events up to this one were looked at, and when it is time to look again.
    told_seq INTEGER NOT NULL,
    due_at INTEGER NOT NULL
) STRICT;
CREATE INDEX subscriptions_by_address ON subscriptions (address);
CREATE INDEX subscriptions_due ON subscriptions (due_at) WHERE confirmed_at IS NOT NULL;

-- The events that a mail tells of, where it tells of several.
CREATE TABLE told_events (
    mail_id INTEGER NOT NULL REFERENCES outbox (id),
    event_seq INTEGER NOT NULL REFERENCES events (seq),
    PRIMARY KEY (mail_id, event_seq)
) STRICT;
CREATE INDEX events_publishing ON events (submission_id, seq) WHERE decision = 'publish';
