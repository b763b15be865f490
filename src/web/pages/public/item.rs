//! `GET /{collection}/{reference}`: one published record, with what was reported on it and what belongs to it.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Datelike, Utc};

use super::card::summary;
use super::facets::{Badge, Words, reporting};
use super::record::{Record, Related, Relation, Whole, matching, path as record_path, typed};
use super::report::{ReportShown, begin, sections};
use super::{published, within};
use crate::actions::sitting;
use crate::app::App;
use crate::domain::facets::Values;
use crate::forms::answer::Answer;
use crate::forms::export::Translation;
use crate::forms::form::{FieldId, Form, FormId, Lifecycle, Role};
use crate::locale::{Arg, Language};
use crate::store::public;
use crate::web::errors::WebError;
use crate::web::frame::{Frame, language};
use crate::web::pages::answers::Section;
use crate::web::pages::window::WindowShown;
use crate::web::respond::{self, State};

#[derive(Template)]
#[template(path = "public/item.html")]
struct ItemPage {
    f: Frame,
    title: String,
    /// The language it was written in.
    lang: &'static str,
    dir: &'static str,
    written_in: String,
    description: String,
    noun: String,
    back: (String, String),
    organization: String,
    reference: String,
    /// The date in words and for programs.
    published: (String, String),
    updated: Option<(String, String)>,
    /// Staff changed words of it.
    edited: bool,
    /// How it reached the Network, where staff typed it in.
    received: Option<String>,
    /// Title and summary in the reader's language.
    translation: Option<Translation>,
    badge: Option<Badge>,
    sections: Vec<Section>,
    /// Where its files are.
    files: &'static str,
    reports: Vec<ReportShown>,
    /// What is said of them, and where one is added.
    reported: Option<Reported>,
    /// Where all records of one contact are reported on.
    sitting: Option<String>,
    /// Where support for it is offered.
    support: Option<String>,
    /// Until when it can be answered.
    window: Option<WindowShown>,
    /// The act of answering it and its address, while it is open.
    answer: Option<(String, String)>,
    /// Kept by staff: nobody submitted it.
    kept: bool,
    related: Vec<RelatedShown>,
    year: i32,
    address: String,
    json: String,
    /// The entry for one's own calendar.
    ics: Option<String>,
}

/// The reports on a record, or the posts in a discussion, as a group.
struct Reported {
    heading: String,
    none: String,
    /// The act and its address, while it can be done.
    add: Option<(String, String)>,
}

/// Another record that belongs to this one.
struct RelatedShown {
    title: String,
    lang: &'static str,
    dir: &'static str,
    url: String,
    relation: String,
    organization: String,
    reference: String,
}

/// Shows a record.
///
/// # Errors
/// Where it is not published, or the reference is mistyped.
pub async fn item(req: HttpRequest, app: State, path: web::Path<(String, String)>) -> Result<HttpResponse, WebError> {
    let (collection, text) = path.into_inner();
    let spoken = language(&req);
    let form = published(&app, &collection, spoken)?;
    let reference = typed(&form, &text)?;
    if !form.has_pages() {
        return beside(&req, &app, &form, reference.as_str()).await;
    }
    if reference.as_str() != text {
        let f = Frame::new(&app, &req, String::new());
        return Ok(respond::see_other(&f.url(record_path(&form, reference.as_str()))));
    }
    let (handle, of) = (App::clone(&app), Arc::clone(&form));
    let whole = app.db.read(move |conn| Whole::find(&handle, conn, &of, reference.as_str(), spoken)).await?;
    let whole = whole.ok_or(WebError::NotFound)?;
    let f = Frame::new(&app, &req, whole.record.item.title.clone());
    Ok(respond::page(StatusCode::OK, &page(f, &app, &form, &whole)))
}

/// A report has no page of its own: it stands on that of the record it is on.
async fn beside(req: &HttpRequest, app: &App, form: &Arc<Form>, reference: &str) -> Result<HttpResponse, WebError> {
    let (handle, of, reference) = (app.clone(), Arc::clone(form), reference.to_owned());
    let spoken = language(req);
    let found = app.db.read(move |conn| {
        let Some(item) = public::find(conn, of.id().as_str(), &reference)? else { return Ok(None) };
        Record::load(&handle, conn, item, Values::new(), spoken).map(Some)
    });
    let report = found.await?.ok_or(WebError::NotFound)?;
    let (field, on) = report.form.about().ok_or(WebError::NotFound)?;
    let on = app.catalog.form(on, spoken).filter(|on| on.has_pages()).ok_or(WebError::NotFound)?;
    let Some(Answer::Publication(named)) = report.answers.get(field) else { return Err(WebError::NotFound) };
    let f = Frame::new(app, req, String::new());
    Ok(respond::see_other(&f.url(format!("{}#{}", record_path(on, &named.reference), report.item.reference))))
}

fn page(f: Frame, app: &App, form: &Form, whole: &Whole) -> ItemPage {
    let (record, item) = (&whole.record, &whole.record.item);
    let words = Words { app, form, l: &f.l };
    let date = |at: DateTime<Utc>| (f.l.date(&at.date_naive()), at.date_naive().to_string());
    let (published, updated) = (date(item.first_published_at), date(item.published_at));
    let collection = form.collection().unwrap_or_default();
    let window = record.form.window_of(&record.answers).map(|window| WindowShown::new(app, &f.l, &window));
    let open = window.as_ref().is_none_or(|window| window.open);
    ItemPage {
        title: item.title.clone(),
        lang: item.language.tag(),
        dir: item.language.dir(),
        written_in: written_in(app, item.language, f.l.language()),
        description: summary(record),
        noun: form.words().noun.clone(),
        back: (f.url(format!("/{collection}")), f.l.a("item-back", "plural", within(&form.words().plural))),
        organization: item.organization.clone(),
        reference: item.reference.clone(),
        updated: (updated.1 != published.1).then_some(updated),
        published,
        edited: record.marks.edited,
        received: record.marks.received.as_ref().map(|way| f.l.t(&format!("item-received-{way}"))),
        translation: record.marks.translations.get(f.l.language().code()).cloned(),
        badge: words.badge(&record.values),
        sections: sections(record, &f.l, |field| field.role != Some(Role::Title)),
        files: "/attachments",
        reports: whole.reports.iter().map(|report| ReportShown::new(&f.l, report)).collect(),
        support: supporting(app, form, &f).map(|id| f.url(format!("/forms/{id}?about={}", item.reference))),
        sitting: sitting::forms(app, collection, f.l.language()).map(|_| f.url(format!("/{collection}/sitting"))),
        reported: reporting(app, form, f.l.language()).map(|reporting| reported(&f, &reporting, &item.reference, open)),
        answer: answering(app, form, &f).filter(|_| window.is_some() && open).map(|(answering, field)| {
            (
                answering.words().title.clone(),
                f.url(format!("/forms/{}/begin?{field}={}", answering.id(), item.reference)),
            )
        }),
        kept: form.lifecycle() == Lifecycle::Record,
        window,
        related: whole.related.iter().map(|related| related_shown(&f, related)).collect(),
        year: item.first_published_at.year(),
        address: format!("{}{}", app.base(), record_path(form, &item.reference)),
        json: format!("/api/v1/{collection}/{}", item.reference),
        ics: record.form.takes_place(&record.answers).map(|_| format!("/{collection}/{}.ics", item.reference)),
        f,
    }
}

/// The form with which others can support a record.
fn supporting<'a>(app: &'a App, form: &Form, f: &Frame) -> Option<&'a FormId> {
    app.catalog.all(f.l.language()).find(|other| matching(other, form)).map(|other| other.id())
}

/// What is said of the reports on a pledge, in its own words, or of other records that stand with this one.
fn reported(f: &Frame, reporting: &Form, reference: &str, open: bool) -> Reported {
    let begin = begin(reporting, reference).filter(|_| open).map(|path| f.url(path));
    let words = reporting.words();
    if reporting.role(Role::Progress).is_some() {
        let add = begin.map(|url| (f.l.t("item-report"), url));
        return Reported { heading: f.l.t("item-reports"), none: f.l.t("item-reports-none"), add };
    }
    let add = begin.map(|url| (words.title.clone(), url));
    Reported { heading: words.plural.clone(), none: f.l.t("item-posts-none"), add }
}

/// The form whose publications have pages of their own and are about those of this one, with the question that says so.
fn answering(app: &App, form: &Form, f: &Frame) -> Option<(Arc<Form>, FieldId)> {
    app.catalog.all(f.l.language()).filter(|other| other.has_pages()).find_map(|other| {
        let (field, about) = other.about()?;
        (about == form.id()).then(|| (Arc::clone(other), field.clone()))
    })
}

/// The name of a language in the reader's own.
fn written_in(app: &App, language: Language, reader: Language) -> String {
    let named = app.catalog.lists().label("languages", language.code(), reader);
    named.map_or_else(|| language.endonym().to_owned(), str::to_owned)
}

fn related_shown(f: &Frame, related: &Related) -> RelatedShown {
    let Related { item, form, relation } = related;
    let noun = [("noun", Arg::from(&form.words().noun))];
    let relation = match relation {
        Relation::Matches => f.l.t("item-matches"),
        Relation::MatchedBy => f.l.t("item-matched-by"),
        Relation::Names => f.l.with("item-names", &noun),
        Relation::NamedBy => f.l.with("item-named-by", &noun),
    };
    RelatedShown {
        title: item.title.clone(),
        lang: item.language.tag(),
        dir: item.language.dir(),
        url: f.url(record_path(form, &item.reference)),
        relation,
        organization: item.organization.clone(),
        reference: item.reference.clone(),
    }
}
