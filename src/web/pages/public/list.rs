//! `GET /{collection}`: what is published of a form, searched, filtered and counted.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::calendar;
use super::card::Card;
use super::facets::{FacetShown, Words};
use super::listing::{Asked, Listing, Sort};
use super::pager::Pager;
use super::record::{Record, path};
use super::{published, within};
use crate::actions::sitting;
use crate::app::App;
use crate::domain::interest::{FACETS, TO, can_be_followed};
use crate::forms::export::Format;
use crate::forms::form::{Form, Lifecycle, Role};
use crate::locale::{Arg, Language, Locale};
use crate::store::{Conn, StoreError};
use crate::web::errors::WebError;
use crate::web::frame::{Frame, language};
use crate::web::respond::{self, State, encode};

/// Records on one page.
const PER_PAGE: usize = 20;

#[derive(Template)]
#[template(path = "public/list.html")]
struct ListPage {
    f: Frame,
    heading: String,
    /// Lists that belong together: address, name, whether it is this one.
    family: Vec<(String, String, bool)>,
    /// The page without any state.
    path: String,
    /// What was searched for.
    words: String,
    /// State that the search form and the filter form carry along, as names and values.
    kept_by_search: Vec<(String, String)>,
    kept_by_facets: Vec<(String, String)>,
    facets: Vec<FacetShown>,
    chips: Vec<Chip>,
    count: String,
    empty: bool,
    /// Nothing is published at all.
    bare: bool,
    sorts: Vec<SortLink>,
    cards: Vec<Card>,
    /// What takes place next, above the whole list.
    coming: Vec<Coming>,
    /// All of it, to subscribe to.
    feed: Option<String>,
    pager: Option<Pager>,
    /// All of it as a file: address and name of each format.
    open_data: Vec<(String, String)>,
    /// Where all records of one contact are reported on.
    sitting: Option<String>,
    /// Where one asks to be told of what is new in it.
    subscribe: Option<String>,
    /// Where one adds to it; what staff keep, nobody else adds to.
    submit: Option<(String, String)>,
}

/// Something that takes place.
struct Coming {
    url: String,
    title: String,
    lang: &'static str,
    dir: &'static str,
    iso: String,
    when: String,
    place: String,
    ics: String,
}

/// Most that are shown of what comes.
const COMING: usize = 12;

/// A filter that is on; its link takes it off.
struct Chip {
    label: String,
    url: String,
}

struct SortLink {
    label: String,
    url: String,
    current: bool,
}

/// What is read for the page.
struct Found {
    listing: Listing,
    page: usize,
    last: usize,
    records: Vec<Record>,
    coming: Vec<calendar::Held>,
}

/// Shows the list.
///
/// # Errors
/// Where no form publishes under this path.
pub async fn list(req: HttpRequest, app: State, path: web::Path<String>) -> Result<HttpResponse, WebError> {
    let form = published(&app, &path, language(&req))?;
    if !form.has_pages() {
        return Err(WebError::NotFound);
    }
    let asked = Asked::read(&form, req.query_string());
    let (handle, of, want) = (App::clone(&app), Arc::clone(&form), asked.clone());
    let spoken = language(&req);
    let found = app.db.read(move |conn| find(&handle, conn, &of, &want, spoken)).await?;
    let f = Frame::new(&app, &req, title(&app.locale(spoken), &form, &asked, &found));
    Ok(respond::page(StatusCode::OK, &page(f, &app, &form, &asked, &found)))
}

fn find(app: &App, conn: &mut Conn, form: &Form, asked: &Asked, spoken: Language) -> Result<Found, StoreError> {
    let listing = Listing::load(app, conn, form, asked)?;
    let last = listing.matches.len().div_ceil(PER_PAGE).max(1);
    let page = asked.page.clamp(1, last);
    let shown = listing.page(page, PER_PAGE).map(|(item, values)| (item.clone(), values.clone()));
    let records =
        shown.map(|(item, values)| Record::load(app, conn, item, values, spoken)).collect::<Result<_, _>>()?;
    let coming = if asked.is_plain() {
        calendar::coming(app, conn, form, app.clock.now(), &app.locale(spoken))?
    } else {
        Vec::new()
    };
    Ok(Found { listing, page, last, records, coming })
}

/// "Practices – “reception” – page 2 of 3".
fn title(l: &Locale, form: &Form, asked: &Asked, found: &Found) -> String {
    let mut title = form.words().plural.clone();
    if !asked.words.is_empty() {
        title = l.with("list-title-search", &[("title", Arg::from(&title)), ("words", Arg::from(&asked.words))]);
    }
    if found.page > 1 {
        let (page, last) = (l.count(&found.page), l.count(&found.last));
        title = l.with(
            "list-title-page",
            &[("title", Arg::from(&title)), ("page", Arg::from(&page)), ("last", Arg::from(&last))],
        );
    }
    title
}

fn page(f: Frame, app: &App, form: &Form, asked: &Asked, found: &Found) -> ListPage {
    let words = Words { app, form, l: &f.l };
    let collection = form.collection().unwrap_or_default();
    let path = f.url(format!("/{collection}"));
    // The first page of the same state; links that change something begin there.
    let start = Asked { page: 1, ..asked.clone() };
    let facets = words.shown(&found.listing, asked);
    let open_data = |format: Format| {
        let end = format.as_str();
        (start.address(&format!("/api/v1/export/{collection}.{end}")), f.l.t(&format!("list-{end}")))
    };
    ListPage {
        heading: form.words().plural.clone(),
        words: asked.words.clone(),
        kept_by_search: kept(asked, |name| name != "q"),
        kept_by_facets: kept(asked, |name| !asked.chosen.contains_key(name)),
        chips: chips(&f, &path, &start, &facets),
        facets,
        count: count(&f.l, form, found.listing.matches.len()),
        empty: found.listing.matches.is_empty(),
        bare: found.listing.collection.items.is_empty(),
        sorts: sorts(&f.l, &path, &start),
        cards: found.records.iter().map(|record| Card::new(&f, &words, record)).collect(),
        pager: Pager::new(&f, &path, asked, found.page, found.last),
        coming: found.coming.iter().take(COMING).map(|held| coming(&f, form, held)).collect(),
        feed: form
            .role(Role::Meeting)
            .filter(|_| asked.is_plain())
            .map(|_| format!("{}/{collection}/calendar.ics", app.base())),
        open_data: Format::ALL.into_iter().map(open_data).collect(),
        sitting: sitting::forms(app, collection, f.l.language()).map(|_| f.url(format!("/{collection}/sitting"))),
        subscribe: can_be_followed(form).then(|| follow(&f, form, asked)),
        submit: (form.lifecycle() != Lifecycle::Record)
            .then(|| (form.words().title.clone(), f.url(format!("/forms/{}", form.id())))),
        family: family(&f, app, form),
        path,
        f,
    }
}

fn coming(f: &Frame, form: &Form, held: &calendar::Held) -> Coming {
    let path = path(form, &held.item.reference);
    Coming {
        ics: format!("{path}.ics"),
        url: f.url(path),
        title: held.item.title.clone(),
        lang: held.item.language.tag(),
        dir: held.item.language.dir(),
        iso: held.start.instant().to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        when: held.start.text(&f.l),
        place: held.place.clone(),
    }
}

/// The page on which this list is followed, with what it is narrowed by.
fn follow(f: &Frame, form: &Form, asked: &Asked) -> String {
    let to = format!("{TO}={}", encode(form.id().as_str()));
    let chosen = asked.pairs().into_iter().filter(|(name, _)| FACETS.iter().any(|(facet, _)| facet == name));
    let parts = chosen.map(|(name, value)| format!("{name}={}", encode(value)));
    f.url(format!("/subscribe?{}", std::iter::once(to).chain(parts).collect::<Vec<_>>().join("&")))
}

/// The part of the state that a form carries along.
fn kept(asked: &Asked, keep: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let pairs = asked.pairs().into_iter().filter(|(name, _)| keep(name));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// The lists of one collection and of those that stand beside it; none where it stands alone.
fn family(f: &Frame, app: &App, form: &Form) -> Vec<(String, String, bool)> {
    let lead = |form: &Form| form.words().beside.clone().or_else(|| form.collection().map(str::to_owned));
    let own = lead(form);
    let mut all: Vec<_> =
        app.catalog.all(f.l.language()).filter(|other| other.has_pages() && lead(other) == own).collect();
    all.sort_by_key(|other| other.words().beside.is_some());
    if all.len() < 2 {
        return Vec::new();
    }
    let tab = |other: &Arc<Form>| {
        let url = f.url(format!("/{}", other.collection().unwrap_or_default()));
        (url, other.words().plural.clone(), other.id() == form.id())
    };
    all.into_iter().map(tab).collect()
}

/// "41 practices".
fn count(l: &Locale, form: &Form, n: usize) -> String {
    let words = form.words();
    let values = [
        ("n", Arg::Count(n)),
        ("count", Arg::Text(&l.count(&n))),
        ("noun", Arg::Text(&within(&words.noun))),
        ("plural", Arg::Text(&within(&words.plural))),
    ];
    l.with("list-count", &values)
}

fn chips(f: &Frame, path: &str, start: &Asked, facets: &[FacetShown]) -> Vec<Chip> {
    let searched = (!start.words.is_empty()).then(|| Chip {
        label: f.l.a("list-chip-words", "words", &start.words),
        url: Asked { words: String::new(), ..start.clone() }.address(path),
    });
    let chosen = facets.iter().flat_map(|facet| {
        let on = facet.values.iter().filter(|value| value.chosen);
        on.map(|value| Chip { label: value.label.clone(), url: start.without(&facet.name, &value.value).address(path) })
    });
    searched.into_iter().chain(chosen).collect()
}

fn sorts(l: &Locale, path: &str, start: &Asked) -> Vec<SortLink> {
    let searched = !start.words.is_empty();
    let link = |label: String, sort: Option<Sort>, current: bool| SortLink {
        label,
        url: Asked { sort, ..start.clone() }.address(path),
        current,
    };
    let best = searched.then(|| link(l.t("list-sort-best"), None, start.sort.is_none()));
    let newest = if searched { Some(Sort::Newest) } else { None };
    let is_newest = start.sort == Some(Sort::Newest) || (start.sort.is_none() && !searched);
    best.into_iter()
        .chain([
            link(l.t("list-sort-newest"), newest, is_newest),
            link(l.t("list-sort-oldest"), Some(Sort::Oldest), start.sort == Some(Sort::Oldest)),
            link(l.t("list-sort-title"), Some(Sort::Title), start.sort == Some(Sort::Title)),
        ])
        .collect()
}
