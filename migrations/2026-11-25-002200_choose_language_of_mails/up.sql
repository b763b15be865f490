-- The language in which a submitter is written to, where another was chosen than that of the pages.
ALTER TABLE submissions ADD COLUMN mail_language TEXT CHECK (mail_language IN ('en', 'fr', 'es', 'ru', 'ar', 'zh'));
ALTER TABLE drafts ADD COLUMN mail_language TEXT CHECK (mail_language IN ('en', 'fr', 'es', 'ru', 'ar', 'zh'));
