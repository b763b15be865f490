-- Drafts that were begun from what was sent in another form: whoever completes one says by it which submission it was.
CREATE TABLE refilings (
    draft_id TEXT NOT NULL PRIMARY KEY,
    submission_id INTEGER NOT NULL REFERENCES submissions (id)
) STRICT;
CREATE INDEX refilings_by_submission ON refilings (submission_id);
