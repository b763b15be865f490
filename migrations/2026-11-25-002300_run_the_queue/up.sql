-- Who looks after a submission: a member of staff, or nobody yet. The event says whom it went to.
ALTER TABLE submissions ADD COLUMN assignee INTEGER REFERENCES accounts (id);
ALTER TABLE events ADD COLUMN assignee INTEGER REFERENCES accounts (id);
ALTER TABLE desk_records ADD COLUMN assignee INTEGER;
-- Until when the Network is to act; NULL where it need not, or nothing was promised.
ALTER TABLE desk_records ADD COLUMN due_at INTEGER;
-- `waiting_since` now leaves out the time in which the Network waited for others: all records are projected anew.
DELETE FROM projections;

-- What the queue is counted, ordered and filtered by.
CREATE INDEX desk_heaps ON desk_records (waits_for, state, form, assignee, due_at);
CREATE INDEX desk_in_order ON desk_records (waiting_since, submission_id);
CREATE INDEX desk_by_form ON desk_records (form, waiting_since);
CREATE INDEX desk_by_assignee ON desk_records (assignee, waiting_since) WHERE assignee IS NOT NULL;
CREATE INDEX desk_by_due ON desk_records (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX desk_by_title ON desk_records (form, title, state);

-- How long somebody waited for each answer of the Network; projected from the log like all that is the desk's.
CREATE TABLE desk_answers (
    submission_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    phase TEXT NOT NULL,
    waited INTEGER NOT NULL,
    at INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    PRIMARY KEY (submission_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX desk_answers_at ON desk_answers (at);

-- A filter of the queue under a name, for its owner alone or for all staff.
CREATE TABLE views (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    shared INTEGER NOT NULL DEFAULT 0 CHECK (shared IN (0, 1)),
    created_at INTEGER NOT NULL,
    UNIQUE (account_id, name)
) STRICT;

-- Several records that somebody acts on at once, each as it stood when it was chosen, with what came of it.
CREATE TABLE batches (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    -- The view they were chosen from.
    query TEXT NOT NULL,
    -- What is done, as JSON; the words to submitters go once it is done.
    task TEXT CHECK (task IS NULL OR json_valid(task)),
    created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE batch_items (
    batch_id INTEGER NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    version INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY (batch_id, submission_id)
) STRICT, WITHOUT ROWID;
