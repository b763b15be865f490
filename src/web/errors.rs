//! What a visitor can meet instead of a page: a closed list, each with a status, a title, and a way on.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use askama::Template;
use serde_json::json;

use super::frame::Frame;
use super::guard::within;
use super::respond;
use crate::app::App;
use crate::forms::pairs::Pairs;
use crate::store::{Stop, StoreError};

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
    /// The session ended meanwhile; what was typed is shown again.
    #[error("signed out")]
    SignedOut(Pairs),
    /// A request that may come from another site; what was typed is shown again (DESIGN 16).
    #[error("no proof of origin")]
    NoProof(Pairs),
    /// The draft this was typed into is gone; what was typed is shown again.
    #[error("draft gone")]
    Gone(Pairs),
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
    /// More than a network may send; what was typed is shown again.
    #[error("too many requests")]
    TooMany(Pairs),
    /// Moved on meanwhile.
    #[error("conflict")]
    Conflict,
    #[error("method not allowed")]
    Method,
    /// Our fault. The cause is logged, never shown.
    #[error("internal: {0}")]
    Internal(String),
}

impl From<StoreError> for WebError {
    fn from(error: StoreError) -> Self {
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

    /// What was typed, where this error must not cost it.
    fn typed(&self) -> Option<&Pairs> {
        match self {
            Self::SignedOut(pairs) | Self::NoProof(pairs) | Self::Gone(pairs) | Self::TooMany(pairs) => Some(pairs),
            Self::NotFound
            | Self::Mistyped
            | Self::Forbidden
            | Self::SignIn(_)
            | Self::LinkNeeded
            | Self::Unreadable
            | Self::MediaType
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
            Self::SignedOut(_) => "error-signed-out",
            Self::NoProof(_) => "error-no-proof",
            Self::Gone(_) => "error-gone",
            Self::LinkNeeded => "error-link-needed",
            Self::Unreadable => "error-unreadable",
            Self::MediaType => "error-media-type",
            Self::TooLarge => "error-too-large",
            Self::TooMany(_) => "error-too-many",
            Self::Conflict => "error-conflict",
            Self::Method => "error-method",
            Self::Internal(_) => "error-internal",
        }
    }
}

impl ResponseError for WebError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::Mistyped | Self::LinkNeeded => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::NoProof(_) | Self::SignedOut(_) => StatusCode::FORBIDDEN,
            Self::SignIn(_) => StatusCode::SEE_OTHER,
            Self::Gone(_) => StatusCode::GONE,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Conflict => StatusCode::CONFLICT,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
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
    kept: Vec<(&'a str, &'a str)>,
    action: String,
    /// Whether sending once more can help.
    again: bool,
    signed_out: bool,
    /// The link that opens this may be lost.
    lost: bool,
}

/// The answer for an error: a page, or a problem document (RFC 9457) under `/api/`.
#[must_use]
pub fn dress(app: &App, req: &HttpRequest, error: &WebError) -> HttpResponse {
    if let WebError::Internal(cause) = error {
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
    let kept = if let Some(pairs) = error.typed() {
        pairs.iter().filter(|(name, _)| *name != "token").collect()
    } else {
        Vec::new()
    };
    let page = ErrorPage {
        f: Frame::new(app, req, heading.clone()),
        heading,
        text,
        kept,
        action: req.uri().to_string(),
        again: !matches!(error, WebError::Gone(_)),
        signed_out: matches!(error, WebError::SignedOut(_)),
        lost: matches!(error, WebError::LinkNeeded),
    };
    let mut response = respond::page(error.status_code(), &page);
    respond::no_store(&mut response);
    if matches!(error, WebError::TooMany(_)) {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("60"));
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
