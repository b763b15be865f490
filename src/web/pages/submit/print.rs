//! A draft to be read: printed for clearance, or opened by colleagues who may read and not write.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::door::Key;
use super::{READ_COOKIE, Side, cookie_of, keep_cookie, open_by, open_draft, open_form, owner, parse, so_far};
use crate::app::App;
use crate::domain::links::Purpose;
use crate::forms::form::Form;
use crate::store::drafts::Draft;
use crate::web::errors::WebError;
use crate::web::frame::Frame;
use crate::web::pages::answers::Section;
use crate::web::respond::{self, State};

#[derive(Template)]
#[template(path = "submit/print.html")]
struct PrintPage {
    f: Frame,
    form: Arc<Form>,
    sections: Vec<Section>,
    lang: &'static str,
    files: String,
    saved: String,
    /// The way back, for those who fill it in.
    back: Option<String>,
}

/// `GET /drafts/{draft}/print`
pub async fn print(req: HttpRequest, app: State, path: web::Path<String>) -> Result<HttpResponse, WebError> {
    let draft = open_draft(&app, &req, &path, None).await?;
    page(&app, &req, &draft, Some(format!("/drafts/{}/saved", draft.id))).await
}

/// `GET /drafts/{draft}/read?key=…`: the key becomes a cookie, and the address is clean again. Reading is all it opens.
pub async fn read(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    key: web::Query<Key>,
) -> Result<HttpResponse, WebError> {
    if let Some(key) = &key.key {
        let draft = open_by(&app, Purpose::DraftRead, &path, [Some(key.clone())]).await?;
        let mut response = respond::see_other(&format!("/drafts/{}/read", draft.id));
        keep_cookie(&app, &mut response, &Side::Outside.draft(&draft.id, ""), (READ_COOKIE, key));
        return Ok(response);
    }
    let draft = open_by(&app, Purpose::DraftRead, &path, [cookie_of(&req, READ_COOKIE)]).await?;
    page(&app, &req, &draft, None).await
}

async fn page(app: &App, req: &HttpRequest, draft: &Draft, back: Option<String>) -> Result<HttpResponse, WebError> {
    let form = open_form(app, Side::Outside, draft.form.as_str(), draft.language)?;
    let parsed = parse(app, &form, &draft.pairs, owner(draft), draft.language).await?;
    let f = Frame::new(app, req, form.words().title.clone()).in_language(app, draft.language);
    let page = PrintPage {
        sections: so_far::sections(&form, &draft.pairs, &parsed.answers, &f.l),
        lang: draft.language.tag(),
        files: format!("/drafts/{}/attachments", draft.id),
        saved: f.l.instant(&draft.saved_at),
        form,
        back,
        f,
    };
    Ok(respond::private(StatusCode::OK, &page))
}
