//! The contact somebody gave with an earlier form in the same browser, offered for the next one.
//!
//! A cookie names that form, sent with drafts alone and gone when the browser closes. Its key opens nothing else.

use actix_web::{HttpRequest, HttpResponse};

use crate::actions::earlier::{self, Source};
use crate::app::App;
use crate::forms::form::Step;
use crate::forms::pairs::Pairs;
use crate::store::StoreError;
use crate::store::drafts::Draft;
use crate::web::respond;

const EARLIER_COOKIE: &str = "inlet_earlier";

/// Remembers in the browser where a contact was given.
pub fn keep(app: &App, response: &mut HttpResponse, source: &Source, generation: i64) {
    let (kind, id) = match source {
        Source::Draft(id) => ("d", id),
        Source::Submission(reference) => ("s", reference),
    };
    let value = format!("{kind}.{id}.{}", app.keys.recall(&source.secret(generation)));
    if response.add_cookie(&respond::cookie(app, EARLIER_COOKIE, &value, "/drafts", None)).is_err() {
        tracing::warn!("the cookie of an earlier form could not be set");
    }
}

/// Answers to the questions of a step that were given before, by name; those of the draft itself are not earlier.
///
/// # Errors
/// Where the database fails.
pub async fn offered(app: &App, req: &HttpRequest, draft: &Draft, step: &Step) -> Result<Pairs, StoreError> {
    let held = req.cookie(EARLIER_COOKIE).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
    let mut parts = held.splitn(3, '.');
    let (Some(kind), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
        return Ok(Pairs::default());
    };
    let source = match kind {
        "d" if id != draft.id => Source::Draft(id.to_owned()),
        "s" => Source::Submission(id.to_owned()),
        _ => return Ok(Pairs::default()),
    };
    earlier::answers(app, source, key, step).await
}
