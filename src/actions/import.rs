//! Rows of a file become submissions, or publications at once. Nobody gets mail of it; who comes again is known.

use std::convert::Infallible;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::record::{self, Entry};
use super::{known, parties, project, submit};
use crate::app::App;
use crate::domain::event::{Author, EventKind};
use crate::domain::reference::Reference;
use crate::domain::submission::{Decision, ReviewState, Visibility};
use crate::forms::answer::Answers;
use crate::forms::errors::Message;
use crate::forms::form::{Form, FormId, Lifecycle};
use crate::forms::import::Given;
use crate::locale::Language;
use crate::store::attachments::Owner;
use crate::store::imports::{self, Imported};
use crate::store::revisions::NewPart;
use crate::store::submissions::{Channel, Origin, Submission};
use crate::store::{Conn, Stop, StoreError, publications, revisions, submissions};

/// What rows become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Submitted,
    Published,
}

impl Standing {
    /// What the rows of a form become: what is asked for, or what is usual. None where the form never comes to stand so.
    #[must_use]
    pub fn of(lifecycle: Lifecycle, asked: Option<Self>) -> Option<Self> {
        match (lifecycle, asked) {
            (Lifecycle::Publication | Lifecycle::Request, None | Some(Self::Submitted)) => Some(Self::Submitted),
            (Lifecycle::Publication, Some(Self::Published)) | (Lifecycle::Record, None | Some(Self::Published)) => {
                Some(Self::Published)
            }
            (Lifecycle::Request, Some(Self::Published)) | (Lifecycle::Record, Some(Self::Submitted)) => None,
        }
    }
}

/// By what a row is known when it comes again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    key: String,
    digest: String,
}

impl Identity {
    /// By its `import_id`, else by all that it says.
    #[must_use]
    pub fn of(app: &App, form: &Form, given: &Given) -> Self {
        let digest = app.keys.import(form.id().as_str(), &submit::digest(form, given.answers.clone()));
        let key = given.import_id.as_ref().map(|id| app.keys.import(form.id().as_str(), &format!("id {id}")));
        Self { key: key.unwrap_or_else(|| digest.clone()), digest }
    }

    /// What two rows have in common that are taken for one.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
}

/// A row that can be taken.
#[derive(Debug, Clone)]
pub struct Row {
    form: Arc<Form>,
    answers: Answers,
    language: Language,
    identity: Identity,
    /// Since when it is published, where not from now on.
    published: Option<DateTime<Utc>>,
}

impl Row {
    /// By what it is known.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.identity
    }
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Taken,
    /// It was taken before, as the submission of this reference.
    Known(String),
    /// One with the same `import_id` was, and said something else.
    Changed(String),
}

/// Checks a row.
///
/// # Errors
/// Where the database fails; within it, what is wrong with the row.
pub fn check(
    app: &App,
    conn: &mut Conn,
    form: &FormId,
    given: &Given,
    identity: Identity,
) -> Result<Result<Row, Vec<Message>>, StoreError> {
    let missing = || StoreError::Unreadable(form.to_string());
    let form = app.catalog.form(form, given.language).cloned().ok_or_else(missing)?;
    let (wanted, locale) = (form.wanted_json(&given.answers), app.locale(given.language));
    let known = known::look_up(conn, &wanted, &Owner::Api)?;
    let parsed = form.parse_json(&given.answers, &known, &locale);
    if !parsed.errors.is_empty() {
        return Ok(Err(form.messages(&parsed.errors, &app.locale(Language::En))));
    }
    let (language, published) = (given.language, given.published);
    Ok(Ok(Row { form, answers: parsed.answers, language, identity, published }))
}

/// What was made of a row before, if it was taken.
///
/// # Errors
/// Where the database fails.
pub fn earlier(conn: &mut Conn, identity: &Identity) -> Result<Option<Outcome>, StoreError> {
    let Some(before) = imports::find(conn, &identity.key)? else { return Ok(None) };
    let reference = submissions::get(conn, before.submission)?.reference;
    let same = before.digest == identity.digest;
    Ok(Some(if same { Outcome::Known(reference) } else { Outcome::Changed(reference) }))
}

/// A row with what is drawn beforehand.
struct Prepared {
    row: Row,
    parts: Vec<NewPart>,
    references: Vec<Reference>,
}

/// Takes some rows, all of them or none; gives what became of each, in their order.
///
/// # Errors
/// Why nothing was kept.
pub async fn import(app: &App, rows: Vec<Row>, standing: Standing) -> Result<Vec<Outcome>, Stop<Infallible>> {
    let now = app.clock.now();
    let prepare = |row: Row| Prepared {
        parts: record::parts(app, &row.form, &row.answers),
        references: submit::references(app, &row.form),
        row,
    };
    let rows: Vec<Prepared> = rows.into_iter().map(prepare).collect();
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| {
        let taken: Result<_, StoreError> = rows.iter().map(|row| take(&app, conn, row, standing, now)).collect();
        taken.map_err(Stop::Failed)
    })
    .await
}

fn take(
    app: &App,
    conn: &mut Conn,
    made: &Prepared,
    standing: Standing,
    now: DateTime<Utc>,
) -> Result<Outcome, StoreError> {
    if let Some(before) = earlier(conn, &made.row.identity)? {
        return Ok(before);
    }
    let mut submission = add(conn, made, now)?;
    match standing {
        Standing::Submitted => project::desk(app, conn, &submission)?,
        Standing::Published => publish(app, conn, made, &mut submission, now)?,
    }
    let identity = &made.row.identity;
    let imported = Imported { digest: identity.digest.clone(), submission: submission.id };
    imports::keep(conn, &identity.key, &imported, now)?;
    Ok(Outcome::Taken)
}

/// The submission with its first revision. Who is named in it is not asked, and so is not named in public.
fn add(conn: &mut Conn, made: &Prepared, now: DateTime<Utc>) -> Result<Submission, StoreError> {
    let Row { form, answers, language, .. } = &made.row;
    let state = match form.lifecycle() {
        Lifecycle::Publication | Lifecycle::Request => ReviewState::Submitted,
        Lifecycle::Record => ReviewState::Approved,
    };
    let reference = submit::free(conn, &made.references)?;
    let origin = Origin { language: *language, mail_language: None, channel: Channel::Import };
    let submission = submissions::insert(conn, reference, form.id(), state, origin, now)?;
    revisions::insert(conn, submission.id, 1, form.version(), &made.parts, now)?;
    parties::follow(conn, submission.id, 1, (form, answers), None)?;
    let entry = Entry { parts: &made.parts, ..Entry::new(EventKind::Submitted, Author::System) };
    record::log(conn, &submission, &entry, now)?;
    Ok(submission)
}

fn publish(
    app: &App,
    conn: &mut Conn,
    made: &Prepared,
    submission: &mut Submission,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let Row { form, answers, published, .. } = &made.row;
    let json = parties::public_json(conn, (submission.id, 1), (form, answers), i64::MAX)?.to_string();
    let since = published.unwrap_or(now).min(now);
    publications::publish_since(conn, (submission.id, 1), &json, (since, now))?;
    submission.state = ReviewState::Approved;
    submission.published_revision = Some(1);
    submission.visibility = Visibility::Published;
    let entry = Entry { decision: Some(Decision::Publish), ..Entry::new(EventKind::Decided, Author::System) };
    record::change(app, conn, submission, &entry, now)?;
    project::public(app, conn, submission)
}
