//! Staff note how far an accepted request has come: an appointment is made, moved or called off, the support was given.

use chrono::{DateTime, Utc};

use super::decide::LONGEST_MESSAGE;
use super::record::{self, Entry};
use super::revise;
use crate::app::App;
use crate::domain::account::AccountId;
use crate::domain::appointment::{Appointment, Plan};
use crate::domain::case::{Milestone, Progress};
use crate::domain::event::Author;
use crate::domain::mail::MailKind;
use crate::domain::submission::{ReviewState, SubmissionId};
use crate::store::appointments::{self, NewAppointment};
use crate::store::events::{self, NewNote};
use crate::store::submissions::{self, Submission};
use crate::store::{Conn, Stop, StoreError};

/// What is noted.
#[derive(Debug, Clone)]
pub enum Step {
    Schedule(Plan),
    Move(Plan),
    Cancel,
    Deliver,
}

impl Step {
    /// Its milestone.
    #[must_use]
    pub fn milestone(&self) -> Milestone {
        match self {
            Self::Schedule(_) => Milestone::Schedule,
            Self::Move(_) => Milestone::Move,
            Self::Cancel => Milestone::Cancel,
            Self::Deliver => Milestone::Deliver,
        }
    }
}

/// A milestone as it was sent.
#[derive(Debug, Clone)]
pub struct Order {
    pub reference: String,
    pub step: Step,
    /// To the submitter.
    pub message: String,
    /// The version of the submission that was seen.
    pub version: i64,
    pub by: AccountId,
}

/// Why it is not taken. Nothing is changed and nobody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    NotFound,
    /// The submission has moved on since it was seen.
    Stale,
    /// A case that stands here takes no such step.
    NotPossible,
    MessageTooLong,
}

/// The mail of a milestone, with an entry for the reader's calendar.
#[must_use]
pub fn mail_of(milestone: Milestone) -> Option<MailKind> {
    match milestone {
        Milestone::Schedule => Some(MailKind::Scheduled),
        Milestone::Move => Some(MailKind::Rescheduled),
        Milestone::Cancel => Some(MailKind::Cancelled),
        Milestone::Deliver => None,
    }
}

/// Notes a milestone.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn note(app: &App, order: Order) -> Result<Submission, Stop<Refusal>> {
    if order.message.chars().count() > LONGEST_MESSAGE {
        return Err(Stop::Refused(Refusal::MessageTooLong));
    }
    let (now, message, salt) = (app.clock.now(), record::note(app, &order.message), app.entropy.bytes());
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| {
        let submission = submissions::find(conn, &order.reference)?.ok_or(Stop::Refused(Refusal::NotFound))?;
        if submission.version != order.version {
            return Err(Stop::Refused(Refusal::Stale));
        }
        if !possible(&app, conn, &submission)?.contains(&order.step.milestone()) {
            return Err(Stop::Refused(Refusal::NotPossible));
        }
        Ok(keep(&app, conn, submission, (&order, message.as_ref(), salt), now)?)
    })
    .await
}

/// What can be noted of a submission now.
///
/// # Errors
/// Where the database fails.
pub fn possible(app: &App, conn: &mut Conn, submission: &Submission) -> Result<&'static [Milestone], StoreError> {
    let progress = progress(conn, submission.id)?;
    let standing = revise::standing(app, submission);
    Ok(standing.map_or(&[], |standing| progress.possible(standing.lifecycle, standing.state)))
}

/// How far a submission has come as a case.
///
/// # Errors
/// Where the database fails.
pub fn progress(conn: &mut Conn, id: SubmissionId) -> Result<Progress, StoreError> {
    let log = events::of(conn, id)?;
    Ok(Progress::of(events::in_force(&log).into_iter().map(|logged| &logged.event)))
}

/// The appointment that stands, if one does.
///
/// # Errors
/// Where the database fails.
pub fn agreed(conn: &mut Conn, submission: &Submission) -> Result<Option<Appointment>, StoreError> {
    let stands = submission.state == ReviewState::Approved && progress(conn, submission.id)? == Progress::Scheduled;
    Ok(appointments::of(conn, submission.id)?.pop().filter(|newest| stands && !newest.cancelled))
}

fn keep(
    app: &App,
    conn: &mut Conn,
    mut submission: Submission,
    (order, message, salt): (&Order, Option<&NewNote>, [u8; 16]),
    now: DateTime<Utc>,
) -> Result<Submission, StoreError> {
    let before = appointments::of(conn, submission.id)?.pop();
    let appointment = match &order.step {
        Step::Schedule(plan) | Step::Move(plan) => {
            Some(NewAppointment::planned(submission.id, before.as_ref(), plan, salt))
        }
        Step::Cancel => before.as_ref().map(|before| NewAppointment::called_off(before, salt)),
        Step::Deliver => None,
    };
    let milestone = order.step.milestone();
    let entry = Entry {
        note: message,
        appointment: appointment.as_ref(),
        ..Entry::new(milestone.event(), Author::Staff(order.by.0))
    };
    let seq = record::change(app, conn, &mut submission, &entry, now)?;
    if let Some(kind) = mail_of(milestone) {
        let (form, answers) = app.answers(conn, submission.id, submission.head_revision, submission.language)?;
        let to = record::contact(app, &form, &answers);
        record::tell_submitter(conn, &submission, &to, kind, (seq, now, now))?;
    }
    Ok(submission)
}
