//! The link of a draft: a page with a button, for mail scanners open links too; the button opens the draft on this device.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::scene::clock;
use super::{Side, keep_cookies, last_page, open_by, open_draft, open_form};
use crate::domain::links::Purpose;
use crate::forms::form::Form;
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::frame::Frame;
use crate::web::respond::{self, State};

/// The key in a link.
#[derive(Debug, Deserialize)]
pub struct Key {
    pub key: Option<String>,
}

#[derive(Template)]
#[template(path = "submit/door.html")]
struct DoorPage {
    f: Frame,
    form: Arc<Form>,
    draft: String,
    key: String,
    saved: String,
    saved_on: String,
    kept_until: String,
}

/// `GET /drafts/{draft}`: where the draft is open already, its last step.
pub async fn door(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    key: web::Query<Key>,
) -> Result<HttpResponse, WebError> {
    let Some(key) = key.into_inner().key else {
        let draft = open_draft(&app, &req, &path, None).await?;
        let form = open_form(&app, Side::Outside, draft.form.as_str(), draft.language)?;
        return Ok(respond::see_other(&last_page(&form, &draft)));
    };
    let draft = open_by(&app, Purpose::DraftEdit, &path, [Some(key.clone())]).await?;
    let words = app.locale(draft.language);
    let page = DoorPage {
        form: open_form(&app, Side::Outside, draft.form.as_str(), draft.language)?,
        f: Frame::new(&app, &req, words.t("door-title")).in_language(&app, draft.language),
        saved: clock(&draft.saved_at),
        saved_on: words.date(&draft.saved_at.date_naive()),
        kept_until: words.date(&draft.expires_at.date_naive()),
        draft: draft.id,
        key,
    };
    Ok(respond::private(StatusCode::OK, &page))
}

/// `POST /drafts/{draft}`: the key becomes a cookie.
pub async fn enter(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let draft = open_by(&app, Purpose::DraftEdit, &path, [Some(sent.text("key").to_owned())]).await?;
    let form = open_form(&app, Side::Outside, draft.form.as_str(), draft.language)?;
    let mut response = respond::see_other(&last_page(&form, &draft));
    keep_cookies(&app, &req, &mut response, &draft);
    Ok(response)
}
