//! How long the Network let people wait, answer by answer, as the log tells it.

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;

use crate::domain::account::AccountId;
use crate::domain::clock::{Answer, Phase};
use crate::domain::projection::DeskRecord;
use crate::domain::submission::SubmissionId;
use crate::store::schema::{desk_answers, desk_facets, desk_records};
use crate::store::{Conn, StoreError, instant, known, micros};

pub(super) fn remove(conn: &mut Conn, SubmissionId(id): SubmissionId) -> Result<(), StoreError> {
    diesel::delete(desk_answers::table.filter(desk_answers::submission_id.eq(id))).execute(conn)?;
    Ok(())
}

pub(super) fn add(conn: &mut Conn, record: &DeskRecord) -> Result<(), StoreError> {
    for (number, answer) in (1_i32..).zip(&record.answers) {
        diesel::insert_into(desk_answers::table)
            .values((
                desk_answers::submission_id.eq(record.submission.0),
                desk_answers::number.eq(number),
                desk_answers::phase.eq(answer.phase.as_str()),
                desk_answers::waited.eq(answer.waited.num_microseconds().unwrap_or(i64::MAX)),
                desk_answers::at.eq(micros(answer.at)),
                desk_answers::account_id.eq(answer.by.0),
            ))
            .execute(conn)?;
    }
    Ok(())
}

fn read((phase, waited, at, by): (String, i64, i64, i64)) -> Result<Answer, StoreError> {
    Ok(Answer {
        phase: known(Phase::read(&phase), &phase)?,
        waited: Duration::microseconds(waited),
        at: instant(at),
        by: AccountId(by),
    })
}

/// The answers to one submission, oldest first.
///
/// # Errors
/// Where the database fails.
pub fn answers(conn: &mut Conn, SubmissionId(id): SubmissionId) -> Result<Vec<Answer>, StoreError> {
    let rows = desk_answers::table
        .filter(desk_answers::submission_id.eq(id))
        .order(desk_answers::number)
        .select((desk_answers::phase, desk_answers::waited, desk_answers::at, desk_answers::account_id))
        .load(conn)?;
    rows.into_iter().map(read).collect()
}

/// An answer with what it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    pub submission: SubmissionId,
    pub form: String,
    pub answer: Answer,
}

/// All answers, and the regions of what was answered.
pub type AnsweredIn = (Vec<Answered>, Vec<(SubmissionId, String)>);

/// A submission, its form, and the row of an answer.
type AnsweredRow = (i64, String, (String, i64, i64, i64));

/// Every answer given since an instant, and the regions of each submission that was answered.
///
/// # Errors
/// Where the database fails.
pub fn answered(conn: &mut Conn, since: DateTime<Utc>) -> Result<AnsweredIn, StoreError> {
    let recent = || desk_answers::table.filter(desk_answers::at.ge(micros(since)));
    let rows: Vec<AnsweredRow> = recent()
        .inner_join(desk_records::table.on(desk_records::submission_id.eq(desk_answers::submission_id)))
        .select((
            desk_answers::submission_id,
            desk_records::form,
            (desk_answers::phase, desk_answers::waited, desk_answers::at, desk_answers::account_id),
        ))
        .load(conn)?;
    let regions: Vec<(i64, String)> = desk_facets::table
        .filter(desk_facets::facet.eq("region"))
        .filter(desk_facets::submission_id.eq_any(recent().select(desk_answers::submission_id)))
        .select((desk_facets::submission_id, desk_facets::value))
        .load(conn)?;
    let answered = |(id, form, row)| Ok(Answered { submission: SubmissionId(id), form, answer: read(row)? });
    let answers = rows.into_iter().map(answered).collect::<Result<_, StoreError>>()?;
    Ok((answers, regions.into_iter().map(|(id, region)| (SubmissionId(id), region)).collect()))
}
