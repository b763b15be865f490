//! The reader hears no more of a record by mail, or again.

use actix_web::{HttpRequest, HttpResponse, web};

use super::record::read_reference;
use crate::actions::mute;
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::respond::{self, State};

/// POST `/staff/submissions/{reference}/mute`
///
/// # Errors
/// Where there is no such record.
pub async fn mute(
    req: HttpRequest,
    app: State,
    reference: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let reference = read_reference(&reference)?.to_string();
    let muted = match sent.text("muted") {
        "yes" => true,
        "no" => false,
        _ => return Err(WebError::Unreadable),
    };
    let reader = super::desk(&req)?.account.id;
    let done = mute::mute(&app, reader, &reference, muted).await;
    done.map_err(|stop| WebError::of(stop, |mute::Refusal::NotFound| WebError::NotFound))?;
    Ok(respond::see_other(&format!("/staff/submissions/{reference}#mute")))
}
