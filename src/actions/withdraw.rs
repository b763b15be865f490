//! The submitter takes a submission back.

use super::record::{self, Entry};
use super::{note, revise};
use crate::app::App;
use crate::domain::event::{Author, EventKind};
use crate::domain::submission::{Standing, SubmissionId};
use crate::store::Stop;
use crate::store::submissions::{self, Submission};

/// Why it cannot be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is decided already, or withdrawn.
    NotOpen,
    ReasonTooLong,
}

/// Withdraws, with a reason if one was given. Twice is once.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn withdraw(app: &App, id: SubmissionId, reason: &str) -> Result<Submission, Stop<Refusal>> {
    let (now, note) = (app.clock.now(), record::note(app, reason));
    if note.as_ref().is_some_and(|note| note.body.chars().count() > note::LONGEST) {
        return Err(Stop::Refused(Refusal::ReasonTooLong));
    }
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| {
        let mut submission = submissions::get(conn, id)?;
        let standing = revise::standing(&app, &submission);
        let outcome = standing.and_then(Standing::withdraw).ok_or(Stop::Refused(Refusal::NotOpen))?;
        submission.state = outcome.state;
        if let (true, Some(published)) = (outcome.back_to_published, submission.published_revision) {
            submission.head_revision = published;
        }
        let entry = Entry { note: note.as_ref(), ..Entry::new(EventKind::Withdrawn, Author::Submitter) };
        record::change(&app, conn, &mut submission, &entry, now)?;
        Ok(submission)
    })
    .await
}
