//! The outbox: mails to send, being sent, and what became of them (DESIGN 11).

mod fate;
mod hold;
mod listing;
pub mod pause;
mod told;

pub use fate::{Attempt, drop_mail, readdress, requeue, settle, tell};
pub use hold::{Hold, end_hold, of_event};
pub use listing::{Listing, counts, find, find_by_message_id, list, newest, undelivered};
pub use told::{add_of_many, forget_address, told_events};

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use sha2::{Digest, Sha256};

use super::schema::outbox;
use super::{Conn, StoreError, instant, known, micros};
use crate::domain::account::AccountId;
use crate::domain::event::hex;
use crate::domain::mail::{MailKind, MailStatus, Subject};
use crate::domain::submission::SubmissionId;
use crate::locale::Language;

/// A worker takes these once they are due.
const WAITING: [MailStatus; 3] = [MailStatus::Held, MailStatus::Queued, MailStatus::Deferred];

/// A mail before it is queued.
#[derive(Debug, Clone)]
pub struct NewMail {
    pub kind: MailKind,
    pub subject: Subject,
    /// The staff member it goes to; none for the submitter.
    pub account: Option<AccountId>,
    pub address: String,
    pub name: String,
    pub language: Language,
    /// The generation its links are for.
    pub link_generation: i64,
    /// Not before this instant; later than `now` means held for an undo.
    pub due_at: DateTime<Utc>,
}

/// A mail in the outbox.
#[derive(Debug, Clone)]
pub struct Mail {
    pub id: i64,
    pub kind: MailKind,
    pub subject: Subject,
    pub account: Option<AccountId>,
    pub address: String,
    pub name: String,
    pub language: Language,
    /// The generation its links are for.
    pub link_generation: i64,
    pub status: MailStatus,
    pub attempts: i32,
    pub due_at: DateTime<Utc>,
    pub message_id: String,
    /// JSON of the rendered mail, once there was a first attempt.
    pub frozen: Option<String>,
    pub last_reply: Option<String>,
    pub created_at: DateTime<Utc>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = outbox)]
struct Row {
    id: i64,
    kind: String,
    occasion: String,
    event_seq: Option<i64>,
    submission_id: Option<i64>,
    revision: Option<i32>,
    draft_id: Option<String>,
    account_id: Option<i64>,
    address: String,
    name: String,
    language: String,
    link_generation: i64,
    status: String,
    attempts: i32,
    due_at: i64,
    message_id: String,
    frozen: Option<String>,
    last_reply: Option<String>,
    created_at: i64,
}

impl Row {
    fn subject(&self) -> Option<Subject> {
        match (self.event_seq, self.submission_id, self.revision, &self.draft_id) {
            (Some(seq), Some(id), Some(revision), None) => {
                Some(Subject::Event { seq, submission: SubmissionId(id), revision })
            }
            (None, None, None, Some(id)) => {
                let since = self.occasion.rsplit(' ').next()?.parse().ok()?;
                Some(Subject::Draft { id: id.clone(), since })
            }
            _ => None,
        }
    }
}

impl TryFrom<Row> for Mail {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            subject: known(row.subject(), &row.occasion)?,
            id: row.id,
            kind: known(MailKind::read(&row.kind), &row.kind)?,
            account: row.account_id.map(AccountId),
            language: known(Language::read(&row.language), &row.language)?,
            status: known(MailStatus::read(&row.status), &row.status)?,
            attempts: row.attempts,
            due_at: instant(row.due_at),
            created_at: instant(row.created_at),
            link_generation: row.link_generation,
            address: row.address,
            name: row.name,
            message_id: row.message_id,
            frozen: row.frozen,
            last_reply: row.last_reply,
        })
    }
}

/// Queues a mail; one that is queued already for this occasion, kind and address stays the only one.
///
/// # Errors
/// Where the database fails.
pub fn add(conn: &mut Conn, mail: &NewMail, now: DateTime<Utc>) -> Result<(), StoreError> {
    insert(conn, mail, &mail.subject.occasion(), now).map(|_| ())
}

/// The same for an occasion of its own: a reminder tells of an event that another mail told of.
///
/// # Errors
/// Where the database fails.
pub fn add_for(conn: &mut Conn, mail: &NewMail, occasion: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    insert(conn, mail, occasion, now).map(|_| ())
}

/// How many rows were added: one, or none where it was there.
fn insert(conn: &mut Conn, mail: &NewMail, occasion: &str, now: DateTime<Utc>) -> Result<usize, StoreError> {
    let status = if mail.due_at > now { MailStatus::Held } else { MailStatus::Queued };
    let (event, draft) = match &mail.subject {
        Subject::Event { seq, submission, revision } => (Some((*seq, submission.0, *revision)), None),
        Subject::Draft { id, .. } => (None, Some(id.as_str())),
    };
    Ok(diesel::insert_into(outbox::table)
        .values((
            outbox::kind.eq(mail.kind.as_str()),
            outbox::occasion.eq(occasion),
            outbox::event_seq.eq(event.map(|(seq, ..)| seq)),
            outbox::submission_id.eq(event.map(|(_, submission, _)| submission)),
            outbox::revision.eq(event.map(|(.., revision)| revision)),
            outbox::draft_id.eq(draft),
            outbox::account_id.eq(mail.account.map(|id| id.0)),
            outbox::address.eq(&mail.address),
            outbox::name.eq(&mail.name),
            outbox::language.eq(mail.language.code()),
            outbox::link_generation.eq(mail.link_generation),
            outbox::status.eq(status.as_str()),
            outbox::attempts.eq(0),
            outbox::due_at.eq(micros(mail.due_at)),
            outbox::message_id.eq(message_id(mail, now)),
            outbox::created_at.eq(micros(now)),
        ))
        .on_conflict_do_nothing()
        .execute(conn)?)
}

/// The local part of a Message-ID: fixed for the row, so that a copy is recognized; the instant tells installations apart.
fn message_id(mail: &NewMail, now: DateTime<Utc>) -> String {
    let mut hash = Sha256::new();
    let (occasion, address, at) = (mail.subject.occasion(), mail.address.to_lowercase(), micros(now).to_string());
    for part in [occasion.as_str(), mail.kind.as_str(), &address, &at] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let mut text = hex(&hash.finalize());
    text.truncate(40);
    text
}

/// What a worker claimed.
#[derive(Debug, Clone)]
pub struct Claim {
    pub mails: Vec<Mail>,
    /// A worker died with it: it is claimed alone, so that it takes no other with it.
    pub left_behind: bool,
    /// The queue is paused, and it is time to try whether it still has to be: with one mail.
    pub probe: bool,
}

/// Whether a mail waits for a worker, or was left behind by one.
///
/// # Errors
/// Where the database fails.
pub fn is_due(conn: &mut Conn, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let due = outbox::status.eq_any(WAITING.map(MailStatus::as_str)).and(outbox::due_at.le(micros(now)));
    let left = outbox::status.eq(MailStatus::Sending.as_str());
    Ok(diesel::select(diesel::dsl::exists(outbox::table.filter(due.or(left)))).get_result(conn)?)
}

/// Ends the leases of a worker that is no more. To be called by the only one there is.
///
/// # Errors
/// Where the database fails.
pub fn take_over(conn: &mut Conn) -> Result<(), StoreError> {
    diesel::update(outbox::table.filter(outbox::status.eq(MailStatus::Sending.as_str())))
        .set(outbox::lease_until.eq(0))
        .execute(conn)?;
    Ok(())
}

/// Claims mails that are due: attempts are counted and the lease is set before anything is sent.
///
/// # Errors
/// Where the database fails.
pub fn claim(conn: &mut Conn, now: DateTime<Utc>, lease: DateTime<Utc>, limit: i64) -> Result<Claim, StoreError> {
    let paused = pause::get(conn)?;
    if paused.as_ref().is_some_and(|pause| pause.next_at > now) {
        return Ok(Claim { mails: Vec::new(), left_behind: false, probe: false });
    }
    let left_behind: Option<i64> = outbox::table
        .filter(outbox::status.eq(MailStatus::Sending.as_str()))
        .filter(outbox::lease_until.lt(micros(now)))
        .order(outbox::id)
        .limit(1)
        .select(outbox::id)
        .get_result(conn)
        .optional()?;
    let ids: Vec<i64> = match left_behind {
        Some(id) => vec![id],
        None => outbox::table
            .filter(outbox::status.eq_any(WAITING.map(MailStatus::as_str)))
            .filter(outbox::due_at.le(micros(now)))
            .order(outbox::due_at)
            .limit(if paused.is_some() { 1 } else { limit })
            .select(outbox::id)
            .load(conn)?,
    };
    Ok(Claim { mails: take(conn, &ids, lease)?, left_behind: left_behind.is_some(), probe: paused.is_some() })
}

fn take(conn: &mut Conn, ids: &[i64], lease: DateTime<Utc>) -> Result<Vec<Mail>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    diesel::update(outbox::table.filter(outbox::id.eq_any(ids)))
        .set((
            outbox::status.eq(MailStatus::Sending.as_str()),
            outbox::attempts.eq(outbox::attempts + 1),
            outbox::lease_until.eq(micros(lease)),
        ))
        .execute(conn)?;
    let rows: Vec<Row> =
        outbox::table.filter(outbox::id.eq_any(ids)).order(outbox::due_at).select(Row::as_select()).load(conn)?;
    rows.into_iter().map(Mail::try_from).collect()
}

/// When the `nth` newest mail to the same address left, none of them before `since`; `None` where there were fewer. What is on
/// its way counts, with no instant, as far as it was claimed first.
///
/// # Errors
/// Where the database fails.
pub fn nth_newest_to(
    conn: &mut Conn,
    mail: &Mail,
    since: DateTime<Utc>,
    nth: i64,
) -> Result<Option<Option<DateTime<Utc>>>, StoreError> {
    let same = outbox::table.filter(outbox::address.eq(&mail.address)).filter(outbox::account_id.is_null());
    let under_way: i64 = same
        .filter(outbox::status.eq(MailStatus::Sending.as_str()).and(outbox::id.lt(mail.id)))
        .count()
        .get_result(conn)?;
    let left: Vec<Option<i64>> = same
        .filter(outbox::status.eq_any([MailStatus::Accepted, MailStatus::Bounced].map(MailStatus::as_str)))
        .filter(outbox::done_at.gt(micros(since)))
        .order(outbox::done_at.desc())
        .limit(nth)
        .select(outbox::done_at)
        .load(conn)?;
    let all = under_way + i64::try_from(left.len()).unwrap_or(i64::MAX);
    if all < nth {
        return Ok(None);
    }
    let at = usize::try_from(nth - under_way - 1).ok().and_then(|at| left.get(at).copied().flatten());
    Ok(Some(at.map(instant)))
}

/// Whether a mail of a kind was queued for an occasion, to whomever.
///
/// # Errors
/// Where the database fails.
pub fn was_occasion(conn: &mut Conn, kind: MailKind, occasion: &str) -> Result<bool, StoreError> {
    let queued = outbox::table.filter(outbox::occasion.eq(occasion)).filter(outbox::kind.eq(kind.as_str()));
    Ok(diesel::select(diesel::dsl::exists(queued)).get_result(conn)?)
}

/// How many mails an address was to get since an instant because somebody typed it: receipts, and questions to parties.
///
/// # Errors
/// Where the database fails.
pub fn unasked_to(conn: &mut Conn, address: &str, since: DateTime<Utc>) -> Result<i64, StoreError> {
    Ok(outbox::table
        .filter(outbox::address.eq(address))
        .filter(outbox::kind.eq_any([MailKind::Receipt.as_str(), MailKind::PartyAsked.as_str()]))
        .filter(outbox::created_at.gt(micros(since)))
        .count()
        .get_result(conn)?)
}

/// Whether somebody proved to read an address: the answers are mailed to no other.
///
/// # Errors
/// Where the database fails.
pub fn is_proven(conn: &mut Conn, address: &str) -> Result<bool, StoreError> {
    let answers = outbox::table.filter(outbox::address.eq(address)).filter(outbox::kind.eq(MailKind::Answers.as_str()));
    Ok(diesel::select(diesel::dsl::exists(answers)).get_result(conn)?)
}

/// Keeps the rendered mail; it never changes again.
///
/// # Errors
/// Where the database fails.
pub fn freeze(conn: &mut Conn, id: i64, frozen: &str) -> Result<(), StoreError> {
    diesel::update(outbox::table.find(id).filter(outbox::frozen.is_null()))
        .set(outbox::frozen.eq(frozen))
        .execute(conn)?;
    Ok(())
}

/// What mails of a kind are counted by.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    Draft(&'a str),
    Address(&'a str),
}

/// How many mails of a kind were queued since.
///
/// # Errors
/// Where the database fails.
pub fn count_since(conn: &mut Conn, kind: MailKind, by: By<'_>, since: DateTime<Utc>) -> Result<i64, StoreError> {
    let all = outbox::table.filter(outbox::kind.eq(kind.as_str())).filter(outbox::created_at.gt(micros(since)));
    let all = match by {
        By::Draft(id) => all.filter(outbox::draft_id.eq(id)).count().into_boxed(),
        By::Address(address) => all.filter(outbox::address.eq(address)).count().into_boxed(),
    };
    Ok(all.get_result(conn)?)
}

/// Forgets mails about a draft that were never written: there is nothing to tell of any more.
///
/// # Errors
/// Where the database fails.
pub fn forget_draft(conn: &mut Conn, draft: &str) -> Result<(), StoreError> {
    let unwritten = outbox::table.filter(outbox::draft_id.eq(draft)).filter(outbox::frozen.is_null());
    diesel::delete(unwritten).execute(conn)?;
    Ok(())
}
