//! Drafts that were begun from what was sent in another form.

use diesel::prelude::*;

use super::schema::{drafts, refilings};
use super::{Conn, StoreError};
use crate::domain::submission::SubmissionId;

/// Says that a draft was begun from a submission.
///
/// # Errors
/// Where the database fails.
pub fn insert(conn: &mut Conn, draft: &str, submission: SubmissionId) -> Result<(), StoreError> {
    diesel::insert_into(refilings::table)
        .values((refilings::draft_id.eq(draft), refilings::submission_id.eq(submission.0)))
        .execute(conn)?;
    Ok(())
}

/// What a draft was begun from, if it was.
///
/// # Errors
/// Where the database fails.
pub fn origin(conn: &mut Conn, draft: &str) -> Result<Option<SubmissionId>, StoreError> {
    let found: Option<i64> =
        refilings::table.find(draft).select(refilings::submission_id).get_result(conn).optional()?;
    Ok(found.map(SubmissionId))
}

/// The draft that was begun from a submission last, while it is kept.
///
/// # Errors
/// Where the database fails.
pub fn draft_of(conn: &mut Conn, submission: SubmissionId) -> Result<Option<String>, StoreError> {
    let kept = refilings::table.inner_join(drafts::table.on(drafts::id.eq(refilings::draft_id)));
    Ok(kept
        .filter(refilings::submission_id.eq(submission.0))
        .order(drafts::created_at.desc())
        .select(refilings::draft_id)
        .get_result(conn)
        .optional()?)
}
