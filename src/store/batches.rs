//! Records that are acted on together, each as it stood when it was chosen.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::desk::Queue;
use super::schema::{batch_items, batches, desk_records, submissions};
use super::{Conn, StoreError, known, last_insert_rowid, micros};
use crate::domain::account::AccountId;
use crate::domain::batch::{MOST, Outcome};
use crate::domain::submission::SubmissionId;

/// One record of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    pub submission: SubmissionId,
    /// The version it was chosen in.
    pub version: i64,
    pub outcome: Outcome,
}

/// A batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    pub id: i64,
    /// The view it was chosen from.
    pub query: String,
    /// What is done with it, as JSON; none yet while it is only chosen.
    pub task: Option<String>,
}

/// Records of a view, the oldest wait first: all up to [`MOST`], or those of these references.
///
/// # Errors
/// Where the database fails.
pub fn pick(conn: &mut Conn, wanted: &Queue, chosen: Option<&[String]>) -> Result<Vec<SubmissionId>, StoreError> {
    let all = desk_records::table.order((desk_records::waiting_since, desk_records::submission_id)).limit(MOST);
    let ids = match chosen {
        Some(references) => all
            .filter(desk_records::reference.eq_any(references))
            .select(desk_records::submission_id)
            .load::<i64>(conn)?,
        None => all.filter(wanted.matching()).select(desk_records::submission_id).load::<i64>(conn)?,
    };
    Ok(ids.into_iter().map(SubmissionId).collect())
}

/// Begins a batch.
///
/// # Errors
/// Where the database fails.
pub fn create(conn: &mut Conn, account: AccountId, query: &str, now: DateTime<Utc>) -> Result<i64, StoreError> {
    let (account, at) = (batches::account_id.eq(account.0), batches::created_at.eq(micros(now)));
    diesel::insert_into(batches::table).values((account, batches::query.eq(query), at)).execute(conn)?;
    Ok(diesel::select(last_insert_rowid()).get_result(conn)?)
}

/// Adds records to a batch, as they stand.
///
/// # Errors
/// Where the database fails.
pub fn add(conn: &mut Conn, batch: i64, ids: &[SubmissionId]) -> Result<(), StoreError> {
    for SubmissionId(id) in ids {
        let version: i64 = submissions::table.find(id).select(submissions::version).get_result(conn)?;
        diesel::insert_into(batch_items::table)
            .values((
                batch_items::batch_id.eq(batch),
                batch_items::submission_id.eq(id),
                batch_items::version.eq(version),
                batch_items::outcome.eq(Outcome::Waiting.as_str()),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// A batch of this account.
///
/// # Errors
/// Where the database fails.
pub fn find(conn: &mut Conn, id: i64, account: AccountId) -> Result<Option<Batch>, StoreError> {
    let row: Option<(i64, String, Option<String>)> = batches::table
        .find(id)
        .filter(batches::account_id.eq(account.0))
        .select((batches::id, batches::query, batches::task))
        .get_result(conn)
        .optional()?;
    Ok(row.map(|(id, query, task)| Batch { id, query, task }))
}

/// The records of a batch.
///
/// # Errors
/// Where the database fails.
pub fn items(conn: &mut Conn, batch: i64) -> Result<Vec<Item>, StoreError> {
    let rows: Vec<(i64, i64, String)> = batch_items::table
        .filter(batch_items::batch_id.eq(batch))
        .order(batch_items::submission_id)
        .select((batch_items::submission_id, batch_items::version, batch_items::outcome))
        .load(conn)?;
    let item = |(id, version, outcome): (i64, i64, String)| {
        Ok(Item { submission: SubmissionId(id), version, outcome: known(Outcome::read(&outcome), &outcome)? })
    };
    rows.into_iter().map(item).collect()
}

/// Says what is done with a batch.
///
/// # Errors
/// Where the database fails.
pub fn set_task(conn: &mut Conn, batch: i64, task: &str) -> Result<(), StoreError> {
    diesel::update(batches::table.find(batch)).set(batches::task.eq(task)).execute(conn)?;
    Ok(())
}

/// Notes what came of a record.
///
/// # Errors
/// Where the database fails.
pub fn settle(conn: &mut Conn, batch: i64, item: SubmissionId, outcome: Outcome) -> Result<(), StoreError> {
    diesel::update(batch_items::table.find((batch, item.0)))
        .set(batch_items::outcome.eq(outcome.as_str()))
        .execute(conn)?;
    Ok(())
}

/// Forgets batches begun before an instant.
///
/// # Errors
/// Where the database fails.
pub fn forget(conn: &mut Conn, before: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::delete(batches::table.filter(batches::created_at.lt(micros(before)))).execute(conn)?;
    Ok(())
}
