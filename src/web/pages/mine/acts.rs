//! What a submitter does from the own page: write, send a new version, take back, open a file.

use actix_web::{HttpRequest, HttpResponse, web};

use super::own;
use super::page::{Refused, again};
use crate::actions::{milestone, note as notes, withdraw as take_back};
use crate::app::App;
use crate::domain::calendar::{self, Entry};
use crate::domain::projection::role_text;
use crate::forms::form::Role;
use crate::store::submissions::Submission;
use crate::store::{Conn, Stop, StoreError, attachments, events};
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::pages::public::send_file;
use crate::web::pages::submit::steps::correct;
use crate::web::respond::{self, State};

/// `POST /submissions/{reference}/notes`: what is refused stands on the page again.
pub async fn note(req: HttpRequest, app: State, path: web::Path<String>, sent: Sent) -> Result<HttpResponse, WebError> {
    let submission = own(&app, &req, &path).await?;
    match notes::receive(&app, submission.id, sent.text("note"), sent.text("key")).await {
        Ok(()) => Ok(respond::see_other(&format!("/submissions/{}?done=note", submission.reference))),
        Err(Stop::Refused(refusal)) => {
            again(&app, &req, submission, Refused::Note(sent.text("note").to_owned(), refusal)).await
        }
        Err(Stop::Failed(error)) => Err(error.into()),
    }
}

/// `POST /submissions/{reference}/edit`: opens what is to be changed as a draft.
pub async fn edit(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    _proof: Sent,
) -> Result<HttpResponse, WebError> {
    let submission = own(&app, &req, &path).await?;
    correct(&app, &req, &submission).await
}

/// `POST /submissions/{reference}/withdrawal`
pub async fn withdraw(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let submission = own(&app, &req, &path).await?;
    match take_back::withdraw(&app, submission.id, sent.text("reason")).await {
        Ok(_) => Ok(respond::see_other(&format!("/submissions/{}", submission.reference))),
        Err(Stop::Refused(take_back::Refusal::NotOpen)) => Err(WebError::Conflict),
        Err(Stop::Refused(take_back::Refusal::ReasonTooLong)) => {
            again(&app, &req, submission, Refused::Reason(sent.text("reason").to_owned())).await
        }
        Err(Stop::Failed(error)) => Err(error.into()),
    }
}

/// `GET /submissions/{reference}/attachments/{id}`: a file of one's own submission.
pub async fn attachment(
    req: HttpRequest,
    app: State,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (reference, file) = path.into_inner();
    let submission = own(&app, &req, &reference).await?;
    let held = app.db.read(move |conn| attachments::find(conn, &file)).await?.ok_or(WebError::NotFound)?;
    if held.submission == Some(submission.id) { send_file(&app, &held).await } else { Err(WebError::NotFound) }
}

/// `GET /submissions/{reference}/appointment.ics`: what was agreed, for one's own calendar.
pub async fn appointment(req: HttpRequest, app: State, path: web::Path<String>) -> Result<HttpResponse, WebError> {
    let submission = own(&app, &req, &path).await?;
    let (handle, of) = (app.get_ref().clone(), submission.clone());
    let entry = app.db.read(move |conn| agreed_entry(&handle, conn, &of)).await?.ok_or(WebError::NotFound)?;
    Ok(respond::calendar(
        &format!("{}.ics", submission.reference),
        calendar::feed(&entry.title, std::slice::from_ref(&entry)),
    ))
}

/// What stands, as an entry.
fn agreed_entry(app: &App, conn: &mut Conn, submission: &Submission) -> Result<Option<Entry>, StoreError> {
    let Some(agreed) = milestone::agreed(conn, submission)? else { return Ok(None) };
    let (form, answers) = app.answers(conn, submission.id, submission.head_revision, submission.language)?;
    let l = app.locale(submission.language);
    Ok(Some(Entry {
        reference: submission.reference.clone(),
        sequence: u32::try_from(agreed.sequence).unwrap_or(0),
        written_at: events::get(conn, agreed.event)?.event.at,
        title: role_text(&form, &answers, Role::Title, &l),
        description: format!("{}\n{}", agreed.span(&l), submission.reference),
        place: agreed.details.clone().unwrap_or_default().place,
        url: format!("{}/submissions/{}", app.base(), submission.reference),
        start: agreed.start.instant(),
        end: agreed.ends_at(),
        cancelled: false,
    }))
}
