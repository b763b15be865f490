//! Every kind of mail in every language, to be read before anybody gets it.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::mail::without_keys;
use super::{address, words};
use crate::app::App;
use crate::domain::mail::MailKind;
use crate::locale::Language;
use crate::mail::{Specimen, specimen};
use crate::web::errors::WebError;
use crate::web::frame::{Frame, language};
use crate::web::respond::{self, State};

/// The page may hold a frame of this site, and the mail in it may be held by this site: nothing in it runs.
const HOLDS: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                     form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'";
const HELD: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                    frame-ancestors 'self'";

/// The address' parameters.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    language: Option<String>,
}

impl Asked {
    /// The language that is asked for, English where mails are not written in it.
    fn language(&self, app: &App) -> Language {
        let asked = self.language.as_deref().and_then(Language::read);
        asked.filter(|language| app.locales.writes_mails(*language)).unwrap_or(Language::En)
    }
}

struct Line {
    name: String,
    /// Languages, each with where the mail can be read in it.
    mails: Vec<(Language, String)>,
}

#[derive(Template)]
#[template(path = "staff/kinds.html")]
struct KindsPage {
    f: Frame,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "staff/kind.html")]
struct KindPage {
    f: Frame,
    real: bool,
    subject: String,
    text: String,
    lang: &'static str,
    dir: &'static str,
    html: String,
    others: Vec<(Language, String)>,
}

/// GET `/staff/mail/kinds`
///
/// # Errors
/// Never; the signature is that of all pages.
pub async fn all(req: HttpRequest, app: State) -> Result<HttpResponse, WebError> {
    let f = Frame::new(&app, &req, app.locale(language(&req)).t("staff-kinds"));
    let line = |kind: &MailKind| Line { name: words::mail_kind(&f.l, *kind), mails: in_languages(&app, *kind) };
    let lines = MailKind::ALL.iter().map(line).collect();
    Ok(respond::private(StatusCode::OK, &KindsPage { f, lines }))
}

fn in_languages(app: &App, kind: MailKind) -> Vec<(Language, String)> {
    app.locales.of_mails().into_iter().map(|language| (language, url(kind, "", language))).collect()
}

fn url(kind: MailKind, rest: &str, language: Language) -> String {
    address(&format!("/staff/mail/kinds/{}{rest}", kind.as_str()), &[("language", language.code())])
}

/// GET `/staff/mail/kinds/{kind}`
///
/// # Errors
/// Where there is no such kind.
pub async fn one(
    req: HttpRequest,
    app: State,
    kind: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    let kind = MailKind::read(&kind).ok_or(WebError::NotFound)?;
    let spoken = asked.language(&app);
    let Specimen { written, real } = write(&app, kind, spoken).await?;
    let f = Frame::new(&app, &req, words::mail_kind(&app.locale(language(&req)), kind));
    let page = KindPage {
        real,
        subject: without_keys(&written.subject),
        text: without_keys(&written.text),
        lang: spoken.tag(),
        dir: spoken.dir(),
        html: url(kind, "/html", spoken),
        others: in_languages(&app, kind).into_iter().filter(|(other, _)| *other != spoken).collect(),
        f,
    };
    let mut response = respond::private(StatusCode::OK, &page);
    allow(&mut response, HOLDS, "DENY");
    Ok(response)
}

/// GET `/staff/mail/kinds/{kind}/html`: the formatted mail alone, for a frame in which nothing runs and no link leads on.
///
/// # Errors
/// Where there is no such kind.
pub async fn html(app: State, kind: web::Path<String>, asked: web::Query<Asked>) -> Result<HttpResponse, WebError> {
    let kind = MailKind::read(&kind).ok_or(WebError::NotFound)?;
    let Specimen { written, .. } = write(&app, kind, asked.language(&app)).await?;
    let mut response = HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(written.html);
    allow(&mut response, HELD, "SAMEORIGIN");
    Ok(response)
}

fn allow(response: &mut HttpResponse, policy: &'static str, framed: &'static str) {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, header::HeaderValue::from_static(policy));
    headers.insert(header::X_FRAME_OPTIONS, header::HeaderValue::from_static(framed));
}

async fn write(app: &App, kind: MailKind, language: Language) -> Result<Specimen, WebError> {
    let handle = app.clone();
    Ok(app.db.read(move |conn| specimen(&handle, conn, kind, language)).await?)
}
