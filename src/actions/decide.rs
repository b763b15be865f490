//! A moderator's decision: the table, the version that was seen, what is shown and mailed.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::record::{self, Entry, Points};
use super::tell_staff::{self, News};
use super::{confirm_authority, parties, project, relate, review, revise};
use crate::app::App;
use crate::domain::account::AccountId;
use crate::domain::event::{Author, EventKind};
use crate::domain::mail::MailKind;
use crate::domain::party::Standing;
use crate::domain::point::{Asking, MOST, Point};
use crate::domain::projection::files;
use crate::domain::relation::Claim;
use crate::domain::review::short_line;
use crate::domain::submission::{Decision, DeclineReason, Outcome, Visibility};
use crate::forms::answer::Answers;
use crate::forms::form::{Form, Lifecycle};
use crate::store::events::NewNote;
use crate::store::points::{self, Move, NewPoint};
use crate::store::publications::{self, Ending};
use crate::store::submissions::{self, Submission};
use crate::store::{Conn, Stop, StoreError, attachments, events, reviews};

/// A decision as it was sent.
#[derive(Debug, Clone)]
pub struct Order {
    pub reference: String,
    pub decision: Decision,
    /// To the submitter.
    pub message: String,
    pub reason: Option<DeclineReason>,
    /// With a request for changes: each change that is asked for.
    pub points: Vec<Asking>,
    /// The reference of the record it is a duplicate of, where it is declined as one.
    pub duplicate_of: Option<String>,
    /// With a request for changes or a refusal: the criteria of the form that fell short.
    pub criteria: Vec<String>,
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
    /// It speaks for a State, and nobody has recorded how that is known.
    AuthorityMissing,
    /// This decision needs a message.
    MessageMissing,
    MessageTooLong,
    /// Declining needs a reason.
    ReasonMissing,
    /// A point is about a question or an earlier point that is not there, or there are too many.
    PointsUnreadable,
    /// It cannot be a duplicate of that.
    Duplicate(relate::Refusal),
}

impl From<relate::Refusal> for Refusal {
    fn from(refusal: relate::Refusal) -> Self {
        Self::Duplicate(refusal)
    }
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
            Some(DeclineReason::Misfiled) => Some(MailKind::Refiled),
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
    let asked = record::points(app, order.points.clone());
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| keep(&app, conn, &order, (note.as_ref(), &asked), now)).await
}

pub(super) fn check(order: &Order) -> Result<(), Stop<Refusal>> {
    let asks = order.decision == Decision::RequestChanges;
    if order.points.len() > if asks { MOST } else { 0 } {
        return Err(Stop::Refused(Refusal::PointsUnreadable));
    }
    if needs_message(order.decision) && order.message.trim().is_empty() && order.points.is_empty() {
        return Err(Stop::Refused(Refusal::MessageMissing));
    }
    if order.message.chars().count() > LONGEST_MESSAGE {
        return Err(Stop::Refused(Refusal::MessageTooLong));
    }
    if order.decision == Decision::Decline && !order.reason.is_some_and(DeclineReason::is_chosen) {
        return Err(Stop::Refused(Refusal::ReasonMissing));
    }
    Ok(())
}

/// Takes a decision, within a job of the writer.
pub(super) fn keep(
    app: &App,
    conn: &mut Conn,
    order: &Order,
    (note, asked): (Option<&NewNote>, &[NewPoint]),
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
    let regions = form.regions(&answers, app.catalog.lists());
    let before = points::of(conn, submission.id)?;
    if !order.points.iter().all(|point| is_there(point, &form, &before)) {
        return Err(Stop::Refused(Refusal::PointsUnreadable));
    }
    let content = unsettled(order.decision, before);
    let known = review::criteria(app, &submission.form, submission.language);
    if !order.criteria.iter().all(|criterion| known.iter().any(|one| one.id == *criterion)) {
        return Err(Stop::Refused(Refusal::PointsUnreadable));
    }
    let publishes = order.decision == Decision::Publish;
    if publishes {
        may_publish(app, conn, &submission, &answers)?;
    }
    let reason = order.reason.filter(|_| order.decision == Decision::Decline);
    let claims = claims(conn, &submission, order, reason)?;
    apply(app, conn, &mut submission, outcome, (publishes, now))?;
    let parties_asked = asked_with(conn, &submission, (&form, &answers), order.decision)?;
    let short = fell_short(order);
    let lines: Vec<String> = short.iter().map(|criterion| short_line(criterion)).collect();
    let entry = Entry {
        lines: &lines,
        decision: Some(order.decision),
        reason,
        note,
        points: Points { asked, moved: Some((Move::Settle, &content)), ..Points::default() },
        standings: &parties_asked,
        claims: &claims,
        ..Entry::new(EventKind::Decided, Author::Staff(order.by.0))
    };
    let seq = record::change(app, conn, &mut submission, &entry, now)?;
    reviews::fall_short(conn, seq, &short)?;
    project::public(app, conn, &submission)?;
    if order.decision == Decision::Release {
        tell_of_arrival(conn, &submission, &to, &regions, now)?;
    }
    parties::tell(conn, &submission, (&form, &answers), &parties_asked, (seq, now))?;
    if publishes {
        let news = News { submission: &submission, regions: &regions, kind: None, by: Some(order.by) };
        tell_staff::tell(conn, &news, (seq, now))?;
    }
    if let Some(kind) = mail_of(order.decision, reason, lifecycle) {
        let due = now + chrono::Duration::from_std(app.config.mail.hold).unwrap_or_default();
        record::tell_submitter(conn, &submission, &to, kind, (seq, now, due))?;
    }
    Ok(submission)
}

/// Refuses what nobody may publish yet.
fn may_publish(app: &App, conn: &mut Conn, submission: &Submission, answers: &Answers) -> Result<(), Stop<Refusal>> {
    if attachments::keeps_back(conn, &files(answers))? {
        return Err(Stop::Refused(Refusal::FilesHeld));
    }
    if !confirm_authority::of(app, conn, submission)?.allows_publication() {
        return Err(Stop::Refused(Refusal::AuthorityMissing));
    }
    Ok(())
}

/// What else the decision says: which record it is a duplicate of.
fn claims(
    conn: &mut Conn,
    submission: &Submission,
    order: &Order,
    reason: Option<DeclineReason>,
) -> Result<Vec<Claim>, Stop<Refusal>> {
    match (&order.duplicate_of, reason) {
        (Some(original), Some(DeclineReason::Duplicate)) => relate::duplicate(conn, submission, original),
        _ => Ok(Vec::new()),
    }
}

/// Whom a decision lets be asked whether they take part: while it was held, nobody who is named in it was.
fn asked_with(
    conn: &mut Conn,
    submission: &Submission,
    answered: (&Form, &Answers),
    decision: Decision,
) -> Result<Vec<Standing>, StoreError> {
    match decision {
        Decision::Release => parties::all_to_ask(conn, submission, answered),
        Decision::StartReview
        | Decision::RequestChanges
        | Decision::Approve
        | Decision::Publish
        | Decision::Decline
        | Decision::Close
        | Decision::Reopen
        | Decision::Unpublish => Ok(Vec::new()),
    }
}

/// What is released was sent in good faith: its receipt and the alerts, held back until now, go out. They tell of the
/// submission, not of the decision.
fn tell_of_arrival(
    conn: &mut Conn,
    submission: &Submission,
    to: &(String, String),
    regions: &[String],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let log = events::of(conn, submission.id)?;
    let Some(sent) = log.iter().find(|logged| logged.event.kind == EventKind::Submitted) else { return Ok(()) };
    record::tell_submitter(conn, submission, to, MailKind::Receipt, (sent.seq, now, now))?;
    record::tell_followers(conn, submission, regions, MailKind::AlertNew, (sent.seq, now))
}

/// The criteria that the decision names, each once, in the order of their names.
fn fell_short(order: &Order) -> Vec<String> {
    let names = matches!(order.decision, Decision::RequestChanges | Decision::Decline);
    let named: BTreeSet<&String> = order.criteria.iter().filter(|_| names).collect();
    named.into_iter().cloned().collect()
}

/// Whether a point is about something that there is.
fn is_there(asking: &Asking, form: &Form, earlier: &[Point]) -> bool {
    let field = asking.field.as_ref().is_none_or(|field| form.field(field).is_some());
    field && asking.follows.is_none_or(|id| earlier.iter().any(|point| point.id == id))
}

/// The points that a decision settles: who publishes or accepts is content with all of them.
fn unsettled(decision: Decision, mut points: Vec<Point>) -> Vec<Point> {
    match decision {
        Decision::Approve | Decision::Publish => points.retain(|point| point.settled.is_none()),
        Decision::StartReview
        | Decision::RequestChanges
        | Decision::Decline
        | Decision::Release
        | Decision::Close
        | Decision::Reopen
        | Decision::Unpublish => points.clear(),
    }
    points
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
