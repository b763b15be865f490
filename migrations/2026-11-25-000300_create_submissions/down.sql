DROP TABLE submission_keys;
DROP TABLE revision_parts;
DROP TABLE revisions;
DROP TABLE submissions;
