//! Something was sent in the wrong form: a draft in the right one is begun from it, and its submitter gets the link.

use chrono::{DateTime, Utc};

use super::decide::{self, LONGEST_MESSAGE};
use super::draft::blank;
use super::record;
use crate::app::{App, Parts};
use crate::domain::account::AccountId;
use crate::domain::submission::{Decision, DeclineReason, ReviewState, Visibility};
use crate::forms::form::{Form, Lifecycle};
use crate::locale::Language;
use crate::store::drafts::{self, Draft};
use crate::store::events::NewNote;
use crate::store::submissions::{self, Submission};
use crate::store::{Conn, Stop, refilings};

/// What is to be begun anew.
#[derive(Debug, Clone)]
pub struct Order {
    pub reference: String,
    /// The id of the right form.
    pub form: String,
    /// The submitter reads it in the mail.
    pub reason: String,
    /// The version of the submission the moderator saw.
    pub version: i64,
    pub by: AccountId,
}

/// Why it is not begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    NotFound,
    /// There is no such form, or it is not one for this.
    FormUnknown,
    ReasonMissing,
    ReasonTooLong,
    /// The submission has moved on, or is not one that can be declined.
    Moved,
}

impl From<decide::Refusal> for Refusal {
    fn from(refusal: decide::Refusal) -> Self {
        match refusal {
            decide::Refusal::NotFound => Self::NotFound,
            decide::Refusal::MessageMissing => Self::ReasonMissing,
            decide::Refusal::MessageTooLong => Self::ReasonTooLong,
            decide::Refusal::Stale(_)
            | decide::Refusal::NotPossible(_)
            | decide::Refusal::FilesHeld
            | decide::Refusal::AuthorityMissing
            | decide::Refusal::ReasonMissing
            | decide::Refusal::PointsUnreadable
            | decide::Refusal::Duplicate(_) => Self::Moved,
        }
    }
}

/// Whether a submission can be begun anew: it was decided on by nobody, nothing of it is public, and its submitter may be told.
#[must_use]
pub fn is_open(submission: &Submission) -> bool {
    let open = match submission.state {
        ReviewState::Submitted | ReviewState::InReview | ReviewState::ChangesRequested => true,
        ReviewState::Held
        | ReviewState::Approved
        | ReviewState::Declined
        | ReviewState::Withdrawn
        | ReviewState::Closed => false,
    };
    open && submission.visibility == Visibility::None
}

/// The forms in which it could be begun anew: all that the public fills in, but its own.
pub fn forms<'a>(app: &'a Parts, submission: &Submission, language: Language) -> Vec<&'a Form> {
    let fits = |form: &&Form| form.lifecycle() != Lifecycle::Record && *form.id() != submission.form;
    app.catalog.all(language).map(AsRef::as_ref).filter(fits).collect()
}

/// Declines it as misfiled and begins the right form with the answers that fit. One mail says why and brings the link.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn refile(app: &App, order: Order) -> Result<(), Stop<Refusal>> {
    let note = record::note(app, &order.reason).ok_or(Stop::Refused(Refusal::ReasonMissing))?;
    if note.body.chars().count() > LONGEST_MESSAGE {
        return Err(Stop::Refused(Refusal::ReasonTooLong));
    }
    let form = app.catalog.find(&order.form, Language::En).ok_or(Stop::Refused(Refusal::FormUnknown))?;
    let fresh = blank(app, form, Language::En, None);
    let (db, app, now) = (app.db.clone(), app.clone(), app.clock.now());
    db.write(move |conn| keep(&app, conn, &order, (&note, &fresh), now)).await
}

fn keep(
    app: &App,
    conn: &mut Conn,
    order: &Order,
    (note, fresh): (&NewNote, &Draft),
    now: DateTime<Utc>,
) -> Result<(), Stop<Refusal>> {
    let submission = submissions::find(conn, &order.reference)?.ok_or(Stop::Refused(Refusal::NotFound))?;
    let language = submission.language;
    let right = forms(app, &submission, language).into_iter().find(|form| form.id().as_str() == order.form);
    let right = right.ok_or(Stop::Refused(Refusal::FormUnknown))?;
    if !is_open(&submission) {
        return Err(Stop::Refused(Refusal::Moved));
    }
    let (form, answers) = app.answers(conn, submission.id, submission.head_revision, language)?;
    let pairs = right.refit(&form, &answers, &app.locale(language));
    let (address, _) = record::contact(app, &form, &answers);
    let decision = decide::Order {
        reference: order.reference.clone(),
        decision: Decision::Decline,
        message: String::new(),
        reason: Some(DeclineReason::Misfiled),
        duplicate_of: None,
        points: Vec::new(),
        criteria: Vec::new(),
        version: order.version,
        by: order.by,
    };
    decide::keep(app, conn, &decision, (Some(note), &[]), now).map_err(|stop| match stop {
        Stop::Refused(refusal) => Stop::Refused(refusal.into()),
        Stop::Failed(error) => Stop::Failed(error),
    })?;
    let mail_language = Some(submission.mail_language);
    drafts::insert(conn, &Draft { pairs, language, mail_language, ..fresh.clone() }, None)?;
    drafts::set_address(conn, &fresh.id, &address)?;
    Ok(refilings::insert(conn, &fresh.id, submission.id)?)
}
