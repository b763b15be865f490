//! The steps of a form: shown, saved at each button, refused with everything typed kept.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};

use super::preset::Preset;
use super::scene::{Scene, Ways};
use super::{DRAFT_COOKIE, Side, fields, open_draft, open_form, owner, parse};
use crate::actions::attach::{LARGEST, Refusal as FileRefusal};
use crate::actions::draft::{self, KEPT, Refusal};
use crate::app::App;
use crate::app::first_pages::FirstPage;
use crate::forms::errors::Message;
use crate::forms::form::{Field, Form};
use crate::forms::kind::FieldKind;
use crate::forms::pairs::Pairs;
use crate::forms::window::Gate;
use crate::locale::{Arg, Locale};
use crate::store::drafts::Draft;
use crate::store::submissions::Submission;
use crate::store::{Stop, attachments, submissions};
use crate::web::errors::WebError;
use crate::web::extract::{Filing, Sent, Upload};
use crate::web::frame::{Spoken, language, today};
use crate::web::guard::LANGUAGE_COOKIE;
use crate::web::pages::public::send_file;
use crate::web::respond::{self, State, encode};

/// `GET /forms/{form}/begin`: the first step, before there is a draft.
pub async fn begin(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    ways: web::Query<Ways>,
) -> Result<HttpResponse, WebError> {
    let side = Side::of(&req);
    let form = open_form(&app, side, &path, language(&req))?;
    if form.window().is_some_and(|window| window.gate(app.clock.now()) != Gate::Open) {
        // The start page says when it is open.
        return Ok(respond::see_other(&side.before(&form)));
    }
    let draw = draw_first(&app, &req, &form, &ways);
    let html = match same_for_all(&req, &form) {
        Some(page) => app.first_pages.get_or_draw(today(&app), page, draw).await?,
        None => draw.await.map(web::Bytes::from)?,
    };
    Ok(respond::revisitable_bytes(html))
}

async fn draw_first(app: &App, req: &HttpRequest, form: &Arc<Form>, ways: &Ways) -> Result<String, WebError> {
    let preset = Preset::read(app, form, req.query_string());
    let query = preset.query();
    let pairs = preset.pairs(app, form).await?;
    let scene = Scene { preset: query, ..Scene::new(form, 0, &pairs, ways) };
    Ok(respond::draw(&scene.page(app, req).await?)?)
}

/// The first page of a form as everybody gets it: by its plain address, with no cookie but that of the language. Who brings
/// more along may be shown something of their own.
fn same_for_all(req: &HttpRequest, form: &Form) -> Option<FirstPage> {
    let Spoken { language, prefix } = req.extensions().get::<Spoken>().cloned()?;
    let plain = req.query_string().is_empty() && req.path() == format!("/forms/{}/begin", form.id());
    let unknown = req.cookies().is_ok_and(|kept| kept.iter().all(|cookie| cookie.name() == LANGUAGE_COOKIE));
    (plain && unknown).then(|| FirstPage { form: form.id().clone(), language, prefix })
}

/// `POST /forms/{form}/begin`: the first Continue makes the draft.
pub async fn begin_sent(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    payload: web::Payload,
) -> Result<HttpResponse, WebError> {
    let sent = Sent::read(&app, &req, &mut payload.into_inner(), None).await?;
    let form = open_form(&app, Side::of(&req), &path, language(&req))?;
    let first = form.steps().first().ok_or(WebError::NotFound)?;
    let mut pairs = Preset::read(&app, &form, req.query_string()).pairs(&app, &form).await?;
    pairs.replace_step(first, &sent.pairs);
    let opened = draft::start(&app, &form, pairs, language(&req)).await.map_err(|stop| WebError::of(stop, refusal))?;
    let id = opened.draft.id.clone();
    let mut response = act(&app, &req, (&form, 0), opened.draft, &sent, &opened.token).await?;
    keep_cookie(&app, &mut response, &Side::of(&req).draft(&id, ""), &opened.token);
    Ok(response)
}

fn refusal(refused: Refusal) -> WebError {
    match refused {
        Refusal::NotFound => WebError::LinkNeeded,
        Refusal::TooLarge => WebError::TooLarge,
        Refusal::NotOpen => WebError::Conflict,
    }
}

/// Sets the cookie that opens a draft, under the draft's path.
pub fn keep_cookie(app: &App, response: &mut HttpResponse, path: &str, token: &str) {
    let life = actix_web::cookie::time::Duration::seconds(KEPT.num_seconds());
    let cookie = respond::cookie(app, DRAFT_COOKIE, token, path, Some(life));
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
    let form = open_form(&app, Side::of(&req), draft.form.as_str(), draft.language)?;
    let at = position(&form, &step)?;
    let scene = Scene { draft: Some(&draft), draft_key: cookie_of(&req), ..Scene::new(&form, at, &draft.pairs, &ways) };
    Ok(respond::revisitable(StatusCode::OK, &scene.page(&app, &req).await?))
}

/// Opens a submission as a draft, to be corrected.
///
/// # Errors
/// Where it takes no corrections now.
pub async fn correct(app: &App, side: Side, submission: &Submission) -> Result<HttpResponse, WebError> {
    let opened = draft::correct(app, submission.id).await.map_err(|stop| WebError::of(stop, |_| WebError::Conflict))?;
    let form = app.catalog.form(&submission.form, submission.language).ok_or(WebError::NotFound)?;
    let first = form.steps().first().map_or("", |step| step.id.as_str());
    let mut response = respond::see_other(&side.draft(&opened.draft.id, &format!("/steps/{first}")));
    keep_cookie(app, &mut response, &side.draft(&opened.draft.id, ""), &opened.token);
    Ok(response)
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
    let found = draft::find(&app, &id).await?;
    let filing = found.as_ref().map(|draft| filing(&req, draft));
    let sent = Sent::read(&app, &req, &mut payload.into_inner(), filing.as_ref()).await?;
    let key = sent.text("draft_key").to_owned();
    let token = if key.is_empty() { cookie_of(&req) } else { key };
    let Some(draft) = found.filter(|draft| draft::is_open_to(&app, draft, &token)) else {
        // Expired, or its cookie and secret are gone: the text is shown to be sent or copied.
        return Err(WebError::Gone(sent.pairs));
    };
    let form = open_form(&app, Side::of(&req), draft.form.as_str(), draft.language)?;
    let at = position(&form, &step)?;
    let known = form.steps().get(at).ok_or(WebError::NotFound)?;
    let mut pairs = sent.pairs.clone();
    add_files(&mut pairs, &sent.files);
    if sent.cut {
        keep_rest(&mut pairs, &draft.pairs);
    }
    let draft = match draft::save(&app, &draft, known, pairs).await {
        Err(Stop::Refused(Refusal::NotFound)) => return Err(WebError::Gone(sent.pairs)),
        saved => saved.map_err(|stop| WebError::of(stop, refusal))?,
    };
    if sent.cut {
        return Err(WebError::Cut(format!("/drafts/{id}/steps/{step}")));
    }
    let mut response = act(&app, &req, (&form, at), draft, &sent, &token).await?;
    keep_cookie(&app, &mut response, &Side::of(&req).draft(&id, ""), &token);
    Ok(response)
}

/// Where the files of a step go.
fn filing(req: &HttpRequest, draft: &Draft) -> Filing {
    let cookie = req.cookie(DRAFT_COOKIE).map(|cookie| cookie.value().to_owned());
    Filing { draft: draft.id.clone(), token_hash: draft.token_hash.clone(), cookie }
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

/// What did not arrive of a page, because its files were too much, stays as it was.
fn keep_rest(pairs: &mut Pairs, before: &Pairs) {
    let rest: Vec<_> = before.0.iter().filter(|(name, _)| pairs.get(name).is_none()).cloned().collect();
    pairs.0.extend(rest);
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
    let side = Side::of(req);
    let here = |rest: &str| side.draft(&draft.id, &format!("/steps/{}{rest}", step_id(form, at)));
    match words.as_slice() {
        ["back"] => Ok(respond::see_other(&previous(app, side, form, &draft, at).await?)),
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

async fn previous(app: &App, side: Side, form: &Arc<Form>, draft: &Draft, at: usize) -> Result<String, WebError> {
    let parsed = parse(app, form, &draft.pairs, owner(draft), draft.language).await?;
    let before = form.steps().iter().take(at).rev().find(|step| fields::has_questions(step, &parsed.answers));
    Ok(match before {
        Some(step) => side.draft(&draft.id, &format!("/steps/{}", step.id)),
        None => side.before(form),
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
    let next = rest.filter(|_| sent.text("return") != "check").map(|step| format!("/steps/{}", step.id));
    let next = next.unwrap_or_else(|| "/check".to_owned());
    Ok(respond::see_other(&Side::of(req).draft(&draft.id, &next)))
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
        FileRefusal::Damaged => "file-damaged",
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
pub async fn made_before(app: &App, key: &str) -> Result<Option<Submission>, WebError> {
    let key = key.to_owned();
    Ok(app
        .db
        .read(move |conn| match submissions::keyed(conn, &key)? {
            Some(keyed) => Ok(Some(submissions::get(conn, keyed.submission)?)),
            None => Ok(None),
        })
        .await?)
}
