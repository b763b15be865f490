//! What the public was shown and until when; rows are only ever added (DESIGN 7).

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::{generation, projections, publication_endings, publications};
use super::{Conn, StoreError, instant, last_insert_rowid, micros};
use crate::domain::submission::SubmissionId;

/// Why a publication ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// A later revision took its place.
    Superseded,
    Unpublished,
    /// The decision that published it was taken back.
    Undone,
}

impl Ending {
    fn as_str(self) -> &'static str {
        match self {
            Self::Superseded => "superseded",
            Self::Unpublished => "unpublished",
            Self::Undone => "undone",
        }
    }
}

/// One publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub id: i64,
    pub submission: SubmissionId,
    pub revision: i32,
    pub public_json: String,
    pub effective_at: DateTime<Utc>,
    /// When it was written down; later than it took effect where it was published elsewhere before.
    pub recorded_at: DateTime<Utc>,
    /// The earlier one that is shown again by it.
    pub restores: Option<i64>,
}

type Row = (i64, i64, i32, String, i64, i64, Option<i64>);

type Columns = (
    publications::id,
    publications::submission_id,
    publications::revision,
    publications::public_json,
    publications::effective_at,
    publications::recorded_at,
    publications::restores,
);

const COLUMNS: Columns = (
    publications::id,
    publications::submission_id,
    publications::revision,
    publications::public_json,
    publications::effective_at,
    publications::recorded_at,
    publications::restores,
);

fn shown(row: Row) -> Shown {
    let (id, submission, revision, public_json, effective_at, recorded_at, restores) = row;
    Shown {
        id,
        submission: SubmissionId(submission),
        revision,
        public_json,
        effective_at: instant(effective_at),
        recorded_at: instant(recorded_at),
        restores,
    }
}

/// Adds a publication, ending the current one; gives its id.
///
/// # Errors
/// Where the database fails.
pub fn publish(
    conn: &mut Conn,
    submission: SubmissionId,
    revision: i32,
    public_json: &str,
    now: DateTime<Utc>,
) -> Result<i64, StoreError> {
    publish_since(conn, (submission, revision), public_json, (now, now))
}

/// The same for what was public before it is recorded here: with the day it took effect, and now.
///
/// # Errors
/// Where the database fails.
pub fn publish_since(
    conn: &mut Conn,
    (submission, revision): (SubmissionId, i32),
    public_json: &str,
    (since, now): (DateTime<Utc>, DateTime<Utc>),
) -> Result<i64, StoreError> {
    end(conn, submission, Ending::Superseded, now)?;
    diesel::insert_into(publications::table)
        .values((
            publications::submission_id.eq(submission.0),
            publications::revision.eq(revision),
            publications::public_json.eq(public_json),
            publications::effective_at.eq(micros(since)),
            publications::recorded_at.eq(micros(now)),
        ))
        .execute(conn)?;
    Ok(diesel::select(last_insert_rowid()).get_result(conn)?)
}

/// Takes back what the newest decision on what is shown did: what it published ends as undone, and what was shown before it
/// is shown again.
///
/// # Errors
/// Where the database fails.
pub fn undo(
    conn: &mut Conn,
    submission: SubmissionId,
    shown_before: bool,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    end(conn, submission, Ending::Undone, now)?;
    let Some(earlier) = newest_in_force(conn, submission)?.filter(|_| shown_before) else { return Ok(()) };
    diesel::insert_into(publications::table)
        .values((
            publications::submission_id.eq(submission.0),
            publications::revision.eq(earlier.revision),
            publications::public_json.eq(&earlier.public_json),
            publications::effective_at.eq(micros(now)),
            publications::recorded_at.eq(micros(now)),
            publications::restores.eq(earlier.restores.unwrap_or(earlier.id)),
        ))
        .execute(conn)?;
    Ok(())
}

/// The newest that was not undone, whether it has ended or not.
fn newest_in_force(conn: &mut Conn, submission: SubmissionId) -> Result<Option<Shown>, StoreError> {
    let all = of(conn, submission)?;
    let undone = undone(conn, submission)?;
    Ok(all.into_iter().rev().find(|shown| !undone.contains(&shown.id)))
}

fn undone(conn: &mut Conn, submission: SubmissionId) -> Result<Vec<i64>, StoreError> {
    Ok(publications::table
        .inner_join(publication_endings::table.on(publication_endings::publication_id.eq(publications::id)))
        .filter(publications::submission_id.eq(submission.0))
        .filter(publication_endings::kind.eq(Ending::Undone.as_str()))
        .select(publications::id)
        .load(conn)?)
}

/// Since when this is shown: of what is shown again, since it was shown first.
///
/// # Errors
/// Where the database fails.
pub fn shown_since(conn: &mut Conn, shown: &Shown) -> Result<DateTime<Utc>, StoreError> {
    let Some(first) = shown.restores else { return Ok(shown.effective_at) };
    Ok(instant(publications::table.find(first).select(publications::effective_at).get_result(conn)?))
}

/// Ends the current publication, if there is one.
///
/// # Errors
/// Where the database fails.
pub fn end(conn: &mut Conn, submission: SubmissionId, how: Ending, now: DateTime<Utc>) -> Result<(), StoreError> {
    let Some(open) = find_current(conn, submission)? else { return Ok(()) };
    diesel::insert_into(publication_endings::table)
        .values((
            publication_endings::publication_id.eq(open.id),
            publication_endings::kind.eq(how.as_str()),
            publication_endings::effective_at.eq(micros(now)),
            publication_endings::recorded_at.eq(micros(now)),
        ))
        .execute(conn)?;
    Ok(())
}

/// The publication of a submission that has not ended.
///
/// # Errors
/// Where the database fails.
pub fn find_current(conn: &mut Conn, submission: SubmissionId) -> Result<Option<Shown>, StoreError> {
    let row: Option<Row> = publications::table
        .left_join(publication_endings::table.on(publication_endings::publication_id.eq(publications::id)))
        .filter(publications::submission_id.eq(submission.0))
        .filter(publication_endings::publication_id.is_null())
        .select(COLUMNS)
        .get_result(conn)
        .optional()?;
    Ok(row.map(shown))
}

/// Everything that was shown of a submission, oldest first.
///
/// # Errors
/// Where the database fails.
pub fn of(conn: &mut Conn, submission: SubmissionId) -> Result<Vec<Shown>, StoreError> {
    let rows: Vec<Row> = publications::table
        .filter(publications::submission_id.eq(submission.0))
        .order(publications::id)
        .select(COLUMNS)
        .load(conn)?;
    Ok(rows.into_iter().map(shown).collect())
}

/// When a submission was first shown, what was undone aside.
///
/// # Errors
/// Where it never was or the database fails.
pub fn first_shown(conn: &mut Conn, submission: SubmissionId) -> Result<DateTime<Utc>, StoreError> {
    let undone = undone(conn, submission)?;
    let at: i64 = publications::table
        .filter(publications::submission_id.eq(submission.0))
        .filter(publications::id.ne_all(undone))
        .order(publications::id)
        .select(publications::effective_at)
        .get_result(conn)?;
    Ok(instant(at))
}

/// The number that moves with each publication write.
///
/// # Errors
/// Where the database fails.
pub fn generation(conn: &mut Conn) -> Result<i64, StoreError> {
    Ok(generation::table.select(generation::value).get_result(conn)?)
}

/// What the projections were made with, where they were made at all.
///
/// # Errors
/// Where the database fails.
pub fn projected_with(conn: &mut Conn) -> Result<Option<String>, StoreError> {
    Ok(projections::table.select(projections::made_with).get_result(conn).optional()?)
}

/// Notes what the projections were made with.
///
/// # Errors
/// Where the database fails.
pub fn set_projected_with(conn: &mut Conn, made_with: &str) -> Result<(), StoreError> {
    diesel::replace_into(projections::table)
        .values((projections::one.eq(1), projections::made_with.eq(made_with)))
        .execute(conn)?;
    Ok(())
}
