//! A lost link: whoever knows reference and address of a submission gets it once more, by mail to that address.
//!
//! Known or not, asked too often or not: the same work at the writer's, and nothing that tells which it was.

use std::convert::Infallible;

use chrono::{DateTime, Duration, Utc};

use super::record::{self, Entry};
use crate::app::{App, Parts};
use crate::domain::event::{Author, EventKind};
use crate::domain::mail::MailKind;
use crate::domain::reference::Reference;
use crate::domain::submission::{DeclineReason, ReviewState};
use crate::store::submissions::{self, Submission};
use crate::store::{Conn, Stop, StoreError, events};

/// How often in an hour one submission is asked about, links and addresses together.
const MOST: usize = 3;

/// Mails the link, if reference and address belong together.
///
/// # Errors
/// Why nothing was kept.
pub async fn send(app: &App, reference: &Reference, address: &str) -> Result<(), Stop<Infallible>> {
    let (reference, address, now) = (reference.clone(), address.to_owned(), app.clock.now());
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| {
        let Some((mut submission, to)) = belonging(&app, conn, &reference, &address, now)? else { return Ok(()) };
        let entry = Entry::new(EventKind::LinkRequested, Author::Submitter);
        let seq = record::change(&app, conn, &mut submission, &entry, now)?;
        Ok(record::tell_submitter(conn, &submission, &to, MailKind::Link, (seq, now, now))?)
    })
    .await
}

/// A submission with its contact's address and name.
pub(super) type Found = (Submission, (String, String));

/// The submission, if the address is its contact's and it may be mailed about.
pub(super) fn belonging(
    app: &Parts,
    conn: &mut Conn,
    reference: &Reference,
    address: &str,
    now: DateTime<Utc>,
) -> Result<Option<Found>, StoreError> {
    let Some(submission) = submissions::find(conn, reference.as_str())? else { return Ok(None) };
    let (form, answers) = app.answers(conn, submission.id, submission.head_revision, submission.language)?;
    let to = record::contact(app, &form, &answers);
    let theirs = !to.0.is_empty() && to.0.to_lowercase() == address.trim().to_lowercase();
    let told = theirs && may_be_told(conn, &submission, now)?;
    Ok(told.then_some((submission, to)))
}

/// Spam is told nothing, and nobody is told too often.
fn may_be_told(conn: &mut Conn, submission: &Submission, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let log = events::of(conn, submission.id)?;
    let asked = log.iter().map(|logged| &logged.event).filter(|event| {
        matches!(event.kind, EventKind::LinkRequested | EventKind::AddressChangeAsked)
            && event.at > now - Duration::hours(1)
    });
    let last = log.iter().rev().find_map(|logged| logged.event.decision.map(|_| logged.event.reason));
    let spam = submission.state == ReviewState::Declined && last == Some(Some(DeclineReason::Spam));
    Ok(submission.state != ReviewState::Held && !spam && asked.count() < MOST)
}
