-- A submission and its reference are born at submit; before that there is a draft (DESIGN 4).
CREATE TABLE submissions (
    id INTEGER NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    form TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('held', 'submitted', 'in_review', 'changes_requested', 'approved', 'declined', 'withdrawn', 'closed')),
    visibility TEXT NOT NULL DEFAULT 'none' CHECK (visibility IN ('none', 'published', 'unpublished')),
    -- The working revision, and the one the public sees.
    head_revision INTEGER NOT NULL CHECK (head_revision > 0),
    published_revision INTEGER,
    -- Moves with each event: what a moderator must have seen to decide.
    version INTEGER NOT NULL CHECK (version > 0),
    -- Revoking the submitter's links is the next generation (DESIGN 11).
    link_generation INTEGER NOT NULL DEFAULT 1,
    address_confirmed_at INTEGER,
    language TEXT NOT NULL CHECK (language IN ('en', 'fr', 'es', 'ru', 'ar', 'zh')),
    channel TEXT NOT NULL CHECK (channel IN ('web', 'api', 'import')),
    created_at INTEGER NOT NULL,
    state_since INTEGER NOT NULL,
    CHECK (published_revision IS NOT NULL OR visibility != 'published')
) STRICT;

-- Immutable, in parts: the answers, and one for each personal field.
CREATE TABLE revisions (
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    number INTEGER NOT NULL CHECK (number > 0),
    form_version TEXT NOT NULL REFERENCES form_versions (version),
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (submission_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE revision_parts (
    submission_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    part TEXT NOT NULL,
    -- Both go when the part is erased; the commitment stays.
    value TEXT CHECK (value IS NULL OR json_valid(value)),
    salt BLOB,
    commitment TEXT NOT NULL CHECK (length(commitment) = 64),
    PRIMARY KEY (submission_id, number, part),
    FOREIGN KEY (submission_id, number) REFERENCES revisions (submission_id, number),
    CHECK ((value IS NULL) = (salt IS NULL))
) STRICT, WITHOUT ROWID;

-- What answered one submission key once (DESIGN 17).
CREATE TABLE submission_keys (
    key TEXT NOT NULL PRIMARY KEY,
    answers_digest TEXT NOT NULL,
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX submission_keys_by_time ON submission_keys (created_at);
