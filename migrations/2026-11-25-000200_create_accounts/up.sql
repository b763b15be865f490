CREATE TABLE accounts (
    id INTEGER NOT NULL PRIMARY KEY,
    email TEXT NOT NULL COLLATE NOCASE UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('observer', 'moderator', 'admin')),
    language TEXT NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'fr', 'es', 'ru', 'ar', 'zh')),
    password_hash TEXT,
    -- Base32 secret of the second factor, and the last time step used, so that no code works twice.
    totp_secret TEXT,
    totp_step INTEGER NOT NULL DEFAULT 0,
    disabled_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
    token_hash TEXT NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    -- Signed in wholly, or still owing the second factor.
    complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_account ON sessions (account_id);

-- One-time links by which an account sets its password.
CREATE TABLE account_links (
    token_hash TEXT NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;

-- What an account is told of. NULL means any.
CREATE TABLE alerts (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    form TEXT,
    region TEXT,
    UNIQUE (account_id, form, region)
) STRICT;

CREATE TABLE sign_in_failures (
    id INTEGER NOT NULL PRIMARY KEY,
    account_email TEXT NOT NULL COLLATE NOCASE,
    network TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_failures_by_time ON sign_in_failures (at);
