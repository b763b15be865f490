//! The submitter says yes or no to a change that staff propose, or objects to one that counts already.

use super::edit::carry_into_drafts;
use super::record::{self, Entry};
use super::{note, revise};
use crate::app::App;
use crate::domain::edit::{self, Edit, Verdict};
use crate::domain::event::{Author, Event, EventKind};
use crate::domain::mail::MailKind;
use crate::domain::submission::{ReviewState, Standing, SubmissionId};
use crate::locale::Language;
use crate::store::submissions::{self, Submission};
use crate::store::{Conn, Stop, StoreError, events};

/// What is said.
#[derive(Debug, Clone)]
pub struct Order {
    pub submission: SubmissionId,
    /// The event of the change it is about.
    pub edit: i64,
    pub verdict: Verdict,
    pub text: String,
}

/// Why it is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It was answered already, or another version came.
    Moved,
    /// Who objects says why.
    WordsMissing,
    WordsTooLong,
}

/// The newest change by staff.
///
/// # Errors
/// Where the database fails.
pub fn newest(conn: &mut Conn, id: SubmissionId) -> Result<Option<Edit>, StoreError> {
    let log = events::of(conn, id)?;
    let log: Vec<(i64, &Event)> = log.iter().map(|logged| (logged.seq, &logged.event)).collect();
    Ok(edit::newest(&log))
}

/// Answers. What the submitter agrees to goes back to the desk, to be published; so does a no.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn answer(app: &App, order: Order) -> Result<Submission, Stop<Refusal>> {
    let (now, note) = (app.clock.now(), record::note(app, &order.text));
    if order.verdict == Verdict::Object && note.is_none() {
        return Err(Stop::Refused(Refusal::WordsMissing));
    }
    if note.as_ref().is_some_and(|note| note.body.chars().count() > note::LONGEST) {
        return Err(Stop::Refused(Refusal::WordsTooLong));
    }
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| {
        let mut submission = submissions::get(conn, order.submission)?;
        let edit = newest(conn, submission.id)?.filter(|edit| edit.seq == order.edit);
        let edit = edit.filter(|edit| edit.status.answers().contains(&order.verdict));
        let edit = edit.ok_or(Stop::Refused(Refusal::Moved))?;
        let (kind, alert) = match order.verdict {
            Verdict::Agree => {
                // While it is not the submitter's turn.
                let open = revise::standing(&app, &submission).and_then(Standing::edit);
                open.ok_or(Stop::Refused(Refusal::Moved))?;
                submission.head_revision = edit.revision;
                if submission.state == ReviewState::Approved {
                    submission.state = ReviewState::Submitted;
                }
                (EventKind::EditAgreed, MailKind::AlertResubmitted)
            }
            Verdict::Refuse => (EventKind::EditRefused, MailKind::AlertNote),
            Verdict::Object => (EventKind::Objected, MailKind::AlertNote),
        };
        let entry = Entry { note: note.as_ref(), ..Entry::new(kind, Author::Submitter) };
        let seq = record::change(&app, conn, &mut submission, &entry, now)?;
        let (form, answers) = app.answers(conn, submission.id, submission.head_revision, Language::En)?;
        if order.verdict == Verdict::Agree {
            let (then, before) = app.answers(conn, submission.id, edit.base, Language::En)?;
            carry_into_drafts(conn, &submission, edit.base, (&then.pairs(&before), &form.pairs(&answers)))?;
        }
        let regions = form.regions(&answers, app.catalog.lists());
        record::tell_followers(conn, &submission, &regions, alert, (seq, now))?;
        Ok(submission)
    })
    .await
}
