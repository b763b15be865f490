//! A moderator's decision: the table, the version that was seen, what is shown and mailed.

use chrono::{DateTime, Utc};

use super::record::{self, Entry};
use super::{parties, project, revise};
use crate::app::App;
use crate::domain::account::AccountId;
use crate::domain::event::{Author, EventKind};
use crate::domain::mail::MailKind;
use crate::domain::projection::files;
use crate::domain::submission::{Decision, DeclineReason, Outcome, Visibility};
use crate::forms::form::Lifecycle;
use crate::store::events::NewNote;
use crate::store::publications::{self, Ending};
use crate::store::submissions::{self, Submission};
use crate::store::{Conn, Stop, StoreError, attachments};

/// A decision as it was sent.
#[derive(Debug, Clone)]
pub struct Order {
    pub reference: String,
    pub decision: Decision,
    /// To the submitter.
    pub message: String,
    pub reason: Option<DeclineReason>,
    /// The version of the submission the moderator saw.
    pub version: i64,
    pub by: AccountId,
}

/// Why it is not taken. Nothing is changed and nobody is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    NotFound,
    /// The submission has moved on since the moderator saw it.
    Stale(Box<Submission>),
    /// The table has no row for it.
    NotPossible(Box<Submission>),
    /// It cannot become public before all its files were found clean.
    FilesHeld,
    /// This decision needs a message.
    MessageMissing,
    MessageTooLong,
    /// Declining needs a reason.
    ReasonMissing,
}

/// Longest message to a submitter, in characters.
pub const LONGEST_MESSAGE: usize = 5000;

/// Whether a decision must say something to the submitter.
#[must_use]
pub fn needs_message(decision: Decision) -> bool {
    match decision {
        Decision::RequestChanges | Decision::Unpublish => true,
        Decision::StartReview
        | Decision::Approve
        | Decision::Publish
        | Decision::Decline
        | Decision::Release
        | Decision::Close
        | Decision::Reopen => false,
    }
}

/// The mail a decision sends, by what kind of form it is about (CONTRACT).
#[must_use]
pub fn mail_of(decision: Decision, reason: Option<DeclineReason>, lifecycle: Lifecycle) -> Option<MailKind> {
    if lifecycle == Lifecycle::Record {
        // Nobody outside wrote it.
        return None;
    }
    match decision {
        Decision::StartReview | Decision::Reopen | Decision::Release => None,
        Decision::Approve => (lifecycle == Lifecycle::Request).then_some(MailKind::Accepted),
        Decision::RequestChanges => Some(MailKind::ChangesRequested),
        Decision::Publish => Some(MailKind::Published),
        Decision::Decline => match reason {
            Some(DeclineReason::Spam) => None,
            Some(DeclineReason::PersonalPlea) => Some(MailKind::Signposts),
            Some(
                DeclineReason::OutsideScope
                | DeclineReason::NotWithinDates
                | DeclineReason::Incomplete
                | DeclineReason::Duplicate
                | DeclineReason::Other,
            )
            | None => Some(MailKind::Declined),
        },
        Decision::Close => Some(MailKind::Closed),
        Decision::Unpublish => Some(MailKind::Unpublished),
    }
}

/// Decides.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn decide(app: &App, order: Order) -> Result<Submission, Stop<Refusal>> {
    check(&order)?;
    let (now, note) = (app.clock.now(), record::note(app, &order.message));
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| keep(&app, conn, &order, note.as_ref(), now)).await
}

fn check(order: &Order) -> Result<(), Stop<Refusal>> {
    if needs_message(order.decision) && order.message.trim().is_empty() {
        return Err(Stop::Refused(Refusal::MessageMissing));
    }
    if order.message.chars().count() > LONGEST_MESSAGE {
        return Err(Stop::Refused(Refusal::MessageTooLong));
    }
    if order.decision == Decision::Decline && order.reason.is_none() {
        return Err(Stop::Refused(Refusal::ReasonMissing));
    }
    Ok(())
}

fn keep(
    app: &App,
    conn: &mut Conn,
    order: &Order,
    note: Option<&NewNote>,
    now: DateTime<Utc>,
) -> Result<Submission, Stop<Refusal>> {
    let mut submission = submissions::find(conn, &order.reference)?.ok_or(Stop::Refused(Refusal::NotFound))?;
    if submission.version != order.version {
        return Err(Stop::Refused(Refusal::Stale(Box::new(submission))));
    }
    let standing = revise::standing(app, &submission);
    let decided = standing.and_then(|standing| Some((standing.lifecycle, standing.decide(order.decision)?)));
    let Some((lifecycle, outcome)) = decided else {
        return Err(Stop::Refused(Refusal::NotPossible(Box::new(submission))));
    };
    // Who wrote what was decided on, before a refused correction gives way to what is published.
    let (form, answers) = app.answers(conn, submission.id, submission.head_revision, submission.language)?;
    let to = record::contact(app, &form, &answers);
    let publishes = order.decision == Decision::Publish;
    if publishes && !attachments::holds(conn, &files(&answers))?.is_empty() {
        return Err(Stop::Refused(Refusal::FilesHeld));
    }
    apply(app, conn, &mut submission, outcome, (publishes, now))?;
    let reason = order.reason.filter(|_| order.decision == Decision::Decline);
    // While it was held, nobody who is named in it was asked.
    let asked = match order.decision {
        Decision::Release => parties::all_to_ask(conn, &submission, (&form, &answers))?,
        Decision::StartReview
        | Decision::RequestChanges
        | Decision::Approve
        | Decision::Publish
        | Decision::Decline
        | Decision::Close
        | Decision::Reopen
        | Decision::Unpublish => Vec::new(),
    };
    let entry = Entry {
        decision: Some(order.decision),
        reason,
        note,
        standings: &asked,
        ..Entry::new(EventKind::Decided, Author::Staff(order.by.0))
    };
    let seq = record::change(app, conn, &mut submission, &entry, now)?;
    project::public(app, conn, &submission)?;
    parties::tell(conn, &submission, (&form, &answers), &asked, (seq, now))?;
    if let Some(kind) = mail_of(order.decision, reason, lifecycle) {
        let due = now + chrono::Duration::from_std(app.config.mail.hold).unwrap_or_default();
        record::tell_submitter(conn, &submission, &to, kind, (seq, now, due))?;
    }
    Ok(submission)
}

/// Brings state and publication to where the table leads.
fn apply(
    app: &App,
    conn: &mut Conn,
    submission: &mut Submission,
    outcome: Outcome,
    (publishes, now): (bool, DateTime<Utc>),
) -> Result<(), StoreError> {
    submission.state = outcome.state;
    if publishes {
        let (form, answers) = app.answers(conn, submission.id, submission.head_revision, submission.language)?;
        let at = (submission.id, submission.head_revision);
        let json = parties::public_json(conn, at, (&form, &answers), i64::MAX)?.to_string();
        publications::publish(conn, submission.id, submission.head_revision, &json, now)?;
        submission.published_revision = Some(submission.head_revision);
    }
    if submission.visibility == Visibility::Published && outcome.visibility == Visibility::Unpublished {
        publications::end(conn, submission.id, Ending::Unpublished, now)?;
    }
    submission.visibility = outcome.visibility;
    if let (true, Some(published)) = (outcome.back_to_published, submission.published_revision) {
        submission.head_revision = published;
    }
    Ok(())
}
