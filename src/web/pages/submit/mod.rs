//! A stakeholder fills in a form: start page, steps, check, submit.

pub mod check;
pub mod controls;
pub mod fields;
mod lookup;
pub mod scene;
pub mod start;
pub mod steps;

use std::sync::Arc;

use actix_web::HttpRequest;

use crate::actions::{draft, known};
use crate::app::App;
use crate::forms::form::{Form, Lifecycle};
use crate::forms::pairs::Pairs;
use crate::forms::parse::{Known, Parsed};
use crate::locale::Language;
use crate::store::attachments::Owner;
use crate::store::drafts::Draft;
use crate::web::errors::WebError;

/// The cookie that opens a draft, sent under the draft's own path alone.
pub const DRAFT_COOKIE: &str = "inlet_draft";

/// A form that the public may submit.
///
/// # Errors
/// "Not found" for others.
pub fn open_form(app: &App, id: &str, language: Language) -> Result<Arc<Form>, WebError> {
    let form = app.catalog.find(id, language).filter(|form| form.lifecycle() != Lifecycle::Record);
    form.cloned().ok_or(WebError::NotFound)
}

/// Opens a draft by its cookie, or by the secret that its form page carries.
///
/// # Errors
/// "Link needed" for a wrong secret as for no such draft.
pub async fn open_draft(app: &App, req: &HttpRequest, id: &str, in_form: Option<&str>) -> Result<Draft, WebError> {
    let cookie = req.cookie(DRAFT_COOKIE).map(|cookie| cookie.value().to_owned());
    let token = in_form.map(str::to_owned).filter(|token| !token.is_empty()).or(cookie).ok_or(WebError::LinkNeeded)?;
    draft::open(app, id, &token).await.map_err(|stop| WebError::of(stop, |_| WebError::LinkNeeded))
}

/// Who may name files in a draft's answers.
#[must_use]
pub fn owner(draft: &Draft) -> Owner {
    Owner::Draft(draft.id.clone(), draft.corrects.map(|(id, _)| id))
}

/// Parses all that a draft holds.
///
/// # Errors
/// Where the database fails.
pub async fn parse(
    app: &App,
    form: &Arc<Form>,
    pairs: &Pairs,
    owner: Owner,
    language: Language,
) -> Result<Parsed, WebError> {
    let wanted = form.wanted(pairs);
    let points_nowhere = wanted.files.is_empty() && wanted.publications.is_empty();
    let known = match points_nowhere {
        true => Known::default(),
        false => app.db.read(move |conn| known::look_up(conn, &wanted, &owner)).await?,
    };
    Ok(form.parse(pairs, &known, &app.locale(language)))
}
