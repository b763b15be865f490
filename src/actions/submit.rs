//! A form becomes a submission: checked answers in, one durable transaction, a reference out.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use sha2::{Digest, Sha256};

use super::on_behalf::Behalf;
use super::opening::{self, Shut};
use super::parties;
use super::record::{self, Entry};
use crate::app::App;
use crate::domain::account::AccountId;
use crate::domain::clock::Clock;
use crate::domain::event::{Author, EventKind, hex};
use crate::domain::mail::MailKind;
use crate::domain::projection::{self, DeskRecord, Facts, files};
use crate::domain::reference::Reference;
use crate::domain::relation::{Claim, RelationKind};
use crate::domain::submission::{ReviewState, SubmissionId, Visibility};
use crate::forms::answer::Answers;
use crate::forms::form::Form;
use crate::locale::Language;
use crate::store::events::NewNote;
use crate::store::revisions::NewPart;
use crate::store::submissions::{Channel, Keyed, Origin, Submission};
use crate::store::{
    Conn, Stop, StoreError, attachments, desk, drafts, handed_over, outbox, refilings, revisions, submissions,
};

/// What is handed in.
#[derive(Clone)]
pub struct Order {
    pub form: Arc<Form>,
    pub answers: Answers,
    pub language: Language,
    /// The language of mails, where another was chosen.
    pub mail_language: Option<Language>,
    pub channel: Channel,
    /// The key of the form page or of the API request (DESIGN 17).
    pub key: Option<String>,
    /// What the key stands for: [`digest`] of what was sent.
    pub digest: String,
    /// The draft it was, to be removed.
    pub draft: Option<String>,
    /// Looks like spam: held until a moderator releases it, told to nobody.
    pub suspected: bool,
    /// Whether an address gets only so many mails that it did not ask for.
    pub limited: bool,
    /// Staff typed it in for somebody.
    pub behalf: Option<(AccountId, Behalf)>,
}

/// Mails that an address nobody has confirmed yet may get within an hour and within a day because somebody typed it; of what
/// comes beyond, nobody is told before a moderator has looked (`reliability.md`, E18: nobody's mailbox is flooded through us).
const MOST_UNASKED: [(i64, Duration); 2] = [(5, Duration::hours(1)), (20, Duration::hours(24))];

impl Order {
    /// Answers without a key, a draft or a suspicion.
    #[must_use]
    pub fn new(form: Arc<Form>, answers: Answers, language: Language, channel: Channel) -> Self {
        let digest = digest(&form, form.to_json(&answers));
        Self {
            form,
            answers,
            language,
            mail_language: None,
            channel,
            key: None,
            digest,
            draft: None,
            suspected: false,
            limited: false,
            behalf: None,
        }
    }
}

/// Why it is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The key was used for other answers.
    KeyTaken,
    /// The draft became a submission already, under another key.
    DraftGone,
    /// A file belongs to another submission already.
    FileTaken,
    /// A virus was found in a file a moment ago.
    FileInfected,
    /// It is not the time for it, or not any more.
    Shut(Box<Shut>),
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
    parts: Vec<NewPart>,
    /// Several, for the unlikely case that one is taken.
    references: Vec<Reference>,
    contact: (String, String),
    regions: Vec<String>,
    /// The line of the queue, but for id and reference.
    line: DeskRecord,
    /// From whom it came, where staff typed it in.
    sender: Option<NewNote>,
    now: DateTime<Utc>,
}

/// Hands in a form.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn submit(app: &App, order: Order) -> Result<Receipt, Stop<Refusal>> {
    let prepared = prepare(app, order);
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| keep(&app, conn, &prepared)).await
}

pub(super) fn prepare(app: &App, order: Order) -> Prepared {
    let now = app.clock.now();
    Prepared {
        line: line(app, &order, now),
        parts: record::parts(app, &order.form, &order.answers),
        references: references(app, &order.form),
        contact: record::contact(app, &order.form, &order.answers),
        sender: order.behalf.as_ref().and_then(|(_, behalf)| record::note(app, &behalf.sender)),
        regions: order.form.regions(&order.answers, app.catalog.lists()),
        now,
        order,
    }
}

/// References for a new submission; several, for the unlikely case that one is taken.
pub(super) fn references(app: &App, form: &Form) -> Vec<Reference> {
    app.entropy.with(|rng| (0..4).map(|_| Reference::random(&form.words().prefix, rng)).collect())
}

/// The line of the queue as it will be; made here so that the writer need not.
fn line(app: &App, order: &Order, now: DateTime<Utc>) -> DeskRecord {
    let facts = Facts {
        id: SubmissionId(0),
        reference: String::new(),
        language: order.language,
        state: ReviewState::Submitted,
        visibility: Visibility::None,
        address_confirmed: false,
        resubmitted: false,
        unanswered: None,
        disputed: false,
        created_at: now,
        state_since: now,
        clock: Clock::begun(now),
        assignee: None,
        notes: Vec::new(),
    };
    let form = app.catalog.form(order.form.id(), Language::En).unwrap_or(&order.form);
    projection::desk(form, &facts, &order.answers, app.catalog.lists(), &app.locale(Language::En))
}

/// Held where it looks like spam, or where an address would be flooded: its own, or that of one who is named in it.
fn first_state(conn: &mut Conn, made: &Prepared) -> Result<ReviewState, StoreError> {
    let mut held = made.order.suspected;
    if made.order.limited {
        let named = parties::addresses(&made.order.form, &made.order.answers);
        for address in std::iter::once(&made.contact.0).chain(&named) {
            held = held || would_flood(conn, address, made.now)?;
        }
    }
    Ok(if held { ReviewState::Held } else { ReviewState::Submitted })
}

fn would_flood(conn: &mut Conn, address: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
    for (most, within) in MOST_UNASKED {
        if outbox::unasked_to(conn, address, now - within)? >= most {
            return Ok(!outbox::is_proven(conn, address)?);
        }
    }
    Ok(false)
}

/// SHA-256 (hex) over form and answers as they were sent: what a submission key stands for.
#[must_use]
pub fn digest(form: &Form, answers: serde_json::Map<String, serde_json::Value>) -> String {
    let json = serde_json::Value::Object(answers).to_string();
    hex(&Sha256::new().chain_update(form.id().as_str()).chain_update(json).finalize())
}

fn keep(app: &App, conn: &mut Conn, made: &Prepared) -> Result<Receipt, Stop<Refusal>> {
    if let Some(before) = earlier(conn, made)? {
        return Ok(before);
    }
    if let Some(draft) = &made.order.draft
        && !drafts::exists(conn, draft)?
    {
        return Err(Stop::Refused(Refusal::DraftGone));
    }
    may_be_taken(app, conn, made)?;
    let (submission, seq) = take(conn, made)?;
    if submission.state == ReviewState::Submitted {
        record::tell_submitter(conn, &submission, &made.contact, MailKind::Receipt, (seq, made.now, made.now))?;
    }
    if let Some(draft) = &made.order.draft {
        drafts::remove(conn, draft)?;
    }
    Ok(submission.into())
}

/// Refuses what is not asked for now, and files that cannot be its own.
pub(super) fn may_be_taken(app: &App, conn: &mut Conn, made: &Prepared) -> Result<(), Stop<Refusal>> {
    if let Some(shut) = opening::shut(app, conn, &made.order.form, &made.order.answers, made.now)? {
        return Err(Stop::Refused(Refusal::Shut(Box::new(shut))));
    }
    let files: Vec<String> = files(&made.order.answers).into_iter().collect();
    if attachments::any_taken(conn, &files)? {
        return Err(Stop::Refused(Refusal::FileTaken));
    }
    if !attachments::infected(conn, &files)?.is_empty() {
        return Err(Stop::Refused(Refusal::FileInfected));
    }
    Ok(())
}

/// Keeps what nothing speaks against. Unless it is held, those who follow it and those who are named in it are told; gives
/// the event's number.
pub(super) fn take(conn: &mut Conn, made: &Prepared) -> Result<(Submission, i64), StoreError> {
    let (form, answers) = (&made.order.form, &made.order.answers);
    let state = first_state(conn, made)?;
    let submission = insert(conn, made, state)?;
    let files: Vec<String> = files(answers).into_iter().collect();
    attachments::belong(conn, submission.id, &files)?;
    let asked = parties::follow(conn, submission.id, submission.head_revision, (form, answers), None)?;
    let live = state.is_live();
    let standings = if live { asked.as_slice() } else { &[] };
    let claims = origin(conn, made)?;
    let behalf = made.order.behalf.as_ref();
    let author = behalf.map_or(Author::Submitter, |(by, _)| Author::Staff(by.0));
    let lines: Vec<String> = behalf.iter().map(|(_, behalf)| behalf.handed.line()).collect();
    let (parts, note) = (made.parts.as_slice(), made.sender.as_ref());
    let entry =
        Entry { parts, standings, note, lines: &lines, claims: &claims, ..Entry::new(EventKind::Submitted, author) };
    let seq = record::log(conn, &submission, &entry, made.now)?;
    if let Some((_, behalf)) = behalf {
        let paper: Vec<String> = behalf.handed.source.iter().cloned().collect();
        attachments::belong(conn, submission.id, &paper)?;
        handed_over::add(conn, submission.id, seq, &behalf.handed)?;
    }
    let line = DeskRecord {
        submission: submission.id,
        reference: submission.reference.clone(),
        state: submission.state,
        ..made.line.clone()
    };
    desk::insert(conn, &line)?;
    if live {
        record::tell_followers(conn, &submission, &made.regions, MailKind::AlertNew, (seq, made.now))?;
        parties::tell(conn, &submission, (form, answers), standings, (seq, made.now))?;
    }
    Ok((submission, seq))
}

/// What its draft was begun from, if it was sent in another form before.
fn origin(conn: &mut Conn, made: &Prepared) -> Result<Vec<Claim>, StoreError> {
    let Some(draft) = &made.order.draft else { return Ok(Vec::new()) };
    let related = |target| Claim::Related { kind: RelationKind::RefiledFrom, target };
    Ok(refilings::origin(conn, draft)?.map(related).into_iter().collect())
}

/// What the same key made before.
pub(super) fn earlier(conn: &mut Conn, made: &Prepared) -> Result<Option<Receipt>, Stop<Refusal>> {
    let Some(key) = &made.order.key else { return Ok(None) };
    answered(conn, key, &made.order.digest)
}

/// What a key made before, for the same answers. Asked before answers are checked again: what they name may be gone since.
///
/// # Errors
/// [`Refusal::KeyTaken`] for other answers, or why it could not be read.
pub fn answered(conn: &mut Conn, key: &str, digest: &str) -> Result<Option<Receipt>, Stop<Refusal>> {
    let Some(keyed) = submissions::keyed(conn, key)? else { return Ok(None) };
    if keyed.answers_digest != digest {
        return Err(Stop::Refused(Refusal::KeyTaken));
    }
    Ok(Some(submissions::get(conn, keyed.submission)?.into()))
}

fn insert(conn: &mut Conn, made: &Prepared, state: ReviewState) -> Result<Submission, StoreError> {
    let order = &made.order;
    let reference = free(conn, &made.references)?;
    let origin = Origin { language: order.language, mail_language: order.mail_language, channel: order.channel };
    let submission = submissions::insert(conn, reference, order.form.id(), state, origin, made.now)?;
    let id = submission.id;
    revisions::insert(conn, id, 1, order.form.version(), &made.parts, made.now)?;
    if let Some(key) = &order.key {
        submissions::keep_key(conn, key, &Keyed { answers_digest: order.digest.clone(), submission: id }, made.now)?;
    }
    Ok(submission)
}

/// The first reference that is not taken.
pub(super) fn free<'a>(conn: &mut Conn, references: &'a [Reference]) -> Result<&'a Reference, StoreError> {
    for reference in references {
        if submissions::find(conn, reference.as_str())?.is_none() {
            return Ok(reference);
        }
    }
    Err(StoreError::Unreadable("no free reference".to_owned()))
}
