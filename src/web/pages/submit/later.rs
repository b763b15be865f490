//! "Save and come back later": until when the draft is kept, its link by mail, links for colleagues, and how to end them.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::points::STEP;
use super::scene::clock;
use super::{Side, keep_cookies, key_of, last_page, open_draft, open_form};
use crate::actions::{mail_draft, revoke_draft};
use crate::app::App;
use crate::domain::links::Purpose;
use crate::forms::errors::Message;
use crate::forms::form::Form;
use crate::store::Stop;
use crate::store::drafts::Draft;
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::frame::Frame;
use crate::web::respond::{self, State};

/// The field of the address, and where its error leads.
const ADDRESS: &str = "draft_address";

#[derive(Template)]
#[template(path = "submit/saved.html")]
struct SavedPage {
    f: Frame,
    form: Arc<Form>,
    draft: String,
    draft_key: String,
    saved: String,
    kept_until: String,
    /// Where to go on.
    step: String,
    /// In words.
    back: String,
    edit_link: String,
    read_link: String,
    /// It corrects a submission, whose own link leads here too.
    corrects: bool,
    typed: String,
    errors: Vec<Message>,
    done: String,
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    done: Option<String>,
}

/// `GET /drafts/{draft}/saved`
pub async fn saved(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    done: web::Query<Done>,
) -> Result<HttpResponse, WebError> {
    let draft = open_draft(&app, &req, &path, None).await?;
    let mut page = page(&app, &req, &draft)?;
    page.done = match done.done.as_deref() {
        Some("mailed") => page.f.l.t("later-mailed"),
        Some("revoked") => page.f.l.t("later-revoked"),
        Some(_) | None => String::new(),
    };
    Ok(respond::private(StatusCode::OK, &page))
}

fn page(app: &App, req: &HttpRequest, draft: &Draft) -> Result<SavedPage, WebError> {
    let form = open_form(app, Side::Outside, draft.form.as_str(), draft.language)?;
    let words = app.locale(draft.language);
    let link = |purpose, path: &str| {
        let key = app.keys.link(purpose, draft.id.as_str(), draft.link_generation);
        format!("{}/drafts/{}{path}?key={key}", app.base(), draft.id)
    };
    let number = form.steps().iter().position(|step| step.id == draft.step).unwrap_or(0) + 1;
    Ok(SavedPage {
        f: Frame::new(app, req, words.t("later-title")).in_language(app, draft.language),
        back: if draft.step == STEP { words.t("points-back") } else { words.n("later-back", &number) },
        draft_key: key_of(app, draft),
        saved: clock(&draft.saved_at),
        kept_until: words.date(&draft.expires_at.date_naive()),
        step: last_page(&form, draft),
        edit_link: link(Purpose::DraftEdit, ""),
        read_link: link(Purpose::DraftRead, "/read"),
        corrects: draft.corrects.is_some(),
        typed: draft.address.clone().unwrap_or_default(),
        errors: Vec::new(),
        done: String::new(),
        draft: draft.id.clone(),
        form,
    })
}

/// `POST /drafts/{draft}/link`: mails the link. Whether a mail went out or too many did before, the answer is the same.
pub async fn mail_link(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let draft = open_draft(&app, &req, &path, Some(sent.text("draft_key"))).await?;
    let typed = sent.text(ADDRESS);
    match mail_draft::mail(&app, &draft.id, typed).await {
        Ok(()) => {
            let mut response = respond::see_other(&format!("/drafts/{}/saved?done=mailed", draft.id));
            keep_cookies(&app, &req, &mut response, &draft);
            Ok(response)
        }
        Err(Stop::Refused(mail_draft::Refusal::NotAnAddress)) => {
            let mut page = page(&app, &req, &draft)?;
            typed.clone_into(&mut page.typed);
            let text = page.f.l.t("later-not-an-address");
            page.errors =
                vec![Message { name: ADDRESS.to_owned(), anchor: ADDRESS.to_owned(), code: "not-email", text }];
            Ok(respond::private(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(Stop::Refused(mail_draft::Refusal::NotFound)) => Err(WebError::Conflict),
        Err(Stop::Failed(error)) => Err(error.into()),
    }
}

/// `POST /drafts/{draft}/revocation`: every link given out ends; this browser goes on.
pub async fn revoke(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let draft = open_draft(&app, &req, &path, Some(sent.text("draft_key"))).await?;
    let draft = revoke_draft::revoke(&app, &draft.id).await.map_err(|stop| WebError::of(stop, WebError::from))?;
    let mut response = respond::see_other(&format!("/drafts/{}/saved?done=revoked", draft.id));
    keep_cookies(&app, &req, &mut response, &draft);
    Ok(response)
}
