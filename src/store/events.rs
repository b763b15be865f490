//! The chained event log and the notes written with events.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::{events, notes};
use super::{Conn, StoreError, instant, known, last_insert_rowid, micros};
use crate::domain::account::AccountId;
use crate::domain::event::{Author, Event, EventKind, GENESIS, commit, digest};
use crate::domain::submission::{Decision, DeclineReason, ReviewState, SubmissionId};

/// An event with its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    pub seq: i64,
    pub event: Event,
    pub digest: String,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = events)]
struct Row {
    seq: i64,
    submission_id: i64,
    kind: String,
    author: String,
    account_id: Option<i64>,
    decision: Option<String>,
    reason: Option<String>,
    undoes: Option<i64>,
    state: String,
    revision: i32,
    at: i64,
    commitments: String,
    digest: String,
    assignee: Option<i64>,
}

impl TryFrom<Row> for Logged {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let author = match (row.author.as_str(), row.account_id) {
            ("submitter", None) => Author::Submitter,
            ("system", None) => Author::System,
            ("staff", Some(id)) => Author::Staff(id),
            _ => return Err(StoreError::Unreadable(row.author)),
        };
        let event = Event {
            submission: SubmissionId(row.submission_id),
            kind: known(EventKind::read(&row.kind), &row.kind)?,
            author,
            decision: row.decision.map(|text| known(Decision::read(&text), &text)).transpose()?,
            reason: row.reason.map(|text| known(DeclineReason::read(&text), &text)).transpose()?,
            undoes: row.undoes,
            state: known(ReviewState::read(&row.state), &row.state)?,
            revision: row.revision,
            at: instant(row.at),
            commitments: row.commitments,
            assignee: row.assignee.map(AccountId),
        };
        Ok(Self { seq: row.seq, event, digest: row.digest })
    }
}

/// Appends an event to the chain; gives its sequence number.
///
/// # Errors
/// Where the database fails.
pub fn append(conn: &mut Conn, event: &Event) -> Result<i64, StoreError> {
    let previous: Option<String> =
        events::table.order(events::seq.desc()).select(events::digest).get_result(conn).optional()?;
    let author = match event.author {
        Author::Submitter => "submitter",
        Author::Staff(_) => "staff",
        Author::System => "system",
    };
    diesel::insert_into(events::table)
        .values((
            events::submission_id.eq(event.submission.0),
            events::kind.eq(event.kind.as_str()),
            events::author.eq(author),
            events::account_id.eq(event.author.account().map(|AccountId(id)| id)),
            events::decision.eq(event.decision.map(Decision::as_str)),
            events::reason.eq(event.reason.map(DeclineReason::as_str)),
            events::undoes.eq(event.undoes),
            events::state.eq(event.state.as_str()),
            events::revision.eq(event.revision),
            events::at.eq(micros(event.at)),
            events::commitments.eq(&event.commitments),
            events::assignee.eq(event.assignee.map(|AccountId(id)| id)),
            events::digest.eq(digest(previous.as_deref().unwrap_or(GENESIS), event)),
        ))
        .execute(conn)?;
    Ok(diesel::select(last_insert_rowid()).get_result(conn)?)
}

/// One event.
///
/// # Errors
/// Where it does not exist or the database fails.
pub fn get(conn: &mut Conn, seq: i64) -> Result<Logged, StoreError> {
    events::table.find(seq).select(Row::as_select()).get_result::<Row>(conn)?.try_into()
}

/// The newest event of the log.
///
/// # Errors
/// Where the database fails.
pub fn last(conn: &mut Conn) -> Result<Option<Logged>, StoreError> {
    let row = events::table.order(events::seq.desc()).select(Row::as_select()).get_result::<Row>(conn).optional()?;
    row.map(Logged::try_from).transpose()
}

/// A submission's events, oldest first.
///
/// # Errors
/// Where the database fails.
pub fn of(conn: &mut Conn, submission: SubmissionId) -> Result<Vec<Logged>, StoreError> {
    let rows: Vec<Row> = events::table
        .filter(events::submission_id.eq(submission.0))
        .order(events::seq)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Logged::try_from).collect()
}

/// A submission's events without those that were undone, and without the undoing: as if neither had happened.
#[must_use]
pub fn in_force(log: &[Logged]) -> Vec<&Logged> {
    let undone: Vec<i64> = log.iter().filter_map(|logged| logged.event.undoes).collect();
    log.iter().filter(|logged| logged.event.undoes.is_none() && !undone.contains(&logged.seq)).collect()
}

/// Up to `limit` events of the whole log after `after`, in order.
///
/// # Errors
/// Where the database fails.
pub fn after(conn: &mut Conn, after: i64, limit: i64) -> Result<Vec<Logged>, StoreError> {
    let rows: Vec<Row> = events::table
        .filter(events::seq.gt(after))
        .order(events::seq)
        .limit(limit)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Logged::try_from).collect()
}

/// The number of the last event up to an instant; 0 where there is none.
///
/// # Errors
/// Where the database fails.
pub fn last_until(conn: &mut Conn, at: DateTime<Utc>) -> Result<i64, StoreError> {
    let seq: Option<i64> = events::table
        .filter(events::at.le(micros(at)))
        .order(events::seq.desc())
        .select(events::seq)
        .get_result(conn)
        .optional()?;
    Ok(seq.unwrap_or(0))
}

/// Events after one and up to another by which something was published for the first time, with what it was.
///
/// # Errors
/// Where the database fails.
pub fn first_publications(conn: &mut Conn, (after, until): (i64, i64)) -> Result<Vec<(i64, SubmissionId)>, StoreError> {
    let publish = Decision::Publish.as_str();
    let published: Vec<(i64, i64)> = events::table
        .filter(events::seq.gt(after).and(events::seq.le(until)))
        .filter(events::decision.eq(publish))
        .order(events::seq)
        .select((events::seq, events::submission_id))
        .load(conn)?;
    let mut first = Vec::new();
    for (seq, id) in published {
        let before = events::table
            .filter(events::submission_id.eq(id))
            .filter(events::decision.eq(publish))
            .filter(events::seq.lt(seq));
        if !diesel::select(diesel::dsl::exists(before)).get_result::<bool>(conn)? {
            first.push((seq, SubmissionId(id)));
        }
    }
    Ok(first)
}

/// A message written with an event, before it is stored.
#[derive(Debug, Clone)]
pub struct NewNote {
    pub body: String,
    pub salt: [u8; 16],
}

impl NewNote {
    #[must_use]
    pub fn commitment(&self) -> String {
        commit(&self.salt, &self.body)
    }
}

/// A stored note; an erased one has no body.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = notes)]
pub struct Note {
    pub event_seq: i64,
    pub body: Option<String>,
    pub salt: Option<Vec<u8>>,
    pub commitment: String,
}

/// Stores a note with its event.
///
/// # Errors
/// Where the database fails.
pub fn add_note(conn: &mut Conn, submission: SubmissionId, seq: i64, note: &NewNote) -> Result<(), StoreError> {
    diesel::insert_into(notes::table)
        .values((
            notes::event_seq.eq(seq),
            notes::submission_id.eq(submission.0),
            notes::body.eq(&note.body),
            notes::salt.eq(&note.salt[..]),
            notes::commitment.eq(note.commitment()),
        ))
        .execute(conn)?;
    Ok(())
}

/// A submission's notes, oldest first.
///
/// # Errors
/// Where the database fails.
pub fn notes_of(conn: &mut Conn, submission: SubmissionId) -> Result<Vec<Note>, StoreError> {
    Ok(notes::table
        .filter(notes::submission_id.eq(submission.0))
        .order(notes::id)
        .select(Note::as_select())
        .load(conn)?)
}

/// What was asked last to be changed, while it is asked.
///
/// # Errors
/// Where the database fails.
pub fn last_request(conn: &mut Conn, id: SubmissionId) -> Result<Option<String>, StoreError> {
    let all = of(conn, id)?;
    let Some(asked) =
        in_force(&all).into_iter().rev().find(|entry| entry.event.decision == Some(Decision::RequestChanges))
    else {
        return Ok(None);
    };
    let notes = notes_of(conn, id)?;
    Ok(notes.into_iter().find(|note| note.event_seq == asked.seq).and_then(|note| note.body))
}
