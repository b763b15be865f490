//! All answers on one page before they are sent, and the sending.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::steps::made_before;
use super::{DRAFT_COOKIE, open_draft, open_form, owner, parse, points};
use crate::actions::{revise, submit};
use crate::app::App;
use crate::domain::point::{PointId, PointText};
use crate::forms::errors::Message;
use crate::forms::form::Form;
use crate::forms::parse::Parsed;
use crate::store::Stop;
use crate::store::drafts::Draft;
use crate::store::submissions::Channel;
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::frame::Frame;
use crate::web::pages::answers::{Section, sections};
use crate::web::pages::mine::open_cookie;
use crate::web::pages::points::label;
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
    errors: Vec<Problem>,
    warnings: Vec<Problem>,
    lang: &'static str,
    files: String,
    saved: String,
    corrects: bool,
    back: String,
}

/// An error with the way to the question it is about.
struct Problem {
    href: String,
    text: String,
}

/// `GET /drafts/{draft}/check`
pub async fn check(req: HttpRequest, app: State, path: web::Path<String>) -> Result<HttpResponse, WebError> {
    let draft = open_draft(&app, &req, &path, None).await?;
    let form = open_form(&app, draft.form.as_str(), draft.language)?;
    let parsed = parse(&app, &form, &draft.pairs, owner(&draft), draft.language).await?;
    let mut page = page(&app, &req, &draft, (&form, &parsed), false);
    if !points::open(&app, &form, &draft, &app.locale(draft.language)).await?.is_empty() {
        page.back = points::first_page(&app, &form, &draft).await?;
    }
    Ok(respond::private(StatusCode::OK, &page))
}

fn page(
    app: &App,
    req: &HttpRequest,
    draft: &Draft,
    (form, parsed): (&Arc<Form>, &Parsed),
    refused: bool,
) -> CheckPage {
    let words = app.locale(draft.language);
    let f = Frame::new(app, req, words.t("check-title")).in_language(app, draft.language);
    let errors = if refused { form.messages(&parsed.errors, &f.l) } else { Vec::new() };
    let warnings = form.messages(&parsed.warnings, &f.l);
    let link = |messages: Vec<Message>| messages.into_iter().map(|message| problem(form, draft, message)).collect();
    CheckPage {
        sections: sections(form, &parsed.answers, &f.l, |field| {
            !matches!(field.kind, crate::forms::kind::FieldKind::Generated { .. })
        }),
        draft_key: req.cookie(DRAFT_COOKIE).map(|cookie| cookie.value().to_owned()).unwrap_or_default(),
        key: draft.submission_key.clone(),
        errors: link(errors),
        warnings: link(warnings),
        lang: draft.language.tag(),
        files: format!("/drafts/{}/attachments", draft.id),
        saved: draft.saved_at.format("%H:%M").to_string(),
        corrects: draft.corrects.is_some(),
        back: format!(
            "/drafts/{}/steps/{}",
            draft.id,
            form.steps().last().map(|step| step.id.as_str()).unwrap_or_default()
        ),
        draft: draft.id.clone(),
        form: Arc::clone(form),
        f,
    }
}

fn problem(form: &Form, draft: &Draft, message: Message) -> Problem {
    let step =
        form.steps().iter().find(|step| step.owns(&message.name)).or_else(|| {
            form.steps().iter().find(|step| step.fields.iter().any(|field| field.id.as_str() == message.name))
        });
    let step = step.or_else(|| form.steps().first()).map_or("", |step| step.id.as_str());
    Problem { href: format!("/drafts/{}/steps/{step}?return=check#{}", draft.id, message.anchor), text: message.text }
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
        let page = page(&app, &req, &draft, (&form, &parsed), true);
        return Ok(respond::private(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    let replies = match points::replies(&draft.pairs, &app.locale(draft.language)) {
        Ok(replies) => replies,
        Err(long) => {
            let problems = long.into_iter().map(|message| at_points(&draft, &message.anchor, message.text)).collect();
            return Ok(refused(&app, &req, &draft, (&form, &parsed), problems));
        }
    };
    // A field that people never see: who fills it in is held for a moderator, never dropped.
    let suspected = !sent.text("homepage_confirm").trim().is_empty();
    let receipt = match draft.corrects {
        None => hand_in(&app, &draft, (form, parsed), suspected).await,
        Some(corrects) => {
            let sent = resubmit(&app, &draft, (&form, &parsed), corrects, replies).await;
            match sent.map_err(|refusal| untouched(&app, &form, &draft, refusal)) {
                Ok(receipt) => Ok(receipt),
                Err(Ok(problems)) => return Ok(refused(&app, &req, &draft, (&form, &parsed), problems)),
                Err(Err(error)) => Err(error),
            }
        }
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
    (form, parsed): (&Arc<Form>, &Parsed),
    (submission, base): (crate::domain::submission::SubmissionId, i32),
    replies: Vec<(PointId, PointText)>,
) -> Result<submit::Receipt, Stop<revise::Refusal>> {
    let order = revise::Order {
        submission,
        base,
        form: Arc::clone(form),
        answers: parsed.answers.clone(),
        replies,
        draft: draft.id.clone(),
        key: draft.submission_key.clone(),
    };
    revise::resubmit(app, order).await
}

/// What is still to do before a correction can be sent, or why it cannot be sent at all.
fn untouched(app: &App, form: &Form, draft: &Draft, stop: Stop<revise::Refusal>) -> Result<Vec<Problem>, WebError> {
    let l = app.locale(draft.language);
    match stop {
        Stop::Refused(revise::Refusal::Untouched(left)) => Ok(left
            .iter()
            .map(|point| {
                let label = label(form, point.field.as_ref(), &l);
                at_points(draft, &format!("ask-{}", point.id.0), l.a("points-untouched", "label", label))
            })
            .collect()),
        Stop::Refused(revise::Refusal::NotOpen | revise::Refusal::Moved) => Err(WebError::Conflict),
        Stop::Failed(error) => Err(error.into()),
    }
}

/// Something to do on the page of points.
fn at_points(draft: &Draft, anchor: &str, text: String) -> Problem {
    Problem { href: format!("/drafts/{}/points#{anchor}", draft.id), text }
}

/// The page again, saying what is still to do.
fn refused(
    app: &App,
    req: &HttpRequest,
    draft: &Draft,
    answers: (&Arc<Form>, &Parsed),
    problems: Vec<Problem>,
) -> HttpResponse {
    let back = format!("/drafts/{}/points", draft.id);
    let page = CheckPage { errors: problems, back, ..page(app, req, draft, answers, false) };
    respond::private(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The draft is gone: this key's submission was made a moment ago, or never.
async fn again(app: &App, key: &str) -> Result<HttpResponse, WebError> {
    let made = made_before(app, key).await?.ok_or(WebError::LinkNeeded)?;
    Ok(confirmed(app, &made.into()))
}

fn confirmed(app: &App, receipt: &submit::Receipt) -> HttpResponse {
    let mut response = respond::see_other(&format!("/submissions/{}/confirmation", receipt.reference));
    open_cookie(app, &mut response, receipt.id, receipt.link_generation, &receipt.reference);
    response
}
