//! Ends the alerts of a member of staff, or of a mailbox without account, by the link in any of them (RFC 8058).

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::actions::stop_alerts::{Reader, stop};
use crate::app::App;
use crate::domain::links::Purpose;
use crate::web::errors::WebError;
use crate::web::frame::{Frame, language};
use crate::web::respond::{self, State};

#[derive(Template)]
#[template(path = "alerts/stop.html")]
struct StopPage {
    f: Frame,
    done: bool,
    action: String,
}

/// The key of the link.
#[derive(Debug, Default, Deserialize)]
pub struct Way {
    #[serde(default)]
    key: String,
}

/// `GET /alerts/{reader}/end?key=…`: a button, and nothing changes.
pub async fn page(
    req: HttpRequest,
    app: State,
    reader: web::Path<String>,
    way: web::Query<Way>,
) -> Result<HttpResponse, WebError> {
    opened(&app, &reader, &way.key)?;
    let f = Frame::new(&app, &req, app.locale(language(&req)).t("alerts-stop-page"));
    let action = format!("/alerts/{reader}/end?key={}", way.key);
    Ok(respond::private(StatusCode::OK, &StopPage { f, done: false, action }))
}

/// `POST /alerts/{reader}/end?key=…`: from the page or from a mail program. The key is all the proof that is needed: it can
/// do nothing else, and a second time changes nothing.
pub async fn end(
    req: HttpRequest,
    app: State,
    reader: web::Path<String>,
    way: web::Query<Way>,
) -> Result<HttpResponse, WebError> {
    let of = opened(&app, &reader, &way.key)?;
    stop(&app, of).await.map_err(|stop| WebError::of(stop, |never| match never {}))?;
    let f = Frame::new(&app, &req, app.locale(language(&req)).t("alerts-stop-done"));
    Ok(respond::private(StatusCode::OK, &StopPage { f, done: true, action: String::new() }))
}

fn opened(app: &App, reader: &str, key: &str) -> Result<Reader, WebError> {
    let opens = app.keys.opens(Purpose::Alerts, reader, 1, key);
    Reader::read(reader).filter(|_| opens).ok_or(WebError::LinkNeeded)
}
