//! The desk's projection: the working revision with all fields, for staff. Never joined with the public one (DESIGN 8).

mod answers;
mod marks;
mod queue;

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::schema::{desk_facets, desk_records};
use super::sqlite::search;
use super::{Conn, StoreError, instant, known, micros};
use crate::domain::account::AccountId;
use crate::domain::projection::DeskRecord;
use crate::domain::submission::{ReviewState, SubmissionId, Visibility, Waits};
use crate::locale::Language;

pub use answers::{Answered, answered, answers};
pub use marks::{Marks, marks};
pub use queue::{Counts, Neighbours, Queue, count, counts, forms, ids, list, neighbours};

fn waits(waits: Waits) -> &'static str {
    match waits {
        Waits::Network => "network",
        Waits::Submitter => "submitter",
        Waits::Nobody => "nobody",
    }
}

/// Writes the record of a submission in the place of what stood there.
///
/// # Errors
/// Where the database fails.
pub fn write(conn: &mut Conn, record: &DeskRecord) -> Result<(), StoreError> {
    let id = record.submission.0;
    diesel::delete(desk_facets::table.filter(desk_facets::submission_id.eq(id))).execute(conn)?;
    diesel::delete(desk_records::table.find(id)).execute(conn)?;
    answers::remove(conn, record.submission)?;
    search::remove_desk(conn, id)?;
    insert(conn, record)
}

/// Adds the record of a new submission.
///
/// # Errors
/// Where the database fails, or the submission has a record.
pub fn insert(conn: &mut Conn, record: &DeskRecord) -> Result<(), StoreError> {
    let id = record.submission.0;
    diesel::insert_into(desk_records::table)
        .values((
            desk_records::submission_id.eq(id),
            desk_records::reference.eq(&record.reference),
            desk_records::form.eq(&record.form),
            desk_records::title.eq(&record.title),
            desk_records::organization.eq(&record.organization),
            desk_records::country.eq(&record.country),
            desk_records::language.eq(record.language.code()),
            desk_records::state.eq(record.state.as_str()),
            desk_records::visibility.eq(record.visibility.as_str()),
            desk_records::waits_for.eq(waits(record.waits)),
            desk_records::resubmitted.eq(record.resubmitted),
            desk_records::address_confirmed.eq(record.address_confirmed),
            desk_records::waiting_since.eq(micros(record.waiting_since)),
            desk_records::created_at.eq(micros(record.created_at)),
            desk_records::unanswered.eq(record.unanswered),
            desk_records::disputed.eq(record.disputed),
            desk_records::assignee.eq(record.assignee.map(|AccountId(id)| id)),
            desk_records::due_at.eq(record.due_at.map(micros)),
        ))
        .execute(conn)?;
    for (facet, value) in &record.facets {
        diesel::insert_into(desk_facets::table)
            .values((desk_facets::submission_id.eq(id), desk_facets::facet.eq(facet), desk_facets::value.eq(value)))
            .execute(conn)?;
    }
    answers::add(conn, record)?;
    search::add_desk(conn, id, &record.title, &body(record))
}

/// What is searched besides the title: a reference finds its record too.
fn body(record: &DeskRecord) -> String {
    format!("{} {}", record.reference, record.text)
}

/// The texts of a record as they are indexed, columns joined by a line break.
#[must_use]
pub fn indexed_text(record: &DeskRecord) -> String {
    format!("{}\n{}", record.title, body(record))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = desk_records)]
struct Row {
    submission_id: i64,
    reference: String,
    form: String,
    title: String,
    organization: String,
    country: String,
    language: String,
    state: String,
    visibility: String,
    waits_for: String,
    resubmitted: bool,
    address_confirmed: bool,
    waiting_since: i64,
    created_at: i64,
    unanswered: bool,
    disputed: bool,
    assignee: Option<i64>,
    due_at: Option<i64>,
}

impl TryFrom<Row> for DeskRecord {
    type Error = StoreError;

    /// Facets, answers and text stay empty: a line of the queue shows none of them.
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let all = [Waits::Network, Waits::Submitter, Waits::Nobody];
        Ok(Self {
            submission: SubmissionId(row.submission_id),
            language: known(Language::read(&row.language), &row.language)?,
            state: known(ReviewState::read(&row.state), &row.state)?,
            visibility: known(Visibility::read(&row.visibility), &row.visibility)?,
            waits: known(all.into_iter().find(|w| waits(*w) == row.waits_for), &row.waits_for)?,
            reference: row.reference,
            form: row.form,
            title: row.title,
            organization: row.organization,
            country: row.country,
            resubmitted: row.resubmitted,
            address_confirmed: row.address_confirmed,
            unanswered: row.unanswered,
            disputed: row.disputed,
            waiting_since: instant(row.waiting_since),
            created_at: instant(row.created_at),
            assignee: row.assignee.map(AccountId),
            due_at: row.due_at.map(instant),
            facets: BTreeSet::new(),
            answers: Vec::new(),
            text: String::new(),
        })
    }
}

/// One record, without text, facets and answers.
///
/// # Errors
/// Where the database fails.
pub fn get(conn: &mut Conn, id: SubmissionId) -> Result<Option<DeskRecord>, StoreError> {
    let row: Option<Row> = desk_records::table.find(id.0).select(Row::as_select()).get_result(conn).optional()?;
    row.map(DeskRecord::try_from).transpose()
}

/// The facets of one record.
///
/// # Errors
/// Where the database fails.
pub fn facets(conn: &mut Conn, id: SubmissionId) -> Result<BTreeSet<(String, String)>, StoreError> {
    let rows: Vec<(String, String)> = desk_facets::table
        .filter(desk_facets::submission_id.eq(id.0))
        .select((desk_facets::facet, desk_facets::value))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}
