//! A moderator is content with what became of a point.

use super::record::{self, Entry, Points};
use crate::app::App;
use crate::domain::account::AccountId;
use crate::domain::event::{Author, EventKind};
use crate::domain::point::{Point, PointId, PointStatus};
use crate::domain::submission::ReviewState;
use crate::store::Stop;
use crate::store::points::{self, Move};
use crate::store::submissions::{self, Submission};

/// Why it is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// No such submission, or it has no such point.
    NotFound,
    /// Nothing was done about the point that could be accepted.
    NotAnswered,
}

/// Whether there is something to accept: it was answered, or it comes back untouched, as an advisory one may.
#[must_use]
pub fn can_accept(point: &Point, state: ReviewState) -> bool {
    let back = match state {
        ReviewState::Submitted | ReviewState::InReview | ReviewState::Approved => true,
        ReviewState::Held
        | ReviewState::ChangesRequested
        | ReviewState::Declined
        | ReviewState::Withdrawn
        | ReviewState::Closed => false,
    };
    match point.status() {
        PointStatus::Open => back && !point.required,
        PointStatus::Answered => true,
        PointStatus::Accepted => false,
    }
}

/// Accepts a point. Twice is once.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn accept(app: &App, reference: &str, id: PointId, by: AccountId) -> Result<Submission, Stop<Refusal>> {
    let (now, reference) = (app.clock.now(), reference.to_owned());
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| {
        let mut submission = submissions::find(conn, &reference)?.ok_or(Stop::Refused(Refusal::NotFound))?;
        let mut moved = points::of(conn, submission.id)?;
        moved.retain(|point| point.id == id);
        let point = moved.first().ok_or(Stop::Refused(Refusal::NotFound))?;
        if point.status() == PointStatus::Accepted {
            return Ok(submission);
        }
        if !can_accept(point, submission.state) {
            return Err(Stop::Refused(Refusal::NotAnswered));
        }
        let points = Points { moved: Some((Move::Settle, &moved)), ..Points::default() };
        let entry = Entry { points, ..Entry::new(EventKind::PointAccepted, Author::Staff(by.0)) };
        record::change(&app, conn, &mut submission, &entry, now)?;
        Ok(submission)
    })
    .await
}
