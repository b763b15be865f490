-- Title and summary as staff put them into another language; the newest of a language counts. `made_from` is the digest of the
-- title and summary it was made from: of others it is no translation. The text can be erased like a note's.
CREATE TABLE translations (
    event_seq INTEGER NOT NULL PRIMARY KEY REFERENCES events (seq),
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    language TEXT NOT NULL CHECK (language IN ('en', 'fr', 'es', 'ru', 'ar', 'zh')),
    made_from TEXT NOT NULL CHECK (length(made_from) = 64),
    body TEXT CHECK (body IS NULL OR json_valid(body)),
    salt BLOB,
    commitment TEXT NOT NULL CHECK (length(commitment) = 64),
    CHECK ((body IS NULL) = (salt IS NULL))
) STRICT;
CREATE INDEX translations_by_submission ON translations (submission_id, event_seq);
