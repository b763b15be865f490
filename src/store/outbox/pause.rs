//! The pause of the whole queue: the mail server takes nothing of ours, or is away. No mail pays for it with an attempt.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::store::schema::mail_pause;
use crate::store::{Conn, StoreError, instant, micros};

/// Why nothing goes, since when, and when it is tried again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    pub reason: String,
    pub since: DateTime<Utc>,
    /// How often it was tried.
    pub tries: i32,
    pub next_at: DateTime<Utc>,
}

/// The pause, if there is one.
///
/// # Errors
/// Where the database fails.
pub fn get(conn: &mut Conn) -> Result<Option<Pause>, StoreError> {
    let row: Option<(String, i64, i32, i64)> = mail_pause::table
        .find(1)
        .select((mail_pause::reason, mail_pause::since, mail_pause::tries, mail_pause::next_at))
        .get_result(conn)
        .optional()?;
    Ok(row.map(|(reason, since, tries, next_at)| Pause {
        reason,
        since: instant(since),
        tries,
        next_at: instant(next_at),
    }))
}

/// Pauses the queue, or says how the pause goes on.
///
/// # Errors
/// Where the database fails.
pub fn set(conn: &mut Conn, pause: &Pause) -> Result<(), StoreError> {
    clear(conn)?;
    diesel::insert_into(mail_pause::table)
        .values((
            mail_pause::one.eq(1),
            mail_pause::reason.eq(&pause.reason),
            mail_pause::since.eq(micros(pause.since)),
            mail_pause::tries.eq(pause.tries),
            mail_pause::next_at.eq(micros(pause.next_at)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Ends the pause.
///
/// # Errors
/// Where the database fails.
pub fn clear(conn: &mut Conn) -> Result<(), StoreError> {
    diesel::delete(mail_pause::table).execute(conn)?;
    Ok(())
}

/// Has it tried again now; `false` where nothing is paused.
///
/// # Errors
/// Where the database fails.
pub fn hurry(conn: &mut Conn, now: DateTime<Utc>) -> Result<bool, StoreError> {
    Ok(diesel::update(mail_pause::table).set(mail_pause::next_at.eq(micros(now))).execute(conn)? == 1)
}
