//! The contact has another address now: asked for with the old one, settled from the old mailbox or by a moderator.
//!
//! The new address is the note of the event that asks; the newest question that is not settled counts.

use std::convert::Infallible;

use super::correct_address::put;
use super::find_link::belonging;
use super::record::{self, Entry};
use crate::app::App;
use crate::domain::event::{Author, EventKind};
use crate::domain::mail::MailKind;
use crate::domain::reference::Reference;
use crate::domain::submission::SubmissionId;
use crate::domain::text_enum;
use crate::store::submissions::{self, Submission};
use crate::store::{Conn, Stop, StoreError, events};

/// Another address that somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The event that asks.
    pub seq: i64,
    pub address: String,
}

/// What is said to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Accept,
    Refuse,
}
text_enum!(Verdict { Accept = "accept", Refuse = "refuse" });

/// Why it is not settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is settled already, or another address was asked for since.
    Moved,
}

/// Asks, if reference and old address belong together: the old mailbox and those who follow such submissions are told.
///
/// # Errors
/// Why nothing was kept.
pub async fn ask(app: &App, reference: &Reference, old: &str, new: &str) -> Result<(), Stop<Infallible>> {
    let Some(note) = record::note(app, new) else { return Ok(()) };
    let (reference, old, now) = (reference.clone(), old.to_owned(), app.clock.now());
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| {
        let Some((mut submission, to)) = belonging(&app, conn, &reference, &old, now)? else { return Ok(()) };
        let (form, answers) = app.answers(conn, submission.id, submission.head_revision, submission.language)?;
        let entry = Entry { note: Some(&note), ..Entry::new(EventKind::AddressChangeAsked, Author::Submitter) };
        let seq = record::change(&app, conn, &mut submission, &entry, now)?;
        record::tell_submitter(conn, &submission, &to, MailKind::AddressChange, (seq, now, now))?;
        let regions = form.regions(&answers, app.catalog.lists());
        Ok(record::tell_followers(conn, &submission, &regions, MailKind::AlertNote, (seq, now))?)
    })
    .await
}

/// The address that is asked for and not settled.
///
/// # Errors
/// Where the database fails.
pub fn open(conn: &mut Conn, id: SubmissionId) -> Result<Option<Open>, StoreError> {
    let log = events::of(conn, id)?;
    let is_about = |kind| {
        matches!(kind, EventKind::AddressChangeAsked | EventKind::AddressChangeRefused | EventKind::AddressCorrected)
    };
    let last = log.iter().rev().find(|logged| is_about(logged.event.kind));
    let Some(asked) = last.filter(|logged| logged.event.kind == EventKind::AddressChangeAsked) else { return Ok(None) };
    let note = events::notes_of(conn, id)?.into_iter().find(|note| note.event_seq == asked.seq);
    Ok(note.and_then(|note| note.body).map(|address| Open { seq: asked.seq, address }))
}

/// Settles what the event `seq` asked for.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn settle(
    app: &App,
    id: SubmissionId,
    seq: i64,
    verdict: Verdict,
    by: Author,
) -> Result<Submission, Stop<Refusal>> {
    let now = app.clock.now();
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| {
        let asked = open(conn, id)?.filter(|open| open.seq == seq).ok_or(Stop::Refused(Refusal::Moved))?;
        let mut submission = submissions::get(conn, id)?;
        match verdict {
            Verdict::Accept => put(&app, conn, &mut submission, &asked.address, by, now)?,
            Verdict::Refuse => {
                let entry = Entry::new(EventKind::AddressChangeRefused, by);
                record::change(&app, conn, &mut submission, &entry, now)?;
            }
        }
        Ok(submission)
    })
    .await
}
