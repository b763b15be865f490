-- By what a row of a file is known when the file comes again: a keyed digest of its import_id or of the whole row, and one of
-- the row. Neither tells anything of it.
CREATE TABLE imports (
    identity TEXT NOT NULL PRIMARY KEY,
    digest TEXT NOT NULL,
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX imports_by_submission ON imports (submission_id);
