//! Staff enter what came by note verbale, by e-mail or on paper: from whom, on what day, with the paper itself; then the form.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::{Choice, Input, Wrong, wrong_of};
use crate::actions::draft::Refusal;
use crate::actions::on_behalf::{self, Behalf};
use crate::app::App;
use crate::domain::handed::{Handed, Way};
use crate::forms::form::{Form, Lifecycle};
use crate::locale::{Arg, Locale};
use crate::store::events::{Logged, Note};
use crate::store::submissions::Submission;
use crate::store::{Conn, StoreError, attachments, handed_over};
use crate::web::errors::WebError;
use crate::web::extract::{Filing, Sent};
use crate::web::frame::{Frame, language};
use crate::web::pages::submit::acts::file_errors;
use crate::web::pages::submit::{Side, keep_cookies};
use crate::web::respond::{self, State};

use super::words::Names;

/// Longest name of a sender, in characters.
const LONGEST: usize = 300;

/// What a record says of it.
#[derive(Debug, Clone)]
pub struct HandedPanel {
    pub text: String,
    pub sender: Option<String>,
    /// Name and address of the paper itself.
    pub source: Option<(String, String)>,
}

impl HandedPanel {
    /// None where the submitter used the service.
    ///
    /// # Errors
    /// Where the database fails.
    pub(super) fn load(
        conn: &mut Conn,
        submission: &Submission,
        (log, notes, names): (&[Logged], &[Note], &Names),
        l: &Locale,
    ) -> Result<Option<Self>, StoreError> {
        let Some(handed) = handed_over::of(conn, submission.id)? else { return Ok(None) };
        let source = handed.source.as_deref().map(|id| attachments::find(conn, id)).transpose()?.flatten();
        let first = log.first();
        let who = first.map(|first| names.of(first.event.author, l)).unwrap_or_default();
        let (way, on) = (l.t(&format!("handed-{}", handed.way.as_str())), l.date(&handed.on));
        let values = [("way", Arg::from(&way)), ("date", Arg::from(&on)), ("who", Arg::from(&who))];
        let note = notes.iter().find(|note| first.is_some_and(|first| first.seq == note.event_seq));
        Ok(Some(Self {
            text: l.with("staff-handed-over", &values),
            sender: note.map(|note| note.body.clone().unwrap_or_else(|| l.t("staff-erased"))),
            source: source.map(|held| (held.file.name, format!("/staff/attachments/{}", held.file.id))),
        }))
    }
}

/// The draft that the page makes.
#[derive(Debug, Default, Deserialize)]
pub struct Reserved {
    draft: Option<String>,
}

#[derive(Template)]
#[template(path = "staff/behalf.html")]
struct BehalfPage {
    f: Frame,
    form: Arc<Form>,
    draft: String,
    key: String,
    ways: Vec<Choice>,
    way_error: Option<String>,
    inputs: Vec<Input>,
    /// The paper that was sent already: id and name.
    source: Option<(String, String)>,
    file_error: Option<String>,
    errors: Vec<Wrong>,
}

/// A form that people outside fill in.
fn find_form(app: &App, id: &str, l: &Locale) -> Result<Arc<Form>, WebError> {
    let found = app.catalog.find(id, l.language()).filter(|form| form.lifecycle() != Lifecycle::Record);
    found.cloned().ok_or(WebError::NotFound)
}

/// GET `/staff/new/{form}`
///
/// # Errors
/// Where there is no such form.
pub async fn ask(req: HttpRequest, app: State, id: web::Path<String>) -> Result<HttpResponse, WebError> {
    let l = app.locale(language(&req));
    let form = find_form(&app, &id, &l)?;
    let (draft, key) = on_behalf::reserve(&app);
    let page = page(&app, &req, form, (draft, key), &Sent::default(), None);
    Ok(respond::private(StatusCode::OK, &page))
}

/// POST `/staff/new/{form}`: what is right makes the draft, and leads to its first question.
///
/// # Errors
/// Where there is no such form, or the page is not ours.
pub async fn begin(
    req: HttpRequest,
    app: State,
    id: web::Path<String>,
    reserved: web::Query<Reserved>,
    payload: web::Payload,
) -> Result<HttpResponse, WebError> {
    let draft = reserved.into_inner().draft.unwrap_or_default();
    let filing = Filing { draft: draft.clone(), generation: 1, cookie: None };
    let sent = Sent::read(&app, &req, &mut payload.into_inner(), Some(&filing)).await?;
    let l = app.locale(language(&req));
    let form = find_form(&app, &id, &l)?;
    let key = sent.text("draft_key").to_owned();
    let source = kept(&app, &draft, &sent).await?;
    let Some(behalf) = read(&app, &sent, source.as_ref()) else {
        let page = page(&app, &req, form, (draft, key), &sent, source);
        return Ok(respond::private(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    let begun = on_behalf::begin(&app, &form, (&draft, &key), &behalf, l.language()).await;
    let draft = begun.map_err(|stop| WebError::of(stop, |refused: Refusal| WebError::from(refused)))?;
    let first = form.steps().first().map(|step| step.id.as_str()).unwrap_or_default();
    let mut response = respond::see_other(&Side::Staff.draft(&draft.id, &format!("/steps/{first}")));
    keep_cookies(&app, &req, &mut response, &draft);
    Ok(response)
}

/// The paper: sent now, or before and named by the page.
async fn kept(app: &App, draft: &str, sent: &Sent) -> Result<Option<(String, String)>, WebError> {
    if let Some(file) = sent.files.iter().find_map(|upload| upload.outcome.as_ref().ok()) {
        return Ok(Some((file.id.clone(), file.name.clone())));
    }
    let (ids, owner) = (vec![sent.text("kept").to_owned()], attachments::Owner::Draft(draft.to_owned(), None));
    let found = app.db.read(move |conn| attachments::usable(conn, &ids, &owner)).await?;
    Ok(found.into_values().next().map(|file| (file.id, file.name)))
}

fn read(app: &App, sent: &Sent, source: Option<&(String, String)>) -> Option<Behalf> {
    let fits = sent.files.iter().all(|upload| upload.outcome.is_ok());
    let sender = sender(sent).filter(|_| fits)?;
    let handed =
        Handed { way: Way::read(sent.text("way"))?, on: day(app, sent)?, source: source.map(|(id, _)| id.clone()) };
    Some(Behalf { handed, sender })
}

fn sender(sent: &Sent) -> Option<String> {
    let text = sent.text("sender").trim();
    (!text.is_empty() && text.chars().count() <= LONGEST).then(|| text.to_owned())
}

/// A day that is not still to come.
fn day(app: &App, sent: &Sent) -> Option<NaiveDate> {
    let day: NaiveDate = sent.text("day").trim().parse().ok()?;
    (day <= app.clock.now().date_naive()).then_some(day)
}

fn page(
    app: &App,
    req: &HttpRequest,
    form: Arc<Form>,
    (draft, key): (String, String),
    sent: &Sent,
    source: Option<(String, String)>,
) -> BehalfPage {
    let l = app.locale(language(req));
    let was_sent = !sent.pairs.is_empty();
    let way = Way::read(sent.text("way"));
    let choice = |one: &Way| Choice {
        value: one.as_str().to_owned(),
        label: l.t(&format!("handed-{}", one.as_str())),
        hint: None,
        chosen: way == Some(*one),
    };
    let refused = |wrong: bool, key: &str| (was_sent && wrong).then(|| l.t(key));
    let input = |name, kind, key: &str, error| {
        let hint = l.t(&format!("{key}.hint"));
        Input::new(name, kind, "off", l.t(key)).hinting(hint).holding(sent.text(name)).refused(error)
    };
    let inputs = vec![
        input("sender", "text", "staff-behalf-sender", refused(sender(sent).is_none(), "staff-wrong-sender")),
        input("day", "date", "staff-behalf-day", refused(day(app, sent).is_none(), "staff-wrong-day")),
    ];
    let way_error = refused(way.is_none(), "staff-wrong-way");
    let file_error = file_errors(&sent.files, &l).into_iter().next().map(|message| message.text);
    let at = |anchor: &str, text: &Option<String>| text.clone().map(|text| Wrong { anchor: anchor.to_owned(), text });
    let errors = at("way", &way_error).into_iter().chain(wrong_of(&inputs)).chain(at("source", &file_error)).collect();
    BehalfPage {
        ways: Way::ALL.iter().map(choice).collect(),
        f: Frame::new(app, req, l.t("staff-behalf")),
        form,
        draft,
        key,
        way_error,
        inputs,
        source,
        file_error,
        errors,
    }
}
