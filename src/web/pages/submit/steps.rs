//! The steps of a form: shown, saved at each button, refused with everything typed kept.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};

use super::acts::Saved;
use super::points::first_page;
use super::preset::Preset;
use super::received::{Kept, Received, as_typed, saving, stay};
use super::scene::{Scene, Ways};
use super::{READ_COOKIE, Side, cookie_of, earlier, form_of, keep_cookies, open_by, open_draft, open_form};
use crate::actions::draft::{self, Refusal};
use crate::actions::earlier::Source;
use crate::app::App;
use crate::app::first_pages::FirstPage;
use crate::domain::links::Purpose;
use crate::forms::form::Form;
use crate::forms::window::Gate;
use crate::store::drafts::Draft;
use crate::store::submissions::Submission;
use crate::store::{Stop, attachments, submissions};
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::frame::{Spoken, language, mail_language, today};
use crate::web::guard::LANGUAGE_COOKIE;
use crate::web::pages::public::send_file;
use crate::web::respond::{self, State};

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
        None => draw.await?.into(),
    };
    Ok(respond::revisitable_text(html.replace(PAGE_ID, &app.entropy.id())))
}

/// Stands where a first page has the id of its own: many readers get the same drawing, and no two the same id.
const PAGE_ID: &str = "\u{e100}";

async fn draw_first(app: &App, req: &HttpRequest, form: &Arc<Form>, ways: &Ways) -> Result<String, WebError> {
    let preset = Preset::read(app, form, req.query_string());
    let query = preset.query();
    let pairs = preset.pairs(app, form).await?;
    let scene = Scene { preset: query, page_id: Some(PAGE_ID), ..Scene::new(form, 0, &pairs, ways) };
    Ok(respond::draw(&scene.page(app, req).await?)?)
}

/// The first page of a form as everybody gets it: by its plain address, with no cookie but that of the language. Who brings
/// more along may be shown something of their own.
fn same_for_all(req: &HttpRequest, form: &Form) -> Option<FirstPage> {
    let Spoken { language, prefix, asked } = req.extensions().get::<Spoken>().cloned()?;
    let plain = req.query_string().is_empty() && req.path() == format!("/forms/{}/begin", form.id());
    let unknown = req.cookies().is_ok_and(|kept| kept.iter().all(|cookie| cookie.name() == LANGUAGE_COOKIE));
    (plain && unknown).then(|| FirstPage { form: form.id().clone(), language, prefix, asked })
}

/// `POST /forms/{form}/begin`: what is sent first makes the draft.
pub async fn begin_sent(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    payload: web::Payload,
) -> Result<HttpResponse, WebError> {
    let sent = Sent::read(&app, &req, &mut payload.into_inner(), None).await?;
    let form = open_form(&app, Side::of(&req), &path, language(&req))?;
    let first = form.steps().first().ok_or(WebError::NotFound)?;
    let preset = Preset::read(&app, &form, req.query_string()).pairs(&app, &form).await?;
    let mut saving = saving(first, &sent, language(&req));
    let asked = Some(mail_language(&app, &req)).filter(|asked| *asked != language(&req));
    saving.mail_language = saving.mail_language.or(asked);
    let draft = match draft::start(&app, &form, preset, saving).await {
        Err(Stop::Refused(Refusal::Stale(theirs))) => return stale(&app, &req, (&form, 0), *theirs, &sent).await,
        started => started.map_err(|stop| WebError::of(stop, WebError::from))?,
    };
    answer(&app, &req, (&form, 0), draft, &sent).await
}

/// Does what the button says, and keeps the draft open on this device.
async fn answer(
    app: &App,
    req: &HttpRequest,
    (form, at): (&Arc<Form>, usize),
    draft: Draft,
    sent: &Sent,
) -> Result<HttpResponse, WebError> {
    let step = form.steps().get(at).ok_or(WebError::NotFound)?;
    let here = Side::of(req).draft(&draft.id, &format!("/steps/{}", step.id));
    let mut response = Saved { app, req, form, step, here, sent, draft: draft.clone() }.act(at).await?;
    stay(app, req, &mut response, &draft);
    let contact = step.fields.iter().filter(|field| field.autocomplete.is_some());
    if contact.filter_map(|field| draft.pairs.get(field.id.as_str())).any(|text| !text.trim().is_empty()) {
        earlier::keep(app, &mut response, &Source::Draft(draft.id), 0);
    }
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
    let form = form_of(&app, Side::of(&req), &draft)?;
    let at = position(&form, &step)?;
    let scene = Scene { draft: Some(&draft), ..Scene::new(&form, at, &draft.pairs, &ways) };
    Ok(respond::revisitable(StatusCode::OK, &scene.page(&app, &req).await?))
}

/// Opens a submission as a draft, to be corrected.
///
/// # Errors
/// Where it takes no corrections now.
pub async fn correct(app: &App, req: &HttpRequest, submission: &Submission) -> Result<HttpResponse, WebError> {
    let draft = draft::correct(app, submission.id).await.map_err(|stop| WebError::of(stop, |_| WebError::Conflict))?;
    go_to(app, req, &draft).await
}

/// Leads to the first page of a draft that was just made, and opens it for this browser.
///
/// # Errors
/// Where its form is not there any more.
pub async fn go_to(app: &App, req: &HttpRequest, draft: &Draft) -> Result<HttpResponse, WebError> {
    let form = app.catalog.form(&draft.form, draft.language).ok_or(WebError::NotFound)?;
    let mut response = respond::see_other(&first_page(app, Side::of(req), form, draft).await?);
    keep_cookies(app, req, &mut response, draft);
    Ok(response)
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
    let received = Received::read(&app, &req, &id, payload).await?;
    let (form, sent) = (&received.form, &received.sent);
    let at = position(form, &step)?;
    let here = Side::of(&req).draft(&id, &format!("/steps/{step}"));
    if sent.text("do") == "theirs" {
        return Ok(respond::see_other(&here));
    }
    let known = form.steps().get(at).ok_or(WebError::NotFound)?;
    match received.keep(&app, known, &here).await? {
        Kept::Saved(draft) => answer(&app, &req, (form, at), draft, sent).await,
        Kept::Stale(theirs) => stale(&app, &req, (form, at), theirs, sent).await,
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
    let mine = as_typed(&theirs, step, sent);
    let ways = Ways { to: Some(sent.text("return").to_owned()), ..Ways::default() };
    let scene = Scene { draft: Some(&theirs), stale: true, ..Scene::new(form, at, &mine, &ways) };
    let mut response = respond::private(StatusCode::CONFLICT, &scene.page(app, req).await?);
    keep_cookies(app, req, &mut response, &theirs);
    Ok(response)
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
