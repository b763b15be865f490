DROP TABLE sign_in_failures;
DROP TABLE alerts;
DROP TABLE account_links;
DROP TABLE sessions;
DROP TABLE accounts;
