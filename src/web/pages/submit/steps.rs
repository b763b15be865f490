//! The steps of a form: shown, saved at each button, refused with everything typed kept.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::scene::{Scene, Ways};
use super::{DRAFT_COOKIE, fields, open_draft, open_form, owner, parse};
use crate::actions::attach::{LARGEST, Refusal as FileRefusal};
use crate::actions::draft::{self, KEPT, Refusal};
use crate::app::App;
use crate::domain::reference::Reference;
use crate::forms::condition::Condition;
use crate::forms::errors::Message;
use crate::forms::form::{Field, Form, Role};
use crate::forms::kind::FieldKind;
use crate::forms::pairs::Pairs;
use crate::locale::{Arg, Locale};
use crate::store::drafts::{self, Draft};
use crate::store::{attachments, submissions};
use crate::web::errors::WebError;
use crate::web::extract::{Filing, Sent, Upload};
use crate::web::frame::language;
use crate::web::pages::public::send_file;
use crate::web::respond::{self, State, encode};

/// `GET /forms/{form}/begin`: the first step, before there is a draft.
pub async fn begin(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    ways: web::Query<Ways>,
) -> Result<HttpResponse, WebError> {
    let form = open_form(&app, &path, language(&req))?;
    let pairs = preset(&form, &ways);
    let scene = Scene::new(&form, 0, &pairs, &ways);
    Ok(respond::revisitable(StatusCode::OK, &scene.page(&app, &req).await?))
}

/// The answers that a link brought along: what is reported on, or supported, with what that question hangs on.
fn preset(form: &Form, ways: &Ways) -> Pairs {
    let mut pairs = Pairs::default();
    let reference = ways.about.as_deref().and_then(|text| Reference::read(text).ok());
    if let (Some(field), Some(reference)) = (form.role(Role::Pledge), &reference) {
        pairs.push(field.as_str(), reference.as_str());
    } else if let (Some(field), Some(reference)) = (form.role(Role::Matched).and_then(|id| form.field(id)), reference) {
        if let Some(Condition::Is(on, values)) = &field.show_if {
            pairs.push(on.as_str(), values.first().map_or("", String::as_str));
        }
        pairs.push(field.id.as_str(), reference.as_str());
    }
    pairs
}

/// `POST /forms/{form}/begin`: the first Continue makes the draft.
pub async fn begin_sent(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    ways: web::Query<Ways>,
    payload: web::Payload,
) -> Result<HttpResponse, WebError> {
    let form = open_form(&app, &path, language(&req))?;
    let first = form.steps().first().ok_or(WebError::NotFound)?;
    let sent = Sent::read(&app, &req, &mut payload.into_inner(), None).await?;
    let mut pairs = preset(&form, &ways);
    pairs.replace_step(first, &sent.pairs);
    let opened = draft::start(&app, &form, pairs, language(&req)).await.map_err(|stop| WebError::of(stop, refusal))?;
    let id = opened.draft.id.clone();
    let mut response = act(&app, &req, (&form, 0), opened.draft, &sent, &opened.token).await?;
    keep_cookie(&app, &mut response, &id, &opened.token);
    Ok(response)
}

fn refusal(refused: Refusal) -> WebError {
    match refused {
        Refusal::NotFound => WebError::LinkNeeded,
        Refusal::TooLarge => WebError::TooLarge,
        Refusal::NotOpen => WebError::Conflict,
    }
}

/// Sets the cookie that opens a draft.
pub fn keep_cookie(app: &App, response: &mut HttpResponse, id: &str, token: &str) {
    let life = actix_web::cookie::time::Duration::seconds(KEPT.num_seconds());
    let cookie = respond::cookie(app, DRAFT_COOKIE, token, &format!("/drafts/{id}"), Some(life));
    if response.add_cookie(&cookie).is_err() {
        tracing::warn!("a draft's cookie could not be set");
    }
}

/// `GET /drafts/{draft}/steps/{step}`
pub async fn step(
    req: HttpRequest,
    app: State,
    path: web::Path<(String, String)>,
    ways: web::Query<Ways>,
) -> Result<HttpResponse, WebError> {
    let (id, step) = path.into_inner();
    let draft = open_draft(&app, &req, &id, None).await?;
    let form = open_form(&app, draft.form.as_str(), draft.language)?;
    let at = position(&form, &step)?;
    let scene = Scene { draft: Some(&draft), draft_key: cookie_of(&req), ..Scene::new(&form, at, &draft.pairs, &ways) };
    Ok(respond::revisitable(StatusCode::OK, &scene.page(&app, &req).await?))
}

fn cookie_of(req: &HttpRequest) -> String {
    req.cookie(DRAFT_COOKIE).map(|cookie| cookie.value().to_owned()).unwrap_or_default()
}

fn position(form: &Form, step: &str) -> Result<usize, WebError> {
    form.steps().iter().position(|known| known.id == step).ok_or(WebError::NotFound)
}

/// `POST /drafts/{draft}/steps/{step}`: saves what was typed, right or wrong, then does what the button says.
pub async fn step_sent(
    req: HttpRequest,
    app: State,
    path: web::Path<(String, String)>,
    payload: web::Payload,
) -> Result<HttpResponse, WebError> {
    let (id, step) = path.into_inner();
    let filing = filing(&app, &req, &id).await?;
    let sent = Sent::read(&app, &req, &mut payload.into_inner(), filing.as_ref()).await?;
    let key = sent.text("draft_key").to_owned();
    let draft = match open_draft(&app, &req, &id, Some(&key)).await {
        // Expired, or its cookie and secret are gone: the text is shown to be sent or copied.
        Err(WebError::LinkNeeded) => return Err(WebError::Gone(sent.pairs)),
        opened => opened?,
    };
    let form = open_form(&app, draft.form.as_str(), draft.language)?;
    let at = position(&form, &step)?;
    let known = form.steps().get(at).ok_or(WebError::NotFound)?;
    let mut pairs = sent.pairs.clone();
    add_files(&mut pairs, &sent.files);
    let draft = draft::save(&app, &draft, known, pairs).await.map_err(|stop| WebError::of(stop, refusal))?;
    let token = if key.is_empty() { cookie_of(&req) } else { key };
    let mut response = act(&app, &req, (&form, at), draft, &sent, &token).await?;
    keep_cookie(&app, &mut response, &id, &token);
    Ok(response)
}

/// Where the files of a step go, if there is such a draft.
async fn filing(app: &App, req: &HttpRequest, id: &str) -> Result<Option<Filing>, WebError> {
    let (of, cookie) = (id.to_owned(), req.cookie(DRAFT_COOKIE).map(|cookie| cookie.value().to_owned()));
    let found = app.db.read(move |conn| drafts::find(conn, &of)).await?;
    Ok(found.map(|draft| Filing { draft: draft.id, token_hash: draft.token_hash, cookie }))
}

/// Files that were taken join those that were kept, each once.
fn add_files(pairs: &mut Pairs, files: &[Upload]) {
    for upload in files {
        if let Ok(file) = &upload.outcome
            && !pairs.all(&upload.field).contains(&file.id.as_str())
        {
            pairs.push(upload.field.as_str(), file.id.as_str());
        }
    }
}

/// What a button of a step does, once everything is saved.
async fn act(
    app: &App,
    req: &HttpRequest,
    (form, at): (&Arc<Form>, usize),
    draft: Draft,
    sent: &Sent,
    token: &str,
) -> Result<HttpResponse, WebError> {
    let button = pressed(form, &draft, at, sent);
    let words: Vec<&str> = button.split(':').collect();
    let here = |rest: &str| format!("/drafts/{}/steps/{}{rest}", draft.id, step_id(form, at));
    match words.as_slice() {
        ["back"] => Ok(respond::see_other(&previous(app, form, &draft, at).await?)),
        ["add", field] => add_row(app, form, &draft, at, field).await.map(|anchor| respond::see_other(&here(&anchor))),
        ["remove", field, row] => {
            remove(app, form, &draft, at, &format!("{field}-{row}-"), None).await?;
            Ok(respond::see_other(&here(&format!("#{field}-add"))))
        }
        ["drop", field, file] => {
            remove(app, form, &draft, at, field, Some(file)).await?;
            Ok(respond::see_other(&here(&format!("#{field}"))))
        }
        ["find", field] => {
            let query = encode(sent.text(&format!("{field}-q")));
            Ok(respond::see_other(&here(&format!("?find={}&q={query}#{field}", encode(field)))))
        }
        _ => advance(app, req, form, &draft, at, (sent, token)).await,
    }
}

/// The button that was meant: Enter in a search box is Find, not Continue, as long as nothing is chosen.
fn pressed(form: &Form, draft: &Draft, at: usize, sent: &Sent) -> String {
    let looks_up = |field: &&Field| {
        let name = field.id.as_str();
        matches!(field.kind, FieldKind::Publication { .. })
            && draft.pairs.get(name).is_none()
            && !sent.text(&format!("{name}-q")).trim().is_empty()
    };
    let search = form.steps().get(at).and_then(|step| step.fields.iter().find(looks_up));
    match search {
        Some(field) if sent.text("do") == "continue" => format!("find:{}", field.id),
        _ => sent.text("do").to_owned(),
    }
}

fn step_id(form: &Form, at: usize) -> &str {
    form.steps().get(at).map_or("", |step| step.id.as_str())
}

async fn previous(app: &App, form: &Arc<Form>, draft: &Draft, at: usize) -> Result<String, WebError> {
    let parsed = parse(app, form, &draft.pairs, owner(draft), draft.language).await?;
    let before = form.steps().iter().take(at).rev().find(|step| fields::has_questions(step, &parsed.answers));
    Ok(match before {
        Some(step) => format!("/drafts/{}/steps/{}", draft.id, step.id),
        None => format!("/forms/{}", form.id()),
    })
}

/// Adds an empty row; gives the fragment of its first control.
async fn add_row(app: &App, form: &Form, draft: &Draft, at: usize, name: &str) -> Result<String, WebError> {
    let step = form.steps().get(at).ok_or(WebError::NotFound)?;
    let field = step.fields.iter().find(|field| field.id.as_str() == name).ok_or(WebError::Unreadable)?;
    let FieldKind::Rows { fields, max, .. } = &field.kind else { return Err(WebError::Unreadable) };
    let rows = draft.pairs.rows(field);
    // Without any row typed, the page shows an empty first one; the new one is the second.
    let next = rows.last().map_or(1, |last| last + 1);
    let mut pairs = draft.pairs.clone();
    let first = fields.first().map(|sub| format!("{name}-{next}-{}", sub.id)).ok_or(WebError::Unreadable)?;
    if rows.len() < *max {
        if let (true, Some(sub)) = (rows.is_empty(), fields.first()) {
            pairs.push(format!("{name}-0-{}", sub.id), "");
        }
        pairs.push(first.as_str(), "");
    }
    draft::save(app, draft, step, pairs).await.map_err(|stop| WebError::of(stop, refusal))?;
    Ok(format!("#{first}"))
}

/// Takes a row, or one file, out of the draft.
async fn remove(
    app: &App,
    form: &Form,
    draft: &Draft,
    at: usize,
    name: &str,
    value: Option<&str>,
) -> Result<(), WebError> {
    let step = form.steps().get(at).ok_or(WebError::NotFound)?;
    let gone = |n: &str, v: &str| match value {
        None => n.starts_with(name),
        Some(value) => n == name && v == value,
    };
    let pairs = Pairs(draft.pairs.0.iter().filter(|(n, v)| !gone(n, v)).cloned().collect());
    draft::save(app, draft, step, pairs).await.map_err(|stop| WebError::of(stop, refusal))?;
    Ok(())
}

/// Continue: to the next step with questions, or to the check page; the same page again where something is wrong.
async fn advance(
    app: &App,
    req: &HttpRequest,
    form: &Arc<Form>,
    draft: &Draft,
    at: usize,
    (sent, token): (&Sent, &str),
) -> Result<HttpResponse, WebError> {
    let parsed = parse(app, form, &draft.pairs, owner(draft), draft.language).await?;
    let step = form.steps().get(at).ok_or(WebError::NotFound)?;
    let file_errors = file_errors(&sent.files, &app.locale(draft.language));
    if !parsed.errors.of_step(step).is_empty() || !file_errors.is_empty() {
        let ways = Ways { to: (sent.text("return") == "check").then(|| "check".to_owned()), ..Ways::default() };
        let scene = Scene {
            draft: Some(draft),
            draft_key: token.to_owned(),
            refused: Some(parsed),
            file_errors,
            ..Scene::new(form, at, &draft.pairs, &ways)
        };
        return Ok(respond::revisitable(StatusCode::UNPROCESSABLE_ENTITY, &scene.page(app, req).await?));
    }
    let rest = form.steps().iter().skip(at + 1).find(|step| fields::has_questions(step, &parsed.answers));
    let next = rest.filter(|_| sent.text("return") != "check").map(|step| format!("steps/{}", step.id));
    Ok(respond::see_other(&format!("/drafts/{}/{}", draft.id, next.unwrap_or_else(|| "check".to_owned()))))
}

/// What was wrong with files, each named, each with a way out.
fn file_errors(files: &[Upload], l: &Locale) -> Vec<Message> {
    files
        .iter()
        .filter_map(|upload| upload.outcome.as_ref().err().map(|refused| file_error(upload, refused, l)))
        .collect()
}

fn file_error(upload: &Upload, refused: &FileRefusal, l: &Locale) -> Message {
    let code = match refused {
        FileRefusal::Empty => "file-empty",
        FileRefusal::TooBig => "file-too-big",
        FileRefusal::WrongType => "file-wrong-type",
        FileRefusal::Interrupted => "file-interrupted",
        FileRefusal::TooMany => "file-too-many",
        FileRefusal::Failed(error) => {
            tracing::error!(%error, "an upload could not be kept");
            "file-failed"
        }
    };
    let text = l.with(code, &[("name", Arg::Text(&upload.name)), ("max", Arg::Text(&l.size(&LARGEST)))]);
    Message { name: upload.field.clone(), anchor: upload.field.clone(), code, text }
}

/// `GET /drafts/{draft}/attachments/{id}`: a file of one's own draft.
pub async fn attachment(
    req: HttpRequest,
    app: State,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (id, file) = path.into_inner();
    let draft = open_draft(&app, &req, &id, None).await?;
    let held = app.db.read(move |conn| attachments::find(conn, &file)).await?.ok_or(WebError::NotFound)?;
    let own = held.draft.as_deref() == Some(draft.id.as_str())
        || (held.submission.is_some() && held.submission == draft.corrects.map(|(id, _)| id));
    if own { send_file(&app, &held).await } else { Err(WebError::NotFound) }
}

/// A draft's submission was made already by this key: where its confirmation is.
pub async fn made_before(app: &App, key: &str) -> Result<Option<submissions::Submission>, WebError> {
    let key = key.to_owned();
    Ok(app
        .db
        .read(move |conn| match submissions::keyed(conn, &key)? {
            Some(keyed) => Ok(Some(submissions::get(conn, keyed.submission)?)),
            None => Ok(None),
        })
        .await?)
}
