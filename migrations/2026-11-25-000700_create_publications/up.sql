-- What the public was shown, and until when. Rows are added, never changed (DESIGN 7).
CREATE TABLE publications (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    revision INTEGER NOT NULL,
    public_json TEXT NOT NULL CHECK (json_valid(public_json)),
    effective_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX publications_by_submission ON publications (submission_id);

CREATE TABLE publication_endings (
    publication_id INTEGER NOT NULL PRIMARY KEY REFERENCES publications (id),
    kind TEXT NOT NULL CHECK (kind IN ('superseded', 'unpublished')),
    effective_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER publications_keep_what_was BEFORE UPDATE ON publications BEGIN SELECT RAISE(ABORT, 'publications are append-only'); END;
CREATE TRIGGER publications_keep_all BEFORE DELETE ON publications BEGIN SELECT RAISE(ABORT, 'publications are append-only'); END;
CREATE TRIGGER publication_endings_keep_what_was BEFORE UPDATE ON publication_endings BEGIN SELECT RAISE(ABORT, 'endings are append-only'); END;
CREATE TRIGGER publication_endings_keep_all BEFORE DELETE ON publication_endings BEGIN SELECT RAISE(ABORT, 'endings are append-only'); END;

-- Moves with each write to the above; anything cached is tagged with it (DESIGN 10).
CREATE TABLE generation (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    value INTEGER NOT NULL
) STRICT;
INSERT INTO generation (one, value) VALUES (1, 1);
CREATE TRIGGER generation_moves_with_publications AFTER INSERT ON publications BEGIN UPDATE generation SET value = value + 1; END;
CREATE TRIGGER generation_moves_with_endings AFTER INSERT ON publication_endings BEGIN UPDATE generation SET value = value + 1; END;
