//! Style sheet, module and icons, embedded; their addresses carry a digest, so that they can be kept for a year.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use rust_embed::RustEmbed;

use super::errors::WebError;

#[derive(RustEmbed)]
#[folder = "static"]
struct Files;

/// The address of a file: `/static/<digest>/<name>`.
#[must_use]
pub fn address(name: &str) -> String {
    let digest = Files::get(name).map(|file| digest(&file)).unwrap_or_default();
    format!("/static/{digest}/{name}")
}

fn digest(file: &rust_embed::EmbeddedFile) -> String {
    crate::domain::event::hex(file.metadata.sha256_hash().get(..5).unwrap_or_default())
}

/// Serves a file under any digest, for pages that outlive an upgrade.
///
/// # Errors
/// Where there is no such file.
pub async fn serve(path: web::Path<(String, String)>) -> Result<HttpResponse, WebError> {
    let (asked, name) = path.into_inner();
    let file = Files::get(&name).ok_or(WebError::NotFound)?;
    let kind = mime_guess::from_path(&name).first_or_octet_stream();
    let kept = if asked == digest(&file) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let kind = if kind.type_() == "text" { format!("{kind}; charset=utf-8") } else { kind.to_string() };
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, kind))
        .insert_header((CACHE_CONTROL, kept))
        .body(file.data.into_owned()))
}
