DROP TABLE undone_settlements;
CREATE TABLE publications_before (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    revision INTEGER NOT NULL,
    public_json TEXT NOT NULL CHECK (json_valid(public_json)),
    effective_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;
INSERT INTO publications_before SELECT id, submission_id, revision, public_json, effective_at, recorded_at FROM publications;
DROP TABLE publications;
ALTER TABLE publications_before RENAME TO publications;
CREATE INDEX publications_by_submission ON publications (submission_id);
CREATE TRIGGER publications_keep_what_was BEFORE UPDATE ON publications BEGIN SELECT RAISE(ABORT, 'publications are append-only'); END;
CREATE TRIGGER publications_keep_all BEFORE DELETE ON publications BEGIN SELECT RAISE(ABORT, 'publications are append-only'); END;
CREATE TRIGGER generation_moves_with_publications AFTER INSERT ON publications BEGIN UPDATE generation SET value = value + 1; END;

CREATE TABLE publication_endings_before (
    publication_id INTEGER NOT NULL PRIMARY KEY REFERENCES publications (id),
    kind TEXT NOT NULL CHECK (kind IN ('superseded', 'unpublished')),
    effective_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;
INSERT INTO publication_endings_before SELECT publication_id, iif(kind = 'undone', 'unpublished', kind), effective_at, recorded_at FROM publication_endings;
DROP TABLE publication_endings;
ALTER TABLE publication_endings_before RENAME TO publication_endings;
CREATE TRIGGER publication_endings_keep_what_was BEFORE UPDATE ON publication_endings BEGIN SELECT RAISE(ABORT, 'endings are append-only'); END;
CREATE TRIGGER publication_endings_keep_all BEFORE DELETE ON publication_endings BEGIN SELECT RAISE(ABORT, 'endings are append-only'); END;
CREATE TRIGGER generation_moves_with_endings AFTER INSERT ON publication_endings BEGIN UPDATE generation SET value = value + 1; END;

CREATE TABLE events_before (
    seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    kind TEXT NOT NULL,
    author TEXT NOT NULL CHECK (author IN ('submitter', 'staff', 'system')),
    account_id INTEGER REFERENCES accounts (id),
    decision TEXT CHECK (decision IN ('start-review', 'request-changes', 'approve', 'publish', 'decline', 'release', 'close', 'reopen', 'unpublish')),
    reason TEXT,
    state TEXT NOT NULL CHECK (state IN ('held', 'submitted', 'in_review', 'changes_requested', 'approved', 'declined', 'withdrawn', 'closed')),
    revision INTEGER NOT NULL,
    at INTEGER NOT NULL,
    commitments TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
    CHECK ((author = 'staff') = (account_id IS NOT NULL)),
    CHECK ((kind = 'decided') = (decision IS NOT NULL))
) STRICT;
INSERT INTO events_before SELECT seq, submission_id, kind, author, account_id, decision, reason, state, revision, at, commitments, digest FROM events;
DROP TABLE events;
ALTER TABLE events_before RENAME TO events;
CREATE INDEX events_by_submission ON events (submission_id, seq);
CREATE TRIGGER events_keep_what_was BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_keep_all BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
