//! What is published with a date: what comes, for people's own calendars too.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Duration, Utc};

use super::published;
use super::record::{path as record_path, typed};
use crate::actions::project;
use crate::app::{App, Parts};
use crate::domain::calendar::{self, Entry};
use crate::domain::projection::role_text;
use crate::forms::answer::Meeting;
use crate::forms::form::{Form, Role};
use crate::locale::Locale;
use crate::store::public::{self, Item};
use crate::store::{Conn, StoreError, publications};
use crate::web::errors::WebError;
use crate::web::frame::language;
use crate::web::respond::{self, State};

/// How long what took place stays in a calendar that is subscribed to.
pub const KEPT: Duration = Duration::days(60);

/// A published record that takes place at a time.
pub struct Held {
    pub item: Item,
    pub start: Meeting,
    pub ends_at: DateTime<Utc>,
    pub place: String,
}

impl Held {
    /// Reads a record; none where it says no time.
    fn read(app: &Parts, conn: &mut Conn, item: &Item, l: &Locale) -> Result<Option<Self>, StoreError> {
        let form = app.form_version(conn, &item.form_version, l.language())?;
        let answers = project::load(&form, &item.public_json)?;
        let Some((start, minutes)) = form.takes_place(&answers) else { return Ok(None) };
        let ends_at = start.instant() + Duration::minutes(minutes);
        Ok(Some(Self { item: item.clone(), start, ends_at, place: role_text(&form, &answers, Role::Place, l) }))
    }

    fn entry(&self, conn: &mut Conn, (base, form): (&str, &Form)) -> Result<Entry, StoreError> {
        let versions = publications::of(conn, self.item.id)?.len();
        Ok(Entry {
            reference: self.item.reference.clone(),
            sequence: u32::try_from(versions.saturating_sub(1)).unwrap_or(u32::MAX),
            written_at: self.item.published_at,
            title: self.item.title.clone(),
            description: self.item.organization.clone(),
            place: self.place.clone(),
            url: format!("{base}{}", record_path(form, &self.item.reference)),
            start: self.start.instant(),
            end: self.ends_at,
            cancelled: false,
        })
    }
}

/// Records of a form that have not ended at `from`, the next first.
///
/// # Errors
/// Where the database fails.
pub fn coming(
    app: &Parts,
    conn: &mut Conn,
    form: &Form,
    from: DateTime<Utc>,
    l: &Locale,
) -> Result<Vec<Held>, StoreError> {
    if form.role(Role::Meeting).is_none() {
        return Ok(Vec::new());
    }
    let mut all = Vec::new();
    for item in &app.collection(conn, form.id().as_str())?.items {
        all.extend(Held::read(app, conn, item, l)?.filter(|held| held.ends_at > from));
    }
    all.sort_by_key(|held| held.start.instant());
    Ok(all)
}

/// GET `/{collection}/calendar.ics`: what comes, to subscribe to.
///
/// # Errors
/// Where nothing of it has a date.
pub async fn feed(req: HttpRequest, app: State, collection: web::Path<String>) -> Result<HttpResponse, WebError> {
    let form = published(&app, &collection, language(&req))?;
    form.role(Role::Meeting).filter(|_| form.has_pages()).ok_or(WebError::NotFound)?;
    let (handle, of, l) = (App::clone(&app), form.clone(), app.locale(language(&req)));
    let from = app.clock.now() - KEPT;
    let entries = app.db.read(move |conn| {
        let all = coming(&handle, conn, &of, from, &l)?;
        all.iter().map(|held| held.entry(conn, (&handle.base(), &of))).collect::<Result<Vec<_>, _>>()
    });
    let text = calendar::feed(&form.words().plural, &entries.await?);
    Ok(respond::calendar(&format!("{collection}.ics"), text))
}

/// GET `/{collection}/{reference}.ics`: one record for one's own calendar.
///
/// # Errors
/// Where it is not published, or has no date.
pub async fn entry(req: HttpRequest, app: State, path: web::Path<(String, String)>) -> Result<HttpResponse, WebError> {
    let (collection, text) = path.into_inner();
    let form = published(&app, &collection, language(&req))?;
    let reference = typed(&form, &text)?.to_string();
    let (handle, of, l) = (App::clone(&app), form.clone(), app.locale(language(&req)));
    let name = format!("{reference}.ics");
    let found = app.db.read(move |conn| {
        let Some(item) = public::find(conn, of.id().as_str(), &reference)? else { return Ok(None) };
        let Some(held) = Held::read(&handle, conn, &item, &l)? else { return Ok(None) };
        held.entry(conn, (&handle.base(), &of)).map(Some)
    });
    let entry = found.await?.ok_or(WebError::NotFound)?;
    Ok(respond::calendar(&name, calendar::feed(&entry.title, std::slice::from_ref(&entry))))
}
