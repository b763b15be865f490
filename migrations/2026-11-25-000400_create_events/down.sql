DROP TABLE notes;
DROP TABLE events;
