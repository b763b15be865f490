//! `POST /api/v1/uploads`: a file, to be named once in the answers of a submission.

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::error::PayloadError;
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};
use futures_util::StreamExt;
use serde_json::json;

use super::problems::ApiError;
use crate::actions::attach::{self, LARGEST, Refusal};
use crate::app::App;
use crate::web::errors::WebError;
use crate::web::extract::bounded;
use crate::web::frame::language;
use crate::web::respond::{self, State};

/// Most bytes that are read of a request. More than a file may have, so that the sender of one that is too large has sent
/// it when it is told, and hears it.
const MOST: u64 = 3 * LARGEST;

/// Takes a file.
///
/// # Errors
/// Where it is not taken.
pub async fn upload(req: HttpRequest, app: State, payload: web::Payload) -> Result<HttpResponse, WebError> {
    match take(&app, &req, payload).await {
        Ok(id) => {
            let mut response = super::json(StatusCode::CREATED, &json!({ "upload": id }));
            respond::no_store(&mut response);
            Ok(response)
        }
        Err(error) => error.answer(&app.locale(language(&req))),
    }
}

/// The one file of the request; parts that are no files are not looked at.
async fn take(app: &App, req: &HttpRequest, payload: web::Payload) -> Result<String, ApiError> {
    let kind = req.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.to_ascii_lowercase().starts_with("multipart/form-data") {
        return Err(WebError::MediaType.into());
    }
    let mut body = Multipart::new(req.headers(), bounded(payload, MOST));
    let mut taken = None;
    while let Some(part) = body.next().await {
        let part = part.map_err(|error| broken(&error))?;
        let Some(name) = file_name(&part) else {
            drain(part).await?;
            continue;
        };
        if taken.is_some() {
            return Err(ApiError::SeveralFiles);
        }
        taken = Some(attach::attach(app, None, &name, part).await);
    }
    taken.ok_or(ApiError::NoFile)?.map(|file| file.id).map_err(refused)
}

fn file_name(part: &Field) -> Option<String> {
    let name = part.content_disposition()?.get_filename()?;
    (!name.is_empty()).then(|| name.to_owned())
}

async fn drain(mut part: Field) -> Result<(), ApiError> {
    while let Some(chunk) = part.next().await {
        chunk.map_err(|error| broken(&error))?;
    }
    Ok(())
}

fn broken(error: &MultipartError) -> ApiError {
    let too_large = matches!(error, MultipartError::Payload(PayloadError::Overflow));
    if too_large { ApiError::FileTooLarge } else { WebError::Unreadable.into() }
}

fn refused(refusal: Refusal) -> ApiError {
    match refusal {
        Refusal::Empty => ApiError::EmptyFile,
        Refusal::TooBig => ApiError::FileTooLarge,
        Refusal::WrongType | Refusal::Damaged => ApiError::WrongType,
        Refusal::Interrupted => WebError::Unreadable.into(),
        Refusal::TooMany => WebError::TooMany.into(),
        Refusal::Failed(error) => error.into(),
    }
}
