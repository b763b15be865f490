//! `GET /api/v1/{collection}`: what is published, with the same filters and counts as the pages.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Map, Value, json};
use url::form_urlencoded;

use super::export;
use super::records::record;
use crate::app::App;
use crate::domain::facets::Values;
use crate::forms::export::Format;
use crate::forms::form::Form;
use crate::locale::Language;
use crate::store::public::Item;
use crate::store::{Conn, StoreError};
use crate::web::errors::WebError;
use crate::web::frame::language;
use crate::web::pages::public::facets::{FacetShown, Words, reporting};
use crate::web::pages::public::listing::{Asked, Listing, whole};
use crate::web::pages::public::published;
use crate::web::pages::public::record::{Record, Whole, path as record_path, typed};
use crate::web::respond::{self, State};

/// Records on one page, where nothing else is asked for, and at most.
const PER_PAGE: usize = 20;
const MOST: usize = 100;

/// A list.
///
/// # Errors
/// Where no form publishes under this name.
pub async fn list(req: HttpRequest, app: State, collection: web::Path<String>) -> Result<HttpResponse, WebError> {
    let spoken = language(&req);
    let form = published(&app, &collection, spoken)?;
    let asked = Asked::read(&form, req.query_string());
    let per_page = per_page(req.query_string());
    let handle = App::clone(&app);
    let work = move |conn: &mut Conn| {
        let listing = Listing::load(&handle, conn, &form, &asked)?;
        let mut shown = Shown::new(&handle, &form);
        let items: Vec<Value> = listing
            .page(asked.page, per_page)
            .map(|(item, values)| shown.json(conn, item, values))
            .collect::<Result<_, _>>()?;
        let l = handle.locale(spoken);
        let facets = Words { app: &handle, form: &form, l: &l }.shown(&listing, &asked);
        Ok(json!({
            "total": listing.matches.len(),
            "page": asked.page,
            "per_page": per_page,
            "items": items,
            "facets": counts(&form, facets),
        }))
    };
    Ok(super::open(&app.db.read(work).await?))
}

/// One record, with the reports on it.
///
/// # Errors
/// Where it is not published, or the reference is mistyped.
pub async fn show(req: HttpRequest, app: State, path: web::Path<(String, String)>) -> Result<HttpResponse, WebError> {
    let (collection, text) = path.into_inner();
    let spoken = language(&req);
    let form = published(&app, &collection, spoken)?;
    let reference = typed(&form, &text)?;
    if reference.as_str() != text {
        return Ok(respond::see_other(&format!("/api/v1/{collection}/{reference}")));
    }
    let handle = App::clone(&app);
    let work = move |conn: &mut Conn| {
        let Some(whole) = Whole::find(&handle, conn, &form, reference.as_str(), spoken)? else { return Ok(None) };
        whole_json(&handle, &form, &whole).map(Some)
    };
    let found = app.db.read(work).await?;
    Ok(super::open(&found.ok_or(WebError::NotFound)?))
}

/// All of a list as a file.
///
/// # Errors
/// Where there is no such list or no such format.
pub async fn export(req: HttpRequest, app: State, file: web::Path<String>) -> Result<HttpResponse, WebError> {
    let (collection, end) = file.rsplit_once('.').ok_or(WebError::NotFound)?;
    let format = Format::read(end).ok_or(WebError::NotFound)?;
    let form = published(&app, collection, language(&req))?;
    let asked = Asked::read(&form, req.query_string());
    let (handle, of) = (App::clone(&app), Arc::clone(&form));
    let found = app.db.read(move |conn| export::Found::load(&handle, conn, of, &asked)).await?;
    let mut response = respond::download(format, collection, found.stream(format)?);
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    Ok(response)
}

fn per_page(query: &str) -> usize {
    let asked = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "per_page");
    asked.and_then(|(_, value)| whole(&value)).unwrap_or(PER_PAGE).min(MOST)
}

/// The counts by facet; a facet without values is there too, and empty.
fn counts(form: &Form, shown: Vec<FacetShown>) -> Value {
    let mut counts: Map<String, Value> = form.facets().iter().map(|facet| (facet.name.clone(), json!([]))).collect();
    for facet in shown {
        let values = facet
            .values
            .iter()
            .map(|value| json!({ "value": value.value, "label": value.label, "count": value.count }));
        let values = values.collect();
        counts.insert(facet.name, values);
    }
    Value::Object(counts)
}

/// Makes JSON of records of one form; remembers the versions of the form they were given to.
struct Shown<'a> {
    app: &'a App,
    form: &'a Form,
    base: String,
    versions: HashMap<String, Arc<Form>>,
}

impl<'a> Shown<'a> {
    fn new(app: &'a App, form: &'a Form) -> Self {
        Self { app, form, base: app.base(), versions: HashMap::new() }
    }

    fn json(&mut self, conn: &mut Conn, item: &Item, values: &Values) -> Result<Value, StoreError> {
        let form = match self.versions.get(&item.form_version) {
            Some(form) => Arc::clone(form),
            None => {
                let form = self.app.form_version(conn, &item.form_version, item.language)?;
                self.versions.insert(item.form_version.clone(), Arc::clone(&form));
                form
            }
        };
        record(item, &form, values, &address(&self.base, self.form, item), &self.base)
    }
}

/// Where people see a record; that of a report leads on to the page it stands on.
fn address(base: &str, form: &Form, item: &Item) -> String {
    format!("{base}{}", record_path(form, &item.reference))
}

fn whole_json(app: &App, form: &Form, whole: &Whole) -> Result<Value, StoreError> {
    let base = app.base();
    let Record { item, form: given_to, values, .. } = &whole.record;
    let mut json = record(item, given_to, values, &address(&base, form, item), &base)?;
    let reports = whole.reports.iter().map(|report| {
        let url = format!("{base}{}#{}", record_path(form, &item.reference), report.item.reference);
        record(&report.item, &report.form, &report.values, &url, &base)
    });
    let reports: Vec<Value> = reports.collect::<Result<_, _>>()?;
    let is_reported_on = reporting(app, form, Language::En).is_some();
    if let Some(json) = json.as_object_mut().filter(|_| is_reported_on) {
        json.insert("reports".to_owned(), Value::Array(reports));
    }
    Ok(json)
}
