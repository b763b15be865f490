DROP TABLE refilings;
