//! A stakeholder fills in a form: start page, steps, check, submit; or comes back later, and shows it to colleagues before.

pub mod acts;
pub mod carried;
pub mod check;
pub mod controls;
pub mod door;
pub mod earlier;
pub mod fields;
pub mod later;
mod lookup;
pub mod points;
pub mod preset;
pub mod print;
pub mod received;
pub mod scene;
pub mod side;
pub mod so_far;
pub mod start;
pub mod steps;

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse};

pub use side::Side;

use crate::actions::{draft, known, on_behalf};
use crate::app::App;
use crate::domain::links::Purpose;
use crate::forms::errors::{FormErrors, Message};
use crate::forms::form::Form;
use crate::forms::pairs::Pairs;
use crate::forms::parse::{Known, Parsed};
use crate::locale::{Language, Locale};
use crate::store::Stop;
use crate::store::attachments::Owner;
use crate::store::drafts::Draft;
use crate::web::errors::WebError;
use crate::web::respond;

/// The cookies of a draft, sent under its own path alone: its key, a colleague's key to read it, and a mark that tells one browser
/// from another.
pub const DRAFT_COOKIE: &str = "inlet_draft";
pub const READ_COOKIE: &str = "inlet_draft_read";
pub const HOLDER_COOKIE: &str = "inlet_holder";

/// Something said about an answer, with the way to its question.
#[derive(Debug, Clone)]
pub struct Notice {
    pub href: String,
    pub text: String,
}

impl Notice {
    /// One that leads to the step of its question under a draft's own path, and back to the check page if it comes from there.
    #[must_use]
    pub fn of(form: &Form, base: &str, message: &Message, from_check: bool) -> Self {
        let asks = |field: &str| form.steps().iter().find(|step| step.fields.iter().any(|f| f.id.as_str() == field));
        let step = form.steps().iter().find(|step| step.owns(&message.name)).or_else(|| asks(&message.name));
        let step = step.or_else(|| form.steps().first()).map_or("", |step| step.id.as_str());
        let back = if from_check { "?return=check" } else { "" };
        Self { href: format!("{base}/steps/{step}{back}#{}", message.anchor), text: message.text.clone() }
    }
}

/// Warnings in words, each after the label of its question.
#[must_use]
pub fn labelled(form: &Form, warnings: &FormErrors, l: &Locale) -> Vec<Message> {
    let label = |field| form.field(field).map_or("", |field| field.label.as_str());
    let messages = form.messages(warnings, l).into_iter().zip(warnings);
    messages
        .map(|(message, warning)| Message {
            text: format!("{}: {}", label(&warning.path.field), message.text),
            ..message
        })
        .collect()
}

/// A form that is filled in on this side: what staff keep is not there for others.
///
/// # Errors
/// "Not found" for others.
pub fn open_form(app: &App, side: Side, id: &str, language: Language) -> Result<Arc<Form>, WebError> {
    let form = app.catalog.find(id, language).filter(|form| side.has(form));
    form.cloned().ok_or(WebError::NotFound)
}

/// The form of a draft that is filled in on this side; staff also fill in those of people outside, for somebody.
///
/// # Errors
/// "Not found" for others.
pub fn form_of(app: &App, side: Side, draft: &Draft) -> Result<Arc<Form>, WebError> {
    if side == Side::Staff && on_behalf::Behalf::of(&draft.pairs).is_some() {
        return app.catalog.form(&draft.form, draft.language).cloned().ok_or(WebError::NotFound);
    }
    open_form(app, side, draft.form.as_str(), draft.language)
}

/// Opens a draft by the key that its form page carries, or by its cookie.
///
/// # Errors
/// "Link needed" for a wrong key as for no such draft.
pub async fn open_draft(app: &App, req: &HttpRequest, id: &str, in_form: Option<&str>) -> Result<Draft, WebError> {
    let keys = [in_form.map(str::to_owned), cookie_of(req, DRAFT_COOKIE)];
    open_by(app, Purpose::DraftEdit, id, keys).await
}

/// Opens a draft by the first of these keys that is right.
///
/// # Errors
/// "Link needed" where none is.
pub async fn open_by(
    app: &App,
    purpose: Purpose,
    id: &str,
    keys: impl IntoIterator<Item = Option<String>>,
) -> Result<Draft, WebError> {
    for key in keys.into_iter().flatten().filter(|key| !key.is_empty()) {
        match draft::open(app, purpose, id, &key).await {
            Ok(draft) => return Ok(draft),
            Err(Stop::Refused(_)) => {}
            Err(Stop::Failed(error)) => return Err(error.into()),
        }
    }
    Err(WebError::LinkNeeded)
}

/// The value of a cookie.
#[must_use]
pub fn cookie_of(req: &HttpRequest, name: &str) -> Option<String> {
    req.cookie(name).map(|cookie| cookie.value().to_owned())
}

/// The key that opens a draft to be filled in.
#[must_use]
pub fn key_of(app: &App, draft: &Draft) -> String {
    app.keys.link(Purpose::DraftEdit, draft.id.as_str(), draft.link_generation)
}

/// Sets the cookie that opens a draft, and the one that tells this browser from another.
pub fn keep_cookies(app: &App, req: &HttpRequest, response: &mut HttpResponse, draft: &Draft) {
    let path = Side::of(req).draft(&draft.id, "");
    keep_cookie(app, response, &path, (DRAFT_COOKIE, &key_of(app, draft)));
    if cookie_of(req, HOLDER_COOKIE).is_none() {
        keep_cookie(app, response, &path, (HOLDER_COOKIE, &app.entropy.id()));
    }
}

/// Sets one cookie of a draft, under its path.
pub fn keep_cookie(app: &App, response: &mut HttpResponse, path: &str, (name, value): (&str, &str)) {
    let life = actix_web::cookie::time::Duration::seconds(draft::KEPT.num_seconds());
    let cookie = respond::cookie(app, name, value, path, Some(life));
    if response.add_cookie(&cookie).is_err() {
        tracing::warn!("a draft's cookie could not be set");
    }
}

/// The page that was saved last, or the first step.
#[must_use]
pub fn last_page(form: &Form, draft: &Draft) -> String {
    if draft.step == points::STEP {
        return format!("/drafts/{}/points", draft.id);
    }
    let step = form.steps().iter().find(|step| step.id == draft.step).or(form.steps().first());
    format!("/drafts/{}/steps/{}", draft.id, step.map_or("", |step| step.id.as_str()))
}

impl From<draft::Refusal> for WebError {
    fn from(refused: draft::Refusal) -> Self {
        match refused {
            draft::Refusal::NotFound => Self::Gone,
            draft::Refusal::TooLarge => Self::TooLarge,
            draft::Refusal::NotOpen | draft::Refusal::Stale(_) => Self::Conflict,
        }
    }
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
