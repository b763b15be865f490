//! What lines of the queue are marked with that stands in no record of its own.

use std::collections::BTreeSet;

use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::domain::mail::MailStatus;
use crate::domain::projection::DeskRecord;
use crate::domain::submission::{ReviewState, SubmissionId};
use crate::store::schema::{desk_records, outbox};
use crate::store::{Conn, StoreError};

/// Marks of some lines.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    /// A mail to its submitter did not arrive.
    pub undelivered: BTreeSet<SubmissionId>,
    /// Another one of the same form has the same title.
    pub alike: BTreeSet<SubmissionId>,
}

/// The marks of the lines of one page.
///
/// # Errors
/// Where the database fails.
pub fn marks(conn: &mut Conn, lines: &[DeskRecord]) -> Result<Marks, StoreError> {
    let ids: Vec<i64> = lines.iter().map(|line| line.submission.0).collect();
    let trouble = [MailStatus::Deferred, MailStatus::Refused].map(MailStatus::as_str);
    let undelivered: Vec<Option<i64>> = outbox::table
        .filter(outbox::status.eq_any(trouble))
        .filter(outbox::submission_id.eq_any(&ids))
        .filter(outbox::account_id.is_null())
        .select(outbox::submission_id)
        .load(conn)?;
    let said: BTreeSet<(&str, &str)> = lines
        .iter()
        .filter(|line| !line.title.trim().is_empty())
        .map(|line| (line.form.as_str(), line.title.as_str()))
        .collect();
    let over = [ReviewState::Declined, ReviewState::Withdrawn].map(ReviewState::as_str);
    let titles: Vec<(String, String, i64)> = desk_records::table
        .filter(desk_records::form.eq_any(said.iter().map(|(form, _)| *form)))
        .filter(desk_records::title.eq_any(said.iter().map(|(_, title)| *title)))
        .filter(desk_records::state.ne_all(over))
        .group_by((desk_records::form, desk_records::title))
        .select((desk_records::form, desk_records::title, count_star()))
        .load(conn)?;
    let is_over = |line: &DeskRecord| matches!(line.state, ReviewState::Declined | ReviewState::Withdrawn);
    let is_twice = |line: &&DeskRecord| {
        let others = |(form, title, n): &(String, String, i64)| *form == line.form && *title == line.title && *n > 1;
        !is_over(line) && titles.iter().any(others)
    };
    Ok(Marks {
        undelivered: undelivered.into_iter().flatten().map(SubmissionId).collect(),
        alike: lines.iter().filter(is_twice).map(|line| line.submission).collect(),
    })
}
