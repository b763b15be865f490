//! All SQL and all of Diesel. Functions take `&mut Conn` and give domain types; none opens a transaction (the writer does).
//!
//! Three habits keep a statement from being parsed, or the search index from being written out, once a job instead of once
//! a batch: one row is asked for by `get_result` (SQLite parses anew whenever a `LIMIT` is bound, which `first` does);
//! tables and functions are declared to Diesel, which never keeps a `sql_query`; and rows of a submission are written by a
//! plain INSERT (`RETURNING` and `REPLACE` open a savepoint, at which FTS5 empties its memory to disk).
//!
//! Imports `forms`, `domain` and `locale`. `desk` and `public` are the two projections; they are never joined.

pub mod accounts;
pub mod alerts;
pub mod appointments;
pub mod attachments;
pub mod authorities;
pub mod batches;
pub mod db;
pub mod desk;
pub mod drafts;
pub mod events;
pub mod files;
pub mod form_versions;
pub mod handed_over;
pub mod imports;
pub mod outbox;
pub mod parties;
pub mod points;
pub mod public;
pub mod publications;
pub mod refilings;
pub mod relations;
pub mod reviews;
pub mod revisions;
pub mod routings;
mod schema;
pub mod similar;
pub mod sittings;
pub mod sqlite;
pub mod submissions;
pub mod subscriptions;
pub mod suppressions;
pub mod translations;
pub mod verify;
pub mod views;
mod writer;

use chrono::{DateTime, Utc};

diesel::define_sql_function! {
    /// The key of the row that this connection inserted last.
    fn last_insert_rowid() -> diesel::sql_types::BigInt;
}

/// The database connection (DESIGN 18: an alias, so that another database can come later).
pub type Conn = diesel::SqliteConnection;

/// Why the store could not do something. Never a person's fault.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("database: {0}")]
    Query(#[from] diesel::result::Error),
    #[error("cannot open the database: {0}")]
    Open(#[from] diesel::ConnectionError),
    #[error("no free connection: {0}")]
    Pool(String),
    #[error("stored value cannot be read: {0}")]
    Unreadable(String),
    #[error("the work was given up after a panic")]
    Panicked,
    #[error("the writer has stopped")]
    Stopped,
    #[error("migration: {0}")]
    Migration(String),
    #[error("file store: {0}")]
    Files(#[from] object_store::Error),
    #[error("input or output: {0}")]
    Io(#[from] std::io::Error),
}

impl StoreError {
    /// Whether the same may go well a little later: the database is busy, full or being opened.
    #[must_use]
    pub fn passes(&self) -> bool {
        match self {
            Self::Pool(_) | Self::Stopped | Self::Open(_) | Self::Files(_) | Self::Io(_) => true,
            Self::Query(diesel::result::Error::DatabaseError(_, told)) => {
                ["full", "locked", "busy", "I/O"].iter().any(|word| told.message().contains(word))
            }
            Self::Query(_) | Self::Unreadable(_) | Self::Panicked | Self::Migration(_) => false,
        }
    }
}

/// How a job for the writer can end without a result.
#[derive(Debug)]
pub enum Stop<R> {
    /// A rule says no. Nothing was written.
    Refused(R),
    /// The store failed. Nothing is kept.
    Failed(StoreError),
}

impl<R> From<diesel::result::Error> for Stop<R> {
    fn from(error: diesel::result::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl<R> From<StoreError> for Stop<R> {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

/// An instant as it is stored: microseconds UTC.
#[must_use]
pub fn micros(at: DateTime<Utc>) -> i64 {
    at.timestamp_micros()
}

/// A stored instant.
#[must_use]
pub fn instant(micros: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(micros).unwrap_or_default()
}

/// A closed enum's stored text, or what could not be read.
fn known<T>(read: Option<T>, text: &str) -> Result<T, StoreError> {
    read.ok_or_else(|| StoreError::Unreadable(text.to_owned()))
}
