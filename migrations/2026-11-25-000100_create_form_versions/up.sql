-- Each version of a form once, as it was compiled, so that an answer is always read with the form it was given to.
CREATE TABLE form_versions (
    version TEXT NOT NULL PRIMARY KEY CHECK (length(version) = 64),
    form TEXT NOT NULL,
    source TEXT NOT NULL CHECK (json_valid(source)),
    recorded_at INTEGER NOT NULL
) STRICT;
