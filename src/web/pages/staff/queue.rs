//! The queue: what waits for whom, the oldest wait first. The whole view is in the address.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::words::{self, Badge};
use super::{Choice, PAGE, Pager, View, address, many, page_number};
use crate::app::App;
use crate::domain::projection::DeskRecord;
use crate::domain::submission::{Visibility, Waits};
use crate::forms::export::Format;
use crate::forms::form::Lifecycle;
use crate::locale::{Arg, Locale};
use crate::store::desk::{self, Heap, Queue};
use crate::store::{Conn, StoreError};
use crate::web::errors::WebError;
use crate::web::frame::{Frame, language};
use crate::web::respond::{self, State};

/// The heaps, with their names in addresses, in the order of the tabs.
const TABS: [(Heap, &str); 5] = [
    (Heap::Waiting, "waiting"),
    (Heap::Submitter, "submitter"),
    (Heap::Held, "held"),
    (Heap::Done, "done"),
    (Heap::All, "all"),
];

/// The name of a heap in addresses and texts.
fn code(heap: Heap) -> &'static str {
    TABS.iter().find(|(known, _)| *known == heap).map_or("all", |(_, code)| code)
}

/// After so many days a wait is long.
const LONG: i64 = 10;

/// The address' parameters, as anybody may write them.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    tab: Option<String>,
    form: Option<String>,
    q: Option<String>,
    page: Option<String>,
}

/// What is to be shown.
#[derive(Debug, Clone)]
struct Wanted {
    heap: Heap,
    /// A form that exists, or nothing.
    form: String,
    words: String,
    page: i64,
}

impl Wanted {
    fn read(app: &App, l: &Locale, asked: Asked) -> Self {
        let tab = asked.tab.unwrap_or_default();
        let form = asked.form.filter(|id| app.catalog.find(id, l.language()).is_some());
        Self {
            heap: TABS.iter().find(|(_, code)| *code == tab).map(|(heap, _)| *heap).unwrap_or_default(),
            form: form.unwrap_or_default(),
            words: asked.q.unwrap_or_default().trim().chars().take(200).collect(),
            page: page_number(asked.page.as_deref()),
        }
    }

    fn is_filtered(&self) -> bool {
        !self.form.is_empty() || !self.words.is_empty()
    }

    fn query(&self, heap: Heap) -> Queue {
        let form = Some(self.form.clone()).filter(|form| !form.is_empty());
        Queue { heap, form, words: self.words.clone(), limit: 0, offset: 0 }
    }

    /// The address of this view with something else in it.
    fn url(&self, heap: Heap, form: &str, words: &str, page: i64) -> String {
        let tab = if heap == Heap::Waiting { "" } else { code(heap) };
        let page = if page > 1 { page.to_string() } else { String::new() };
        address("/staff", &[("tab", tab), ("form", form), ("q", words), ("page", &page)])
    }
}

/// What the database says to it.
struct Found {
    rows: Vec<DeskRecord>,
    total: i64,
    /// The page they are on.
    page: i64,
    /// Under the filters, in the order of [`TABS`].
    tabs: Vec<i64>,
    /// Without filters: waiting for the Network, for submitters, suspected spam.
    numbers: [i64; 3],
    /// How many of the lines of all pages are requests.
    requests: i64,
}

/// One line.
pub struct Line {
    pub url: String,
    pub title: String,
    pub lang: &'static str,
    /// Organization and country.
    pub who: String,
    pub form: String,
    pub language: String,
    pub waiting: String,
    pub badges: Vec<Badge>,
}

/// A table with its heading.
pub struct Group {
    pub id: &'static str,
    /// None where the tab's own heading says it.
    pub heading: Option<String>,
    pub caption: String,
    pub lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "staff/queue.html")]
struct QueuePage {
    f: Frame,
    heading: String,
    numbers: String,
    tabs: Vec<View>,
    tab: &'static str,
    words: String,
    forms: Vec<Choice>,
    filters: Vec<View>,
    clear: String,
    found: Option<String>,
    groups: Vec<Group>,
    waiting_label: String,
    empty: Option<String>,
    pager: Option<Pager>,
    /// All of it as a file: address and name of each format.
    exports: Vec<(String, String)>,
}

/// What an address of the queue asks for, all pages of it.
pub fn wanted(app: &App, l: &Locale, asked: Asked) -> Queue {
    let wanted = Wanted::read(app, l, asked);
    wanted.query(wanted.heap)
}

/// GET `/staff`
///
/// # Errors
/// Where the database fails.
pub async fn queue(req: HttpRequest, app: State, asked: web::Query<Asked>) -> Result<HttpResponse, WebError> {
    let l = app.locale(language(&req));
    let wanted = Wanted::read(&app, &l, asked.into_inner());
    let (handle, of) = (App::clone(&app), wanted.clone());
    let found = app.db.read(move |conn| find(&handle, conn, &of)).await?;
    let f = Frame::new(&app, &req, l.t("queue"));
    Ok(respond::private(StatusCode::OK, &page(&app, f, &wanted, &found)))
}

fn find(app: &App, conn: &mut Conn, wanted: &Wanted) -> Result<Found, StoreError> {
    let asked = |page: i64| Queue { limit: PAGE, offset: (page - 1) * PAGE, ..wanted.query(wanted.heap) };
    let (mut page, mut rows) = (wanted.page, desk::queue(conn, &asked(wanted.page))?);
    let total = desk::count(conn, &wanted.query(wanted.heap))?;
    if rows.is_empty() && total > 0 {
        // Past the end, perhaps because others were faster: the last page there is.
        page = (total + PAGE - 1) / PAGE;
        rows = desk::queue(conn, &asked(page))?;
    }
    let mut count = |query: &Queue| desk::count(conn, query);
    let tabs: Vec<i64> = TABS.iter().map(|(heap, _)| count(&wanted.query(*heap))).collect::<Result<_, _>>()?;
    let mut numbers = [0; 3];
    for (number, heap) in numbers.iter_mut().zip([Heap::Waiting, Heap::Submitter, Heap::Held]) {
        *number = count(&Queue { heap, ..Queue::default() })?;
    }
    let mut requests = 0;
    for form in app.catalog.all(crate::locale::Language::En).filter(|form| form.lifecycle() == Lifecycle::Request) {
        let id = form.id().as_str();
        if wanted.form.is_empty() || wanted.form == id {
            requests += count(&Queue { form: Some(id.to_owned()), ..wanted.query(wanted.heap) })?;
        }
    }
    Ok(Found { rows, total, page, tabs, numbers, requests })
}

fn page(app: &App, f: Frame, wanted: &Wanted, found: &Found) -> QueuePage {
    let l = f.l.clone();
    let (tab, now) = (code(wanted.heap), app.clock.now());
    let words = if wanted.is_filtered() { l.t("staff-empty-filtered") } else { l.t(&format!("staff-empty-{tab}")) };
    QueuePage {
        heading: l.t(&format!("staff-tab-{tab}")),
        numbers: numbers(&l, found.numbers),
        tabs: tabs(&l, wanted, &found.tabs),
        tab,
        words: wanted.words.clone(),
        forms: forms(app, &l, &wanted.form),
        filters: filters(app, &l, wanted),
        clear: wanted.url(wanted.heap, "", "", 1),
        found: wanted.is_filtered().then(|| l.n("staff-found", &many(found.total))),
        groups: groups(app, &l, wanted, found, now),
        waiting_label: l.t(if waits(wanted.heap) { "staff-waiting" } else { "staff-since" }),
        empty: found.rows.is_empty().then_some(words),
        pager: Pager::new(&l, found.page, found.total, |page| {
            wanted.url(wanted.heap, &wanted.form, &wanted.words, page)
        }),
        exports: if found.total > 0 { exports(&l, wanted) } else { Vec::new() },
        f,
    }
}

/// The view as a file, in each format.
fn exports(l: &Locale, wanted: &Wanted) -> Vec<(String, String)> {
    let view = wanted.url(wanted.heap, &wanted.form, &wanted.words, 1);
    let query = view.split_once('?').map(|(_, query)| format!("?{query}")).unwrap_or_default();
    let link = |format: Format| {
        let end = format.as_str();
        (format!("/staff/export.{end}{query}"), l.t(&format!("list-{end}")))
    };
    Format::ALL.into_iter().map(link).collect()
}

/// "14 wait for the Network, 9 wait for submitters, 6 look like spam."
fn numbers(l: &Locale, [waiting, submitter, held]: [i64; 3]) -> String {
    let waiting = l.n("staff-numbers-waiting", &many(waiting));
    let submitter = l.n("staff-numbers-submitter", &many(submitter));
    let held = l.n("staff-numbers-held", &many(held));
    l.with(
        "staff-numbers",
        &[("waiting", Arg::from(&waiting)), ("submitter", Arg::from(&submitter)), ("held", Arg::from(&held))],
    )
}

fn tabs(l: &Locale, wanted: &Wanted, counts: &[i64]) -> Vec<View> {
    let view = |((heap, code), count): (&(Heap, &str), &i64)| View {
        url: wanted.url(*heap, &wanted.form, &wanted.words, 1),
        label: l.t(&format!("staff-tab-{code}")),
        count: l.count(&many(*count)),
        here: *heap == wanted.heap,
    };
    TABS.iter().zip(counts).map(view).collect()
}

fn forms(app: &App, l: &Locale, chosen: &str) -> Vec<Choice> {
    let any = Choice { value: String::new(), label: l.t("staff-any-form"), hint: None, chosen: chosen.is_empty() };
    let of = app.catalog.all(l.language()).filter(|form| form.lifecycle() != Lifecycle::Record).map(|form| Choice {
        value: form.id().as_str().to_owned(),
        label: form.words().plural.clone(),
        hint: None,
        chosen: form.id().as_str() == chosen,
    });
    std::iter::once(any).chain(of).collect()
}

/// The filters that are on; each link takes one away.
fn filters(app: &App, l: &Locale, wanted: &Wanted) -> Vec<View> {
    let view = |url, label| View { url, label, count: String::new(), here: false };
    let form = app
        .catalog
        .find(&wanted.form, l.language())
        .map(|form| view(wanted.url(wanted.heap, "", &wanted.words, 1), form.words().plural.clone()));
    let words = (!wanted.words.is_empty())
        .then(|| view(wanted.url(wanted.heap, &wanted.form, "", 1), format!("“{}”", wanted.words)));
    form.into_iter().chain(words).collect()
}

/// What waits for the Network stands in two tables: a request is somebody who needs help.
fn groups(app: &App, l: &Locale, wanted: &Wanted, found: &Found, now: DateTime<Utc>) -> Vec<Group> {
    let caption = l.a("staff-oldest-first", "what", l.t(&format!("staff-tab-{}", code(wanted.heap))));
    let is_request = |record: &&DeskRecord| lifecycle(app, &record.form) == Lifecycle::Request;
    let draw = |id, heading: Option<String>, records: Vec<&DeskRecord>| Group {
        id,
        caption: heading.clone().unwrap_or_else(|| caption.clone()),
        heading,
        lines: records.into_iter().map(|record| line(app, l, record, wanted.heap, now)).collect(),
    };
    let all = if wanted.heap == Heap::Waiting {
        let (requests, others): (Vec<_>, Vec<_>) = found.rows.iter().partition(is_request);
        let of_others = found.total - found.requests;
        vec![
            draw("requests", Some(group_heading(l, "staff-group-requests", found.requests, requests.len())), requests),
            draw("publications", Some(group_heading(l, "staff-group-publications", of_others, others.len())), others),
        ]
    } else {
        vec![draw("all", None, found.rows.iter().collect())]
    };
    all.into_iter().filter(|group| !group.lines.is_empty()).collect()
}

/// "Requests for support (12)", with how many of them are on this page where not all are.
fn group_heading(l: &Locale, key: &str, total: i64, here: usize) -> String {
    let total = many(total);
    let heading = l.a(key, "count", l.count(&total));
    if here >= total {
        return heading;
    }
    l.with("staff-group-part", &[("heading", Arg::from(&heading)), ("here", Arg::from(&l.count(&here)))])
}

fn lifecycle(app: &App, form: &str) -> Lifecycle {
    app.catalog.find(form, crate::locale::Language::En).map_or(Lifecycle::Publication, |form| form.lifecycle())
}

/// Whether somebody waits there, so that days count; elsewhere the date says more.
fn waits(heap: Heap) -> bool {
    match heap {
        Heap::Waiting | Heap::Submitter | Heap::Held => true,
        Heap::Done | Heap::All => false,
    }
}

fn line(app: &App, l: &Locale, record: &DeskRecord, heap: Heap, now: DateTime<Utc>) -> Line {
    let since = record.waiting_since.date_naive();
    let days = (now.date_naive() - since).num_days().max(0);
    let who: Vec<&str> =
        [record.organization.as_str(), record.country.as_str()].into_iter().filter(|text| !text.is_empty()).collect();
    let noun = app.catalog.find(&record.form, l.language()).map(|form| form.words().noun.clone());
    Line {
        url: format!("/staff/submissions/{}", record.reference),
        title: if record.title.trim().is_empty() { record.reference.clone() } else { record.title.clone() },
        lang: record.language.tag(),
        who: who.join(" · ").replace('\n', ", "),
        form: noun.unwrap_or_else(|| record.form.clone()),
        language: words::language(l, record.language),
        waiting: if waits(heap) { l.n("staff-days", &many(days)) } else { l.date(&since) },
        badges: badges(l, record, lifecycle(app, &record.form), days),
    }
}

fn badges(l: &Locale, record: &DeskRecord, lifecycle: Lifecycle, days: i64) -> Vec<Badge> {
    let long = record.waits == Waits::Network && days > LONG;
    let mut badges = words::standing(l, record.state, record.visibility, lifecycle);
    badges.extend(long.then(|| Badge { class: "warn", text: l.t("staff-waiting-long") }));
    let again = if record.visibility == Visibility::Published { "staff-correction" } else { "staff-resubmitted" };
    badges.extend(record.resubmitted.then(|| Badge { class: "waiting", text: l.t(again) }));
    badges.extend(record.unanswered.then(|| Badge { class: "asked", text: l.t("staff-unanswered") }));
    let asked = lifecycle != Lifecycle::Record && !record.address_confirmed;
    badges.extend(asked.then(|| words::unconfirmed(l)));
    badges
}
