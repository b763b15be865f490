DROP INDEX attachments_to_scan;
ALTER TABLE attachments DROP COLUMN copy_sha256;
ALTER TABLE attachments DROP COLUMN copy_size;
ALTER TABLE attachments DROP COLUMN scanned_at;
ALTER TABLE attachments DROP COLUMN scan;
