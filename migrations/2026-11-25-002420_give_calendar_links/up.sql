-- A member of staff's private calendar link is of this generation; a new link is the next one.
ALTER TABLE accounts ADD COLUMN calendar_generation INTEGER NOT NULL DEFAULT 1;
