//! What staff themselves keep and publish: which forms there are for it, and the records of each.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::queue::asked;
use super::words::{self, Badge};
use super::{PAGE, Pager, When, address, many, page_number};
use crate::domain::projection::DeskRecord;
use crate::domain::view::View;
use crate::forms::form::{Form, Lifecycle};
use crate::locale::Locale;
use crate::store::desk::{self, Queue};
use crate::web::errors::WebError;
use crate::web::frame::{Frame, language};
use crate::web::pages::submit::{Side, open_form};
use crate::web::respond::{self, State};

/// A form of records.
struct Kind {
    plural: String,
    purpose: String,
    count: String,
    url: String,
    /// The act and where it begins.
    add: (String, String),
}

#[derive(Template)]
#[template(path = "staff/records.html")]
struct AllPage {
    f: Frame,
    kinds: Vec<Kind>,
    /// What can be entered for somebody: act and address.
    others: Vec<(String, String)>,
}

/// GET `/staff/records`
///
/// # Errors
/// Where the database fails.
pub async fn all(req: HttpRequest, app: State) -> Result<HttpResponse, WebError> {
    let l = app.locale(language(&req));
    let forms: Vec<_> =
        app.catalog.all(l.language()).filter(|form| form.lifecycle() == Lifecycle::Record).cloned().collect();
    let ids: Vec<String> = forms.iter().map(|form| form.id().as_str().to_owned()).collect();
    let view = |id: &String| asked(&app, &req, &View::of_form(id).query());
    let kinds: Vec<Queue> = ids.iter().map(view).collect::<Result<_, _>>()?;
    let counts = app.db.read(move |conn| kinds.iter().map(|kind| desk::count(conn, kind)).collect());
    let counts: Vec<i64> = counts.await?;
    let kind = |(form, count): (&std::sync::Arc<Form>, &i64)| Kind {
        plural: form.words().plural.clone(),
        purpose: form.words().start.purpose.clone(),
        count: l.count(&many(*count)),
        url: format!("/staff/records/{}", form.id()),
        add: (form.words().title.clone(), Side::Staff.begin(form)),
    };
    let kinds = forms.iter().zip(&counts).map(kind).collect();
    let others = app.catalog.all(l.language()).filter(|form| form.lifecycle() != Lifecycle::Record);
    let others = others.map(|form| (form.words().title.clone(), format!("/staff/new/{}", form.id()))).collect();
    let f = Frame::new(&app, &req, l.t("records"));
    Ok(respond::private(StatusCode::OK, &AllPage { f, kinds, others }))
}

/// The address' parameters.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    page: Option<String>,
}

/// One record.
struct Line {
    url: String,
    title: String,
    lang: &'static str,
    reference: String,
    since: When,
    badges: Vec<Badge>,
}

#[derive(Template)]
#[template(path = "staff/records-of-form.html")]
struct FormPage {
    f: Frame,
    purpose: String,
    add: (String, String),
    lines: Vec<Line>,
    pager: Option<Pager>,
}

/// GET `/staff/records/{form}`
///
/// # Errors
/// Where staff keep no such records.
pub async fn of_form(
    req: HttpRequest,
    app: State,
    id: web::Path<String>,
    page: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    let form = open_form(&app, Side::Staff, &id, language(&req))?;
    let page = page_number(page.page.as_deref());
    let (of, part) = (asked(&app, &req, &View::of_form(form.id().as_str()).query())?, ((page - 1) * PAGE, PAGE));
    let (rows, total) = app.db.read(move |conn| Ok((desk::list(conn, &of, part)?, desk::count(conn, &of)?))).await?;
    let f = Frame::new(&app, &req, form.words().plural.clone());
    let path = format!("/staff/records/{}", form.id());
    let shown = FormPage {
        purpose: form.words().start.purpose.clone(),
        add: (form.words().title.clone(), Side::Staff.begin(&form)),
        lines: rows.iter().map(|row| line(&f.l, row)).collect(),
        pager: Pager::new(&f.l, page, total, |page| address(&path, &[("page", &page.to_string())])),
        f,
    };
    Ok(respond::private(StatusCode::OK, &shown))
}

fn line(l: &Locale, row: &DeskRecord) -> Line {
    Line {
        url: format!("/staff/submissions/{}", row.reference),
        title: if row.title.trim().is_empty() { row.reference.clone() } else { row.title.clone() },
        lang: row.language.tag(),
        reference: row.reference.clone(),
        since: When::new(l, &row.created_at),
        badges: words::standing(l, row.state, row.visibility, Lifecycle::Record),
    }
}
