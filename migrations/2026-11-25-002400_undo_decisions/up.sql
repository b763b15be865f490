-- A decision is undone by an event that names it; what it published ends as undone, what it ended is shown again.
ALTER TABLE events ADD COLUMN undoes INTEGER REFERENCES events (seq) CHECK ((kind = 'undone') = (undoes IS NOT NULL));
CREATE UNIQUE INDEX events_undo_once ON events (undoes) WHERE undoes IS NOT NULL;

CREATE TABLE publication_endings_anew (
    publication_id INTEGER NOT NULL PRIMARY KEY REFERENCES publications (id),
    kind TEXT NOT NULL CHECK (kind IN ('superseded', 'unpublished', 'undone')),
    effective_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;
INSERT INTO publication_endings_anew SELECT * FROM publication_endings;
DROP TABLE publication_endings;
ALTER TABLE publication_endings_anew RENAME TO publication_endings;
CREATE TRIGGER publication_endings_keep_what_was BEFORE UPDATE ON publication_endings BEGIN SELECT RAISE(ABORT, 'endings are append-only'); END;
CREATE TRIGGER publication_endings_keep_all BEFORE DELETE ON publication_endings BEGIN SELECT RAISE(ABORT, 'endings are append-only'); END;
CREATE TRIGGER generation_moves_with_endings AFTER INSERT ON publication_endings BEGIN UPDATE generation SET value = value + 1; END;

-- The publication that is shown again by this one.
ALTER TABLE publications ADD COLUMN restores INTEGER REFERENCES publications (id);

-- Points that an undone decision had settled: its event still commits to them.
CREATE TABLE undone_settlements (
    point_id INTEGER NOT NULL REFERENCES points (id),
    settled_seq INTEGER NOT NULL REFERENCES events (seq),
    PRIMARY KEY (point_id, settled_seq)
) STRICT;
