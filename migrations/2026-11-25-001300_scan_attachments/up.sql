-- What the virus scanner says of a file, and when it was asked last, answered or not.
ALTER TABLE attachments ADD COLUMN scan TEXT NOT NULL DEFAULT 'unscanned' CHECK (scan IN ('unscanned', 'waiting', 'clean', 'infected'));
ALTER TABLE attachments ADD COLUMN scanned_at INTEGER;
-- What the public gets of a picture: a second file, without the data that cameras and programs add.
ALTER TABLE attachments ADD COLUMN copy_size INTEGER CHECK (copy_size > 0);
ALTER TABLE attachments ADD COLUMN copy_sha256 TEXT CHECK (length(copy_sha256) = 64);
CREATE INDEX attachments_to_scan ON attachments (scanned_at, created_at) WHERE scan = 'waiting';
