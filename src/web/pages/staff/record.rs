//! One record: where it stands, what changed, what was answered, what happened, what was mailed, what can be decided.
//!
//! Opening it changes nothing and mails nobody.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::beside;
use super::case::{self, Case};
use super::comparison::{self, Compared};
use super::note;
use super::options::{Attempt, Refused};
use super::panels::Panels;
use super::points::{self, Told};
use super::undo::Undone;
use super::unreached;
use super::view::{self, Said, Tried};
use super::words::Names;
use crate::actions::change_address;
use crate::actions::undo::{self, Undoable};
use crate::app::App;
use crate::domain::account::{self, Account, AccountId};
use crate::domain::attachment::Hold;
use crate::domain::event::{Author, Event};
use crate::domain::point::Point;
use crate::domain::projection::files;
use crate::domain::reference::{NotAReference, Reference};
use crate::domain::submission::Decision;
use crate::domain::view::View;
use crate::forms::answer::Answers;
use crate::forms::form::Form;
use crate::locale::Language;
use crate::store::desk::{self, Neighbours, Queue};
use crate::store::events::{self, Logged, Note};
use crate::store::outbox::{self, Listing, Mail};
use crate::store::relations::{self, Related};
use crate::store::submissions::{self, Submission};
use crate::store::{self, Conn, StoreError, accounts, alerts, attachments};
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
    /// The address that was not.
    address: Option<unreached::Attempt>,
    /// What else was not done.
    beside: Option<beside::Attempt>,
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

    /// For the page that says why something else was not done.
    #[must_use]
    pub fn beside(attempt: beside::Attempt) -> Self {
        Self { beside: Some(attempt), ..Self::default() }
    }

    /// For the page that says why a note was not taken.
    #[must_use]
    pub fn note(attempt: note::Attempt) -> Self {
        Self { note: Some(attempt), ..Self::default() }
    }

    /// For the page that says why an address was not taken.
    #[must_use]
    pub fn address(attempt: unreached::Attempt) -> Self {
        Self { address: Some(attempt), ..Self::default() }
    }
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
    /// Colleagues, by what they are called in notes: handle and name.
    pub colleagues: Vec<(String, String)>,
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
    /// How far it has come as a case.
    pub case: Case,
    /// The decision that was just taken back, with what it asked for.
    pub undone: Option<(Undone, Vec<Point>)>,
    pub parties: Vec<PartyLine>,
    pub panels: Panels,
    /// What it is to other records, and they to it.
    pub related: Vec<Related>,
    /// Its files that are still there: ids and names.
    pub files: Vec<(String, String)>,
    /// Those that were taken away, each with the event.
    pub redacted: HashMap<String, i64>,
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
    let done = asked.done.as_deref().and_then(Decision::read);
    let noted = asked.noted.is_some();
    let view = asked.view.as_deref().map(View::read);
    let was = asked.was.as_deref().and_then(|was| Reference::read(was).ok());
    show(&app, &req, &reference, Ask { done, noted, view, was, ..Ask::default() }).await
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
    let tried = Tried { deciding: ask.attempt.as_ref(), noting: ask.note.as_ref(), beside: ask.beside.as_ref() };
    let mut page = view::page(app, frame, &loaded, &said, &tried);
    page.about_unreached(&loaded, ask.address.as_ref());
    page.about_case(app, &loaded, ask.case.as_ref());
    let id = loaded.submission.id;
    page.muted = app.db.read(move |conn| alerts::is_muted(conn, reader, id)).await?;
    let noting = ask.note.as_ref().is_some_and(|note| !note.unfinished);
    let case = ask.case.as_ref().map(case::Attempt::status);
    let status = match (noting || ask.beside.is_some() || ask.address.is_some(), ask.too_late) {
        (true, _) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, true) => StatusCode::CONFLICT,
        (false, false) => status(ask.attempt.as_ref()),
    };
    Ok(respond::private(case.unwrap_or(status), &page))
}

fn status(attempt: Option<&Attempt>) -> StatusCode {
    match attempt.map(|attempt| attempt.refused) {
        None => StatusCode::OK,
        Some(Refused::Unfinished) => StatusCode::OK,
        Some(Refused::Stale | Refused::NotPossible | Refused::FilesHeld | Refused::AuthorityMissing) => {
            StatusCode::CONFLICT
        }
        Some(
            Refused::MessageMissing
            | Refused::MessageTooLong
            | Refused::ReasonMissing
            | Refused::Points
            | Refused::Original(_)
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

/// A reference that was typed into a box, as it is written; what cannot be one stays as it is, and is found nowhere.
pub fn written(text: &str) -> String {
    Reference::read(text).map_or_else(|_| text.to_owned(), |reference| reference.to_string())
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

/// Reads all there is to a record.
pub(super) fn load(
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
    let accounts = accounts::all(conn)?;
    let (notes, names) = (events::notes_of(conn, submission.id)?, Names::new(&accounts));
    let next = if ask.view.is_none() && ask.done.is_some() {
        next_waiting(conn, &submission.reference, (reader, app.clock.now()))?
    } else {
        None
    };
    Ok(Some(Loaded {
        undo: undo::open(app, conn, &submission, &events)?,
        undone: match Undone::of(&events, &notes) {
            Some((seq, undone)) => Some((undone, store::points::asked_with(conn, seq)?)),
            None => None,
        },
        alike: similar::on_desk(app, conn, (&form, &answers), &app.locale(language), submission.id)?,
        compared: compare(app, conn, &submission, &events, ask, language)?,
        panels: Panels::load(
            app,
            conn,
            &submission,
            (&form, &answers),
            (&events, &notes, &names),
            &app.locale(language),
        )?,
        case: Case::load(app, conn, &submission)?,
        notes,
        change: change_address::open(conn, submission.id)?,
        points: points::load(app, conn, &submission, &events, language)?,
        mails: outbox::list(conn, &listing)?,
        colleagues: colleagues(&accounts),
        parties: lines(app, conn, &submission, (&form, &answers), false)?,
        names,
        around: around(conn, ask, &submission, (reader, app.clock.now()))?,
        before: ask.was.as_ref().map(|was| before(app, conn, was)).transpose()?.flatten(),
        due: desk::get(conn, submission.id)?.and_then(|line| line.due_at),
        accounts,
        holds: attachments::holds(conn, &files(&answers))?,
        related: relations::of(conn, submission.id)?,
        files: attachments::of(conn, submission.id)?,
        redacted: relations::redacted(conn, &files(&answers))?,
        submission,
        form,
        answers,
        events,
        next,
    }))
}

/// Colleagues, by what they are called in notes: handle and name.
fn colleagues(all: &[Account]) -> Vec<(String, String)> {
    let handles = account::handles(all);
    let named = all.iter().filter(|account| !account.disabled).filter_map(|account| {
        let (_, handle) = handles.iter().find(|(id, _)| *id == account.id)?;
        Some((handle.clone(), account.name.clone()))
    });
    named.collect()
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

/// What is compared: what the moderator saw before it moved on, or the last two revisions.
fn compare(
    app: &App,
    conn: &mut Conn,
    submission: &Submission,
    events: &[Logged],
    ask: &Ask,
    language: Language,
) -> Result<Option<Compared>, StoreError> {
    let head = submission.head_revision;
    let seen = ask.attempt.as_ref().filter(|attempt| attempt.refused == Refused::Stale).and_then(|attempt| {
        let at = usize::try_from(attempt.seen).ok()?.checked_sub(1)?;
        events.get(at).map(|logged| logged.event.revision).filter(|seen| *seen != head)
    });
    let Some(old) = seen.or_else(|| comparison::before(events, head)) else { return Ok(None) };
    Compared::load(app, conn, submission.id, (events, old, head), language)
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
