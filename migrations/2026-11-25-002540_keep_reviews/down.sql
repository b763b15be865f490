DROP TABLE decision_criteria;
DROP TABLE review_opinions;
DROP TABLE reviews;
