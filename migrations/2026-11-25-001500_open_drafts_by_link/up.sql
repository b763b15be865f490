-- A draft is opened by a derived link, as a submission is, and says who wrote each step last. Secrets given out before end here.
CREATE TABLE drafts_anew (
    id TEXT NOT NULL PRIMARY KEY,
    form TEXT NOT NULL,
    -- Set while a submission is being corrected.
    submission_id INTEGER REFERENCES submissions (id),
    base_revision INTEGER,
    pairs TEXT NOT NULL CHECK (json_valid(pairs)),
    version INTEGER NOT NULL CHECK (version > 0),
    -- Its links are of this generation; revoking them is the next one.
    link_generation INTEGER NOT NULL DEFAULT 1,
    submission_key TEXT NOT NULL UNIQUE,
    language TEXT NOT NULL,
    -- The step that was saved last; empty for the first.
    step TEXT NOT NULL DEFAULT '',
    -- By step: which page wrote it last, and when.
    turns TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(turns)),
    -- SHA-256 (hex) of the first page's own id: sent once more, it is the same draft.
    begun_by TEXT UNIQUE,
    -- Where its holder wants to be reminded.
    address TEXT COLLATE NOCASE,
    -- The expiry that was reminded of.
    reminded_for INTEGER,
    created_at INTEGER NOT NULL,
    saved_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    CHECK ((submission_id IS NULL) = (base_revision IS NULL))
) STRICT;
INSERT INTO drafts_anew (id, form, submission_id, base_revision, pairs, version, submission_key, language, created_at, saved_at, expires_at)
    SELECT id, form, submission_id, base_revision, pairs, version, submission_key, language, created_at, saved_at, expires_at FROM drafts;
DROP TABLE drafts;
ALTER TABLE drafts_anew RENAME TO drafts;
CREATE INDEX drafts_by_expiry ON drafts (expires_at);
