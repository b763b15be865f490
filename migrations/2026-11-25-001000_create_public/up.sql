-- The public side: publications and public fields, nothing else. Derived, rebuildable (DESIGN 8).
CREATE TABLE public_records (
    submission_id INTEGER NOT NULL PRIMARY KEY REFERENCES submissions (id),
    publication_id INTEGER NOT NULL REFERENCES publications (id),
    reference TEXT NOT NULL UNIQUE,
    form TEXT NOT NULL,
    form_version TEXT NOT NULL,
    title TEXT NOT NULL,
    organization TEXT NOT NULL,
    language TEXT NOT NULL,
    -- Position among the newest: when it was first published.
    first_published_at INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    public_json TEXT NOT NULL CHECK (json_valid(public_json))
) STRICT;
CREATE INDEX public_newest ON public_records (form, first_published_at);

CREATE TABLE public_facets (
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (submission_id, facet, value)
) STRICT, WITHOUT ROWID;

-- Which published record points to which (a report to its pledge).
CREATE TABLE public_links (
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    target TEXT NOT NULL,
    PRIMARY KEY (submission_id, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX public_links_by_target ON public_links (target);

CREATE TABLE public_attachments (
    attachment_id TEXT NOT NULL REFERENCES attachments (id),
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    PRIMARY KEY (attachment_id, submission_id)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE public_search USING fts5 (title, summary, body, tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO public_search (public_search, rank) VALUES ('secure-delete', 1);
