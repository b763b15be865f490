//! The queue: what waits for whom, the oldest wait first. The whole view is in the address.

mod filters;
mod lines;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use url::form_urlencoded;

use self::filters::Select;
pub use self::filters::deciders;
use self::lines::Group;
use super::views::{self, Views};
use super::words::Names;
use super::{PAGE, Pager, View as Link, Wrong, many, page_number};
use crate::app::App;
use crate::domain::account::Account;
use crate::domain::projection::DeskRecord;
use crate::domain::saved::SavedView;
use crate::domain::text_enum;
use crate::domain::view::{Heap, View};
use crate::forms::export::Format;
use crate::forms::form::Lifecycle;
use crate::locale::{Arg, Language, Locale};
use crate::store::desk::{self, Counts, Marks, Queue};
use crate::store::{self, Conn, StoreError, accounts};
use crate::web::errors::WebError;
use crate::web::frame::{Frame, language};
use crate::web::respond::{self, State, encode};

/// What the database says to a view.
struct Found {
    rows: Vec<DeskRecord>,
    marks: Marks,
    /// The page they are on.
    page: i64,
    /// Under the filters, by heap.
    counts: Counts,
    /// Without filters.
    all: Counts,
    accounts: Vec<Account>,
    /// The views that the reader sees.
    saved: Vec<SavedView>,
}

/// What was just done, as the address says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Records were to be acted on, and none was chosen.
    NoneChosen,
    ViewKept,
    ViewChanged,
    ViewRemoved,
}
text_enum!(Done {
    NoneChosen = "none-chosen",
    ViewKept = "view-kept",
    ViewChanged = "view-changed",
    ViewRemoved = "view-removed",
});

/// What the page says besides what it shows.
#[derive(Debug, Clone, Default)]
pub struct Said {
    pub done: Option<Done>,
    /// A view that was not kept.
    pub attempt: Option<views::Attempt>,
}

#[derive(Template)]
#[template(path = "staff/queue.html")]
struct QueuePage {
    f: Frame,
    errors: Vec<Wrong>,
    flash: Option<String>,
    heading: String,
    numbers: String,
    tabs: Vec<Link>,
    saved: Views,
    /// The view as a query string.
    query: String,
    /// Nothing was chosen.
    none: bool,
    /// Act on all of this page, where there are others.
    with_page: Option<String>,
    /// Act on all of the view.
    with_all: String,
    tab: &'static str,
    words: String,
    form: Select,
    more: Vec<Select>,
    /// One of the further filters is on.
    open: bool,
    filters: Vec<Link>,
    clear: String,
    found: Option<String>,
    groups: Vec<Group>,
    waiting_label: String,
    empty: Option<String>,
    pager: Option<Pager>,
    /// The view as a file in each format.
    exports: Vec<(String, String)>,
}

/// GET `/staff`
///
/// # Errors
/// Where the database fails.
pub async fn queue(req: HttpRequest, app: State) -> Result<HttpResponse, WebError> {
    let done = parameter(req.query_string(), "done").and_then(|text| Done::read(&text));
    page(&req, &app, req.query_string(), Said { done, attempt: None }).await
}

/// The page of a view.
///
/// # Errors
/// Where the database fails.
pub async fn page(req: &HttpRequest, app: &App, query: &str, said: Said) -> Result<HttpResponse, WebError> {
    let (wanted, reader) = (asked(app, req, query)?, super::desk(req)?.account);
    let page = page_number(parameter(query, "page").as_deref());
    let of = wanted.clone();
    let found = app.db.read(move |conn| find(conn, &of, page)).await?;
    let f = Frame::new(app, req, app.locale(language(req)).t("queue"));
    let status = if said.attempt.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(respond::private(status, &draw(app, f, (&wanted, &reader), &found, &said)))
}

fn parameter(query: &str, name: &str) -> Option<String> {
    form_urlencoded::parse(query.as_bytes()).find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

/// A view as the one who is signed in sees it now.
///
/// # Errors
/// Where nobody is signed in.
pub fn asked(app: &App, req: &HttpRequest, query: &str) -> Result<Queue, WebError> {
    Ok(Queue { view: View::read(query), reader: super::desk(req)?.account.id, now: app.clock.now() })
}

/// The address of a view.
#[must_use]
pub fn url(view: &View) -> String {
    address("/staff", &view.query())
}

/// The address of a view, and one thing more.
fn url_with(view: &View, name: &str, value: &str) -> String {
    let query = view.query();
    let joint = if query.is_empty() { "" } else { "&" };
    format!("/staff?{query}{joint}{name}={value}")
}

fn page_url(view: &View, page: i64) -> String {
    if page > 1 { url_with(view, "page", &page.to_string()) } else { url(view) }
}

/// The address of a view after something was done.
#[must_use]
pub fn done_url(view: &View, done: Done) -> String {
    url_with(view, "done", done.as_str())
}

/// The address of a record, opened from a view.
#[must_use]
pub fn record_url(reference: &str, view: &View) -> String {
    format!("/staff/submissions/{reference}?view={}", encode(&view.query()))
}

fn find(conn: &mut Conn, wanted: &Queue, page: i64) -> Result<Found, StoreError> {
    let from = |page: i64| ((page - 1) * PAGE, PAGE);
    let counts = desk::counts(conn, wanted)?;
    let (mut page, total) = (page, counts.of(wanted.view.heap()));
    let mut rows = desk::list(conn, wanted, from(page))?;
    if rows.is_empty() && total > 0 {
        // Past the end, perhaps because others were faster: the last page there is.
        page = (total + PAGE - 1) / PAGE;
        rows = desk::list(conn, wanted, from(page))?;
    }
    let all = if wanted.view.is_filtered() {
        desk::counts(conn, &Queue { view: View::default(), ..wanted.clone() })?
    } else {
        counts.clone()
    };
    Ok(Found {
        marks: desk::marks(conn, &rows)?,
        rows,
        page,
        counts,
        all,
        accounts: accounts::all(conn)?,
        saved: store::views::list_for(conn, wanted.reader)?,
    })
}

fn draw(app: &App, f: Frame, (wanted, reader): (&Queue, &Account), found: &Found, said: &Said) -> QueuePage {
    let (l, view) = (f.l.clone(), &wanted.view);
    let heap = view.heap();
    let total = found.counts.of(heap);
    let empty =
        if view.is_filtered() { l.t("staff-empty-filtered") } else { l.t(&format!("staff-empty-{}", heap.as_str())) };
    let names = Names::new(&found.accounts);
    let selects = filters::selects(app, &l, view, &found.accounts);
    let filters = filters::active(&l, view, &selects);
    let (form, more) = filters::parted(selects);
    let saved = Views::new(&l, view, reader, (&found.saved, &names), said.attempt.as_ref());
    let here = found.rows.len();
    QueuePage {
        errors: saved.wrong(),
        flash: said.done.and_then(|done| flash(&l, done)),
        heading: l.t(&format!("staff-tab-{}", heap.as_str())),
        numbers: numbers(&l, &found.all),
        tabs: tabs(&l, view, &found.counts),
        saved,
        query: view.query(),
        none: said.done == Some(Done::NoneChosen),
        with_page: (many(total) > here).then(|| l.a("staff-batch-with-page", "n", l.count(&here))),
        with_all: l.a("staff-batch-with-all", "n", l.count(&many(total))),
        tab: heap.as_str(),
        words: view.words().to_owned(),
        open: more.iter().any(Select::is_on),
        form,
        more,
        filters,
        clear: url(&View::of(heap)),
        found: view.is_filtered().then(|| l.n("staff-found", &many(total))),
        groups: lines::groups(app, &l, wanted, found, &names),
        waiting_label: l.t(if lines::waits(heap) { "staff-waiting" } else { "staff-since" }),
        empty: found.rows.is_empty().then_some(empty),
        exports: if total > 0 { exports(&l, view) } else { Vec::new() },
        pager: Pager::new(&l, found.page, total, |page| page_url(view, page)),
        f,
    }
}

fn flash(l: &Locale, done: Done) -> Option<String> {
    match done {
        Done::NoneChosen => None,
        Done::ViewKept | Done::ViewChanged | Done::ViewRemoved => Some(l.t(&format!("staff-{}", done.as_str()))),
    }
}

/// The view as a file, in each format.
fn exports(l: &Locale, view: &View) -> Vec<(String, String)> {
    let query = view.query();
    let link = |format: Format| {
        let end = format.as_str();
        (address(&format!("/staff/export.{end}"), &query), l.t(&format!("list-{end}")))
    };
    Format::ALL.into_iter().map(link).collect()
}

fn address(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// "14 wait for the Network, 3 of them overdue, 9 wait for submitters, 6 look like spam."
fn numbers(l: &Locale, all: &Counts) -> String {
    let said = |heap: Heap| l.n(&format!("staff-numbers-{}", heap.as_str()), &many(all.of(heap)));
    let parts = [Heap::Waiting, Heap::Overdue, Heap::Submitter, Heap::Held].map(|heap| (heap.as_str(), said(heap)));
    let values: Vec<(&str, Arg<'_>)> = parts.iter().map(|(name, text)| (*name, Arg::from(text))).collect();
    l.with(if all.of(Heap::Overdue) > 0 { "staff-numbers-late" } else { "staff-numbers" }, &values)
}

fn tabs(l: &Locale, view: &View, counts: &Counts) -> Vec<Link> {
    let link = |heap: &Heap| Link {
        url: url(&view.clone().on(*heap)),
        label: l.t(&format!("staff-tab-{}", heap.as_str())),
        count: l.count(&many(counts.of(*heap))),
        here: *heap == view.heap(),
    };
    Heap::ALL.iter().map(link).collect()
}

/// What becomes of the submissions of a form.
pub(super) fn lifecycle(app: &App, form: &str) -> Lifecycle {
    app.catalog.find(form, Language::En).map_or(Lifecycle::Publication, |form| form.lifecycle())
}
