//! Addresses that get no mail, and giving one another chance.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::When;
use super::words::Names;
use crate::actions::suppress;
use crate::domain::event::Author;
use crate::store::suppressions::{self, Suppression};
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::frame::{Frame, language};
use crate::web::respond::{self, State};

/// The address' parameters.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    done: Option<String>,
}

/// One address.
pub struct Line {
    pub address: String,
    pub reason: String,
    pub by: String,
    pub since: When,
}

#[derive(Template)]
#[template(path = "staff/suppressions.html")]
struct SuppressionsPage {
    f: Frame,
    lines: Vec<Line>,
    flash: Option<String>,
}

/// GET `/staff/mail/suppressions`
///
/// # Errors
/// Where the database fails.
pub async fn list(req: HttpRequest, app: State, asked: web::Query<Asked>) -> Result<HttpResponse, WebError> {
    let l = app.locale(language(&req));
    let (all, names) = app.db.read(|conn| Ok((suppressions::all(conn)?, Names::load(conn)?))).await?;
    let line = |suppression: Suppression| Line {
        reason: l.t(&format!("staff-suppressed-{}", suppression.reason.as_str())),
        by: names.of(suppression.by.map_or(Author::System, |id| Author::Staff(id.0)), &l),
        since: When::new(&l, &suppression.since),
        address: suppression.address,
    };
    let page = SuppressionsPage {
        lines: all.into_iter().map(line).collect(),
        flash: asked.done.as_ref().map(|_| l.t("staff-suppressed-lifted")),
        f: Frame::new(&app, &req, l.t("staff-suppressed")),
    };
    Ok(respond::private(StatusCode::OK, &page))
}

/// POST `/staff/mail/suppressions`
///
/// # Errors
/// Where the database fails.
pub async fn lift(app: State, sent: Sent) -> Result<HttpResponse, WebError> {
    suppress::lift(&app, sent.text("address")).await.map_err(|stop| WebError::of(stop, |never| match never {}))?;
    Ok(respond::see_other("/staff/mail/suppressions?done=lifted"))
}
