//! How it is known that a State stands behind a record: said on the record, and recorded on a page of its own.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::about::{self, Head};
use super::record::read_reference;
use super::words::Names;
use super::{Choice, Writing, Wrong};
use crate::actions::confirm_authority::{self, Authority, Order, Refusal};
use crate::actions::note::LONGEST;
use crate::app::App;
use crate::domain::authority::Means;
use crate::locale::{Arg, Locale};
use crate::store::events::{self, Note};
use crate::store::submissions::Submission;
use crate::store::{Conn, Stop, StoreError};
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::frame::{Frame, language};
use crate::web::respond::{self, State};

/// What the record says of it.
#[derive(Debug, Clone)]
pub struct AuthorityPanel {
    pub text: String,
    /// What was written with it.
    pub note: Option<String>,
    /// It stands between the record and the public.
    pub missing: bool,
}

impl AuthorityPanel {
    /// None where nobody's authority is asked for.
    ///
    /// # Errors
    /// Where the database fails.
    pub(super) fn load(
        app: &App,
        conn: &mut Conn,
        submission: &Submission,
        (notes, names): (&[Note], &Names),
        l: &Locale,
    ) -> Result<Option<Self>, StoreError> {
        let standing = confirm_authority::of(app, conn, submission)?;
        let (event, means, key) = match standing {
            Authority::NotNeeded => return Ok(None),
            Authority::Missing => {
                return Ok(Some(Self { text: l.t("staff-authority-ask"), note: None, missing: true }));
            }
            Authority::Outdated { event, means } => (event, means, "staff-authority-outdated"),
            Authority::Confirmed { event, means } => (event, means, "staff-authority-confirmed"),
        };
        let logged = events::get(conn, event)?;
        let (who, when) = (names.of(logged.event.author, l), l.instant(&logged.event.at));
        let means = label(l, means);
        let values = [("means", Arg::from(&means)), ("who", Arg::from(&who)), ("when", Arg::from(&when))];
        let note = notes.iter().find(|note| note.event_seq == event);
        Ok(Some(Self {
            text: l.with(key, &values),
            note: note.map(|note| note.body.clone().unwrap_or_else(|| l.t("staff-erased"))),
            missing: !standing.allows_publication(),
        }))
    }
}

fn label(l: &Locale, means: Means) -> String {
    l.t(&format!("staff-authority-{}", means.as_str()))
}

#[derive(Template)]
#[template(path = "staff/authority.html")]
struct AuthorityPage {
    f: Frame,
    head: Head,
    version: i64,
    means: Vec<Choice>,
    means_error: Option<String>,
    writing: Writing,
    errors: Vec<Wrong>,
    /// Somebody else was faster.
    stale: bool,
}

/// What was sent, and why it was not taken.
#[derive(Default)]
struct Attempt {
    means: Option<Means>,
    text: String,
    wrong: Option<Refusal>,
    sent: bool,
}

/// GET `/staff/submissions/{reference}/authority`
///
/// # Errors
/// Where there is no such record.
pub async fn ask(req: HttpRequest, app: State, reference: web::Path<String>) -> Result<HttpResponse, WebError> {
    page(&app, &req, &reference, &Attempt::default()).await
}

/// POST `/staff/submissions/{reference}/authority`
///
/// # Errors
/// Where there is no such record, or nothing is asked for.
pub async fn confirm(
    req: HttpRequest,
    app: State,
    reference: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let reference = read_reference(&reference)?.to_string();
    let text = sent.text("text").to_owned();
    let means = Means::read(sent.text("means"));
    let version = sent.text("version").trim().parse().map_err(|_| WebError::Unreadable)?;
    let Some(chosen) = means else {
        return page(&app, &req, &reference, &Attempt { means, text, wrong: None, sent: true }).await;
    };
    let by = super::desk(&req)?.account.id;
    let order = Order { reference: reference.clone(), means: chosen, text: text.clone(), version, by };
    match confirm_authority::confirm(&app, order).await {
        Ok(_) => Ok(respond::see_other(&format!("/staff/submissions/{reference}?noted=authority"))),
        Err(Stop::Failed(error)) => Err(error.into()),
        Err(Stop::Refused(Refusal::NotFound)) => Err(WebError::NotFound),
        Err(Stop::Refused(Refusal::NotNeeded)) => Err(WebError::Conflict),
        Err(Stop::Refused(refusal)) => {
            page(&app, &req, &reference, &Attempt { means, text, wrong: Some(refusal), sent: true }).await
        }
    }
}

async fn page(app: &App, req: &HttpRequest, reference: &str, attempt: &Attempt) -> Result<HttpResponse, WebError> {
    let (subject, ()) = about::load(app, req, reference, |_, _, _| Ok(())).await?;
    let l = app.locale(language(req));
    let choice = |means: &Means| Choice {
        value: means.as_str().to_owned(),
        label: label(&l, *means),
        hint: None,
        chosen: attempt.means == Some(*means),
    };
    let means_error = (attempt.sent && attempt.means.is_none()).then(|| l.t("staff-wrong-means"));
    let error = match attempt.wrong {
        Some(Refusal::WordsMissing) => Some(l.t("staff-wrong-authority-words")),
        Some(Refusal::WordsTooLong) => Some(l.a("staff-wrong-too-long", "max", l.count(&LONGEST))),
        Some(Refusal::Stale | Refusal::NotFound | Refusal::NotNeeded) | None => None,
    };
    let writing = Writing::new(&l, "text", "staff-authority-text", LONGEST);
    let writing = Writing { value: attempt.text.clone(), error, ..writing };
    let at = |text| Wrong { anchor: "means".to_owned(), text };
    let stale = attempt.wrong == Some(Refusal::Stale);
    let shown = AuthorityPage {
        errors: means_error.clone().map(at).into_iter().chain(writing.wrong()).collect(),
        head: subject.head(&l),
        version: subject.submission.version,
        means: Means::ALL.iter().map(choice).collect(),
        f: Frame::new(app, req, l.t("staff-authority")),
        means_error,
        writing,
        stale,
    };
    let status = match (stale, shown.errors.is_empty()) {
        (true, _) => StatusCode::CONFLICT,
        (false, true) => StatusCode::OK,
        (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(respond::private(status, &shown))
}
