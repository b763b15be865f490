//! The front door, and the few pages that only say something.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::domain::mail::SIGNPOSTS;
use crate::forms::form::{Form, Lifecycle};
use crate::locale::Language;
use crate::store::public;
use crate::web::errors::WebError;
use crate::web::frame::{Frame, language as spoken};
use crate::web::guard::LANGUAGE_COOKIE;
use crate::web::respond::{self, State};

#[derive(Template)]
#[template(path = "public/home.html")]
struct HomePage {
    f: Frame,
    /// What people come for most, in the order the forms ask for; then the others.
    first: Vec<Arc<Form>>,
    others: Vec<Arc<Form>>,
    /// What has been published: path, name, how many.
    collections: Vec<(String, String, String)>,
}

/// `GET /`
pub async fn home(req: HttpRequest, app: State) -> Result<HttpResponse, WebError> {
    let language = spoken(&req);
    let offered = app.catalog.all(language).filter(|form| form.lifecycle() != Lifecycle::Record).cloned();
    let (first, others) = offered.partition(|form| form.words().front.is_some());
    let f = Frame::new(&app, &req, app.locale(language).t("home-title"));
    let leads = |form: &&Arc<Form>| form.has_pages() && form.words().beside.is_none();
    let listed: Vec<Arc<Form>> = app.catalog.all(language).filter(leads).cloned().collect();
    let ids: Vec<String> = listed.iter().map(|form| form.id().as_str().to_owned()).collect();
    let counts: Vec<i64> = app.db.read(move |conn| ids.iter().map(|id| public::count(conn, id)).collect()).await?;
    let collections = listed
        .iter()
        .zip(counts)
        .map(|(form, count)| {
            let count = f.l.count(&usize::try_from(count).unwrap_or(0));
            (f.url(format!("/{}", form.collection().unwrap_or_default())), form.words().plural.clone(), count)
        })
        .collect();
    Ok(respond::page(StatusCode::OK, &HomePage { f, first, others, collections }))
}

#[derive(Template)]
#[template(path = "public/text.html")]
struct TextPage {
    f: Frame,
    lead: String,
    /// Heading and text.
    parts: Vec<(String, String)>,
    /// Somewhere else to go.
    links: Elsewhere,
}

/// Names and addresses of somewhere else to go.
type Elsewhere = Vec<(String, String)>;

fn text(
    req: &HttpRequest,
    app: &State,
    key: &str,
    parts: &[&str],
    links: impl Fn(&Frame) -> Elsewhere,
) -> HttpResponse {
    let l = app.locale(spoken(req));
    let f = Frame::new(app, req, l.t(key));
    let contact = app.config.service.contact_email.clone().unwrap_or_else(|| l.t("no-contact"));
    let part = |name: &&str| (l.t(name), l.a(&format!("{name}.text"), "contact", &contact));
    let page =
        TextPage { lead: l.t(&format!("{key}.lead")), parts: parts.iter().map(part).collect(), links: links(&f), f };
    respond::page(StatusCode::OK, &page)
}

/// `GET /help`
pub async fn help(req: HttpRequest, app: State) -> HttpResponse {
    let parts = ["help-form", "help-link", "help-status", "help-contact"];
    text(&req, &app, "help-page", &parts, |f| vec![(f.l.t("find-link"), f.url("/find"))])
}

/// `GET /privacy`
pub async fn privacy(req: HttpRequest, app: State) -> HttpResponse {
    text(
        &req,
        &app,
        "privacy-page",
        &["privacy-public", "privacy-private", "privacy-kept", "privacy-cookies", "privacy-contact"],
        |_| Vec::new(),
    )
}

/// `GET /accessibility`
pub async fn accessibility(req: HttpRequest, app: State) -> HttpResponse {
    let parts = ["accessibility-state", "accessibility-gaps", "accessibility-contact"];
    text(&req, &app, "accessibility-page", &parts, |_| Vec::new())
}

/// `GET /need-help`: an honest answer for people who need help themselves.
pub async fn need_help(req: HttpRequest, app: State) -> HttpResponse {
    let signpost = |f: &Frame, key: &str| (f.l.t(key), f.l.t(&format!("{key}.url")));
    text(&req, &app, "need-help-page", &["need-help-what", "need-help-now"], |f| {
        SIGNPOSTS.iter().map(|key| signpost(f, key)).collect()
    })
}

/// `GET /language/{code}`: remembers the language for addresses without a prefix.
pub async fn language(req: HttpRequest, app: State, path: web::Path<String>) -> Result<HttpResponse, WebError> {
    let language = Language::read(&path).filter(|l| app.locales.available().contains(l)).ok_or(WebError::NotFound)?;
    let mut response = respond::see_other(&Frame::new(&app, &req, "").url("/"));
    let life = actix_web::cookie::time::Duration::days(365);
    let cookie = respond::cookie(&app, LANGUAGE_COOKIE, language.code(), "/", Some(life));
    response.add_cookie(&cookie).map_err(|e| WebError::Internal(e.to_string()))?;
    Ok(response)
}
