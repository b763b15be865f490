DROP TABLE submission_attachments;
DROP TABLE attachments;
