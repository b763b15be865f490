//! What only SQLite says this way: full-text search. The one place with its dialect (DESIGN 18).

pub mod search;
