//! Mails that tell of several events.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::NewMail;
use crate::domain::mail::MailKind;
use crate::store::schema::{outbox, told_events};
use crate::store::{Conn, StoreError, last_insert_rowid};

/// Queues a mail that tells of these events; one that is queued already for the same occasion stays as it is.
///
/// # Errors
/// Where the database fails.
pub fn add_of_many(conn: &mut Conn, mail: &NewMail, events: &[i64], now: DateTime<Utc>) -> Result<(), StoreError> {
    if super::insert(conn, mail, &mail.subject.occasion(), now)? == 0 {
        return Ok(());
    }
    let id: i64 = diesel::select(last_insert_rowid()).get_result(conn)?;
    for seq in events {
        diesel::insert_into(told_events::table)
            .values((told_events::mail_id.eq(id), told_events::event_seq.eq(seq)))
            .execute(conn)?;
    }
    Ok(())
}

/// The events that a mail tells of, oldest first.
///
/// # Errors
/// Where the database fails.
pub fn told_events(conn: &mut Conn, mail: i64) -> Result<Vec<i64>, StoreError> {
    Ok(told_events::table
        .filter(told_events::mail_id.eq(mail))
        .order(told_events::event_seq)
        .select(told_events::event_seq)
        .load(conn)?)
}

/// Forgets all mails of these kinds to an address, sent or not.
///
/// # Errors
/// Where the database fails.
pub fn forget_address(conn: &mut Conn, kinds: &[MailKind], address: &str) -> Result<(), StoreError> {
    let kinds: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
    let theirs = outbox::table.filter(outbox::address.eq(address)).filter(outbox::kind.eq_any(kinds));
    let ids: Vec<i64> = theirs.select(outbox::id).load(conn)?;
    diesel::delete(told_events::table.filter(told_events::mail_id.eq_any(&ids))).execute(conn)?;
    diesel::delete(outbox::table.filter(outbox::id.eq_any(ids))).execute(conn)?;
    Ok(())
}
