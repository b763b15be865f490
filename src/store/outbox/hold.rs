//! Mails that wait for an undo: what of them an event wrote, and how their wait ends.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::{Mail, Row};
use crate::domain::mail::MailStatus;
use crate::store::schema::outbox;
use crate::store::{Conn, StoreError, micros};

/// The mails that an event wrote.
///
/// # Errors
/// Where the database fails.
pub fn of_event(conn: &mut Conn, seq: i64) -> Result<Vec<Mail>, StoreError> {
    let rows: Vec<Row> =
        outbox::table.filter(outbox::event_seq.eq(seq)).order(outbox::id).select(Row::as_select()).load(conn)?;
    rows.into_iter().map(Mail::try_from).collect()
}

/// What becomes of mails that are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// They go at once.
    Release,
    /// They never go.
    Drop,
}

/// Ends the hold of an event's mails; gives of how many.
///
/// # Errors
/// Where the database fails.
pub fn end_hold(conn: &mut Conn, seq: i64, how: Hold, now: DateTime<Utc>) -> Result<usize, StoreError> {
    let held = outbox::table.filter(outbox::event_seq.eq(seq)).filter(outbox::status.eq(MailStatus::Held.as_str()));
    let (status, done) = match how {
        Hold::Release => (MailStatus::Queued, None),
        Hold::Drop => (MailStatus::Dropped, Some(micros(now))),
    };
    Ok(diesel::update(held)
        .set((outbox::status.eq(status.as_str()), outbox::due_at.eq(micros(now)), outbox::done_at.eq(done)))
        .execute(conn)?)
}
