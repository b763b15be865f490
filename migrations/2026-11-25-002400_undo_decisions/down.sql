DROP TABLE undone_settlements;
ALTER TABLE publications DROP COLUMN restores;

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

DROP INDEX events_undo_once;
ALTER TABLE events DROP COLUMN undoes;
