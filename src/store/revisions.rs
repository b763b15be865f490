//! Revisions in parts, each committed to (DESIGN 6).

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::{revision_parts, revisions};
use super::{Conn, StoreError, instant, micros};
use crate::domain::event::commit;
use crate::domain::submission::SubmissionId;

/// One part before it is stored: its name, its JSON value, and the salt for its commitment.
#[derive(Debug, Clone)]
pub struct NewPart {
    pub part: String,
    pub value: String,
    pub salt: [u8; 16],
}

impl NewPart {
    #[must_use]
    pub fn commitment(&self) -> String {
        commit(&self.salt, &self.value)
    }
}

/// A stored part; an erased one has no value.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = revision_parts)]
pub struct Part {
    pub part: String,
    pub value: Option<String>,
    pub salt: Option<Vec<u8>>,
    pub commitment: String,
}

/// A revision as stored.
#[derive(Debug, Clone)]
pub struct Revision {
    pub number: i32,
    pub form_version: String,
    pub recorded_at: DateTime<Utc>,
    /// In the order of their names, as commitments are folded.
    pub parts: Vec<Part>,
}

/// Stores a revision.
///
/// # Errors
/// Where the number exists already or the database fails.
pub fn insert(
    conn: &mut Conn,
    submission: SubmissionId,
    number: i32,
    form_version: &str,
    parts: &[NewPart],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    diesel::insert_into(revisions::table)
        .values((
            revisions::submission_id.eq(submission.0),
            revisions::number.eq(number),
            revisions::form_version.eq(form_version),
            revisions::recorded_at.eq(micros(now)),
        ))
        .execute(conn)?;
    for part in parts {
        diesel::insert_into(revision_parts::table)
            .values((
                revision_parts::submission_id.eq(submission.0),
                revision_parts::number.eq(number),
                revision_parts::part.eq(&part.part),
                revision_parts::value.eq(&part.value),
                revision_parts::salt.eq(&part.salt[..]),
                revision_parts::commitment.eq(part.commitment()),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// One revision.
///
/// # Errors
/// Where it does not exist or the database fails.
pub fn get(conn: &mut Conn, submission: SubmissionId, number: i32) -> Result<Revision, StoreError> {
    let (form_version, at): (String, i64) = revisions::table
        .find((submission.0, number))
        .select((revisions::form_version, revisions::recorded_at))
        .get_result(conn)?;
    let parts = revision_parts::table
        .filter(revision_parts::submission_id.eq(submission.0))
        .filter(revision_parts::number.eq(number))
        .order(revision_parts::part)
        .select(Part::as_select())
        .load(conn)?;
    Ok(Revision { number, form_version, recorded_at: instant(at), parts })
}

/// The numbers of a submission's revisions, oldest first.
///
/// # Errors
/// Where the database fails.
pub fn numbers(conn: &mut Conn, submission: SubmissionId) -> Result<Vec<i32>, StoreError> {
    Ok(revisions::table
        .filter(revisions::submission_id.eq(submission.0))
        .order(revisions::number)
        .select(revisions::number)
        .load(conn)?)
}
