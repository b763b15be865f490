//! A record on paper: where it stands, its answers, what was asked of it, and all that happened.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::beside;
use super::record::{self, Ask, Loaded, read_reference};
use super::view::{self, Happening};
use super::words::Badge;
use crate::app::App;
use crate::forms::form::Lifecycle;
use crate::locale::Arg;
use crate::web::errors::WebError;
use crate::web::frame::{Frame, language};
use crate::web::pages::answers::Section;
use crate::web::pages::parties::PartyLine;
use crate::web::respond::{self, State};

#[derive(Template)]
#[template(path = "staff/print.html")]
struct PrintPage {
    f: Frame,
    noun: String,
    reference: String,
    title: String,
    lang: &'static str,
    badges: Vec<Badge>,
    received: String,
    sections: Vec<Section>,
    marked: bool,
    files: &'static str,
    parties: Vec<PartyLine>,
    history: Vec<Happening>,
    printed: String,
}

/// GET `/staff/submissions/{reference}/print`
///
/// # Errors
/// Where there is no such record.
pub async fn print(req: HttpRequest, app: State, reference: web::Path<String>) -> Result<HttpResponse, WebError> {
    let reference = read_reference(&reference)?;
    let (handle, language) = (app.get_ref().clone(), language(&req));
    let reader = super::desk(&req)?.account.id;
    let read = move |conn: &mut _| record::load(&handle, conn, &reference, &Ask::default(), (language, reader));
    let loaded = app.db.read(read).await?.ok_or(WebError::NotFound)?;
    let f = Frame::new(&app, &req, String::new());
    Ok(respond::private(StatusCode::OK, &page(&app, f, &loaded)))
}

fn page(app: &App, mut f: Frame, loaded: &Loaded) -> PrintPage {
    let (l, submission) = (f.l.clone(), &loaded.submission);
    let noun = loaded.form.words().noun.clone();
    f.title = format!("{noun} {}", submission.reference);
    let (url, now) =
        (format!("{}/staff/submissions/{}", app.base(), submission.reference), l.instant(&app.clock.now()));
    PrintPage {
        reference: submission.reference.clone(),
        title: view::title(&l, loaded),
        lang: submission.language.tag(),
        badges: view::badges(&l, loaded),
        received: view::received(&l, loaded),
        sections: beside::answered(&l, loaded),
        marked: loaded.form.lifecycle() != Lifecycle::Request,
        files: "/staff/attachments",
        parties: loaded.parties.clone(),
        history: loaded.events.iter().map(|logged| view::happening(&l, loaded, logged)).collect(),
        printed: l.with("own-printed", &[("url", Arg::from(&url)), ("when", Arg::from(&now))]),
        noun,
        f,
    }
}
