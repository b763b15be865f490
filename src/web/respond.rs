//! Answers: a page, a redirect, a cookie.

use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, ContentEncoding, HeaderValue, LOCATION};
use actix_web::{HttpResponse, web};
use askama::Template;
use futures_util::{Stream, TryStreamExt};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::app::App;
use crate::forms::export::Format;
use crate::store::StoreError;

const HTML: &str = "text/html; charset=utf-8";

/// Room for a page as it is drawn: nearly all fit, and one that does not grows.
const ROOM: usize = 48 * 1024;

/// A page as text.
///
/// # Errors
/// Where its template does not render.
pub fn draw(page: &impl Template) -> Result<String, askama::Error> {
    let mut html = String::with_capacity(ROOM);
    page.render_into(&mut html)?;
    Ok(html)
}

/// A rendered page.
#[must_use]
pub fn page(status: StatusCode, page: &impl Template) -> HttpResponse {
    match draw(page) {
        Ok(html) => HttpResponse::build(status).content_type(HTML).body(html),
        Err(error) => {
            tracing::error!(%error, "a template did not render");
            HttpResponse::InternalServerError().content_type("text/plain; charset=utf-8").body("500")
        }
    }
}

/// A page that nobody may keep: it holds what somebody typed, or is for one reader.
#[must_use]
pub fn private(status: StatusCode, shown: &impl Template) -> HttpResponse {
    let mut response = page(status, shown);
    no_store(&mut response);
    response
}

/// A page of somebody's own that the browser's Back may show again, so that nobody meets "confirm resubmission".
#[must_use]
pub fn revisitable(status: StatusCode, shown: &impl Template) -> HttpResponse {
    let mut response = page(status, shown);
    response.headers_mut().insert(CACHE_CONTROL, REVISITABLE);
    response
}

/// The same for a page that is drawn already.
#[must_use]
pub fn revisitable_text(html: String) -> HttpResponse {
    HttpResponse::Ok().content_type(HTML).insert_header((CACHE_CONTROL, REVISITABLE)).body(html)
}

const REVISITABLE: HeaderValue = HeaderValue::from_static("private, no-cache");

/// Entries for a calendar, as a file of this name.
#[must_use]
pub fn calendar(name: &str, text: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/calendar; charset=utf-8")
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(text)
}

/// Forbids keeping an answer.
pub fn no_store(response: &mut HttpResponse) {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
}

/// 303: what was asked is done, look there. Only ever within the site.
#[must_use]
pub fn see_other(path: &str) -> HttpResponse {
    let safe = if is_own_path(path) { path } else { "/" };
    let location = HeaderValue::from_str(safe).unwrap_or(HeaderValue::from_static("/"));
    HttpResponse::SeeOther().insert_header((LOCATION, location)).insert_header((CACHE_CONTROL, "no-store")).finish()
}

/// Whether a redirect stays on this site.
#[must_use]
pub fn is_own_path(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(['\\', '\r', '\n', '\t', '\0'])
        && !path.to_ascii_lowercase().starts_with("/%2f")
        && !path.to_ascii_lowercase().starts_with("/%5c")
}

const UNRESERVED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Percent-encodes a value for a query string.
#[must_use]
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, &UNRESERVED).to_string()
}

/// A cookie no script reads, sent to `path` alone, over TLS alone where the site has it.
#[must_use]
pub fn cookie(app: &App, name: &str, value: &str, path: &str, life: Option<time::Duration>) -> Cookie<'static> {
    let mut cookie = Cookie::new(name.to_owned(), value.to_owned());
    cookie.set_path(path.to_owned());
    cookie.set_http_only(true);
    cookie.set_secure(app.base().starts_with("https://"));
    cookie.set_same_site(SameSite::Lax);
    if let Some(life) = life {
        cookie.set_max_age(life);
    }
    cookie
}

/// A file that is made while it is sent.
#[must_use]
pub fn download(
    format: Format,
    name: &str,
    pieces: impl Stream<Item = Result<web::Bytes, StoreError>> + 'static,
) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.content_type(format.media_type());
    response.insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{}\"", format.as_str())));
    if format == Format::Xlsx {
        // Is compressed already.
        response.insert_header(ContentEncoding::Identity);
    }
    let said = pieces.inspect_err(|error| tracing::error!(%error, "a file could not be written to its end"));
    response.streaming(said)
}

/// The application, as handlers get it.
pub type State = web::Data<App>;
