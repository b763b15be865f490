DROP TABLE point_replies;
DROP TABLE points;
