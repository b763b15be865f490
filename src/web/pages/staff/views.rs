//! Views of the queue under a name: shown in its side, kept, renamed, shared, removed.

use actix_web::{HttpRequest, HttpResponse, web};

use super::queue::{self, Said};
use super::words::Names;
use super::{Input, View as Link, Wrong, wrong_of};
use crate::actions::views::{self, Refusal};
use crate::app::App;
use crate::domain::account::Account;
use crate::domain::saved::{SavedView, ViewId, ViewName};
use crate::domain::view::View;
use crate::locale::{Arg, Locale};
use crate::store::Stop;
use crate::store::views::{NewView, by_id};
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::respond::{self, State};

/// What somebody sent, and why it was not taken; `None` where the name cannot be read.
#[derive(Debug, Clone)]
pub struct Attempt {
    name: String,
    shared: bool,
    refused: Option<Refusal>,
}

/// The views that the reader sees, and the form for the one that is open.
pub struct Views {
    pub links: Vec<Link>,
    pub form: Option<ViewForm>,
}

/// Keeps what is shown under a name, or changes the one it is kept under.
pub struct ViewForm {
    pub summary: String,
    pub action: String,
    pub remove: Option<String>,
    pub name: Input,
    pub shared: bool,
    /// Drawn open.
    pub open: bool,
}

impl Views {
    pub(super) fn new(
        l: &Locale,
        view: &View,
        reader: &Account,
        (saved, names): (&[SavedView], &Names),
        attempt: Option<&Attempt>,
    ) -> Self {
        let here = |one: &&SavedView| one.view == *view;
        let own = saved.iter().filter(here).find(|one| one.is_kept_by(reader));
        let known = saved.iter().any(|one| one.view == *view);
        let form = (own.is_some() || (!known && *view != View::default())).then(|| ViewForm::new(l, own, attempt));
        Self { links: saved.iter().map(|one| link(l, one, view, reader, names)).collect(), form }
    }
}

impl Views {
    pub(super) fn wrong(&self) -> Vec<Wrong> {
        self.form.as_ref().map_or_else(Vec::new, |form| wrong_of(std::slice::from_ref(&form.name)))
    }
}

fn link(l: &Locale, one: &SavedView, view: &View, reader: &Account, names: &Names) -> Link {
    let name = one.name.as_str();
    let label = if one.owner == reader.id {
        name.to_owned()
    } else {
        let who = names.name(one.owner, l);
        l.with("staff-view-of", &[("name", Arg::from(name)), ("who", Arg::from(&who))])
    };
    Link { url: queue::url(&one.view), label, count: String::new(), here: one.view == *view }
}

impl ViewForm {
    fn new(l: &Locale, own: Option<&SavedView>, attempt: Option<&Attempt>) -> Self {
        let id = own.map(|one| one.id.0);
        let name = Input::new("name", "text", "off", l.t("staff-view-name"))
            .holding(attempt.map_or_else(|| own.map_or("", |one| one.name.as_str()), |attempt| attempt.name.as_str()))
            .refused(attempt.map(|attempt| wrong(l, attempt.refused)));
        Self {
            summary: match own {
                Some(one) => l.a("staff-view-change", "name", one.name.as_str()),
                None => l.t("staff-view-keep"),
            },
            action: id.map_or_else(|| "/staff/views".to_owned(), |id| format!("/staff/views/{id}")),
            remove: id.map(|id| format!("/staff/views/{id}/removal")),
            shared: attempt.map_or_else(|| own.is_some_and(|one| one.shared), |attempt| attempt.shared),
            open: attempt.is_some(),
            name,
        }
    }
}

fn wrong(l: &Locale, refused: Option<Refusal>) -> String {
    match refused {
        None => l.a("staff-wrong-view-name", "max", l.count(&ViewName::LONGEST)),
        Some(Refusal::Taken) => l.t("staff-wrong-view-taken"),
        Some(Refusal::TooMany) => l.t("staff-wrong-view-many"),
        Some(Refusal::NotFound) => l.t("error-conflict"),
    }
}

fn attempt(sent: &Sent) -> Attempt {
    Attempt { name: sent.text("name").to_owned(), shared: sent.text("shared") == "1", refused: None }
}

/// POST `/staff/views`
///
/// # Errors
/// Where the database fails.
pub async fn save(req: HttpRequest, app: State, sent: Sent) -> Result<HttpResponse, WebError> {
    let (view, tried, owner) = (View::read(sent.text("view")), attempt(&sent), super::desk(&req)?.account.id);
    let Some(name) = ViewName::read(&tried.name) else { return again(&req, &app, &view, tried).await };
    let new = NewView { owner, name, view: view.clone(), shared: tried.shared };
    match views::save(&app, new).await {
        Ok(_) => Ok(respond::see_other(&queue::done_url(&view, queue::Done::ViewKept))),
        Err(Stop::Failed(error)) => Err(error.into()),
        Err(Stop::Refused(refusal)) => again(&req, &app, &view, Attempt { refused: Some(refusal), ..tried }).await,
    }
}

/// POST `/staff/views/{id}`
///
/// # Errors
/// Where the reader has no such view.
pub async fn change(req: HttpRequest, app: State, id: web::Path<String>, sent: Sent) -> Result<HttpResponse, WebError> {
    let by = super::desk(&req)?.account;
    let (kept, tried) = (find(&app, &id, &by).await?, attempt(&sent));
    let Some(name) = ViewName::read(&tried.name) else { return again(&req, &app, &kept.view, tried).await };
    match views::change(&app, by, kept.id, name, tried.shared).await {
        Ok(()) => Ok(respond::see_other(&queue::done_url(&kept.view, queue::Done::ViewChanged))),
        Err(Stop::Failed(error)) => Err(error.into()),
        Err(Stop::Refused(Refusal::NotFound)) => Err(WebError::NotFound),
        Err(Stop::Refused(refusal)) => again(&req, &app, &kept.view, Attempt { refused: Some(refusal), ..tried }).await,
    }
}

/// POST `/staff/views/{id}/removal`
///
/// # Errors
/// Where the reader has no such view.
pub async fn remove(
    req: HttpRequest,
    app: State,
    id: web::Path<String>,
    _proof: Sent,
) -> Result<HttpResponse, WebError> {
    let by = super::desk(&req)?.account;
    let kept = find(&app, &id, &by).await?;
    views::remove(&app, by, kept.id).await.map_err(|stop| WebError::of(stop, |_| WebError::NotFound))?;
    Ok(respond::see_other(&queue::done_url(&kept.view, queue::Done::ViewRemoved)))
}

/// A view that somebody may change.
async fn find(app: &App, id: &str, by: &Account) -> Result<SavedView, WebError> {
    let id = ViewId(id.parse().map_err(|_| WebError::NotFound)?);
    let found = app.db.read(move |conn| by_id(conn, id)).await?;
    found.filter(|found| found.is_kept_by(by)).ok_or(WebError::NotFound)
}

/// The queue again, with what was typed and what is wrong with it.
async fn again(req: &HttpRequest, app: &App, view: &View, attempt: Attempt) -> Result<HttpResponse, WebError> {
    queue::page(req, app, &view.query(), Said { attempt: Some(attempt), done: None }).await
}
