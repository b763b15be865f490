DROP INDEX events_publishing;
DROP TABLE told_events;
DROP TABLE subscriptions;
