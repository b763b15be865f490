//! What lines of the queue are marked with that stands in no record of its own.

use std::collections::BTreeSet;

use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::domain::projection::DeskRecord;
use crate::domain::submission::{ReviewState, SubmissionId};
use crate::store::schema::desk_records;
use crate::store::{Conn, StoreError, outbox};

/// Marks of some lines.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    /// The newest mail to its submitter did not arrive.
    pub undelivered: BTreeSet<SubmissionId>,
    /// Another one of the same form has the same title.
    pub alike: BTreeSet<SubmissionId>,
}

/// The marks of the lines of one page.
///
/// # Errors
/// Where the database fails.
pub fn marks(conn: &mut Conn, lines: &[DeskRecord]) -> Result<Marks, StoreError> {
    let ids: Vec<SubmissionId> = lines.iter().map(|line| line.submission).collect();
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
        undelivered: outbox::undelivered(conn, &ids)?,
        alike: lines.iter().filter(is_twice).map(|line| line.submission).collect(),
    })
}
