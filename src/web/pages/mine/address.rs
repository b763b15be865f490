//! Mailed links that confirm something: the address, or another one in its place.
//!
//! Mail scanners open links too: looking changes nothing, the button does. The key leaves the address at once.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::{Key, exchange, linked, open_cookie};
use crate::actions::change_address::{self, Open, Verdict};
use crate::actions::confirm_address as confirming;
use crate::app::App;
use crate::domain::event::Author;
use crate::domain::links::Purpose;
use crate::store::submissions::Submission;
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::frame::Frame;
use crate::web::respond::{self, State};

#[derive(Template)]
#[template(path = "mine/address.html")]
struct AddressPage {
    f: Frame,
    submission: Submission,
    done: bool,
}

/// `GET /submissions/{reference}/address?key=…`
pub async fn address(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    key: web::Query<Key>,
) -> Result<HttpResponse, WebError> {
    if let Some(key) = &key.key {
        return exchange(&app, &path, (Purpose::Address, "address"), key).await;
    }
    let submission = linked(&app, &req, &path, Purpose::Address).await?;
    Ok(respond::private(StatusCode::OK, &address_page(&app, &req, submission)))
}

fn frame(app: &App, req: &HttpRequest, submission: &Submission, key: &str) -> Frame {
    Frame::new(app, req, app.locale(submission.language).t(key)).in_language(app, submission.language)
}

fn address_page(app: &App, req: &HttpRequest, submission: Submission) -> AddressPage {
    let f = frame(app, req, &submission, "address-title");
    AddressPage { done: submission.address_confirmed_at.is_some(), f, submission }
}

/// `POST /submissions/{reference}/address`: confirms; then the answers are mailed.
pub async fn confirm_address(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    _proof: Sent,
) -> Result<HttpResponse, WebError> {
    let submission = linked(&app, &req, &path, Purpose::Address).await?;
    let confirmed = confirming::confirm(&app, submission.id).await?;
    let (id, generation, reference) = (confirmed.id, confirmed.link_generation, confirmed.reference.clone());
    let mut response = respond::private(StatusCode::OK, &address_page(&app, &req, confirmed));
    open_cookie(&app, &mut response, id, generation, &reference);
    Ok(response)
}

#[derive(Template)]
#[template(path = "mine/new_address.html")]
struct NewAddressPage {
    f: Frame,
    submission: Submission,
    open: Option<Open>,
    /// What was just said.
    verdict: Option<Verdict>,
}

/// `GET /submissions/{reference}/new-address?key=…`: whether another address is right, asked at the old one.
pub async fn new_address(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    key: web::Query<Key>,
) -> Result<HttpResponse, WebError> {
    if let Some(key) = &key.key {
        return exchange(&app, &path, (Purpose::AddressChange, "new-address"), key).await;
    }
    let submission = linked(&app, &req, &path, Purpose::AddressChange).await?;
    let id = submission.id;
    let open = app.db.read(move |conn| change_address::open(conn, id)).await?;
    let f = frame(&app, &req, &submission, "new-address-title");
    Ok(respond::private(StatusCode::OK, &NewAddressPage { f, submission, open, verdict: None }))
}

/// `POST /submissions/{reference}/new-address`
pub async fn settle_address(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let submission = linked(&app, &req, &path, Purpose::AddressChange).await?;
    let seq = sent.text("change").parse().map_err(|_| WebError::Unreadable)?;
    let verdict = Verdict::read(sent.text("verdict")).ok_or(WebError::Unreadable)?;
    let settled = change_address::settle(&app, submission.id, seq, verdict, Author::Submitter).await;
    let submission = settled.map_err(|stop| WebError::of(stop, |_| WebError::Conflict))?;
    let f = frame(&app, &req, &submission, "new-address-title");
    Ok(respond::private(StatusCode::OK, &NewAddressPage { f, submission, open: None, verdict: Some(verdict) }))
}
