//! Staff keep a record: added or corrected, it is saved and published in one act (DESIGN 5, 13). No receipt; only
//! who is named as taking part gets mail.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::record::{self, Entry};
use super::{parties, project, submit};
use crate::app::App;
use crate::domain::account::AccountId;
use crate::domain::event::{Author, EventKind};
use crate::domain::party::Standing;
use crate::domain::projection::files;
use crate::domain::reference::Reference;
use crate::domain::submission::{Decision, ReviewState, SubmissionId, Visibility};
use crate::forms::answer::Answers;
use crate::forms::form::Form;
use crate::locale::Language;
use crate::store::revisions::NewPart;
use crate::store::submissions::{Channel, Keyed, Origin, Submission};
use crate::store::{Conn, Stop, StoreError, attachments, drafts, publications, revisions, submissions};

/// A record as it is handed in.
#[derive(Clone)]
pub struct Order {
    pub form: Arc<Form>,
    pub answers: Answers,
    pub language: Language,
    pub by: AccountId,
    /// The record it corrects, and the revision the correction started from.
    pub corrects: Option<(SubmissionId, i32)>,
    /// The draft it was and the key of its page (DESIGN 17); none where a program plays.
    pub draft: Option<(String, String)>,
}

/// Why it is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The draft became a record already, under another key.
    DraftGone,
    /// A file belongs to another submission already.
    FileTaken,
    /// A file waits for the virus scanner, or was refused by it: nothing of it may become public.
    FileHeld,
    /// Another correction came first.
    Moved,
}

/// What the writer's job needs, drawn beforehand.
struct Prepared {
    order: Order,
    parts: Vec<NewPart>,
    references: Vec<Reference>,
    now: DateTime<Utc>,
}

/// Saves and publishes.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn keep(app: &App, order: Order) -> Result<Submission, Stop<Refusal>> {
    let prepared = Prepared {
        parts: record::parts(app, &order.form, &order.answers),
        references: submit::references(app, &order.form),
        now: app.clock.now(),
        order,
    };
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| write(&app, conn, &prepared)).await
}

fn write(app: &App, conn: &mut Conn, made: &Prepared) -> Result<Submission, Stop<Refusal>> {
    let order = &made.order;
    if let Some((draft, key)) = &order.draft {
        if let Some(before) = submissions::keyed(conn, key)? {
            // The same once more: a double click.
            return Ok(submissions::get(conn, before.submission)?);
        }
        drafts::find(conn, draft)?.ok_or(Stop::Refused(Refusal::DraftGone))?;
    }
    if attachments::keeps_back(conn, &files(&order.answers))? {
        return Err(Stop::Refused(Refusal::FileHeld));
    }
    let mut submission = match order.corrects {
        None => added(conn, made)?,
        Some((id, base)) => {
            let before = submissions::get(conn, id)?;
            corrected(app, conn, made, before, base)?
        }
    };
    publish(app, conn, made, &mut submission)?;
    if let Some((draft, key)) = &order.draft {
        let digest = format!("revision {}", submission.head_revision);
        submissions::keep_key(conn, key, &Keyed { answers_digest: digest, submission: submission.id }, made.now)?;
        drafts::remove(conn, draft)?;
    }
    Ok(submission)
}

fn added(conn: &mut Conn, made: &Prepared) -> Result<Submission, Stop<Refusal>> {
    let order = &made.order;
    let files: Vec<String> = files(&order.answers).into_iter().collect();
    if attachments::any_taken(conn, &files)? {
        return Err(Stop::Refused(Refusal::FileTaken));
    }
    let reference = submit::free(conn, &made.references)?;
    let origin = Origin { language: order.language, mail_language: None, channel: Channel::Web };
    let submission = submissions::insert(conn, reference, order.form.id(), ReviewState::Approved, origin, made.now)?;
    let id = submission.id;
    revisions::insert(conn, id, 1, order.form.version(), &made.parts, made.now)?;
    attachments::belong(conn, id, &files)?;
    let asked = parties::follow(conn, id, 1, (&order.form, &order.answers), None)?;
    let seq = record::log(conn, &submission, &entry(made, EventKind::Submitted, &asked), made.now)?;
    parties::tell(conn, &submission, (&order.form, &order.answers), &asked, (seq, made.now))?;
    Ok(submission)
}

fn corrected(
    app: &App,
    conn: &mut Conn,
    made: &Prepared,
    mut submission: Submission,
    base: i32,
) -> Result<Submission, Stop<Refusal>> {
    if submission.head_revision != base {
        return Err(Stop::Refused(Refusal::Moved));
    }
    let (then, before) = app.answers(conn, submission.id, base, Language::En)?;
    submission.head_revision = revisions::numbers(conn, submission.id)?.last().copied().unwrap_or(0) + 1;
    let (id, number) = (submission.id, submission.head_revision);
    let now = (&*made.order.form, &made.order.answers);
    revisions::insert(conn, id, number, made.order.form.version(), &made.parts, made.now)?;
    let asked = parties::follow(conn, id, number, now, Some((base, &then, &before)))?;
    let files: Vec<String> = files(&made.order.answers).into_iter().collect();
    attachments::belong(conn, id, &files)?;
    let seq = record::change(app, conn, &mut submission, &entry(made, EventKind::Resubmitted, &asked), made.now)?;
    parties::tell(conn, &submission, now, &asked, (seq, made.now))?;
    Ok(submission)
}

fn entry<'a>(made: &'a Prepared, kind: EventKind, asked: &'a [Standing]) -> Entry<'a> {
    Entry { parts: &made.parts, standings: asked, ..Entry::new(kind, Author::Staff(made.order.by.0)) }
}

fn publish(app: &App, conn: &mut Conn, made: &Prepared, submission: &mut Submission) -> Result<(), StoreError> {
    let Order { form, answers, .. } = &made.order;
    let at = (submission.id, submission.head_revision);
    let json = parties::public_json(conn, at, (form, answers), i64::MAX)?.to_string();
    publications::publish(conn, submission.id, submission.head_revision, &json, made.now)?;
    submission.published_revision = Some(submission.head_revision);
    submission.visibility = Visibility::Published;
    let published =
        Entry { decision: Some(Decision::Publish), ..Entry::new(EventKind::Decided, Author::Staff(made.order.by.0)) };
    record::change(app, conn, submission, &published, made.now)?;
    project::public(app, conn, submission)
}
