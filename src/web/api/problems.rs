//! What the API says instead of what was asked (RFC 9457). What pages can meet too is a [`WebError`] and becomes a problem
//! document in `errors`; here is the rest, a closed list.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use serde_json::json;

use crate::locale::Locale;
use crate::store::StoreError;
use crate::web::errors::{WebError, problem};

/// Most errors that are told at once.
const MOST: usize = 200;

/// Why a request is not granted.
#[derive(Debug)]
pub enum ApiError {
    /// As on pages.
    Web(WebError),
    /// The body is not JSON.
    NotJson,
    /// The `Idempotency-Key` cannot be one.
    BadKey,
    /// The key was used for other answers.
    KeyTaken,
    /// No file was sent.
    NoFile,
    /// More than one file was sent.
    SeveralFiles,
    EmptyFile,
    /// A file that is larger than allowed.
    FileTooLarge,
    /// A file of a type that is not taken.
    WrongType,
    /// What is wrong with a submission, by field.
    Wrong(Vec<Wrong>),
}

/// One thing that is wrong.
#[derive(Debug)]
pub struct Wrong {
    /// As the control of a page is named: `partners-0-name`.
    pub field: String,
    pub code: String,
    pub message: String,
}

impl From<WebError> for ApiError {
    fn from(error: WebError) -> Self {
        Self::Web(error)
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Self::Web(error.into())
    }
}

impl ApiError {
    /// Status and name of a problem of our own; the other ones are told by `errors`.
    fn kind(&self) -> Option<(StatusCode, &'static str)> {
        match self {
            Self::Web(_) => None,
            Self::NotJson => Some((StatusCode::BAD_REQUEST, "not-json")),
            Self::BadKey => Some((StatusCode::BAD_REQUEST, "bad-key")),
            Self::KeyTaken => Some((StatusCode::UNPROCESSABLE_ENTITY, "key-taken")),
            Self::NoFile => Some((StatusCode::UNPROCESSABLE_ENTITY, "no-file")),
            Self::SeveralFiles => Some((StatusCode::UNPROCESSABLE_ENTITY, "several-files")),
            Self::EmptyFile => Some((StatusCode::UNPROCESSABLE_ENTITY, "empty-file")),
            Self::FileTooLarge => Some((StatusCode::PAYLOAD_TOO_LARGE, "file-too-large")),
            Self::WrongType => Some((StatusCode::UNPROCESSABLE_ENTITY, "wrong-type")),
            Self::Wrong(_) => Some((StatusCode::UNPROCESSABLE_ENTITY, "invalid")),
        }
    }

    /// The answer.
    ///
    /// # Errors
    /// What `errors` tells.
    pub fn answer(self, l: &Locale) -> Result<HttpResponse, WebError> {
        match (self.kind(), self) {
            (_, Self::Web(error)) => Err(error),
            (Some((status, kind)), Self::Wrong(wrong)) => Ok(invalid(status, kind, &wrong, l)),
            (Some((status, kind)), _) => {
                Ok(problem(status, kind, &l.t(&key(kind)), &l.t(&format!("{}.text", key(kind)))))
            }
            (None, _) => Err(WebError::Internal("an API error without a name".to_owned())),
        }
    }
}

fn key(kind: &str) -> String {
    format!("api-problem-{kind}")
}

fn invalid(status: StatusCode, kind: &str, wrong: &[Wrong], l: &Locale) -> HttpResponse {
    let errors = wrong
        .iter()
        .take(MOST)
        .map(|Wrong { field, code, message }| json!({ "field": field, "code": code, "message": message }));
    let body = json!({
        "type": format!("/problems/{kind}"),
        "title": l.t(&key(kind)),
        "status": status.as_u16(),
        "detail": l.t(&format!("{}.text", key(kind))),
        "errors": errors.collect::<Vec<_>>(),
    });
    HttpResponse::build(status)
        .insert_header((CONTENT_TYPE, "application/problem+json"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(body.to_string())
}
