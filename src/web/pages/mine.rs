//! A submitter's own submission, opened by its link: status, answers, correct, withdraw, confirm the address.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::answers::{Section, held, sections};
use super::public::send_file;
use super::submit::steps::correct;
use crate::actions::{confirm_address, correct_address, revise, withdraw};
use crate::app::App;
use crate::domain::event::EventKind;
use crate::domain::links::Purpose;
use crate::domain::policy::{Act, Actor, may};
use crate::domain::projection::{files, role_text};
use crate::domain::reference::{NotAReference, Reference};
use crate::domain::submission::{Decision, ReviewState, Standing, SubmissionId, Visibility};
use crate::forms::errors::Message;
use crate::forms::form::{Lifecycle, Role};
use crate::forms::kind::FieldKind;
use crate::locale::Locale;
use crate::store::submissions::Submission;
use crate::store::{Conn, StoreError, attachments, events, submissions};
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::frame::Frame;
use crate::web::respond::{self, State};

/// The cookie that opens a submission, sent under its own path alone.
pub const OWN_COOKIE: &str = "inlet_own";

/// The key in a mailed link.
#[derive(Debug, Deserialize)]
pub struct Key {
    key: Option<String>,
}

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
async fn own(app: &App, req: &HttpRequest, reference: &str) -> Result<Submission, WebError> {
    let key = req.cookie(OWN_COOKIE).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
    find(app, reference, Purpose::Own, &key).await
}

async fn find(app: &App, reference: &str, purpose: Purpose, key: &str) -> Result<Submission, WebError> {
    let reference = Reference::read(reference).map_err(|wrong| match wrong {
        NotAReference::Check => WebError::Mistyped,
        NotAReference::Shape => WebError::NotFound,
    })?;
    let found = app.db.read(move |conn| submissions::find(conn, reference.as_str())).await?;
    let holds = |submission: &Submission| app.keys.opens(purpose, submission.id, submission.link_generation, key);
    let actor = found.as_ref().filter(|submission| holds(submission)).map_or(Actor::Anyone, |s| Actor::Submitter(s.id));
    found.filter(|_| may(&actor, Act::OpenOwn)).ok_or(WebError::LinkNeeded)
}

#[derive(Template)]
#[template(path = "mine/page.html")]
struct OwnPage {
    f: Frame,
    submission: Submission,
    noun: String,
    title: String,
    lang: &'static str,
    status: StatusWords,
    sections: Vec<Section>,
    history: Vec<Moment>,
    asked: Option<String>,
    can_edit: bool,
    can_withdraw: bool,
    public_url: Option<String>,
    email: String,
    files: String,
}

/// Where a submission stands, for its submitter.
#[derive(Debug, Clone)]
pub struct StatusWords {
    pub name: String,
    /// Who must act, and what happens next.
    pub next: String,
    pub class: &'static str,
}

/// One line of the history.
#[derive(Debug, Clone)]
pub struct Moment {
    pub at: String,
    pub datetime: String,
    pub text: String,
    pub note: Option<String>,
}

/// `GET /submissions/{reference}?key=…`: the key becomes a cookie, and the address is clean again.
pub async fn page(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    key: web::Query<Key>,
) -> Result<HttpResponse, WebError> {
    if let Some(key) = &key.key {
        let submission = find(&app, &path, Purpose::Own, key).await?;
        let mut response = respond::see_other(&format!("/submissions/{}", submission.reference));
        open_cookie(&app, &mut response, submission.id, submission.link_generation, &submission.reference);
        return Ok(response);
    }
    let submission = own(&app, &req, &path).await?;
    let page = own_page(&app, &req, submission).await?;
    Ok(respond::private(StatusCode::OK, &page))
}

async fn own_page(app: &App, req: &HttpRequest, submission: Submission) -> Result<OwnPage, WebError> {
    let (handle, of) = (app.clone(), submission.clone());
    let (form, answers, logged, notes, holds) = app
        .db
        .read(move |conn| {
            let (form, answers) = handle.answers(conn, of.id, of.head_revision, of.language)?;
            let holds = attachments::holds(conn, &files(&answers))?;
            Ok((form, answers, events::of(conn, of.id)?, events::notes_of(conn, of.id)?, holds))
        })
        .await?;
    let words = app.locale(submission.language);
    let title = role_text(&form, &answers, Role::Title, &words);
    let f = Frame::new(app, req, format!("{} {}", form.words().noun, submission.reference))
        .in_language(app, submission.language);
    let standing = revise::standing(app, &submission);
    let asked = logged.iter().rev().find(|l| l.event.decision == Some(Decision::RequestChanges));
    let can_edit = standing.and_then(Standing::resubmit).is_some();
    let asked = asked
        .filter(|_| can_edit)
        .and_then(|l| notes.iter().find(|n| n.event_seq == l.seq))
        .and_then(|n| n.body.clone());
    let public = form.collection().filter(|_| submission.visibility == Visibility::Published && form.has_pages());
    let shown = sections(&form, &answers, &f.l, |field| !matches!(field.kind, FieldKind::Generated { .. }));
    Ok(OwnPage {
        status: status(&submission, form.lifecycle(), &form.words().answer_within, &f.l),
        sections: held(shown, &holds),
        history: history(&logged, &notes, form.lifecycle(), &f.l),
        can_edit,
        can_withdraw: standing.and_then(Standing::withdraw).is_some(),
        public_url: public.map(|collection| format!("/{collection}/{}", submission.reference)),
        email: role_text(&form, &answers, Role::ContactEmail, &words),
        files: format!("/submissions/{}/attachments", submission.reference),
        lang: submission.language.tag(),
        noun: form.words().noun.clone(),
        asked,
        title,
        submission,
        f,
    })
}

/// A submission's status in words.
#[must_use]
pub fn status(submission: &Submission, lifecycle: Lifecycle, within: &str, l: &Locale) -> StatusWords {
    use crate::domain::submission::ReviewState as S;
    let request = lifecycle == Lifecycle::Request;
    let (key, class) = match submission.state {
        S::Held | S::Submitted => ("own-submitted", "waiting"),
        S::InReview => ("own-in-review", "waiting"),
        S::ChangesRequested => ("own-changes-requested", "asked"),
        S::Approved if request => ("own-accepted", "done"),
        S::Approved if submission.visibility == Visibility::Published => ("own-published", "done"),
        S::Approved if submission.visibility == Visibility::Unpublished => ("own-unpublished", "stopped"),
        S::Approved => ("own-approved", "done"),
        S::Declined if request => ("own-not-supported", "stopped"),
        S::Declined => ("own-not-published", "stopped"),
        S::Withdrawn => ("own-withdrawn", "stopped"),
        S::Closed => ("own-closed", "done"),
    };
    StatusWords { name: l.t(key), next: l.a(&format!("{key}.next"), "within", within), class }
}

fn history(logged: &[events::Logged], notes: &[events::Note], lifecycle: Lifecycle, l: &Locale) -> Vec<Moment> {
    let seen = logged.iter().filter_map(|entry| Some((entry, moment_key(entry, lifecycle)?)));
    seen.map(|(entry, key)| Moment {
        at: l.instant(&entry.event.at),
        datetime: entry.event.at.to_rfc3339(),
        text: l.t(key),
        note: notes.iter().find(|note| note.event_seq == entry.seq).and_then(|note| note.body.clone()),
    })
    .collect()
}

/// The words for an event, or nothing where it is no business of the submitter's.
fn moment_key(entry: &events::Logged, lifecycle: Lifecycle) -> Option<&'static str> {
    let request = lifecycle == Lifecycle::Request;
    match entry.event.kind {
        EventKind::Submitted => Some("moment-submitted"),
        EventKind::Resubmitted => Some("moment-resubmitted"),
        EventKind::AddressConfirmed => Some("moment-address-confirmed"),
        EventKind::AddressCorrected => Some("moment-address-corrected"),
        EventKind::Withdrawn => Some("moment-withdrawn"),
        EventKind::AttachmentRefused => Some("moment-attachment-refused"),
        EventKind::Assigned | EventKind::Unassigned => None,
        EventKind::Decided => match entry.event.decision? {
            Decision::StartReview => Some("moment-start-review"),
            Decision::RequestChanges => Some("moment-request-changes"),
            Decision::Approve if request => Some("moment-accepted"),
            Decision::Approve => Some("moment-approved"),
            Decision::Publish => Some("moment-published"),
            Decision::Decline if request => Some("moment-not-supported"),
            Decision::Decline => Some("moment-not-published"),
            Decision::Close => Some("moment-closed"),
            Decision::Reopen => Some("moment-reopened"),
            Decision::Unpublish => Some("moment-unpublished"),
            Decision::Release => None,
        },
    }
}

/// What was asked last to be changed, while it is asked.
///
/// # Errors
/// Where the database fails.
pub fn last_request(conn: &mut Conn, id: SubmissionId) -> Result<Option<String>, StoreError> {
    let all = events::of(conn, id)?;
    let Some(asked) = all.iter().rev().find(|entry| entry.event.decision == Some(Decision::RequestChanges)) else {
        return Ok(None);
    };
    let notes = events::notes_of(conn, id)?;
    Ok(notes.into_iter().find(|note| note.event_seq == asked.seq).and_then(|note| note.body))
}

#[derive(Template)]
#[template(path = "mine/confirmation.html")]
struct ConfirmationPage {
    f: Frame,
    submission: Submission,
    email: String,
    next: Vec<String>,
    confirmed: bool,
    /// Suspected as spam: no mail goes out before a moderator has looked.
    held: bool,
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
    let (form, answers) = app.db.read(move |conn| handle.answers(conn, of.id, of.head_revision, of.language)).await?;
    let words = app.locale(submission.language);
    let email = role_text(&form, &answers, Role::ContactEmail, &words);
    Ok(ConfirmationPage {
        f: Frame::new(app, req, words.t("confirmation-title")).in_language(app, submission.language),
        next: form.words().start.next.clone(),
        confirmed: submission.address_confirmed_at.is_some(),
        held: submission.state == ReviewState::Held,
        resubmitted: submission.head_revision > 1,
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
        Err(crate::store::Stop::Refused(correct_address::Refusal::NotAnAddress(errors))) => {
            let mut page = confirmation_page(&app, &req, submission).await?;
            typed.clone_into(&mut page.typed);
            page.errors =
                errors.into_iter().map(|error| Message { anchor: "contact_address".to_owned(), ..error }).collect();
            Ok(respond::private(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(stop) => Err(WebError::of(stop, |_| WebError::Conflict)),
    }
}

#[derive(Template)]
#[template(path = "mine/address.html")]
struct AddressPage {
    f: Frame,
    submission: Submission,
    key: String,
    done: bool,
}

/// `GET /submissions/{reference}/address?key=…`: shows a button, for mail scanners open links too.
pub async fn address(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    key: web::Query<Key>,
) -> Result<HttpResponse, WebError> {
    let key = key.key.clone().unwrap_or_default();
    let submission = find(&app, &path, Purpose::Address, &key).await?;
    Ok(respond::private(StatusCode::OK, &address_page(&app, &req, submission, key)))
}

fn address_page(app: &App, req: &HttpRequest, submission: Submission, key: String) -> AddressPage {
    let title = app.locale(submission.language).t("address-title");
    let f = Frame::new(app, req, title).in_language(app, submission.language);
    AddressPage { done: submission.address_confirmed_at.is_some(), f, submission, key }
}

/// `POST /submissions/{reference}/address`: confirms; then the answers are mailed.
pub async fn confirm_address(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let key = sent.text("key").to_owned();
    let submission = find(&app, &path, Purpose::Address, &key).await?;
    let confirmed = confirm_address::confirm(&app, submission.id).await?;
    let (id, generation, reference) = (confirmed.id, confirmed.link_generation, confirmed.reference.clone());
    let mut response = respond::private(StatusCode::OK, &address_page(&app, &req, confirmed, key));
    open_cookie(&app, &mut response, id, generation, &reference);
    Ok(response)
}

/// `POST /submissions/{reference}/edit`: opens what changes were asked for as a draft.
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
    let reason: String = sent.text("reason").chars().take(crate::actions::decide::LONGEST_MESSAGE).collect();
    let withdrawn = withdraw::withdraw(&app, submission.id, &reason).await;
    withdrawn.map_err(|stop| WebError::of(stop, |_| WebError::Conflict))?;
    Ok(respond::see_other(&format!("/submissions/{}", submission.reference)))
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
