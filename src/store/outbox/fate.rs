//! What becomes of a mail: after an attempt, because staff say so, because its address turned out wrong.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::domain::mail::{MailKind, MailStatus};
use crate::store::schema::outbox;
use crate::store::submissions::Submission;
use crate::store::{Conn, StoreError, micros};

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    pub id: i64,
    /// Which attempt it was, as claimed.
    pub number: i32,
    pub status: MailStatus,
    /// It was an attempt at this mail, not at the server: it counts.
    pub counts: bool,
    /// When to try again, for `Deferred`.
    pub due_at: DateTime<Utc>,
    /// The server's last words.
    pub reply: Option<String>,
}

/// Writes what became of an attempt, unless another worker has claimed the mail since. One that was not tried after all gets
/// its attempt back.
///
/// # Errors
/// Where the database fails.
pub fn settle(conn: &mut Conn, attempt: &Attempt, now: DateTime<Utc>) -> Result<(), StoreError> {
    let done = match attempt.status {
        MailStatus::Accepted
        | MailStatus::Refused
        | MailStatus::Bounced
        | MailStatus::Suppressed
        | MailStatus::Saved
        | MailStatus::Dropped => Some(micros(now)),
        MailStatus::Held | MailStatus::Queued | MailStatus::Sending | MailStatus::Deferred => None,
    };
    let back = i32::from(!attempt.counts);
    let ours = outbox::status.eq(MailStatus::Sending.as_str()).and(outbox::attempts.eq(attempt.number));
    diesel::update(outbox::table.find(attempt.id).filter(ours))
        .set((
            outbox::attempts.eq(attempt.number - back),
            outbox::status.eq(attempt.status.as_str()),
            outbox::due_at.eq(micros(attempt.due_at)),
            outbox::lease_until.eq(None::<i64>),
            outbox::last_reply.eq(&attempt.reply),
            outbox::done_at.eq(done),
        ))
        .execute(conn)?;
    Ok(())
}

/// Puts a mail that is not on its way back into the queue; `false` where it is, or does not exist.
///
/// # Errors
/// Where the database fails.
pub fn requeue(conn: &mut Conn, id: i64, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let retryable = MailStatus::texts_where(MailStatus::can_go_again);
    let changed = diesel::update(outbox::table.find(id).filter(outbox::status.eq_any(retryable)))
        .set((
            outbox::status.eq(MailStatus::Queued.as_str()),
            outbox::due_at.eq(micros(now)),
            outbox::attempts.eq(0),
            outbox::done_at.eq(None::<i64>),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Keeps a mail from going; `false` where it went, is on its way, or does not exist.
///
/// # Errors
/// Where the database fails.
pub fn drop_mail(conn: &mut Conn, id: i64, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let stoppable = MailStatus::texts_where(MailStatus::can_be_dropped);
    let changed = diesel::update(outbox::table.find(id).filter(outbox::status.eq_any(stoppable)))
        .set((outbox::status.eq(MailStatus::Dropped.as_str()), outbox::done_at.eq(micros(now))))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Turns the mails that have not arrived to an address that turned out wrong: receipts are dropped, for a new one goes out,
/// and so is the question whether the address is to change; all else goes to the right address, with links that live.
///
/// # Errors
/// Where the database fails.
pub fn readdress(
    conn: &mut Conn,
    submission: &Submission,
    (wrong, right): (&str, &str),
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    use MailStatus as S;
    let undelivered =
        [S::Held, S::Queued, S::Sending, S::Deferred, S::Refused, S::Bounced, S::Suppressed].map(S::as_str);
    let waiting = outbox::table
        .filter(outbox::submission_id.eq(submission.id.0))
        .filter(outbox::account_id.is_null())
        .filter(outbox::address.eq(wrong))
        .filter(outbox::status.eq_any(undelivered));
    let for_it_alone = [MailKind::Receipt, MailKind::AddressChange].map(MailKind::as_str);
    diesel::update(waiting.clone().filter(outbox::kind.eq_any(for_it_alone)))
        .set((outbox::status.eq(S::Dropped.as_str()), outbox::done_at.eq(micros(now))))
        .execute(conn)?;
    diesel::update(waiting.filter(outbox::kind.ne_all(for_it_alone)))
        .set((
            outbox::address.eq(right),
            outbox::link_generation.eq(submission.link_generation),
            outbox::status.eq(S::Queued.as_str()),
            outbox::attempts.eq(0),
            outbox::done_at.eq(None::<i64>),
        ))
        .execute(conn)?;
    Ok(())
}

/// Writes what was heard of a mail after its server took it.
///
/// # Errors
/// Where the database fails.
pub fn tell(conn: &mut Conn, id: i64, status: MailStatus, words: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::update(outbox::table.find(id))
        .set((outbox::status.eq(status.as_str()), outbox::last_reply.eq(words), outbox::done_at.eq(micros(now))))
        .execute(conn)?;
    Ok(())
}
