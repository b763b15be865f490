DROP TABLE sitting_reports;
DROP TABLE sittings;
DROP TABLE party_standings;
DROP TABLE parties;
