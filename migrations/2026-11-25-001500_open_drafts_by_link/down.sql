-- Without a stored secret nobody can open what is there.
CREATE TABLE drafts_anew (
    id TEXT NOT NULL PRIMARY KEY,
    form TEXT NOT NULL,
    -- Set while a submission is being corrected.
    submission_id INTEGER REFERENCES submissions (id),
    base_revision INTEGER,
    pairs TEXT NOT NULL CHECK (json_valid(pairs)),
    version INTEGER NOT NULL CHECK (version > 0),
    token_hash TEXT NOT NULL,
    submission_key TEXT NOT NULL UNIQUE,
    language TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    saved_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    CHECK ((submission_id IS NULL) = (base_revision IS NULL))
) STRICT;
INSERT INTO drafts_anew SELECT id, form, submission_id, base_revision, pairs, version, '', submission_key, language, created_at, saved_at, expires_at FROM drafts;
DROP TABLE drafts;
ALTER TABLE drafts_anew RENAME TO drafts;
CREATE INDEX drafts_by_expiry ON drafts (expires_at);
