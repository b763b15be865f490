//! All answers on one page before they are sent, and the sending.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::earlier;
use super::steps::made_before;
use super::{DRAFT_COOKIE, Notice, labelled, open_draft, open_form, owner, parse};
use crate::actions::earlier::Source;
use crate::actions::{revise, submit};
use crate::app::App;
use crate::forms::errors::Message;
use crate::forms::form::Form;
use crate::forms::parse::Parsed;
use crate::store::Stop;
use crate::store::drafts::Draft;
use crate::store::submissions::Channel;
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::frame::Frame;
use crate::web::pages::answers::{Section, sections, warn};
use crate::web::pages::mine::open_cookie;
use crate::web::pages::similar::{self, Alike};
use crate::web::respond::{self, State};

#[derive(Template)]
#[template(path = "submit/check.html")]
struct CheckPage {
    f: Frame,
    form: Arc<Form>,
    sections: Vec<Section>,
    draft: String,
    draft_key: String,
    /// The submission key (DESIGN 17).
    key: String,
    errors: Vec<Notice>,
    warnings: Vec<Notice>,
    alike: Option<Alike>,
    lang: &'static str,
    files: String,
    saved: String,
    corrects: bool,
    last_step: String,
}

/// `GET /drafts/{draft}/check`
pub async fn check(req: HttpRequest, app: State, path: web::Path<String>) -> Result<HttpResponse, WebError> {
    let draft = open_draft(&app, &req, &path, None).await?;
    let form = open_form(&app, draft.form.as_str(), draft.language)?;
    let parsed = parse(&app, &form, &draft.pairs, owner(&draft), draft.language).await?;
    let page = page(&app, &req, &draft, (&form, &parsed), false).await?;
    Ok(respond::private(StatusCode::OK, &page))
}

async fn page(
    app: &App,
    req: &HttpRequest,
    draft: &Draft,
    (form, parsed): (&Arc<Form>, &Parsed),
    refused: bool,
) -> Result<CheckPage, WebError> {
    let words = app.locale(draft.language);
    let f = Frame::new(app, req, words.t("check-title")).in_language(app, draft.language);
    let errors = if refused { form.messages(&parsed.errors, &f.l) } else { Vec::new() };
    let warnings = form.messages(&parsed.warnings, &f.l);
    let itself = draft.corrects.map(|(id, _)| id);
    let alike = similar::published(app, form, &parsed.answers, &f.l, itself).await?;
    let link = |messages: Vec<Message>| messages.iter().map(|one| Notice::of(form, draft, one, true)).collect();
    let mut sections = sections(form, &parsed.answers, &f.l, |field| {
        !matches!(field.kind, crate::forms::kind::FieldKind::Generated { .. })
    });
    warn(&mut sections, &warnings);
    Ok(CheckPage {
        sections,
        alike,
        draft_key: req.cookie(DRAFT_COOKIE).map(|cookie| cookie.value().to_owned()).unwrap_or_default(),
        key: draft.submission_key.clone(),
        errors: link(errors),
        warnings: link(labelled(form, &parsed.warnings, &f.l)),
        lang: draft.language.tag(),
        files: format!("/drafts/{}/attachments", draft.id),
        saved: draft.saved_at.format("%H:%M").to_string(),
        corrects: draft.corrects.is_some(),
        last_step: form.steps().last().map(|step| step.id.clone()).unwrap_or_default(),
        draft: draft.id.clone(),
        form: Arc::clone(form),
        f,
    })
}

/// `POST /drafts/{draft}/submission`: a double click or a reload makes one submission.
pub async fn submit(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let draft = match open_draft(&app, &req, &path, Some(sent.text("draft_key"))).await {
        Err(WebError::LinkNeeded) => return again(&app, sent.text("key")).await,
        opened => opened?,
    };
    let form = open_form(&app, draft.form.as_str(), draft.language)?;
    let parsed = parse(&app, &form, &draft.pairs, owner(&draft), draft.language).await?;
    if !parsed.errors.is_empty() {
        let page = page(&app, &req, &draft, (&form, &parsed), true).await?;
        return Ok(respond::private(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    // A field that people never see: who fills it in is held for a moderator, never dropped.
    let suspected = !sent.text("homepage_confirm").trim().is_empty();
    let receipt = match draft.corrects {
        None => hand_in(&app, &draft, (form, parsed), suspected).await,
        Some(corrects) => resubmit(&app, &draft, (form, parsed), corrects).await,
    };
    match receipt {
        Ok(receipt) => Ok(confirmed(&app, &receipt)),
        Err(WebError::LinkNeeded) => again(&app, &draft.submission_key).await,
        Err(error) => Err(error),
    }
}

async fn hand_in(
    app: &App,
    draft: &Draft,
    (form, parsed): (Arc<Form>, Parsed),
    suspected: bool,
) -> Result<submit::Receipt, WebError> {
    let order = submit::Order {
        form,
        answers: parsed.answers,
        language: draft.language,
        channel: Channel::Web,
        key: Some(draft.submission_key.clone()),
        draft: Some(draft.id.clone()),
        suspected,
    };
    submit::submit(app, order).await.map_err(|stop| {
        WebError::of(stop, |refused| match refused {
            submit::Refusal::KeyTaken => WebError::Conflict,
            submit::Refusal::DraftGone => WebError::LinkNeeded,
            submit::Refusal::FileTaken => WebError::Conflict,
        })
    })
}

async fn resubmit(
    app: &App,
    draft: &Draft,
    (form, parsed): (Arc<Form>, Parsed),
    (submission, base): (crate::domain::submission::SubmissionId, i32),
) -> Result<submit::Receipt, WebError> {
    let order = revise::Order {
        submission,
        base,
        form,
        answers: parsed.answers,
        draft: draft.id.clone(),
        key: draft.submission_key.clone(),
    };
    match revise::resubmit(app, order).await {
        Ok(receipt) => Ok(receipt),
        Err(Stop::Refused(revise::Refusal::NotOpen | revise::Refusal::Moved)) => Err(WebError::Conflict),
        Err(Stop::Failed(error)) => Err(error.into()),
    }
}

/// The draft is gone: this key's submission was made a moment ago, or never.
async fn again(app: &App, key: &str) -> Result<HttpResponse, WebError> {
    let made = made_before(app, key).await?.ok_or(WebError::LinkNeeded)?;
    Ok(confirmed(app, &made.into()))
}

fn confirmed(app: &App, receipt: &submit::Receipt) -> HttpResponse {
    let mut response = respond::see_other(&format!("/submissions/{}/confirmation", receipt.reference));
    open_cookie(app, &mut response, receipt.id, receipt.link_generation, &receipt.reference);
    earlier::keep(app, &mut response, &Source::Submission(receipt.reference.clone()), receipt.link_generation);
    response
}
