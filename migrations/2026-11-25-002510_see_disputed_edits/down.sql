ALTER TABLE desk_records DROP COLUMN disputed;
