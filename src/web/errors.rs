//! What a visitor can meet instead of a page: a closed list, each with a status, a title, and a way on. Whichever it is, what was
//! typed is on it.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, ResponseError};
use askama::Template;
use serde_json::json;

use super::frame::Frame;
use super::guard::within;
use super::respond;
use crate::app::App;
use crate::forms::pairs::Pairs;
use crate::store::{Stop, StoreError};

/// What a request brought, for the page of an error: none may cost anybody's text. Whoever reads a body notes it.
#[derive(Debug, Clone, Default)]
pub struct Typed(pub Pairs);

impl Typed {
    /// What pages put into their forms themselves.
    const OURS: [&str; 6] = ["token", "draft_key", "turn", "return", "key", "do"];

    /// Notes what was typed.
    pub fn note(req: &HttpRequest, pairs: &Pairs) {
        req.extensions_mut().insert(Self(pairs.clone()));
    }

    /// What to show again. A secret is typed anew; with `again`, what the form needs to be sent is there too.
    fn kept(req: &HttpRequest, again: bool) -> Vec<(String, String)> {
        let typed = req.extensions().get::<Self>().cloned().unwrap_or_default();
        let ours = |name: &str| Self::OURS.contains(&name);
        if typed.0.iter().all(|(name, value)| ours(name) || value.is_empty()) {
            return Vec::new();
        }
        let kept = |(name, _): &(String, String)| name != "token" && name != "password" && (again || !ours(name));
        typed.0.0.into_iter().filter(kept).collect()
    }
}

/// Everything that can be answered instead of a page.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// Nothing here, or nothing that may be told.
    #[error("not found")]
    NotFound,
    /// A reference that cannot be one: mistyped.
    #[error("mistyped reference")]
    Mistyped,
    /// Signed in, but not allowed.
    #[error("forbidden")]
    Forbidden,
    /// Not signed in; the path to come back to.
    #[error("sign in first")]
    SignIn(String),
    /// The session ended meanwhile.
    #[error("signed out")]
    SignedOut,
    /// A request that may come from another site (DESIGN 16).
    #[error("no proof of origin")]
    NoProof,
    /// The draft this was typed into is gone.
    #[error("draft gone")]
    Gone,
    /// The link or cookie that opens this is missing, old or wrong.
    #[error("link needed")]
    LinkNeeded,
    /// The request cannot be read.
    #[error("unreadable request")]
    Unreadable,
    /// Not a form and not JSON where JSON is asked.
    #[error("unsupported media type")]
    MediaType,
    /// More than the limits allow.
    #[error("too large")]
    TooLarge,
    /// More files at once than are read. What was typed is saved; the path of the page it was typed on.
    #[error("too large, saved")]
    Cut(String),
    /// The file waits for the virus scanner.
    #[error("file not scanned yet")]
    Unscanned,
    /// A virus was found in the file.
    #[error("infected file")]
    Infected,
    /// Staff took the file away.
    #[error("redacted file")]
    Redacted,
    /// More than a network may send.
    #[error("too many requests")]
    TooMany,
    /// Moved on meanwhile.
    #[error("conflict")]
    Conflict,
    #[error("method not allowed")]
    Method,
    /// The database or the disk takes nothing just now. The cause is logged, never shown.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// Our fault. The cause is logged, never shown.
    #[error("internal: {0}")]
    Internal(String),
}

impl From<StoreError> for WebError {
    fn from(error: StoreError) -> Self {
        if error.passes() { Self::Unavailable(error.to_string()) } else { Self::Internal(error.to_string()) }
    }
}

impl From<askama::Error> for WebError {
    fn from(error: askama::Error) -> Self {
        Self::Internal(error.to_string())
    }
}

impl WebError {
    /// What an action's failure is to a visitor, given what its refusals are.
    pub fn of<R>(stop: Stop<R>, refused: impl FnOnce(R) -> Self) -> Self {
        match stop {
            Stop::Refused(refusal) => refused(refusal),
            Stop::Failed(error) => error.into(),
        }
    }

    /// Whether sending the same once more, or a little shorter, can help.
    fn again(&self) -> bool {
        match self {
            Self::SignedOut
            | Self::NoProof
            | Self::TooLarge
            | Self::TooMany
            | Self::Unavailable(_)
            | Self::Internal(_) => true,
            Self::NotFound
            | Self::Mistyped
            | Self::Forbidden
            | Self::SignIn(_)
            | Self::Gone
            | Self::LinkNeeded
            | Self::Unreadable
            | Self::MediaType
            | Self::Cut(_)
            | Self::Unscanned
            | Self::Infected
            | Self::Redacted
            | Self::Conflict
            | Self::Method => false,
        }
    }

    /// Seconds after which to try again, where waiting helps.
    fn wait(&self) -> Option<HeaderValue> {
        match self {
            Self::TooMany | Self::Unscanned => Some(HeaderValue::from_static("60")),
            Self::Unavailable(_) => Some(HeaderValue::from_static("10")),
            Self::NotFound
            | Self::Mistyped
            | Self::Forbidden
            | Self::SignIn(_)
            | Self::SignedOut
            | Self::NoProof
            | Self::Gone
            | Self::LinkNeeded
            | Self::Unreadable
            | Self::MediaType
            | Self::Cut(_)
            | Self::Infected
            | Self::Redacted
            | Self::TooLarge
            | Self::Conflict
            | Self::Method
            | Self::Internal(_) => None,
        }
    }

    /// The words' key in `site.ftl`.
    fn key(&self) -> &'static str {
        match self {
            Self::NotFound => "error-not-found",
            Self::Mistyped => "error-mistyped",
            Self::Forbidden => "error-forbidden",
            Self::SignIn(_) => "error-sign-in",
            Self::SignedOut => "error-signed-out",
            Self::NoProof => "error-no-proof",
            Self::Gone => "error-gone",
            Self::LinkNeeded => "error-link-needed",
            Self::Unreadable => "error-unreadable",
            Self::MediaType => "error-media-type",
            Self::TooLarge => "error-too-large",
            Self::Cut(_) => "error-cut",
            Self::Unscanned => "error-unscanned",
            Self::Infected => "error-infected",
            Self::Redacted => "error-redacted",
            Self::TooMany => "error-too-many",
            Self::Conflict => "error-conflict",
            Self::Method => "error-method",
            Self::Unavailable(_) => "error-unavailable",
            Self::Internal(_) => "error-internal",
        }
    }
}

impl ResponseError for WebError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::Mistyped | Self::LinkNeeded => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::NoProof | Self::SignedOut | Self::Infected => StatusCode::FORBIDDEN,
            Self::SignIn(_) => StatusCode::SEE_OTHER,
            Self::Gone | Self::Redacted => StatusCode::GONE,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge | Self::Cut(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Conflict | Self::Unscanned => StatusCode::CONFLICT,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Bare; [`dress`] makes the page, for it knows the request.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status_code()).finish()
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    f: Frame,
    heading: String,
    text: String,
    /// What was typed, shown again in fields that one click sends.
    kept: Vec<(String, String)>,
    action: String,
    /// Whether sending once more can help.
    again: bool,
    signed_out: bool,
    /// The link that opens this may be lost.
    lost: bool,
    /// Where to go on.
    back: Option<&'a str>,
}

/// The answer for an error: a page, or a problem document (RFC 9457) under `/api/`.
#[must_use]
pub fn dress(app: &App, req: &HttpRequest, error: &WebError) -> HttpResponse {
    if let WebError::Internal(cause) | WebError::Unavailable(cause) = error {
        tracing::error!(route = req.match_pattern().unwrap_or_default(), cause, "request failed");
    }
    if let WebError::SignIn(next) = error {
        return respond::see_other(&format!("/staff/login?next={}", respond::encode(next)));
    }
    let l = app.locale(super::frame::language(req));
    let (heading, text) = (l.t(error.key()), l.t(&format!("{}.text", error.key())));
    if within(req, "/api") {
        return problem(error.status_code(), error.key().trim_start_matches("error-"), &heading, &text);
    }
    let page = ErrorPage {
        f: Frame::new(app, req, heading.clone()),
        heading,
        text,
        // Of a body that was cut, what came before is saved.
        kept: if matches!(error, WebError::Cut(_)) { Vec::new() } else { Typed::kept(req, error.again()) },
        action: req.uri().to_string(),
        lost: matches!(error, WebError::LinkNeeded),
        again: error.again(),
        signed_out: matches!(error, WebError::SignedOut),
        back: if let WebError::Cut(path) = error { Some(path) } else { None },
    };
    let mut response = respond::page(error.status_code(), &page);
    respond::no_store(&mut response);
    if let Some(seconds) = error.wait() {
        response.headers_mut().insert(RETRY_AFTER, seconds);
    }
    response
}

/// A problem document.
#[must_use]
pub fn problem(status: StatusCode, kind: &str, title: &str, detail: &str) -> HttpResponse {
    let body =
        json!({ "type": format!("/problems/{kind}"), "title": title, "status": status.as_u16(), "detail": detail });
    let mut response = HttpResponse::build(status).body(body.to_string());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
