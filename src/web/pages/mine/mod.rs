//! A submitter's own submission, opened by its link: status, answers, notes, correct, withdraw, addresses. And the way back
//! for those who lost the link.

mod acts;
mod address;
mod confirmation;
mod edits;
mod find;
mod page;
mod status;

pub use acts::{appointment, attachment, edit, note, withdraw};
pub use address::{address, confirm_address, new_address, settle_address};
pub use confirmation::{confirmation, correct_address};
pub use edits::answer;
pub use find::{ask_for_address, ask_for_link, find, find_address};
pub use page::page;

use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::app::App;
use crate::domain::links::Purpose;
use crate::domain::policy::{Act, Actor, may};
use crate::domain::reference::{NotAReference, Reference};
use crate::domain::submission::SubmissionId;
use crate::store::submissions::{self, Submission};
use crate::web::errors::WebError;
use crate::web::respond;

/// The cookie that opens a submission, sent under its own path alone.
pub const OWN_COOKIE: &str = "inlet_own";

/// The key in a mailed link.
#[derive(Debug, Deserialize)]
pub struct Key {
    key: Option<String>,
}

/// The cookie of a mailed link that confirms something, sent under the path of its page alone.
const LINK_COOKIE: &str = "inlet_link";

/// Puts the key of a submission into its cookie.
pub fn open_cookie(app: &App, response: &mut HttpResponse, id: SubmissionId, generation: i64, reference: &str) {
    let key = app.keys.link(Purpose::Own, id, generation);
    let life = actix_web::cookie::time::Duration::days(60);
    let cookie = respond::cookie(app, OWN_COOKIE, &key, &format!("/submissions/{reference}"), Some(life));
    if response.add_cookie(&cookie).is_err() {
        tracing::warn!("a submission's cookie could not be set");
    }
}

/// The submission whose key the reader holds; the same answer for a wrong key as for no such submission.
pub(super) async fn own(app: &App, req: &HttpRequest, reference: &str) -> Result<Submission, WebError> {
    let key = req.cookie(OWN_COOKIE).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
    holding(app, reference, Purpose::Own, &key).await
}

/// A mailed link with its key: the key becomes a cookie of the page, and the address is clean again.
async fn exchange(
    app: &App,
    reference: &str,
    (purpose, page): (Purpose, &str),
    key: &str,
) -> Result<HttpResponse, WebError> {
    let submission = holding(app, reference, purpose, key).await?;
    let path = format!("/submissions/{}/{page}", submission.reference);
    let mut response = respond::see_other(&path);
    let life = actix_web::cookie::time::Duration::days(1);
    let cookie = respond::cookie(app, LINK_COOKIE, key, &path, Some(life));
    response.add_cookie(&cookie).map_err(|error| WebError::Internal(error.to_string()))?;
    Ok(response)
}

/// The submission whose link the reader followed to this page.
async fn linked(app: &App, req: &HttpRequest, reference: &str, purpose: Purpose) -> Result<Submission, WebError> {
    let key = req.cookie(LINK_COOKIE).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
    holding(app, reference, purpose, &key).await
}

async fn holding(app: &App, reference: &str, purpose: Purpose, key: &str) -> Result<Submission, WebError> {
    let reference = Reference::read(reference).map_err(|wrong| match wrong {
        NotAReference::Check => WebError::Mistyped,
        NotAReference::Shape => WebError::NotFound,
    })?;
    let found = app.db.read(move |conn| submissions::find(conn, reference.as_str())).await?;
    let holds = |submission: &Submission| app.keys.opens(purpose, submission.id, submission.link_generation, key);
    let actor = found.as_ref().filter(|submission| holds(submission)).map_or(Actor::Anyone, |s| Actor::Submitter(s.id));
    found.filter(|_| may(&actor, Act::OpenOwn)).ok_or(WebError::LinkNeeded)
}
