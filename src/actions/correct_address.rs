//! The submitter mistyped the address: a new revision with the right one, new links, a new receipt. The old links die.

use serde_json::Value;

use super::parties;
use super::record::{self, Entry};
use crate::app::App;
use crate::domain::event::{Author, EventKind};
use crate::domain::mail::MailKind;
use crate::domain::submission::SubmissionId;
use crate::forms::answer::Answers;
use crate::forms::errors::Message;
use crate::forms::form::{Form, Role};
use crate::locale::Language;
use crate::store::submissions::{self, Submission};
use crate::store::{Conn, Stop, StoreError, drafts, events, outbox, revisions};

/// Why it cannot be corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The address does not look like one.
    NotAnAddress(Vec<Message>),
    /// The address is confirmed already, or it was corrected too often.
    NotOpen,
}

/// Corrections of one submission's address at most, so that nobody sends receipts to strangers with it.
const MOST: usize = 5;

/// Corrects the address.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn correct(app: &App, id: SubmissionId, typed: &str) -> Result<Submission, Stop<Refusal>> {
    let (now, typed) = (app.clock.now(), typed.to_owned());
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| {
        let mut submission = submissions::get(conn, id)?;
        let (form, answers) = app.answers(conn, id, submission.head_revision, submission.language)?;
        let address = read_address(&app, &form, &typed, submission.language)?;
        if submission.address_confirmed_at.is_some() || !submission.state.is_live() || corrected(conn, id)? >= MOST {
            return Err(Stop::Refused(Refusal::NotOpen));
        }
        let before = record::contact(&app, &form, &answers);
        let (base, old) = (submission.head_revision, answers.clone());
        let answers = replace(&form, &answers, &address)?;
        let parts = record::parts(&app, &form, &answers);
        submission.head_revision = revisions::numbers(conn, id)?.last().copied().unwrap_or(0) + 1;
        submission.link_generation += 1;
        revisions::insert(conn, id, submission.head_revision, form.version(), &parts, now)?;
        parties::follow(conn, id, submission.head_revision, (&form, &answers), Some((base, &form, &old)))?;
        drafts::revoke_correcting(conn, id)?;
        outbox::readdress(conn, &submission, (&before.0, &address), now)?;
        let entry = Entry { parts: &parts, ..Entry::new(EventKind::AddressCorrected, Author::Submitter) };
        let seq = record::change(&app, conn, &mut submission, &entry, now)?;
        let to = (address, before.1);
        record::tell_submitter(conn, &submission, &to, MailKind::Receipt, (seq, now, now))?;
        Ok(submission)
    })
    .await
}

/// Reads the address as the form's own question would.
fn read_address(app: &App, form: &Form, typed: &str, language: Language) -> Result<String, Stop<Refusal>> {
    let locale = app.locale(language);
    let Some(field) = form.role(Role::ContactEmail) else { return Err(Stop::Refused(Refusal::NotOpen)) };
    form.read_text(field, typed, &locale).map_err(|wrong| Stop::Refused(Refusal::NotAnAddress(wrong)))
}

fn replace(form: &Form, answers: &Answers, address: &str) -> Result<Answers, StoreError> {
    let mut json = form.to_json(answers);
    if let Some(field) = form.role(Role::ContactEmail) {
        json.insert(field.as_str().to_owned(), Value::from(address));
    }
    form.load(&json).map_err(|e| StoreError::Unreadable(e.to_string()))
}

fn corrected(conn: &mut Conn, id: SubmissionId) -> Result<usize, StoreError> {
    let all = events::of(conn, id)?;
    Ok(all.iter().filter(|logged| logged.event.kind == EventKind::AddressCorrected).count())
}
