//! The outbox: mails to send, being sent, and what became of them (DESIGN 11).

mod fate;
mod listing;
pub mod pause;

pub use fate::{Attempt, drop_mail, readdress, requeue, settle};
pub use listing::{Listing, counts, find, list, undelivered};

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
    let status = if mail.due_at > now { MailStatus::Held } else { MailStatus::Queued };
    let (event, draft) = match &mail.subject {
        Subject::Event { seq, submission, revision } => (Some((*seq, submission.0, *revision)), None),
        Subject::Draft { id, .. } => (None, Some(id.as_str())),
    };
    diesel::insert_into(outbox::table)
        .values((
            outbox::kind.eq(mail.kind.as_str()),
            outbox::occasion.eq(mail.subject.occasion()),
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
        .execute(conn)?;
    Ok(())
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

/// Claims mails that are due: attempts are counted and the lease is set before anything is sent. A mail whose lease ran out
/// may have brought the worker down; it is claimed alone, so that it takes no other with it.
///
/// # Errors
/// Where the database fails.
pub fn claim(conn: &mut Conn, now: DateTime<Utc>, lease: DateTime<Utc>, limit: i64) -> Result<Vec<Mail>, StoreError> {
    let left_behind: Option<i64> = outbox::table
        .filter(outbox::status.eq(MailStatus::Sending.as_str()))
        .filter(outbox::lease_until.lt(micros(now)))
        .select(outbox::id)
        .get_result(conn)
        .optional()?;
    let waiting = [MailStatus::Held, MailStatus::Queued, MailStatus::Deferred].map(MailStatus::as_str);
    let ids: Vec<i64> = match left_behind {
        Some(id) => vec![id],
        None => outbox::table
            .filter(outbox::status.eq_any(waiting))
            .filter(outbox::due_at.le(micros(now)))
            .order(outbox::due_at)
            .limit(limit)
            .select(outbox::id)
            .load(conn)?,
    };
    diesel::update(outbox::table.filter(outbox::id.eq_any(&ids)))
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
