//! What comes, week by week, for staff; and the private link by which their own calendar follows it.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};

use crate::actions::calendar_link;
use crate::app::App;
use crate::domain::account::AccountId;
use crate::domain::appointment::Appointment;
use crate::domain::calendar::{self, Entry};
use crate::domain::case::Progress;
use crate::domain::links::Purpose;
use crate::domain::policy::{Act, Actor, may};
use crate::forms::answer::Meeting;
use crate::locale::{Language, Locale};
use crate::store::{Conn, StoreError, accounts, appointments, desk, events};
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::frame::{Frame, language};
use crate::web::pages::public::calendar::{KEPT, coming};
use crate::web::respond::{self, State};

/// Something that takes place.
struct Coming {
    entry: Entry,
    start: Meeting,
    noun: String,
    lang: &'static str,
}

/// One line of the page.
struct Line {
    /// The instant for programs, and the local time in words.
    iso: String,
    when: String,
    noun: String,
    title: String,
    lang: &'static str,
    place: String,
    url: String,
}

/// The lines of a week.
struct Week {
    heading: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "staff/calendar.html")]
struct CalendarPage {
    f: Frame,
    weeks: Vec<Week>,
    /// The private link.
    link: String,
    /// The link was just made anew.
    renewed: bool,
}

/// The address' parameters.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Asked {
    done: Option<String>,
}

/// GET `/staff/calendar`
///
/// # Errors
/// Where the database fails.
pub async fn show(req: HttpRequest, app: State, asked: web::Query<Asked>) -> Result<HttpResponse, WebError> {
    let (handle, l) = (App::clone(&app), app.locale(language(&req)));
    let account = super::desk(&req)?.account.id;
    let today = app.clock.now().date_naive();
    let from = monday(today).and_time(chrono::NaiveTime::MIN).and_utc();
    let words = l.clone();
    let (all, generation) = app
        .db
        .read(move |conn| Ok((all_from(&handle, conn, from, &words)?, accounts::calendar_generation(conn, account)?)))
        .await?;
    let page = CalendarPage {
        weeks: weeks(&l, all),
        link: link(&app, account, generation),
        renewed: asked.done.is_some(),
        f: Frame::new(&app, &req, l.t("calendar")),
    };
    Ok(respond::private(StatusCode::OK, &page))
}

fn monday(day: NaiveDate) -> NaiveDate {
    day - Duration::days(i64::from(day.weekday().num_days_from_monday()))
}

fn weeks(l: &Locale, all: Vec<Coming>) -> Vec<Week> {
    let mut weeks: Vec<(NaiveDate, Week)> = Vec::new();
    for coming in all {
        let first = monday(coming.start.local.date());
        let line = line(l, coming);
        match weeks.last_mut().filter(|(known, _)| *known == first) {
            Some((_, week)) => week.lines.push(line),
            None => {
                weeks.push((first, Week { heading: l.a("calendar-week", "date", l.date(&first)), lines: vec![line] }));
            }
        }
    }
    weeks.into_iter().map(|(_, week)| week).collect()
}

fn line(l: &Locale, coming: Coming) -> Line {
    let Coming { entry, start, noun, lang } = coming;
    Line {
        iso: entry.start.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        when: start.text(l),
        noun,
        lang,
        title: entry.title,
        place: entry.place,
        url: format!("/staff/submissions/{}", entry.reference),
    }
}

/// Everything that has not ended at `from`, the next first: appointments of requests, and what is published with a date.
fn all_from(app: &App, conn: &mut Conn, from: DateTime<Utc>, l: &Locale) -> Result<Vec<Coming>, StoreError> {
    let mut all = Vec::new();
    for appointment in appointments::newest(conn)? {
        if !appointment.cancelled && appointment.ends_at() > from {
            all.extend(of_case(app, conn, &appointment, l)?);
        }
    }
    let dated: Vec<_> = app.catalog.all(l.language()).cloned().collect();
    for form in dated {
        for held in coming(app, conn, &form, from, l)? {
            let entry = Entry {
                reference: held.item.reference.clone(),
                sequence: 0,
                written_at: held.item.published_at,
                title: held.item.title.clone(),
                description: String::new(),
                place: held.place.clone(),
                url: format!("{}/staff/submissions/{}", app.base(), held.item.reference),
                start: held.start.instant(),
                end: held.ends_at,
                cancelled: false,
            };
            let noun = form.words().noun.clone();
            all.push(Coming { entry, start: held.start, noun, lang: held.item.language.tag() });
        }
    }
    all.sort_by_key(|coming| coming.entry.start);
    Ok(all)
}

/// The appointment of a case, unless the case was taken up anew since.
fn of_case(app: &App, conn: &mut Conn, appointment: &Appointment, l: &Locale) -> Result<Option<Coming>, StoreError> {
    let log = events::of(conn, appointment.submission)?;
    let progress = Progress::of(events::in_force(&log).into_iter().map(|logged| &logged.event));
    let Some(record) = desk::get(conn, appointment.submission)?.filter(|_| progress != Progress::Open) else {
        return Ok(None);
    };
    let noun = app.catalog.find(&record.form, l.language()).map(|form| form.words().noun.clone()).unwrap_or_default();
    let entry = Entry {
        sequence: u32::try_from(appointment.sequence).unwrap_or(0),
        written_at: events::get(conn, appointment.event)?.event.at,
        title: record.title.clone(),
        description: format!("{noun}, {}", record.reference),
        place: appointment.details.clone().unwrap_or_default().place,
        url: format!("{}/staff/submissions/{}", app.base(), record.reference),
        start: appointment.start.instant(),
        end: appointment.ends_at(),
        cancelled: false,
        reference: record.reference,
    };
    Ok(Some(Coming { entry, start: appointment.start, noun, lang: record.language.tag() }))
}

fn link(app: &App, account: AccountId, generation: i64) -> String {
    let key = app.keys.link(Purpose::Calendar, account, generation);
    format!("{}/calendar/{}-{key}.ics", app.base(), account.0)
}

/// POST `/staff/calendar/link`: a new private link; the old one opens nothing any more.
///
/// # Errors
/// Where the database fails.
pub async fn renew(req: HttpRequest, app: State, _proof: Sent) -> Result<HttpResponse, WebError> {
    calendar_link::renew(&app, super::desk(&req)?.account.id).await?;
    Ok(respond::see_other("/staff/calendar?done=link"))
}

/// GET `/calendar/{token}.ics`: what comes, by an account's private link.
///
/// # Errors
/// Where the link opens nothing.
pub async fn feed(app: State, token: web::Path<String>) -> Result<HttpResponse, WebError> {
    let (id, key) = token.split_once('-').ok_or(WebError::NotFound)?;
    let (id, key) = (AccountId(id.parse().map_err(|_| WebError::NotFound)?), key.to_owned());
    let (handle, from) = (App::clone(&app), app.clock.now() - KEPT);
    let found = app.db.read(move |conn| {
        let Some(account) = accounts::all(conn)?.into_iter().find(|account| account.id == id) else { return Ok(None) };
        let generation = accounts::calendar_generation(conn, id)?;
        let opens = !account.disabled && handle.keys.opens(Purpose::Calendar, id, generation, &key);
        let actor = if opens { Actor::Staff(id, account.role) } else { Actor::Anyone };
        if !may(&actor, Act::ReadDesk) {
            return Ok(None);
        }
        all_from(&handle, conn, from, &handle.locale(Language::En)).map(Some)
    });
    let all = found.await?.ok_or(WebError::NotFound)?;
    let entries: Vec<Entry> = all.into_iter().map(|coming| coming.entry).collect();
    let text = calendar::feed(&app.config.service.name, &entries);
    Ok(respond::calendar("calendar.ics", text))
}
