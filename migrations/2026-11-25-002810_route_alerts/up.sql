-- How often each account is told of what it follows, and at what hour where it lives.
CREATE TABLE alert_settings (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES accounts (id),
    pace TEXT NOT NULL CHECK (pace IN ('at-once', 'daily', 'weekly')),
    zone TEXT NOT NULL,
    day TEXT NOT NULL CHECK (day IN ('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')),
    hour INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23),
    -- Its reader wanted no more of these mails.
    stopped_at INTEGER,
    daily_due_at INTEGER NOT NULL,
    weekly_due_at INTEGER NOT NULL
) STRICT;
INSERT INTO alert_settings SELECT id, CASE role WHEN 'observer' THEN 'weekly' ELSE 'at-once' END, 'UTC', 'Fri', 8, NULL, 0, 0 FROM accounts;

-- Who is told besides those who chose it themselves: an account, or an address without one.
CREATE TABLE routings (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    form TEXT,
    region TEXT,
    language TEXT,
    account_id INTEGER REFERENCES accounts (id),
    address TEXT COLLATE NOCASE,
    stopped_at INTEGER,
    created_at INTEGER NOT NULL,
    CHECK ((account_id IS NULL) <> (address IS NULL))
) STRICT;

-- What an account is told of with its next digest.
CREATE TABLE digest_events (
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    event_seq INTEGER NOT NULL REFERENCES events (seq),
    pace TEXT NOT NULL CHECK (pace IN ('daily', 'weekly')),
    PRIMARY KEY (account_id, event_seq)
) STRICT;

-- Records that somebody wants to hear no more of.
CREATE TABLE mutes (
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    PRIMARY KEY (account_id, submission_id)
) STRICT;
