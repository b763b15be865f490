-- The file first, then the row (DESIGN, Libraries). Private until a publication shows it.
CREATE TABLE attachments (
    id TEXT NOT NULL PRIMARY KEY,
    -- The file's name as its owner gave it, cleaned.
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size > 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    -- Uploaded into this draft; NULL for the API.
    draft_id TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX attachments_by_draft ON attachments (draft_id);

-- Which submission an attachment belongs to; set once, at submit.
CREATE TABLE submission_attachments (
    attachment_id TEXT NOT NULL PRIMARY KEY REFERENCES attachments (id),
    submission_id INTEGER NOT NULL REFERENCES submissions (id)
) STRICT;
CREATE INDEX submission_attachments_by_submission ON submission_attachments (submission_id);
