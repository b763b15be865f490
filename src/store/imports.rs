//! Which rows of files were taken already.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::imports;
use super::{Conn, StoreError, micros};
use crate::domain::submission::SubmissionId;

/// A row that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Of what the row said.
    pub digest: String,
    pub submission: SubmissionId,
}

/// What was made of a row before.
///
/// # Errors
/// Where the database fails.
pub fn find(conn: &mut Conn, identity: &str) -> Result<Option<Imported>, StoreError> {
    let row: Option<(String, i64)> =
        imports::table.find(identity).select((imports::digest, imports::submission_id)).get_result(conn).optional()?;
    Ok(row.map(|(digest, id)| Imported { digest, submission: SubmissionId(id) }))
}

/// Remembers what is made of a row.
///
/// # Errors
/// Where the row was taken before or the database fails.
pub fn keep(conn: &mut Conn, identity: &str, made: &Imported, now: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::insert_into(imports::table)
        .values((
            imports::identity.eq(identity),
            imports::digest.eq(&made.digest),
            imports::submission_id.eq(made.submission.0),
            imports::at.eq(micros(now)),
        ))
        .execute(conn)?;
    Ok(())
}
