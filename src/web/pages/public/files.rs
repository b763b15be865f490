//! Attachments, handed out so that no browser can be made to run what is in them.

use actix_web::body::SizedStream;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
};
use actix_web::{HttpResponse, web};

use crate::app::App;
use crate::domain::attachment::{Hold, is_picture};
use crate::store::attachments::{self, Held};
use crate::store::files::copy_of;
use crate::web::errors::WebError;
use crate::web::respond::{State, encode};

/// `GET /attachments/{id}`: a file that a current publication shows. All others are as unknown as those that never were.
///
/// # Errors
/// Where no publication shows it.
pub async fn attachment(app: State, id: web::Path<String>) -> Result<HttpResponse, WebError> {
    let id = id.into_inner();
    let held = app.db.read(move |conn| attachments::find(conn, &id)).await?;
    let held = held.filter(|held| held.public).ok_or(WebError::NotFound)?;
    if !is_picture(&held.file.media_type) {
        return send_file(&app, &held).await;
    }
    // Of a picture the public gets the copy without hidden data, or nothing.
    let size = held.copy.ok_or(WebError::NotFound)?;
    send(&app, &held, &copy_of(&held.file.id), size).await
}

/// A stored file as a download, streamed. Who may have it is decided by the caller.
///
/// # Errors
/// Where the file cannot be read.
pub async fn send_file(app: &App, held: &Held) -> Result<HttpResponse, WebError> {
    send(app, held, &held.file.id, held.file.size).await
}

/// Nobody gets a file that waits for the virus scanner, whoever they are.
async fn send(app: &App, held: &Held, name: &str, size: u64) -> Result<HttpResponse, WebError> {
    match held.hold {
        None => {}
        Some(Hold::Waiting | Hold::Unanswered) => return Err(WebError::Unscanned),
        Some(Hold::Infected) => return Err(WebError::Infected),
        Some(Hold::Redacted) => return Err(WebError::Redacted),
    }
    let content = app.files.get(name).await?;
    // RFC 6266: the name in UTF-8, percent-encoded, so that nothing in it can be taken for syntax.
    let name = format!("attachment; filename*=UTF-8''{}", encode(&held.file.name));
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, held.file.media_type.clone()))
        .insert_header((CONTENT_DISPOSITION, name))
        .insert_header((CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .insert_header((CACHE_CONTROL, "private, no-cache"))
        // Sent as it is: most types are compressed already, and the length stays known.
        .insert_header((CONTENT_ENCODING, "identity"))
        .body(SizedStream::new(size, content)))
}
