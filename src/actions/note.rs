//! Notes: the submitter writes to the Network, staff write to the submitter or for colleagues alone.
//!
//! A note changes no review state. One that the submitter wrote stands in the queue until somebody of the staff acts.

use chrono::{DateTime, Duration, Utc};
use sha2::{Digest, Sha256};

use super::record::{self, Entry};
use crate::app::App;
use crate::domain::account::{Account, AccountId, mentioned};
use crate::domain::event::{Author, EventKind, hex};
use crate::domain::mail::MailKind;
use crate::domain::submission::{ReviewState, SubmissionId};
use crate::domain::text_enum;
use crate::forms::form::Lifecycle;
use crate::locale::Language;
use crate::store::events::{self, NewNote};
use crate::store::submissions::{self, Keyed, Submission};
use crate::store::{Conn, Stop, StoreError, accounts};

/// Longest note, in characters.
pub const LONGEST: usize = 4000;

/// Notes of a submitter within a day that nobody has answered.
pub const MOST: usize = 10;

/// Who reads a note of the staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// The submitter, by mail and on the own page.
    Submitter,
    /// Staff alone.
    Internal,
}
text_enum!(Readers { Submitter = "submitter", Internal = "internal" });

impl Readers {
    /// Who may read what is written about it now: suspected spam is told nothing, and of what staff keep there is no submitter.
    #[must_use]
    pub fn of(lifecycle: Lifecycle, state: ReviewState) -> &'static [Self] {
        if lifecycle == Lifecycle::Record || state == ReviewState::Held { &[Self::Internal] } else { Self::ALL }
    }

    fn kind(self) -> EventKind {
        match self {
            Self::Submitter => EventKind::NoteSent,
            Self::Internal => EventKind::NoteKept,
        }
    }
}

/// Why a note is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    NotFound,
    Empty,
    TooLong,
    /// Enough for today; somebody has to answer first.
    TooMany,
    /// There is nobody to tell.
    Untold,
}

/// A note with the key of the page it was written on: sent twice, it is taken once (DESIGN 17).
struct Prepared {
    note: NewNote,
    key: String,
    digest: String,
    now: DateTime<Utc>,
}

fn prepare(app: &App, text: &str, key: &str) -> Result<Prepared, Stop<Refusal>> {
    let note = record::note(app, text).ok_or(Stop::Refused(Refusal::Empty))?;
    if note.body.chars().count() > LONGEST {
        return Err(Stop::Refused(Refusal::TooLong));
    }
    let digest = hex(&Sha256::new().chain_update("note ").chain_update(&note.body).finalize());
    Ok(Prepared { note, key: key.chars().take(64).collect(), digest, now: app.clock.now() })
}

impl Prepared {
    /// Whether the same page sent the same words before.
    fn was_taken(&self, conn: &mut Conn, id: SubmissionId) -> Result<bool, StoreError> {
        let before = submissions::keyed(conn, &self.key)?;
        Ok(before.is_some_and(|keyed| keyed.submission == id && keyed.answers_digest == self.digest))
    }

    fn keep_key(&self, conn: &mut Conn, id: SubmissionId) -> Result<(), StoreError> {
        // Other words from the same page, by the browser's Back, are another note.
        if self.key.is_empty() || submissions::keyed(conn, &self.key)?.is_some() {
            return Ok(());
        }
        let made = Keyed { answers_digest: self.digest.clone(), submission: id };
        submissions::keep_key(conn, &self.key, &made, self.now)
    }
}

/// The submitter writes; those who follow such submissions are told.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn receive(app: &App, id: SubmissionId, text: &str, key: &str) -> Result<(), Stop<Refusal>> {
    let made = prepare(app, text, key)?;
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| {
        let mut submission = submissions::get(conn, id)?;
        if made.was_taken(conn, id)? {
            return Ok(());
        }
        if waiting(conn, id, made.now)? >= MOST {
            return Err(Stop::Refused(Refusal::TooMany));
        }
        let (form, answers) = app.answers(conn, id, submission.head_revision, submission.language)?;
        let entry = Entry { note: Some(&made.note), ..Entry::new(EventKind::NoteReceived, Author::Submitter) };
        let seq = record::change(&app, conn, &mut submission, &entry, made.now)?;
        if submission.state != ReviewState::Held {
            let regions = form.regions(&answers, app.catalog.lists());
            record::tell_followers(conn, &submission, &regions, MailKind::AlertNote, (seq, made.now))?;
        }
        Ok(made.keep_key(conn, id)?)
    })
    .await
}

/// How many notes of the last day wait for an answer.
fn waiting(conn: &mut Conn, id: SubmissionId, now: DateTime<Utc>) -> Result<usize, StoreError> {
    let log = events::of(conn, id)?;
    let unanswered = log.iter().rev().map(|logged| &logged.event).take_while(|event| event.author.account().is_none());
    Ok(unanswered.filter(|event| event.kind == EventKind::NoteReceived && event.at > now - Duration::days(1)).count())
}

/// A note of the staff.
#[derive(Debug, Clone)]
pub struct Order {
    pub reference: String,
    pub readers: Readers,
    pub text: String,
    /// The key of the page it was written on.
    pub key: String,
    pub by: AccountId,
}

/// Staff write. What is for the submitter is mailed at once; what is for colleagues goes to those alone who are mentioned in it.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn write(app: &App, order: Order) -> Result<(), Stop<Refusal>> {
    let made = prepare(app, &order.text, &order.key)?;
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| {
        let found = submissions::find(conn, &order.reference)?;
        let submission = found.ok_or(Stop::Refused(Refusal::NotFound))?;
        let lifecycle = app.catalog.find(submission.form.as_str(), Language::En).map(|form| form.lifecycle());
        if !Readers::of(lifecycle.unwrap_or(Lifecycle::Record), submission.state).contains(&order.readers) {
            return Err(Stop::Refused(Refusal::Untold));
        }
        if made.was_taken(conn, submission.id)? {
            return Ok(());
        }
        Ok(keep(&app, conn, submission, &order, &made)?)
    })
    .await
}

fn keep(
    app: &App,
    conn: &mut Conn,
    mut submission: Submission,
    order: &Order,
    made: &Prepared,
) -> Result<(), StoreError> {
    let entry = Entry { note: Some(&made.note), ..Entry::new(order.readers.kind(), Author::Staff(order.by.0)) };
    let seq = record::change(app, conn, &mut submission, &entry, made.now)?;
    if order.readers == Readers::Submitter {
        let (form, answers) = app.answers(conn, submission.id, submission.head_revision, submission.language)?;
        let to = record::contact(app, &form, &answers);
        record::tell_submitter(conn, &submission, &to, MailKind::Note, (seq, made.now, made.now))?;
    }
    if order.readers == Readers::Internal {
        tell_mentioned(conn, &submission, order, (seq, made.now))?;
    }
    made.keep_key(conn, submission.id)
}

/// Tells colleagues that they are mentioned; nobody is told of what they wrote themselves.
fn tell_mentioned(
    conn: &mut Conn,
    submission: &Submission,
    order: &Order,
    (seq, now): (i64, DateTime<Utc>),
) -> Result<(), StoreError> {
    let all = accounts::all(conn)?;
    let mentioned = mentioned(&order.text, &all);
    let told = |account: &&Account| mentioned.contains(&account.id) && account.id != order.by && !account.disabled;
    all.iter().filter(told).try_for_each(|account| {
        record::tell_staff(conn, submission, account.clone(), MailKind::AlertMention, (seq, now))
    })
}
