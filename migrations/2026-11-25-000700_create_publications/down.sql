DROP TABLE generation;
DROP TABLE publication_endings;
DROP TABLE publications;
