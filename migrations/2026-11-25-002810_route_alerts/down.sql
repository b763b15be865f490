DROP TABLE mutes;
DROP TABLE digest_events;
DROP TABLE routings;
DROP TABLE alert_settings;
