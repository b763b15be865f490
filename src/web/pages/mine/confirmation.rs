//! The confirmation after sending, with the way to put a mistyped address right. Suspected spam gets the same page.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::{open_cookie, own};
use crate::actions::correct_address;
use crate::app::App;
use crate::domain::event::EventKind;
use crate::domain::projection::role_text;
use crate::forms::errors::Message;
use crate::forms::form::Role;
use crate::store::submissions::Submission;
use crate::store::{Conn, Stop, events};
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::frame::Frame;
use crate::web::respond::{self, State};

#[derive(Template)]
#[template(path = "mine/confirmation.html")]
struct ConfirmationPage {
    f: Frame,
    submission: Submission,
    email: String,
    next: Vec<String>,
    confirmed: bool,
    resubmitted: bool,
    typed: String,
    errors: Vec<Message>,
    /// Just corrected.
    corrected: bool,
}

/// What the address of a confirmation may carry.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    done: Option<String>,
}

/// `GET /submissions/{reference}/confirmation`
pub async fn confirmation(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    done: web::Query<Done>,
) -> Result<HttpResponse, WebError> {
    let submission = own(&app, &req, &path).await?;
    let mut page = confirmation_page(&app, &req, submission).await?;
    page.corrected = done.done.as_deref() == Some("corrected");
    Ok(respond::private(StatusCode::OK, &page))
}

async fn confirmation_page(app: &App, req: &HttpRequest, submission: Submission) -> Result<ConfirmationPage, WebError> {
    let (handle, of) = (app.clone(), submission.clone());
    let read = move |conn: &mut Conn| {
        let (form, answers) = handle.answers(conn, of.id, of.head_revision, of.language)?;
        let sent_again = events::of(conn, of.id)?.iter().any(|logged| logged.event.kind == EventKind::Resubmitted);
        Ok((form, answers, sent_again))
    };
    let (form, answers, sent_again) = app.db.read(read).await?;
    let words = app.locale(submission.language);
    let email = role_text(&form, &answers, Role::ContactEmail, &words);
    Ok(ConfirmationPage {
        f: Frame::new(app, req, words.t("confirmation-title")).in_language(app, submission.language),
        next: form.words().start.next.clone(),
        confirmed: submission.address_confirmed_at.is_some(),
        resubmitted: sent_again,
        typed: email.clone(),
        errors: Vec::new(),
        corrected: false,
        email,
        submission,
    })
}

/// `POST /submissions/{reference}/contact`: the mistyped address is put right, and the old links die.
pub async fn correct_address(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let submission = own(&app, &req, &path).await?;
    let typed = sent.text("contact_address");
    match correct_address::correct(&app, submission.id, typed).await {
        Ok(corrected) => {
            let mut response =
                respond::see_other(&format!("/submissions/{}/confirmation?done=corrected", corrected.reference));
            open_cookie(&app, &mut response, corrected.id, corrected.link_generation, &corrected.reference);
            Ok(response)
        }
        Err(Stop::Refused(correct_address::Refusal::NotAnAddress(errors))) => {
            let mut page = confirmation_page(&app, &req, submission).await?;
            typed.clone_into(&mut page.typed);
            page.errors =
                errors.into_iter().map(|error| Message { anchor: "contact_address".to_owned(), ..error }).collect();
            Ok(respond::private(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(stop) => Err(WebError::of(stop, |_| WebError::Conflict)),
    }
}
