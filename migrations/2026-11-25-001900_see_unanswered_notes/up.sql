-- The submitter wrote, and nobody answered: seen in the queue, wherever the submission stands.
ALTER TABLE desk_records ADD COLUMN unanswered INTEGER NOT NULL DEFAULT 0 CHECK (unanswered IN (0, 1));
