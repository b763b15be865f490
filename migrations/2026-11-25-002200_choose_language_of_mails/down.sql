ALTER TABLE drafts DROP COLUMN mail_language;
ALTER TABLE submissions DROP COLUMN mail_language;
