//! One record: where it stands, what changed, what was answered, what happened, what was mailed, what can be decided.
//!
//! Opening it changes nothing and mails nobody.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::case;
use super::note;
use super::options::{Attempt, Refused};
use super::points::{self, Told};
use super::undo::Undone;
use super::view::{self, Said, Tried};
use super::words::Names;
use crate::actions::change_address;
use crate::actions::milestone;
use crate::actions::undo::{self, Undoable};
use crate::app::App;
use crate::domain::account::{Account, AccountId};
use crate::domain::appointment::Appointment;
use crate::domain::attachment::Hold;
use crate::domain::case::{Milestone, Progress};
use crate::domain::event::{Author, Event};
use crate::domain::point::Point;
use crate::domain::projection::{files, role_text};
use crate::domain::reference::{NotAReference, Reference};
use crate::domain::submission::{Decision, ReviewState};
use crate::domain::view::View;
use crate::forms::answer::Answers;
use crate::forms::form::{Form, Role};
use crate::locale::{Language, Locale};
use crate::store::desk::{self, Neighbours, Queue};
use crate::store::events::{self, Logged, Note};
use crate::store::outbox::{self, Listing, Mail};
use crate::store::submissions::{self, Submission};
use crate::store::{self, Conn, StoreError, accounts, appointments, attachments};
use crate::web::errors::WebError;
use crate::web::frame::{Frame, language};
use crate::web::pages::parties::{PartyLine, lines};
use crate::web::pages::similar::{self, Alike};
use crate::web::respond::{self, State};

/// Most mails of a record that are listed.
const MAILS: i64 = 200;

/// The address' parameters.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    rev: Option<String>,
    with: Option<String>,
    done: Option<String>,
    /// The record that `done` is about, where another one is shown next.
    was: Option<String>,
    /// The view it was opened from, as a query string.
    view: Option<String>,
    noted: Option<String>,
}

/// What the page is asked for.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// Two revisions to compare, the older one second.
    compare: Option<(i32, i32)>,
    /// The decision that was just taken.
    done: Option<Decision>,
    /// A note was just written, or an address settled.
    noted: bool,
    /// The decision that was not.
    attempt: Option<Attempt>,
    /// The view it was opened from.
    view: Option<View>,
    /// The record that was just decided on, where it is not this one.
    was: Option<Reference>,
    /// The note that was not.
    note: Option<note::Attempt>,
    /// A decision was to be taken back, and could not be any more.
    too_late: bool,
    /// The milestone that was not noted.
    case: Option<case::Attempt>,
}

impl Ask {
    /// For the page that says why a decision was not taken.
    #[must_use]
    pub fn refused(attempt: Attempt, view: Option<View>) -> Self {
        Self { attempt: Some(attempt), view, ..Self::default() }
    }

    /// For the page that says that a decision cannot be taken back any more.
    #[must_use]
    pub fn too_late() -> Self {
        Self { too_late: true, ..Self::default() }
    }

    /// For the page that says why a milestone was not noted.
    #[must_use]
    pub fn case(attempt: case::Attempt) -> Self {
        Self { case: Some(attempt), ..Self::default() }
    }

    /// For the page that says why a note was not taken.
    #[must_use]
    pub fn note(attempt: note::Attempt) -> Self {
        Self { note: Some(attempt), ..Self::default() }
    }
}

/// Two revisions side by side.
pub struct Compared {
    pub form: Arc<Form>,
    pub old: Answers,
    pub new: Answers,
    /// The numbers of both.
    pub numbers: (i32, i32),
    /// When the older one came.
    pub since: DateTime<Utc>,
}

/// All there is to a record.
pub struct Loaded {
    pub submission: Submission,
    pub form: Arc<Form>,
    pub answers: Answers,
    pub events: Vec<Logged>,
    pub notes: Vec<Note>,
    pub points: Vec<Told>,
    pub mails: Vec<Mail>,
    pub names: Names,
    /// Files that nobody can open.
    pub holds: HashMap<String, Hold>,
    pub compared: Option<Compared>,
    /// Others it may be again.
    pub alike: Option<Alike>,
    /// The next one that waits: reference and title.
    pub next: Option<(String, String)>,
    /// Another address that is asked for.
    pub change: Option<change_address::Open>,
    /// A decision that can be taken back.
    pub undo: Option<Undoable>,
    /// What was agreed, oldest first, and what can be noted of the case now.
    pub appointments: Vec<Appointment>,
    pub progress: Progress,
    pub milestones: &'static [Milestone],
    /// The decision that was just taken back, with what it asked for.
    pub undone: Option<(Undone, Vec<Point>)>,
    pub parties: Vec<PartyLine>,
    /// Where it stands in the view it was opened from.
    pub around: Option<(View, Neighbours)>,
    /// The one before it, that was just decided on.
    pub before: Option<Before>,
    pub accounts: Vec<Account>,
    pub due: Option<DateTime<Utc>>,
}

/// A record that was just decided on, as far as it is spoken of on the next one's page.
pub struct Before {
    pub submission: Submission,
    pub events: Vec<Logged>,
    pub mails: Vec<Mail>,
    /// The decision, while it can be taken back.
    pub undo: Option<Undoable>,
}

impl Loaded {
    /// Whether an appointment stands.
    #[must_use]
    pub fn is_agreed(&self) -> bool {
        self.progress == Progress::Scheduled && self.submission.state == ReviewState::Approved
    }

    /// Whether the support was given.
    #[must_use]
    pub fn is_delivered(&self) -> bool {
        self.progress == Progress::Delivered
    }

    /// The submitter's address; empty where there is none.
    #[must_use]
    pub fn address(&self, l: &Locale) -> String {
        role_text(&self.form, &self.answers, Role::ContactEmail, l)
    }
}

/// GET `/staff/submissions/{reference}`
///
/// # Errors
/// Where there is no such record.
pub async fn record(
    req: HttpRequest,
    app: State,
    reference: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    let number = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<i32>().ok());
    let compare = number(&asked.rev).zip(number(&asked.with));
    let done = asked.done.as_deref().and_then(Decision::read);
    let noted = asked.noted.is_some();
    let view = asked.view.as_deref().map(View::read);
    let was = asked.was.as_deref().and_then(|was| Reference::read(was).ok());
    show(&app, &req, &reference, Ask { compare, done, noted, view, was, ..Ask::default() }).await
}

/// The page of a record: as it is, or with why a decision was not taken.
///
/// # Errors
/// Where there is no such record.
pub async fn show(app: &App, req: &HttpRequest, reference: &str, ask: Ask) -> Result<HttpResponse, WebError> {
    let reference = read_reference(reference)?;
    let reader = super::desk(req)?.account.id;
    let (handle, of, language) = (app.clone(), ask.clone(), language(req));
    let loaded = app.db.read(move |conn| load(&handle, conn, &reference, &of, (language, reader))).await?;
    let loaded = loaded.ok_or(WebError::NotFound)?;
    let done = ask.done.filter(|done| is_newest(&loaded, *done, reader));
    let noted = loaded.events.last().map(|logged| &logged.event).filter(|event| ask.noted && is_by(event, reader));
    let said = Said { done, noted: noted.map(|event| event.kind), too_late: ask.too_late };
    let frame = Frame::new(app, req, String::new());
    let tried = Tried { decision: ask.attempt.as_ref(), note: ask.note.as_ref(), case: ask.case.as_ref() };
    let page = view::page(app, frame, &loaded, &said, &tried);
    let status = ask.status();
    Ok(respond::private(status, &page))
}

impl Ask {
    fn status(&self) -> StatusCode {
        match (&self.note, self.case.as_ref().map(|attempt| &attempt.refused)) {
            (Some(_), _) | (None, Some(case::Refused::Words(_))) => StatusCode::UNPROCESSABLE_ENTITY,
            (None, Some(case::Refused::Stale | case::Refused::NotPossible)) => StatusCode::CONFLICT,
            (None, None) if self.too_late => StatusCode::CONFLICT,
            (None, None) => status(self.attempt.as_ref()),
        }
    }
}

fn status(attempt: Option<&Attempt>) -> StatusCode {
    match attempt.map(|attempt| attempt.refused) {
        None => StatusCode::OK,
        Some(Refused::Unfinished) => StatusCode::OK,
        Some(Refused::Stale | Refused::NotPossible | Refused::FilesHeld) => StatusCode::CONFLICT,
        Some(
            Refused::MessageMissing
            | Refused::MessageTooLong
            | Refused::ReasonMissing
            | Refused::Points
            | Refused::Unreadable,
        ) => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// A reference as somebody wrote it.
///
/// # Errors
/// Where it cannot be one.
pub fn read_reference(text: &str) -> Result<Reference, WebError> {
    Reference::read(text).map_err(|wrong| match wrong {
        NotAReference::Check => WebError::Mistyped,
        NotAReference::Shape => WebError::NotFound,
    })
}

/// Whether the newest event is this decision by the reader: nobody is told of what did not happen.
fn is_newest(loaded: &Loaded, done: Decision, reader: AccountId) -> bool {
    let newest = match &loaded.before {
        Some(before) => before.events.last(),
        None => loaded.events.last(),
    };
    let newest = newest.map(|logged| &logged.event);
    newest.is_some_and(|event| event.decision == Some(done) && is_by(event, reader))
}

fn is_by(event: &Event, reader: AccountId) -> bool {
    event.author == Author::Staff(reader.0)
}

fn load(
    app: &App,
    conn: &mut Conn,
    reference: &Reference,
    ask: &Ask,
    (language, reader): (Language, AccountId),
) -> Result<Option<Loaded>, StoreError> {
    let Some(submission) = submissions::find(conn, reference.as_str())? else { return Ok(None) };
    let (form, answers) = app.answers(conn, submission.id, submission.head_revision, language)?;
    let events = events::of(conn, submission.id)?;
    let listing = Listing { submission: Some(submission.id), limit: MAILS, ..Listing::default() };
    let notes = events::notes_of(conn, submission.id)?;
    let accounts = accounts::all(conn)?;
    let next = if ask.view.is_none() && ask.done.is_some() {
        next_waiting(conn, &submission.reference, (reader, app.clock.now()))?
    } else {
        None
    };
    Ok(Some(Loaded {
        undo: undo::open(app, conn, &submission, &events)?,
        appointments: appointments::of(conn, submission.id)?,
        progress: milestone::progress(conn, submission.id)?,
        milestones: milestone::possible(app, conn, &submission)?,
        undone: match Undone::of(&events, &notes) {
            Some((seq, undone)) => Some((undone, store::points::asked_with(conn, seq)?)),
            None => None,
        },
        alike: similar::on_desk(app, conn, (&form, &answers), &app.locale(language), submission.id)?,
        compared: compare(app, conn, &submission, &events, ask, language)?,
        notes,
        change: change_address::open(conn, submission.id)?,
        points: points::load(app, conn, &submission, &events, language)?,
        mails: outbox::list(conn, &listing)?,
        parties: lines(app, conn, &submission, (&form, &answers), false)?,
        names: Names::new(&accounts),
        around: around(conn, ask, &submission, (reader, app.clock.now()))?,
        before: ask.was.as_ref().map(|was| before(app, conn, was)).transpose()?.flatten(),
        due: desk::get(conn, submission.id)?.and_then(|line| line.due_at),
        accounts,
        holds: attachments::holds(conn, &files(&answers))?,
        submission,
        form,
        answers,
        events,
        next,
    }))
}

fn next_waiting(
    conn: &mut Conn,
    reference: &str,
    (reader, now): (AccountId, DateTime<Utc>),
) -> Result<Option<(String, String)>, StoreError> {
    let rows = desk::list(conn, &Queue { view: View::default(), reader, now }, (0, 2))?;
    Ok(rows.into_iter().find(|row| row.reference != reference).map(|row| (row.reference, row.title)))
}

/// Where a record stands in the view it was opened from.
fn around(
    conn: &mut Conn,
    ask: &Ask,
    submission: &Submission,
    (reader, now): (AccountId, DateTime<Utc>),
) -> Result<Option<(View, Neighbours)>, StoreError> {
    let Some(view) = ask.view.clone() else { return Ok(None) };
    let found = desk::neighbours(conn, &Queue { view: view.clone(), reader, now }, submission.id)?;
    Ok(Some((view, found)))
}

fn before(app: &App, conn: &mut Conn, reference: &Reference) -> Result<Option<Before>, StoreError> {
    let Some(submission) = submissions::find(conn, reference.as_str())? else { return Ok(None) };
    let listing = Listing { submission: Some(submission.id), limit: MAILS, ..Listing::default() };
    let events = events::of(conn, submission.id)?;
    let undo = undo::open(app, conn, &submission, &events)?;
    Ok(Some(Before { undo, events, mails: outbox::list(conn, &listing)?, submission }))
}

/// What is compared: what was asked for, what the moderator saw before it moved on, or the last two revisions.
fn compare(
    app: &App,
    conn: &mut Conn,
    submission: &Submission,
    events: &[Logged],
    ask: &Ask,
    language: Language,
) -> Result<Option<Compared>, StoreError> {
    let brought = |number: i32| {
        events
            .iter()
            .find(|logged| logged.event.kind.brings_revision() && logged.event.revision == number)
            .map(|l| l.event.at)
    };
    let head = submission.head_revision;
    let seen = ask.attempt.as_ref().filter(|attempt| attempt.refused == Refused::Stale).and_then(|attempt| {
        let at = usize::try_from(attempt.seen).ok()?.checked_sub(1)?;
        events.get(at).map(|logged| (head, logged.event.revision))
    });
    let before = events.iter().rev().map(|logged| logged.event.revision).find(|number| *number < head);
    let asked = ask.compare.filter(|(new, old)| brought(*new).is_some() && brought(*old).is_some());
    let Some((new, old)) = seen.or(asked).or(before.map(|before| (head, before))).filter(|(new, old)| new != old)
    else {
        return Ok(None);
    };
    let Some(since) = brought(old) else { return Ok(None) };
    let (_, old_answers) = app.answers(conn, submission.id, old, language)?;
    let (form, new_answers) = app.answers(conn, submission.id, new, language)?;
    Ok(Some(Compared { form, old: old_answers, new: new_answers, numbers: (new, old), since }))
}

/// GET `/staff/attachments/{id}`: staff may open any.
///
/// # Errors
/// Where there is none.
pub async fn attachment(app: State, id: web::Path<String>) -> Result<HttpResponse, WebError> {
    let id = id.into_inner();
    let held = app.db.read(move |conn| attachments::find(conn, &id)).await?.ok_or(WebError::NotFound)?;
    crate::web::pages::public::send_file(&app, &held).await
}
