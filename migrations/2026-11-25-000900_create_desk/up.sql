-- The desk: the working revision with all fields, for staff. Derived, rebuildable, never joined with the public side (DESIGN 8).
CREATE TABLE desk_records (
    submission_id INTEGER NOT NULL PRIMARY KEY REFERENCES submissions (id),
    reference TEXT NOT NULL,
    form TEXT NOT NULL,
    title TEXT NOT NULL,
    organization TEXT NOT NULL,
    country TEXT NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL,
    visibility TEXT NOT NULL,
    waits_for TEXT NOT NULL CHECK (waits_for IN ('network', 'submitter', 'nobody')),
    resubmitted INTEGER NOT NULL CHECK (resubmitted IN (0, 1)),
    address_confirmed INTEGER NOT NULL CHECK (address_confirmed IN (0, 1)),
    waiting_since INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX desk_queue ON desk_records (waits_for, waiting_since);

CREATE TABLE desk_facets (
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (submission_id, facet, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX desk_facets_by_value ON desk_facets (facet, value);

CREATE VIRTUAL TABLE desk_search USING fts5 (title, body, tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO desk_search (desk_search, rank) VALUES ('secure-delete', 1);
