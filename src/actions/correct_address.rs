//! Another address for the contact: a new revision with it, new links, a new receipt. The old links die.
//!
//! Here the submitter mistyped it and puts it right before it was confirmed, or a moderator does because no mail arrives;
//! `change_address` is for later.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::parties;
use super::record::{self, Entry};
use crate::app::App;
use crate::domain::event::{Author, Event, EventKind};
use crate::domain::mail::MailKind;
use crate::domain::submission::{ReviewState, SubmissionId};
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
        let (form, _) = app.answers(conn, id, submission.head_revision, submission.language)?;
        let address = read_address(&app, &form, &typed, submission.language)?;
        let open = submission.state.is_live() || submission.state == ReviewState::Held;
        if submission.address_confirmed_at.is_some() || !open || corrected(conn, id)? >= MOST {
            return Err(Stop::Refused(Refusal::NotOpen));
        }
        put(&app, conn, &mut submission, &address, Author::Submitter, now)?;
        Ok(submission)
    })
    .await
}

/// Puts another address in the place of one that no mail reaches, for a moderator.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn put_right(app: &App, id: SubmissionId, typed: &str, by: Author) -> Result<(), Stop<Refusal>> {
    let (now, typed) = (app.clock.now(), typed.to_owned());
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| {
        let mut submission = submissions::get(conn, id)?;
        let (form, _) = app.answers(conn, id, submission.head_revision, submission.language)?;
        let address = read_address(&app, &form, &typed, submission.language)?;
        if submission.state == ReviewState::Withdrawn {
            return Err(Stop::Refused(Refusal::NotOpen));
        }
        Ok(put(&app, conn, &mut submission, &address, by, now)?)
    })
    .await
}

/// Puts another address in the place of the contact's: in the working revision, in what a refused correction gives way to,
/// and in a correction that is being written. The old links die; the new address gets a receipt and confirms itself.
pub(super) fn put(
    app: &App,
    conn: &mut Conn,
    submission: &mut Submission,
    address: &str,
    by: Author,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let head = submission.head_revision;
    let (form, answers) = app.answers(conn, submission.id, head, submission.language)?;
    let before = record::contact(app, &form, &answers);
    submission.link_generation += 1;
    submission.address_confirmed_at = None;
    let mut seq = 0;
    for base in submission.published_revision.filter(|published| *published != head).into_iter().chain([head]) {
        seq = renew(app, conn, submission, (base, address), by, now)?;
    }
    if let (Some(mut draft), Some(field)) =
        (drafts::find_correcting(conn, submission.id, head, now)?, form.role(Role::ContactEmail))
    {
        draft.pairs.set(field.as_str(), address);
        drafts::rebase(conn, &draft.id, submission.head_revision, &draft.pairs)?;
    }
    drafts::revoke_correcting(conn, submission.id)?;
    outbox::readdress(conn, submission, (&before.0, address), now)?;
    if submission.state == ReviewState::Held {
        return Ok(());
    }
    record::tell_submitter(conn, submission, &(address.to_owned(), before.1), MailKind::Receipt, (seq, now, now))
}

/// A revision like another one but for the address; gives the event it came with.
fn renew(
    app: &App,
    conn: &mut Conn,
    submission: &mut Submission,
    (base, address): (i32, &str),
    by: Author,
    now: DateTime<Utc>,
) -> Result<i64, StoreError> {
    let (form, before) = app.answers(conn, submission.id, base, submission.language)?;
    let answers = replace(&form, &before, address)?;
    let parts = record::parts(app, &form, &answers);
    submission.head_revision = revisions::numbers(conn, submission.id)?.last().copied().unwrap_or(0) + 1;
    if submission.published_revision == Some(base) {
        submission.published_revision = Some(submission.head_revision);
    }
    revisions::insert(conn, submission.id, submission.head_revision, form.version(), &parts, now)?;
    let head = submission.head_revision;
    let asked = parties::follow(conn, submission.id, head, (&form, &answers), Some((base, &form, &before)))?;
    let entry = Entry { parts: &parts, standings: &asked, ..Entry::new(EventKind::AddressCorrected, by) };
    record::change(app, conn, submission, &entry, now)
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
    let own = |event: &Event| event.kind == EventKind::AddressCorrected && event.author == Author::Submitter;
    Ok(all.iter().filter(|logged| own(&logged.event)).count())
}
