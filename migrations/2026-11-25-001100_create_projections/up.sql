-- What both projections were made with: program and forms. Another one at start-up, and they are written again.
CREATE TABLE projections (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    made_with TEXT NOT NULL
) STRICT;
