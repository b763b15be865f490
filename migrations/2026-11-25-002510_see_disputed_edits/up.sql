-- The submitter said no to a change by staff, and nobody has acted on it: seen in the queue.
ALTER TABLE desk_records ADD COLUMN disputed INTEGER NOT NULL DEFAULT 0 CHECK (disputed IN (0, 1));
