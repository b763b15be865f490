//! A form becomes a submission: checked answers in, one durable transaction, a reference out.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::parties;
use super::record::{self, Entry};
use crate::app::App;
use crate::domain::event::{Author, EventKind, hex};
use crate::domain::mail::MailKind;
use crate::domain::projection::{self, DeskRecord, Facts, files};
use crate::domain::reference::Reference;
use crate::domain::submission::{ReviewState, SubmissionId, Visibility};
use crate::forms::answer::Answers;
use crate::forms::form::Form;
use crate::locale::Language;
use crate::store::revisions::NewPart;
use crate::store::submissions::{Channel, Keyed, Submission};
use crate::store::{Conn, Stop, StoreError, attachments, desk, drafts, revisions, submissions};

/// What is handed in.
#[derive(Clone)]
pub struct Order {
    pub form: Arc<Form>,
    pub answers: Answers,
    pub language: Language,
    pub channel: Channel,
    /// The key of the form page or of the API request (DESIGN 17).
    pub key: Option<String>,
    /// The draft it was, to be removed.
    pub draft: Option<String>,
    /// Looks like spam: held until a moderator releases it, told to nobody.
    pub suspected: bool,
}

/// Why it is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The key was used for other answers.
    KeyTaken,
    /// The draft became a submission already, under another key.
    DraftGone,
    /// A file belongs to another submission already.
    FileTaken,
}

/// What was made, now or by the same key before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    pub id: SubmissionId,
    pub reference: String,
    pub state: ReviewState,
    pub link_generation: i64,
}

impl From<Submission> for Receipt {
    fn from(submission: Submission) -> Self {
        Self {
            id: submission.id,
            reference: submission.reference,
            state: submission.state,
            link_generation: submission.link_generation,
        }
    }
}

/// What the writer's job needs, drawn and hashed beforehand.
pub(super) struct Prepared {
    order: Order,
    digest: String,
    parts: Vec<NewPart>,
    /// Several, for the unlikely case that one is taken.
    references: Vec<Reference>,
    contact: (String, String),
    regions: Vec<String>,
    /// The line of the queue, but for id and reference.
    line: DeskRecord,
    now: DateTime<Utc>,
}

/// Hands in a form.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn submit(app: &App, order: Order) -> Result<Receipt, Stop<Refusal>> {
    let prepared = prepare(app, order);
    app.db.write(move |conn| keep(conn, &prepared)).await
}

pub(super) fn prepare(app: &App, order: Order) -> Prepared {
    let prefix = order.form.words().prefix.clone();
    let now = app.clock.now();
    Prepared {
        line: line(app, &order, now),
        digest: digest(&order),
        parts: record::parts(app, &order.form, &order.answers),
        references: app.entropy.with(|rng| (0..4).map(|_| Reference::random(&prefix, rng)).collect()),
        contact: record::contact(app, &order.form, &order.answers),
        regions: order.form.regions(&order.answers, app.catalog.lists()),
        now,
        order,
    }
}

/// The line of the queue as it will be; made here so that the writer need not.
fn line(app: &App, order: &Order, now: DateTime<Utc>) -> DeskRecord {
    let facts = Facts {
        id: SubmissionId(0),
        reference: String::new(),
        language: order.language,
        state: order.first_state(),
        visibility: Visibility::None,
        address_confirmed: false,
        resubmitted: false,
        created_at: now,
        state_since: now,
    };
    let form = app.catalog.form(order.form.id(), Language::En).unwrap_or(&order.form);
    projection::desk(form, &facts, &order.answers, app.catalog.lists(), &app.locale(Language::En))
}

impl Order {
    fn first_state(&self) -> ReviewState {
        if self.suspected { ReviewState::Held } else { ReviewState::Submitted }
    }
}

/// SHA-256 over form and answers: what a submission key stands for.
pub(super) fn digest(order: &Order) -> String {
    let json = serde_json::Value::Object(order.form.to_json(&order.answers)).to_string();
    hex(&Sha256::new().chain_update(order.form.id().as_str()).chain_update(json).finalize())
}

fn keep(conn: &mut Conn, made: &Prepared) -> Result<Receipt, Stop<Refusal>> {
    if let Some(before) = earlier(conn, made)? {
        return Ok(before);
    }
    if let Some(draft) = &made.order.draft
        && drafts::find(conn, draft)?.is_none()
    {
        return Err(Stop::Refused(Refusal::DraftGone));
    }
    let files: Vec<String> = files(&made.order.answers).into_iter().collect();
    if attachments::any_taken(conn, &files)? {
        return Err(Stop::Refused(Refusal::FileTaken));
    }
    let (submission, seq) = take(conn, made)?;
    if submission.state == ReviewState::Submitted {
        record::tell_submitter(conn, &submission, &made.contact, MailKind::Receipt, (seq, made.now, made.now))?;
    }
    if let Some(draft) = &made.order.draft {
        drafts::remove(conn, draft)?;
    }
    Ok(submission.into())
}

/// Keeps what nothing speaks against, and tells those who follow it and who are named in it; gives the event's number.
pub(super) fn take(conn: &mut Conn, made: &Prepared) -> Result<(Submission, i64), StoreError> {
    let (form, answers) = (&made.order.form, &made.order.answers);
    let submission = insert(conn, made)?;
    let files: Vec<String> = files(answers).into_iter().collect();
    attachments::belong(conn, submission.id, &files)?;
    let asked = parties::follow(conn, submission.id, submission.head_revision, (form, answers), None)?;
    let live = submission.state.is_live();
    let standings = if live { asked.as_slice() } else { &[] };
    let entry = Entry { parts: &made.parts, standings, ..Entry::new(EventKind::Submitted, Author::Submitter) };
    let seq = record::log(conn, &submission, &entry, made.now)?;
    let line = DeskRecord { submission: submission.id, reference: submission.reference.clone(), ..made.line.clone() };
    desk::write(conn, &line)?;
    if live {
        record::tell_followers(conn, &submission, &made.regions, MailKind::AlertNew, (seq, made.now))?;
        parties::tell(conn, &submission, (form, answers), standings, (seq, made.now))?;
    }
    Ok((submission, seq))
}

/// What the same key made before.
pub(super) fn earlier(conn: &mut Conn, made: &Prepared) -> Result<Option<Receipt>, Stop<Refusal>> {
    let Some(key) = &made.order.key else { return Ok(None) };
    let Some(keyed) = submissions::keyed(conn, key)? else { return Ok(None) };
    if keyed.answers_digest != made.digest {
        return Err(Stop::Refused(Refusal::KeyTaken));
    }
    Ok(Some(submissions::get(conn, keyed.submission)?.into()))
}

fn insert(conn: &mut Conn, made: &Prepared) -> Result<Submission, StoreError> {
    let order = &made.order;
    let reference = free(conn, &made.references)?;
    let origin = (order.language, order.channel);
    let id = submissions::insert(conn, reference, order.form.id(), order.first_state(), origin, made.now)?;
    revisions::insert(conn, id, 1, order.form.version(), &made.parts, made.now)?;
    if let Some(key) = &order.key {
        submissions::keep_key(conn, key, &Keyed { answers_digest: made.digest.clone(), submission: id }, made.now)?;
    }
    submissions::get(conn, id)
}

fn free<'a>(conn: &mut Conn, references: &'a [Reference]) -> Result<&'a Reference, StoreError> {
    for reference in references {
        if submissions::find(conn, reference.as_str())?.is_none() {
            return Ok(reference);
        }
    }
    Err(StoreError::Unreadable("no free reference".to_owned()))
}
