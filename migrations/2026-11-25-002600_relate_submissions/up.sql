-- What one submission is to another, said by an event of the first, and taken back by another one.
CREATE TABLE relations (
    event_seq INTEGER NOT NULL PRIMARY KEY REFERENCES events (seq),
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    kind TEXT NOT NULL,
    target_id INTEGER NOT NULL REFERENCES submissions (id),
    ended_seq INTEGER REFERENCES events (seq),
    CHECK (submission_id <> target_id)
) STRICT;
CREATE INDEX relations_by_target ON relations (target_id);
CREATE UNIQUE INDEX relations_now ON relations (submission_id, kind) WHERE ended_seq IS NULL;
