//! Another address for the contact, which the old mailbox did not answer for: a moderator says yes or no.

use actix_web::{HttpRequest, HttpResponse, web};

use super::record::read_reference;
use crate::actions::change_address::{self, Verdict};
use crate::domain::event::Author;
use crate::store::submissions;
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::respond::{self, State};

/// POST `/staff/submissions/{reference}/address`
///
/// # Errors
/// Where there is no such record, or the question is settled already.
pub async fn settle(
    req: HttpRequest,
    app: State,
    reference: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let reference = read_reference(&reference)?.to_string();
    let seq = sent.text("change").parse().map_err(|_| WebError::Unreadable)?;
    let verdict = Verdict::read(sent.text("verdict")).ok_or(WebError::Unreadable)?;
    let of = reference.clone();
    let found = app.db.read(move |conn| submissions::find(conn, &of)).await?.ok_or(WebError::NotFound)?;
    let by = Author::Staff(super::desk(&req)?.account.id.0);
    let settled = change_address::settle(&app, found.id, seq, verdict, by).await;
    settled.map_err(|stop| WebError::of(stop, |_| WebError::Conflict))?;
    Ok(respond::see_other(&format!("/staff/submissions/{reference}?noted={}", verdict.as_str())))
}
