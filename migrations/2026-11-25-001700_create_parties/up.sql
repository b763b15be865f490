-- Those who take part in a submission besides its submitter. A party is known by the address of its contact; its number says
-- which rows of which revision are its own, also once the address is erased.
CREATE TABLE parties (
    submission_id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    row INTEGER NOT NULL,
    party INTEGER NOT NULL,
    PRIMARY KEY (submission_id, revision, row),
    FOREIGN KEY (submission_id, revision) REFERENCES revisions (submission_id, number)
) STRICT;
CREATE TRIGGER parties_keep_what_was BEFORE UPDATE ON parties BEGIN SELECT RAISE(ABORT, 'parties are append-only'); END;

-- What was asked of a party and what it said, each with its event; the newest counts.
CREATE TABLE party_standings (
    event_seq INTEGER NOT NULL REFERENCES events (seq),
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    party INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('asked', 'confirmed', 'declined')),
    -- The oldest revision that a confirmation holds for: before, the rows read differently.
    revision INTEGER NOT NULL,
    PRIMARY KEY (event_seq, party)
) STRICT;
CREATE INDEX party_standings_by_submission ON party_standings (submission_id, event_seq);
CREATE TRIGGER party_standings_keep_what_was BEFORE UPDATE ON party_standings BEGIN SELECT RAISE(ABORT, 'what parties said is append-only'); END;
CREATE TRIGGER party_standings_keep_all BEFORE DELETE ON party_standings BEGIN SELECT RAISE(ABORT, 'what parties said is append-only'); END;

-- A link by which all records of one contact are reported on at once. Its key is derived, so nothing here opens it. Asked for
-- with an address that nobody knows, the address is not kept.
CREATE TABLE sittings (
    id TEXT NOT NULL PRIMARY KEY,
    address TEXT COLLATE NOCASE,
    language TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sittings_by_address ON sittings (address, created_at);
CREATE TABLE sitting_reports (
    submission_id INTEGER NOT NULL PRIMARY KEY REFERENCES submissions (id),
    sitting_id TEXT NOT NULL REFERENCES sittings (id),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX sitting_reports_by_sitting ON sitting_reports (sitting_id, at);
