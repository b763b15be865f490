//! The steps of a form: shown, saved at each button, refused with everything typed kept.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::acts::Saved;
use super::scene::{Scene, Ways};
use super::{DRAFT_COOKIE, HOLDER_COOKIE, READ_COOKIE, cookie_of, keep_cookies, open_by, open_draft, open_form};
use crate::actions::draft::{self, Refusal, Saving};
use crate::app::App;
use crate::domain::links::Purpose;
use crate::domain::reference::Reference;
use crate::domain::turns::Turn;
use crate::forms::form::{Form, Role, Step};
use crate::forms::pairs::Pairs;
use crate::locale::Language;
use crate::store::drafts::{self, Draft};
use crate::store::{Stop, attachments, submissions};
use crate::web::errors::WebError;
use crate::web::extract::{Filing, Sent, Upload};
use crate::web::frame::language;
use crate::web::pages::public::send_file;
use crate::web::respond::{self, State};

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

/// The first step's answers that a link brought along.
fn preset(form: &Form, ways: &Ways) -> Pairs {
    let mut pairs = Pairs::default();
    let reference = ways.about.as_deref().and_then(|text| Reference::read(text).ok());
    if let (Some(field), Some(reference)) = (form.role(Role::Pledge), reference) {
        pairs.push(field.as_str(), reference.as_str());
    }
    pairs
}

/// `POST /forms/{form}/begin`: what is sent first makes the draft.
pub async fn begin_sent(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    payload: web::Payload,
) -> Result<HttpResponse, WebError> {
    let form = open_form(&app, &path, language(&req))?;
    let first = form.steps().first().ok_or(WebError::NotFound)?;
    let sent = Sent::read(&app, &req, &mut payload.into_inner(), None).await?;
    let saving = saving(first, &sent, language(&req));
    let draft = match draft::start(&app, &form, saving).await {
        Err(Stop::Refused(Refusal::Stale(theirs))) => return stale(&app, &req, (&form, 0), *theirs, &sent).await,
        started => started.map_err(|stop| WebError::of(stop, WebError::from))?,
    };
    answer(&app, &req, (&form, 0), draft, &sent).await
}

/// What is to be saved of what was sent.
fn saving(step: &Step, sent: &Sent, language: Language) -> Saving {
    let mut pairs = sent.pairs.clone();
    add_files(&mut pairs, &sent.files);
    let chosen = sent.text("do").strip_prefix("language:").and_then(Language::read);
    Saving {
        step: step.clone(),
        sent: pairs,
        turn: Turn::read(sent.text("turn")),
        language: chosen.unwrap_or(language),
    }
}

/// Does what the button says, and keeps the draft open on this device.
async fn answer(
    app: &App,
    req: &HttpRequest,
    (form, at): (&Arc<Form>, usize),
    draft: Draft,
    sent: &Sent,
) -> Result<HttpResponse, WebError> {
    if let Some(holder) = cookie_of(req, HOLDER_COOKIE) {
        let _ = app.also_open(&draft.id, &holder);
    }
    let mut response = Saved { app, req, form, at, sent, draft: draft.clone() }.act().await?;
    keep_cookies(app, req, &mut response, &draft);
    Ok(response)
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
    let scene = Scene { draft: Some(&draft), ..Scene::new(&form, at, &draft.pairs, &ways) };
    Ok(respond::revisitable(StatusCode::OK, &scene.page(&app, &req).await?))
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
    // Whatever fails, the text is read first, so that it can be given back.
    let filing = filing(&app, &req, &id).await;
    let sent = Sent::read(&app, &req, &mut payload.into_inner(), filing.as_ref().ok().and_then(Option::as_ref)).await?;
    filing?;
    let draft = match open_draft(&app, &req, &id, Some(sent.text("draft_key"))).await {
        // Sent, expired, or its cookie and key are gone: the text is shown to be copied.
        Err(WebError::LinkNeeded) => return Err(WebError::Gone),
        opened => opened?,
    };
    let form = open_form(&app, draft.form.as_str(), draft.language)?;
    let at = position(&form, &step)?;
    if sent.text("do") == "theirs" {
        return Ok(respond::see_other(&format!("/drafts/{id}/steps/{step}")));
    }
    let known = form.steps().get(at).ok_or(WebError::NotFound)?;
    match draft::save(&app, &id, saving(known, &sent, draft.language)).await {
        Ok(draft) => answer(&app, &req, (&form, at), draft, &sent).await,
        Err(Stop::Refused(Refusal::Stale(theirs))) => stale(&app, &req, (&form, at), *theirs, &sent).await,
        Err(stop) => Err(WebError::of(stop, WebError::from)),
    }
}

/// Somebody else changed this step meanwhile: nothing is saved, both texts are shown, and what was typed stays in the form.
async fn stale(
    app: &App,
    req: &HttpRequest,
    (form, at): (&Arc<Form>, usize),
    theirs: Draft,
    sent: &Sent,
) -> Result<HttpResponse, WebError> {
    let step = form.steps().get(at).ok_or(WebError::NotFound)?;
    let mut mine = theirs.pairs.clone();
    mine.replace_step(step, &saving(step, sent, theirs.language).sent);
    let ways = Ways { to: Some(sent.text("return").to_owned()), ..Ways::default() };
    let scene = Scene { draft: Some(&theirs), stale: true, ..Scene::new(form, at, &mine, &ways) };
    let mut response = respond::private(StatusCode::CONFLICT, &scene.page(app, req).await?);
    keep_cookies(app, req, &mut response, &theirs);
    Ok(response)
}

/// Where the files of a step go, if there is such a draft.
async fn filing(app: &App, req: &HttpRequest, id: &str) -> Result<Option<Filing>, WebError> {
    let of = id.to_owned();
    let found = app.db.read(move |conn| drafts::find(conn, &of)).await?;
    let cookie = cookie_of(req, DRAFT_COOKIE);
    Ok(found.map(|draft| Filing { draft: draft.id, generation: draft.link_generation, cookie }))
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

/// `GET /drafts/{draft}/attachments/{id}`: a file of a draft, for those who fill it in and those who read it.
pub async fn attachment(
    req: HttpRequest,
    app: State,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (id, file) = path.into_inner();
    let draft = match open_draft(&app, &req, &id, None).await {
        Err(WebError::LinkNeeded) => open_by(&app, Purpose::DraftRead, &id, [cookie_of(&req, READ_COOKIE)]).await?,
        opened => opened?,
    };
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
