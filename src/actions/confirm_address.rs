//! The submitter confirms the e-mail address by the mailed link; then the answers are mailed.

use super::record::{self, Entry};
use crate::app::App;
use crate::domain::event::{Author, EventKind};
use crate::domain::mail::MailKind;
use crate::domain::submission::SubmissionId;
use crate::store::submissions::{self, Submission};
use crate::store::{Stop, StoreError};

/// Confirms; a second time changes nothing.
///
/// # Errors
/// Why nothing was kept.
pub async fn confirm(app: &App, id: SubmissionId) -> Result<Submission, StoreError> {
    let now = app.clock.now();
    let (db, app) = (app.db.clone(), app.clone());
    let done: Result<Submission, Stop<std::convert::Infallible>> = db
        .write(move |conn| {
            let mut submission = submissions::get(conn, id)?;
            if submission.address_confirmed_at.is_some() {
                return Ok(submission);
            }
            submission.address_confirmed_at = Some(now);
            let entry = Entry::new(EventKind::AddressConfirmed, Author::Submitter);
            let logged = record::change(&app, conn, &mut submission, &entry, now)?;
            if submission.state.is_live() {
                let (form, answers) = app.answers(conn, id, submission.head_revision, submission.language)?;
                let to = record::contact(&app, &form, &answers);
                record::tell_submitter(conn, &submission, &to, MailKind::Answers, (&logged, now, now))?;
            }
            Ok(submission)
        })
        .await;
    done.map_err(|stop| match stop {
        Stop::Refused(never) => match never {},
        Stop::Failed(error) => error,
    })
}
