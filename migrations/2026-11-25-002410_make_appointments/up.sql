-- When, where and with whom the support is given that a request asks for. One row for each event that makes, moves or calls
-- one off; place and people can be erased like a note.
CREATE TABLE appointments (
    event_seq INTEGER NOT NULL PRIMARY KEY REFERENCES events (seq),
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    -- Calendars go by the highest.
    sequence INTEGER NOT NULL,
    -- Local times, `2027-02-01T09:30`; the instants are derived.
    starts TEXT NOT NULL,
    ends TEXT NOT NULL,
    zone TEXT NOT NULL,
    cancelled INTEGER NOT NULL CHECK (cancelled IN (0, 1)),
    details TEXT CHECK (details IS NULL OR json_valid(details)),
    salt BLOB,
    commitment TEXT NOT NULL CHECK (length(commitment) = 64),
    UNIQUE (submission_id, sequence),
    CHECK ((details IS NULL) = (salt IS NULL))
) STRICT;
