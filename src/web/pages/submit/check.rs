//! All answers on one page before they are sent, and the sending.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::scene::clock;
use super::steps::made_before;
use super::{Notice, Side, earlier, form_of, key_of, labelled, open_draft, owner, parse, points};
use crate::actions::earlier::Source;
use crate::actions::on_behalf::Behalf;
use crate::actions::opening::{self, Shut};
use crate::actions::{keep_record, revise, submit};
use crate::app::App;
use crate::domain::point::Point;
use crate::domain::projection::files;
use crate::domain::submission::{Decision, SubmissionId};
use crate::forms::errors::Message;
use crate::forms::form::{Form, Lifecycle};
use crate::forms::parse::Parsed;
use crate::store::drafts::{self, Draft};
use crate::store::submissions::Channel;
use crate::store::{Stop, attachments};
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::frame::Frame;
use crate::web::pages::answers::{Section, held, sections, warn};
use crate::web::pages::mine::open_cookie;
use crate::web::pages::points::label;
use crate::web::pages::similar::{self, Alike};
use crate::web::pages::staff::desk;
use crate::web::pages::window;
use crate::web::respond::{self, State};

#[derive(Template)]
#[template(path = "submit/check.html")]
struct CheckPage {
    f: Frame,
    form: Arc<Form>,
    sections: Vec<Section>,
    /// Where the draft is.
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
    /// Staff come back through their list of records, and need no link.
    side: Side,
    back: String,
}

/// `GET /drafts/{draft}/check`
pub async fn check(req: HttpRequest, app: State, path: web::Path<String>) -> Result<HttpResponse, WebError> {
    let draft = open_draft(&app, &req, &path, None).await?;
    let form = form_of(&app, Side::of(&req), &draft)?;
    let parsed = parse(&app, &form, &draft.pairs, owner(&draft), draft.language).await?;
    let shut = shut(&app, &draft, &form, &parsed).await?;
    let mut page = page(&app, &req, &draft, (&form, &parsed), false).await?;
    page.warnings.extend(shut.map(|shut| page.when(&app, &shut)));
    Ok(respond::private(StatusCode::OK, &page))
}

/// Why a new submission could not be sent now. What was sent already can be corrected at any time.
async fn shut(app: &App, draft: &Draft, form: &Arc<Form>, parsed: &Parsed) -> Result<Option<Shut>, WebError> {
    if draft.corrects.is_some() {
        return Ok(None);
    }
    let (handle, form, answers, now) = (app.clone(), Arc::clone(form), parsed.answers.clone(), app.clock.now());
    Ok(app.db.read(move |conn| opening::shut(&handle, conn, &form, &answers, now)).await?)
}

impl CheckPage {
    /// The window that keeps it from being sent, in words, with the way to the question that names the record.
    fn when(&self, app: &App, shut: &Shut) -> Notice {
        let text = window::refusal(app, &self.f.l, shut, &self.form.words().title);
        let field = shut.about.as_ref().map(|named| named.field.as_str());
        let step = field.and_then(|name| self.form.steps().iter().find(|step| step.owns(name)));
        match field.zip(step) {
            Some((field, step)) => {
                Notice { href: format!("{}/steps/{}?return=check#{field}", self.draft, step.id), text }
            }
            None => Notice { href: self.f.form_url(&self.form, ""), text },
        }
    }

    /// A required point that is neither changed nor answered.
    fn untouched(&self, point: &Point) -> Notice {
        let label = label(&self.form, point.field.as_ref(), &self.f.l);
        self.at_points(&format!("ask-{}", point.id.0), self.f.l.a("points-untouched", "label", label))
    }

    /// Something to do on the page of points.
    fn at_points(&self, anchor: &str, text: String) -> Notice {
        Notice { href: format!("{}/points#{anchor}", self.draft), text }
    }
}

async fn page(
    app: &App,
    req: &HttpRequest,
    draft: &Draft,
    (form, parsed): (&Arc<Form>, &Parsed),
    refused: bool,
) -> Result<CheckPage, WebError> {
    let named = files(&parsed.answers);
    let holds = app.db.read(move |conn| attachments::holds(conn, &named)).await?;
    let words = app.locale(draft.language);
    let f = Frame::new(app, req, words.t("check-title")).in_language(app, draft.language);
    let errors = if refused { form.messages(&parsed.errors, &f.l) } else { Vec::new() };
    let warnings = form.messages(&parsed.warnings, &f.l);
    let base = Side::of(req).draft(&draft.id, "");
    let itself = draft.corrects.map(|(id, _)| id);
    let alike = similar::published(app, form, &parsed.answers, &f.l, itself).await?;
    let link = |messages: Vec<Message>| messages.iter().map(|one| Notice::of(form, &base, one, true)).collect();
    let shown = sections(form, &parsed.answers, &f.l, |field| {
        !matches!(field.kind, crate::forms::kind::FieldKind::Generated { .. })
    });
    let mut sections = held(shown, &holds);
    warn(&mut sections, &warnings);
    Ok(CheckPage {
        sections,
        alike,
        draft_key: key_of(app, draft),
        key: draft.submission_key.clone(),
        errors: link(errors),
        warnings: link(labelled(form, &parsed.warnings, &f.l)),
        lang: draft.language.tag(),
        files: format!("{base}/attachments"),
        saved: clock(&draft.saved_at),
        corrects: draft.corrects.is_some() && Side::of(req) == Side::Outside,
        side: Side::of(req),
        back: back(app, form, draft, &base).await?,
        draft: base,
        form: Arc::clone(form),
        f,
    })
}

/// Where one comes from: the points, while any is open, or the last step.
async fn back(app: &App, form: &Form, draft: &Draft, base: &str) -> Result<String, WebError> {
    if !points::open(app, form, draft, &app.locale(draft.language)).await?.is_empty() {
        return Ok(format!("{base}/points"));
    }
    Ok(format!("{base}/steps/{}", form.steps().last().map_or("", |step| step.id.as_str())))
}

/// `POST /drafts/{draft}/submission`: a double click or a reload makes one submission.
pub async fn submit(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let side = Side::of(&req);
    let draft = match open_draft(&app, &req, &path, Some(sent.text("draft_key"))).await {
        Err(WebError::LinkNeeded) => return again(&app, side, sent.text("key")).await,
        opened => opened?,
    };
    let form = form_of(&app, side, &draft)?;
    let parsed = parse(&app, &form, &draft.pairs, owner(&draft), draft.language).await?;
    if !parsed.errors.is_empty() {
        let page = page(&app, &req, &draft, (&form, &parsed), true).await?;
        return Ok(respond::private(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    if let Some(shut) = shut(&app, &draft, &form, &parsed).await? {
        return refused(&app, &req, &draft, (&form, &parsed), |page| vec![page.when(&app, &shut)]).await;
    }
    let made = match (side, draft.corrects) {
        (Side::Staff, None) if form.lifecycle() != Lifecycle::Record => {
            hand_in(&app, &req, &draft, (form, parsed), false).await
        }
        (Side::Staff, _) => keep(&app, &req, &draft, (form, parsed)).await,
        (Side::Outside, None) => {
            let suspected = looks_like_a_robot(&app, &draft, &sent).await?;
            hand_in(&app, &req, &draft, (form, parsed), suspected).await
        }
        (Side::Outside, Some(corrects)) => resubmit(&app, &req, &draft, (form, parsed), corrects).await,
    };
    match made {
        Err(WebError::LinkNeeded) => again(&app, side, &draft.submission_key).await,
        made => made,
    }
}

/// The check page with why it cannot be sent now; everything stays in the draft.
async fn refused(
    app: &App,
    req: &HttpRequest,
    draft: &Draft,
    answers: (&Arc<Form>, &Parsed),
    problems: impl FnOnce(&CheckPage) -> Vec<Notice>,
) -> Result<HttpResponse, WebError> {
    let mut page = page(app, req, draft, answers, false).await?;
    page.errors = problems(&page);
    Ok(respond::private(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// Staff save and publish a record.
async fn keep(
    app: &App,
    req: &HttpRequest,
    draft: &Draft,
    (form, parsed): (Arc<Form>, Parsed),
) -> Result<HttpResponse, WebError> {
    let order = keep_record::Order {
        form,
        answers: parsed.answers,
        language: draft.language,
        by: desk(req)?.account.id,
        corrects: draft.corrects,
        draft: Some((draft.id.clone(), draft.submission_key.clone())),
    };
    let kept = keep_record::keep(app, order).await.map_err(|stop| {
        WebError::of(stop, |refused| match refused {
            keep_record::Refusal::DraftGone => WebError::LinkNeeded,
            keep_record::Refusal::FileTaken | keep_record::Refusal::FileHeld | keep_record::Refusal::Moved => {
                WebError::Conflict
            }
        })
    })?;
    Ok(saved(&kept.reference))
}

/// The time below which nobody has read and answered a form.
const TOO_FAST: chrono::Duration = chrono::Duration::seconds(5);

/// A field that people never see is filled in, or the form was faster than anybody types. What is held so is looked at by a
/// moderator, never dropped.
async fn looks_like_a_robot(app: &App, draft: &Draft, sent: &Sent) -> Result<bool, WebError> {
    if !sent.text("homepage_confirm").trim().is_empty() {
        return Ok(true);
    }
    if !app.config.suspects_robots() || draft.corrects.is_some() {
        return Ok(false);
    }
    let id = draft.id.clone();
    let begun = app.db.read(move |conn| drafts::begun_at(conn, &id)).await?;
    Ok(app.clock.now() - begun < TOO_FAST)
}

async fn hand_in(
    app: &App,
    req: &HttpRequest,
    draft: &Draft,
    (form, parsed): (Arc<Form>, Parsed),
    suspected: bool,
) -> Result<HttpResponse, WebError> {
    let behalf = match Side::of(req) {
        Side::Outside => None,
        Side::Staff => Some((desk(req)?.account.id, Behalf::of(&draft.pairs).ok_or(WebError::NotFound)?)),
    };
    let entered = behalf.is_some();
    let order = submit::Order {
        mail_language: draft.mail_language,
        key: Some(draft.submission_key.clone()),
        draft: Some(draft.id.clone()),
        suspected,
        limited: app.config.suspects_robots() && behalf.is_none(),
        behalf,
        ..submit::Order::new(Arc::clone(&form), parsed.answers.clone(), draft.language, Channel::Web)
    };
    match submit::submit(app, order).await {
        Ok(receipt) if entered => {
            Ok(respond::see_other(&format!("/staff/submissions/{}?noted=entered", receipt.reference)))
        }
        Ok(receipt) => Ok(confirmed(app, &receipt)),
        // It closed between the look and the writing.
        Err(Stop::Refused(submit::Refusal::Shut(shut))) => {
            refused(app, req, draft, (&form, &parsed), |page| vec![page.when(app, &shut)]).await
        }
        Err(Stop::Refused(submit::Refusal::DraftGone)) => Err(WebError::LinkNeeded),
        Err(Stop::Refused(submit::Refusal::KeyTaken | submit::Refusal::FileTaken | submit::Refusal::FileInfected)) => {
            Err(WebError::Conflict)
        }
        Err(Stop::Failed(error)) => Err(error.into()),
    }
}

async fn resubmit(
    app: &App,
    req: &HttpRequest,
    draft: &Draft,
    (form, parsed): (Arc<Form>, Parsed),
    (submission, base): (SubmissionId, i32),
) -> Result<HttpResponse, WebError> {
    let replies = match points::replies(&draft.pairs, &app.locale(draft.language)) {
        Ok(replies) => replies,
        Err(long) => {
            let problems = |page: &CheckPage| long.into_iter().map(|m| page.at_points(&m.anchor, m.text)).collect();
            return refused(app, req, draft, (&form, &parsed), problems).await;
        }
    };
    let order = revise::Order {
        mail_language: draft.letters(),
        submission,
        base,
        form: Arc::clone(&form),
        answers: parsed.answers.clone(),
        replies,
        draft: draft.id.clone(),
        key: draft.submission_key.clone(),
    };
    match revise::resubmit(app, order).await {
        Ok(receipt) => Ok(confirmed(app, &receipt)),
        Err(Stop::Refused(revise::Refusal::Untouched(left))) => {
            let problems = |page: &CheckPage| left.iter().map(|point| page.untouched(point)).collect();
            refused(app, req, draft, (&form, &parsed), problems).await
        }
        Err(Stop::Refused(revise::Refusal::NotOpen | revise::Refusal::Moved | revise::Refusal::FileInfected)) => {
            Err(WebError::Conflict)
        }
        Err(Stop::Failed(error)) => Err(error.into()),
    }
}

/// The draft is gone: this key's submission was made a moment ago, or never.
async fn again(app: &App, side: Side, key: &str) -> Result<HttpResponse, WebError> {
    let made = made_before(app, key).await?.ok_or(WebError::LinkNeeded)?;
    match side {
        Side::Outside => Ok(confirmed(app, &made.into())),
        Side::Staff => Ok(saved(&made.reference)),
    }
}

/// A record's page, which says that it is public now.
fn saved(reference: &str) -> HttpResponse {
    respond::see_other(&format!("/staff/submissions/{reference}?done={}", Decision::Publish.as_str()))
}

fn confirmed(app: &App, receipt: &submit::Receipt) -> HttpResponse {
    let mut response = respond::see_other(&format!("/submissions/{}/confirmation", receipt.reference));
    open_cookie(app, &mut response, receipt.id, receipt.link_generation, &receipt.reference);
    earlier::keep(app, &mut response, &Source::Submission(receipt.reference.clone()), receipt.link_generation);
    response
}
