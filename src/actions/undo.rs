//! A decision is taken back while nobody was told of it (DESIGN 5): all stands again as it did before. Or its mails go at once.

use chrono::{DateTime, Duration, Utc};

use super::record::{self, Entry};
use super::{project, revise};
use crate::app::{App, Parts};
use crate::domain::account::AccountId;
use crate::domain::event::{Author, EventKind};
use crate::domain::mail::MailStatus;
use crate::domain::relation::Claim;
use crate::domain::submission::{Decision, DeclineReason, SubmissionId, Visibility};
use crate::forms::form::Lifecycle;
use crate::store::events::{self, Logged};
use crate::store::outbox::{self, Hold, Mail};
use crate::store::submissions::{self, Submission};
use crate::store::{Conn, Stop, StoreError, drafts, points, publications, refilings, relations};

/// Why nothing is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    NotFound,
    /// A mail has left, or something else happened since.
    TooLate,
}

/// A decision that can be taken back.
#[derive(Debug, Clone)]
pub struct Undoable {
    pub seq: i64,
    pub decision: Decision,
    pub by: Author,
    /// The mails that wait for it; those of some decisions are none.
    pub mails: Vec<Mail>,
}

/// The decision that can be taken back now, if there is one.
///
/// # Errors
/// Where the database fails.
pub fn open(
    app: &Parts,
    conn: &mut Conn,
    submission: &Submission,
    log: &[Logged],
) -> Result<Option<Undoable>, StoreError> {
    let newest = log.iter().rev().find(|logged| !logged.event.kind.leaves_standing());
    let lifecycle = revise::standing(app, submission).map(|standing| standing.lifecycle);
    let ours = lifecycle.is_some_and(|lifecycle| lifecycle != Lifecycle::Record);
    let Some((newest, decision)) = newest.filter(|_| ours).and_then(|newest| Some((newest, newest.event.decision?)))
    else {
        return Ok(None);
    };
    let mails = outbox::of_event(conn, newest.seq)?;
    let held = mails.iter().all(|mail| mail.status == MailStatus::Held);
    // A decision that mails nobody can be taken back for as long.
    let hold = Duration::from_std(app.config.mail.hold).unwrap_or_default();
    let waits = if mails.is_empty() { newest.event.at + hold > app.clock.now() } else { held };
    // A release has sent what was held back, at once.
    let can = waits && decision != Decision::Release;
    Ok(can.then_some(Undoable { seq: newest.seq, decision, by: newest.event.author, mails }))
}

/// Takes a decision back. Twice is once.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn undo(app: &App, reference: &str, seq: i64, by: AccountId) -> Result<(), Stop<Refusal>> {
    let (now, reference) = (app.clock.now(), reference.to_owned());
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| {
        let submission = submissions::find(conn, &reference)?.ok_or(Stop::Refused(Refusal::NotFound))?;
        let log = events::of(conn, submission.id)?;
        if log.iter().any(|logged| logged.event.undoes == Some(seq)) {
            return Ok(());
        }
        let undoable = open(&app, conn, &submission, &log)?.filter(|undoable| undoable.seq == seq);
        let undoable = undoable.ok_or(Stop::Refused(Refusal::TooLate))?;
        Ok(take_back(&app, conn, submission, (&log, &undoable), (by, now))?)
    })
    .await
}

fn take_back(
    app: &App,
    conn: &mut Conn,
    mut submission: Submission,
    (log, undoable): (&[Logged], &Undoable),
    (by, now): (AccountId, DateTime<Utc>),
) -> Result<(), StoreError> {
    let before: Vec<&Logged> = events::in_force(log).into_iter().filter(|logged| logged.seq != undoable.seq).collect();
    let shown = visibility(&before);
    outbox::end_hold(conn, undoable.seq, Hold::Drop, now)?;
    points::unsettle(conn, undoable.seq)?;
    if changes_publication(undoable.decision) {
        publications::undo(conn, submission.id, shown == Visibility::Published, now)?;
        submission.visibility = shown;
        submission.published_revision = published_revision(&before);
    }
    if let Some(last) = before.iter().rev().find(|logged| logged.seq < undoable.seq) {
        submission.state = last.event.state;
        submission.head_revision = last.event.revision;
    }
    let run = before.iter().rev().take_while(|logged| logged.event.state == submission.state);
    submission.state_since = run.last().map_or(submission.state_since, |first| first.event.at);
    submissions::put(conn, &mut submission)?;
    let said = relations::of(conn, submission.id)?.into_iter().filter(|related| related.since == undoable.seq);
    let claims: Vec<Claim> = said.map(|related| Claim::Parted { since: related.since }).collect();
    let entry =
        Entry { undoes: Some(undoable.seq), claims: &claims, ..Entry::new(EventKind::Undone, Author::Staff(by.0)) };
    record::log(conn, &submission, &entry, now)?;
    if log.iter().any(|logged| logged.seq == undoable.seq && logged.event.reason == Some(DeclineReason::Misfiled)) {
        forget_refiling(conn, submission.id)?;
    }
    project::desk(app, conn, &submission)?;
    project::public(app, conn, &submission)
}

/// What was begun in the right form goes: nobody has its link yet.
fn forget_refiling(conn: &mut Conn, submission: SubmissionId) -> Result<(), StoreError> {
    refilings::draft_of(conn, submission)?.map_or(Ok(()), |draft| drafts::remove(conn, &draft))
}

fn changes_publication(decision: Decision) -> bool {
    match decision {
        Decision::Publish | Decision::Unpublish => true,
        Decision::StartReview
        | Decision::RequestChanges
        | Decision::Approve
        | Decision::Decline
        | Decision::Release
        | Decision::Close
        | Decision::Reopen => false,
    }
}

/// Whether the public saw it after these events.
#[must_use]
pub fn visibility(log: &[&Logged]) -> Visibility {
    let word = |logged: &&Logged| match logged.event.decision? {
        Decision::Publish => Some(Visibility::Published),
        Decision::Unpublish => Some(Visibility::Unpublished),
        Decision::StartReview
        | Decision::RequestChanges
        | Decision::Approve
        | Decision::Decline
        | Decision::Release
        | Decision::Close
        | Decision::Reopen => None,
    };
    log.iter().rev().find_map(word).unwrap_or(Visibility::None)
}

/// The revision that was published after these events, or a later one that differs from it in the contact's address alone.
fn published_revision(log: &[&Logged]) -> Option<i32> {
    let (mut published, mut renewed) = (None, None);
    for event in log.iter().map(|logged| &logged.event) {
        if event.decision == Some(Decision::Publish) {
            published = Some(event.revision);
        }
        // Of two revisions with another address, the first is the one of what is published.
        if event.kind == EventKind::AddressCorrected && published.is_some() && renewed != Some(event.at) {
            (published, renewed) = (Some(event.revision), Some(event.at));
        }
    }
    published
}

/// Lets the mails of a decision go without waiting longer; where none waits any more, nothing happens.
///
/// # Errors
/// [`Refusal::NotFound`], or why nothing was kept.
pub async fn send_now(app: &App, reference: &str, seq: i64) -> Result<Option<Decision>, Stop<Refusal>> {
    let (now, reference) = (app.clock.now(), reference.to_owned());
    app.db
        .write(move |conn| {
            let submission = submissions::find(conn, &reference)?.ok_or(Stop::Refused(Refusal::NotFound))?;
            let log = events::of(conn, submission.id)?;
            let decided = log.iter().find(|logged| logged.seq == seq).ok_or(Stop::Refused(Refusal::NotFound))?;
            outbox::end_hold(conn, seq, Hold::Release, now)?;
            Ok(decided.event.decision)
        })
        .await
}
