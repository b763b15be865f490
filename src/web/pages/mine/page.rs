//! The own page: status, what to do, history, answers.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::edits::EditView;
use super::status::{Moment, Promise, StatusWords, history, status, waiting_since};
use super::{edits, holding, open_cookie, own};
use crate::actions::{answer_edit, milestone, note, revise};
use crate::app::App;
use crate::domain::case::Progress;
use crate::domain::deadline::answer_by;
use crate::domain::links::Purpose;
use crate::domain::projection::{files, role_text};
use crate::domain::submission::{Decision, Standing, Visibility};
use crate::forms::form::{Form, Role};
use crate::forms::kind::FieldKind;
use crate::locale::{Language, Locale};
use crate::store::events::{Logged, Note};
use crate::store::submissions::Submission;
use crate::store::{appointments, attachments, events, points};
use crate::web::errors::WebError;
use crate::web::frame::Frame;
use crate::web::pages::answers::{Section, held, sections};
use crate::web::pages::input::{Writing, Wrong};
use crate::web::pages::parties::{PartyLine, lines};
use crate::web::pages::points::{PointView, views};
use crate::web::pages::staff::case::Agreed;
use crate::web::respond::{self, State};

#[derive(Template)]
#[template(path = "mine/page.html")]
struct OwnPage {
    f: Frame,
    submission: Submission,
    noun: String,
    title: String,
    lang: &'static str,
    status: StatusWords,
    sections: Vec<Section>,
    history: Vec<Moment>,
    asked: Option<String>,
    /// When and where the support is given.
    agreed: Option<Agreed>,
    points: Vec<PointView>,
    /// What staff changed, while something can be said to it.
    change: Option<EditView>,
    parties: Vec<PartyLine>,
    /// What may be changed, if anything: what was asked for, or what is published.
    edit: Option<Edit>,
    note: Writing,
    /// Sent with the note, so that it is taken once.
    key: String,
    /// Taking back, where that is possible: the box for the reason.
    withdraw: Option<Writing>,
    /// A correction is taken back, not what is published.
    corrects: bool,
    errors: Vec<Wrong>,
    said: Option<String>,
    public_url: Option<String>,
    email: String,
    files: String,
    /// On paper: the address of this page, without its key, and when it was printed.
    printed: String,
}

/// A new version that can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    Asked,
    Correction,
}

/// What was typed on the page and not taken.
#[derive(Debug, Clone)]
pub enum Refused {
    Note(String, note::Refusal),
    /// A reason to withdraw that is too long.
    Reason(String),
    /// Words about a change by staff.
    Edit(String, answer_edit::Refusal),
}

impl Refused {
    fn status(&self) -> StatusCode {
        match self {
            Self::Note(_, note::Refusal::TooMany) => StatusCode::TOO_MANY_REQUESTS,
            Self::Note(..) | Self::Reason(_) | Self::Edit(..) => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}

/// What the address of the page may carry.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Asked {
    key: Option<String>,
    done: Option<String>,
}

/// `GET /submissions/{reference}?key=…`: the key becomes a cookie, and the address is clean again.
pub async fn page(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    if let Some(key) = &asked.key {
        let submission = holding(&app, &path, Purpose::Own, key).await?;
        let mut response = respond::see_other(&format!("/submissions/{}", submission.reference));
        open_cookie(&app, &mut response, submission.id, submission.link_generation, &submission.reference);
        return Ok(response);
    }
    let submission = own(&app, &req, &path).await?;
    let mut page = draw(&app, &req, submission, None).await?;
    page.said = match asked.done.as_deref() {
        Some("note") => Some(page.f.l.t("own-note-done")),
        Some("edit") => Some(page.f.l.t("own-edit-done")),
        _ => None,
    };
    Ok(respond::private(StatusCode::OK, &page))
}

/// The page again, with what was typed and why it was not taken.
pub async fn again(
    app: &App,
    req: &HttpRequest,
    submission: Submission,
    refused: Refused,
) -> Result<HttpResponse, WebError> {
    let status = refused.status();
    let page = draw(app, req, submission, Some(refused)).await?;
    Ok(respond::private(status, &page))
}

async fn draw(
    app: &App,
    req: &HttpRequest,
    submission: Submission,
    refused: Option<Refused>,
) -> Result<OwnPage, WebError> {
    let (handle, of) = (app.clone(), submission.clone());
    let (form, answers, logged, notes, (points, parties, holds, change, (appointments, agreed))) = app
        .db
        .read(move |conn| {
            let (form, answers) = handle.answers(conn, of.id, of.head_revision, of.language)?;
            let holds = attachments::holds(conn, &files(&answers))?;
            let points = points::of(conn, of.id)?;
            let parties = lines(&handle, conn, &of, (&form, &answers), true)?;
            let (logged, notes) = (events::of(conn, of.id)?, events::notes_of(conn, of.id)?);
            let change = edits::load(&handle, conn, &of)?;
            let case = (appointments::of(conn, of.id)?, milestone::agreed(conn, &of)?);
            Ok((form, answers, logged, notes, (points, parties, holds, change, case)))
        })
        .await?;
    let f = Frame::new(app, req, format!("{} {}", form.words().noun, submission.reference))
        .in_language(app, submission.language);
    let standing = revise::standing(app, &submission);
    let edit = standing.and_then(edit);
    let change = change.map(|change| typed(&f.l, change, refused.as_ref()));
    let (note, withdraw) = boxes(&f, standing, refused);
    let boxes = [Some(&note), withdraw.as_ref(), change.as_ref().map(|change| &change.writing)];
    let errors: Vec<Wrong> = boxes.into_iter().flatten().filter_map(Writing::wrong).collect();
    let public = form.collection().filter(|_| submission.visibility == Visibility::Published && form.has_pages());
    let shown = sections(&form, &answers, &f.l, |field| !matches!(field.kind, FieldKind::Generated { .. }));
    Ok(OwnPage {
        status: status(&submission, form.lifecycle(), &promise(app, &form, &logged), &f.l),
        sections: held(shown, &holds),
        history: history(&logged, (&notes, &appointments), form.lifecycle(), &f.l),
        agreed: agreed.map(|agreed| Agreed::new(&f.l, &agreed)),
        asked: asked(&logged, &notes).filter(|_| edit == Some(Edit::Asked)),
        points: views(&form, &points, &f.l),
        change,
        parties,
        key: app.entropy.token(),
        corrects: submission.visibility == Visibility::Published,
        public_url: public.map(|collection| format!("/{collection}/{}", submission.reference)),
        email: role_text(&form, &answers, Role::ContactEmail, &f.l),
        title: role_text(&form, &answers, Role::Title, &f.l),
        files: format!("/submissions/{}/attachments", submission.reference),
        printed: printed(app, &submission, &f),
        lang: submission.language.tag(),
        noun: form.words().noun.clone(),
        said: None,
        edit,
        note,
        withdraw,
        errors,
        submission,
        f,
    })
}

fn edit(standing: Standing) -> Option<Edit> {
    standing.resubmit()?;
    Some(if standing.can_be_corrected() { Edit::Correction } else { Edit::Asked })
}

/// The boxes to write in, with what was typed and refused.
fn boxes(f: &Frame, standing: Option<Standing>, refused: Option<Refused>) -> (Writing, Option<Writing>) {
    let (l, limit) = (&f.l, note::LONGEST);
    let note = Writing::new(l, "note", "own-note", limit);
    let withdraw = standing.and_then(Standing::withdraw);
    let withdraw = withdraw.map(|_| Writing::new(l, "reason", "own-withdraw-reason", limit));
    match refused {
        None | Some(Refused::Edit(..)) => (note, withdraw),
        Some(Refused::Note(typed, refusal)) => {
            let error = l.a(note_error(refusal), "max", l.count(&limit));
            (note.refused(&typed, error), withdraw)
        }
        Some(Refused::Reason(typed)) => {
            let error = l.a("own-note-too-long", "max", l.count(&limit));
            (note, withdraw.map(|withdraw| withdraw.refused(&typed, error)))
        }
    }
}

/// A change with what was typed about it and not taken.
fn typed(l: &Locale, change: EditView, refused: Option<&Refused>) -> EditView {
    let Some(Refused::Edit(typed, refusal)) = refused else { return change };
    let writing = change.writing.clone().refused(typed, edits::error(l, *refusal));
    EditView { writing, ..change }
}

fn note_error(refusal: note::Refusal) -> &'static str {
    match refusal {
        note::Refusal::Empty => "own-note-empty",
        note::Refusal::TooLong => "own-note-too-long",
        note::Refusal::TooMany => "own-note-too-many",
        note::Refusal::NotFound | note::Refusal::Untold => "own-note-not-now",
    }
}

/// The form's English words name the number of days, whatever language the page is in.
fn promise<'a>(app: &App, form: &'a Form, logged: &[Logged]) -> Promise<'a> {
    let english = app.catalog.find(form.id().as_str(), Language::En);
    let by = english.zip(waiting_since(logged)).and_then(|(form, at)| answer_by(&form.words().answer_within, at));
    let progress = Progress::of(events::in_force(logged).into_iter().map(|entry| &entry.event));
    Promise { within: &form.words().answer_within, by, today: app.clock.now().date_naive(), progress }
}

fn printed(app: &App, submission: &Submission, f: &Frame) -> String {
    let url = format!("{}/submissions/{}", app.base(), submission.reference);
    let now = f.l.instant(&app.clock.now());
    f.l.with("own-printed", &[("url", (&url).into()), ("when", (&now).into())])
}

/// What was asked last to be changed.
fn asked(logged: &[Logged], notes: &[Note]) -> Option<String> {
    let asked = events::in_force(logged)
        .into_iter()
        .rev()
        .find(|entry| entry.event.decision == Some(Decision::RequestChanges))?;
    notes.iter().find(|note| note.event_seq == asked.seq).and_then(|note| note.body.clone())
}
