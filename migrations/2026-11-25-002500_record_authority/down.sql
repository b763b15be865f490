DROP TABLE authorities;
