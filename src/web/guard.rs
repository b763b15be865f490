//! What stands before every handler: the language, who asks, the proof of origin, the permission, the headers.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderMap, HeaderName, HeaderValue, ORIGIN, VARY};
use actix_web::http::{Method, Uri, header};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest};

use super::errors::{Typed, WebError, dress};
use super::extract::{Sent, admitted, state};
use super::frame::{Desk, Spoken};
use crate::actions::sign_in::{ABSOLUTE, IDLE};
use crate::app::App;
use crate::domain::links::hash_token;
use crate::domain::policy::{Act, Actor, may};
use crate::locale::Language;
use crate::store::{StoreError, accounts, instant};

/// Where a request says it comes from (DESIGN 16).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// From our own pages, or typed in by the reader.
    Given,
    /// From elsewhere.
    Refused,
    /// The browser does not say: the form's own proof decides.
    Token,
}

/// Before routing: takes the language from the path (`/fr/…`), else from the cookie, else from what the browser asks.
pub async fn speak<B: MessageBody + 'static>(
    mut req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let spoken = spoken(&req);
    if let Some(rest) = req.path().strip_prefix(spoken.prefix.as_str()).filter(|_| !spoken.prefix.is_empty()) {
        let path = if rest.is_empty() { "/" } else { rest };
        let target = req.uri().query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"));
        if let Ok(uri) = target.parse::<Uri>() {
            req.match_info_mut().get_mut().update(&uri);
            req.head_mut().uri = uri;
        }
    }
    let proof = prove(&req);
    req.extensions_mut().insert(spoken);
    req.extensions_mut().insert(proof);
    next.call(req).await
}

/// The cookie of the language that was chosen.
pub const LANGUAGE_COOKIE: &str = "inlet_lang";

fn spoken(req: &ServiceRequest) -> Spoken {
    let first = req.path().split('/').nth(1).unwrap_or_default();
    let available = req.app_data::<actix_web::web::Data<App>>().map(|app| app.locales.available()).unwrap_or_default();
    if let Some(language) = Language::ALL.into_iter().find(|language| language.code() == first) {
        let spoken = if available.contains(&language) { language } else { Language::En };
        return Spoken { language: spoken, prefix: format!("/{first}"), asked: language };
    }
    let cookie = req.cookie(LANGUAGE_COOKIE).and_then(|cookie| Language::read(cookie.value()));
    let language =
        cookie.or_else(|| accepted(req.headers(), &available)).filter(|language| available.contains(language));
    let language = language.unwrap_or(Language::En);
    let asked = cookie.or_else(|| accepted(req.headers(), &Language::ALL)).unwrap_or(language);
    Spoken { language, prefix: String::new(), asked }
}

/// The first language of `Accept-Language` that Inlet speaks; weights order it in practice.
fn accepted(headers: &HeaderMap, available: &[Language]) -> Option<Language> {
    let text = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
    text.split(',').filter_map(|part| Language::read(part.split(';').next()?.trim())).find(|l| available.contains(l))
}

fn prove(req: &ServiceRequest) -> Proof {
    let header = |name: &str| req.headers().get(name).and_then(|value| value.to_str().ok());
    match (header("sec-fetch-site"), header(ORIGIN.as_str())) {
        (Some("same-origin" | "none"), _) => Proof::Given,
        (Some(_), _) => Proof::Refused,
        (None, Some(origin)) => {
            let base = req.app_data::<actix_web::web::Data<App>>().map(|app| app.base());
            if base.as_deref() == Some(origin) { Proof::Given } else { Proof::Refused }
        }
        (None, None) => Proof::Token,
    }
}

/// Before a handler: finds out who asks and whether the policy lets them; dresses errors as pages.
pub async fn authorize<B: MessageBody + 'static>(
    act: Act,
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<actix_web::body::BoxBody>, actix_web::Error> {
    let request = req.request().clone();
    let app = state(&request)?;
    let program = within(&request, "/api") && request.method() == Method::POST;
    if program && !admitted(&request) {
        return Ok(ServiceResponse::new(request.clone(), dress(&app, &request, &WebError::TooMany)));
    }
    let verdict = identify(&app, &request).await.and_then(|actor| permit(&actor, act, &request));
    if let Err(mut error) = verdict {
        if request.method() == Method::POST {
            let (_, mut payload) = req.into_parts();
            Typed::note(&request, &Sent::typed(&request, &mut payload).await);
            if matches!(error, WebError::SignIn(_)) {
                error = WebError::SignedOut;
            }
        }
        return Ok(ServiceResponse::new(request.clone(), dress(&app, &request, &error)));
    }
    match next.call(req).await {
        Ok(response) => Ok(polish(&app, response.map_into_boxed_body())),
        Err(error) => Ok(ServiceResponse::new(request.clone(), explain(&app, &request, &error))),
    }
}

/// An error of a handler, or of the framework, as a page of ours.
fn explain(app: &App, req: &HttpRequest, error: &actix_web::Error) -> actix_web::HttpResponse {
    match error.as_error::<WebError>() {
        Some(own) => dress(app, req, own),
        None => dress(app, req, &by_status(error.as_response_error().status_code().as_u16(), error)),
    }
}

fn by_status(status: u16, error: &actix_web::Error) -> WebError {
    match status {
        404 => WebError::NotFound,
        405 => WebError::Method,
        413 => WebError::TooLarge,
        415 => WebError::MediaType,
        400..=499 => WebError::Unreadable,
        _ => WebError::Internal(error.to_string()),
    }
}

/// A bare error answer, ours or the framework's, gets its page too.
fn polish(app: &App, response: ServiceResponse) -> ServiceResponse {
    let page = response.response().error().map(|error| explain(app, response.request(), error));
    match page {
        Some(page) => ServiceResponse::new(response.request().clone(), page),
        None => response,
    }
}

fn permit(actor: &Actor, act: Act, req: &HttpRequest) -> Result<(), WebError> {
    // Who holds a submission's link is known only once its key was checked, by the handler's `Own`.
    if matches!(act, Act::OpenOwn | Act::SpeakForParty) || may(actor, act) {
        return Ok(());
    }
    match actor {
        Actor::Anyone | Actor::Submitter(_) | Actor::Party(_) => Err(WebError::SignIn(req.uri().to_string())),
        Actor::Staff(..) => Err(WebError::Forbidden),
    }
}

/// Whether a request belongs to a part of the site: by its path or by the route it takes, for a path can be written in many
/// ways.
#[must_use]
pub fn within(req: &HttpRequest, part: &str) -> bool {
    let begins = |path: &str| path.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    begins(req.path()) || req.match_pattern().is_some_and(|pattern| begins(&pattern))
}

/// The name of the staff cookie.
#[must_use]
pub fn session_cookie(app: &App) -> &'static str {
    if app.base().starts_with("https://") { "__Host-inlet" } else { "inlet_staff" }
}

/// Who asks, by the session cookie. Outside `/staff` nobody is asked.
async fn identify(app: &App, req: &HttpRequest) -> Result<Actor, WebError> {
    if !within(req, "/staff") {
        return Ok(Actor::Anyone);
    }
    let Some(cookie) = req.cookie(session_cookie(app)) else { return Ok(Actor::Anyone) };
    let Some(desk) = find_desk(app, cookie.value()).await? else { return Ok(Actor::Anyone) };
    let actor = Actor::Staff(desk.account.id, desk.account.role);
    req.extensions_mut().insert(desk);
    Ok(actor)
}

/// The account of a session that is complete, fresh and not disabled; using it keeps it alive.
async fn find_desk(app: &App, token: &str) -> Result<Option<Desk>, StoreError> {
    let (hash, now) = (hash_token(token), app.clock.now());
    let of = hash.clone();
    let Some((session, account)) = app.db.read(move |conn| accounts::find_session(conn, &of)).await? else {
        return Ok(None);
    };
    let fresh = now - instant(session.seen_at) < IDLE && now - instant(session.created_at) < ABSOLUTE;
    if !session.complete || !fresh || account.disabled {
        return Ok(None);
    }
    if now - instant(session.seen_at) > chrono::Duration::minutes(1) {
        let touched: Result<(), crate::store::Stop<()>> =
            app.db.write(move |conn| Ok(accounts::touch_session(conn, &hash, now)?)).await;
        if touched.is_err() {
            tracing::warn!("a session could not be kept alive");
        }
    }
    Ok(Some(Desk { account, token: token.to_owned() }))
}

/// After everything: the headers every answer has (ASVS 3.4).
pub async fn protect<B: MessageBody + 'static>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let app = req.app_data::<actix_web::web::Data<App>>().cloned();
    let mut response = next.call(req).await?;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        if !headers.contains_key(name) {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
    }
    headers.append(VARY, HeaderValue::from_static("cookie, accept-language"));
    if let Some(app) = app {
        if app.config.service.demo {
            headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));
        }
        if app.base().starts_with("https://") {
            headers.insert(
                header::STRICT_TRANSPORT_SECURITY,
                HeaderValue::from_static("max-age=31536000; includeSubDomains"),
            );
        }
    }
    Ok(response)
}

const HEADERS: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cache-control", "no-cache"),
];
