//! What the one who is signed in is told of: forms and regions to follow.

use std::collections::BTreeSet;
use std::str::FromStr;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::Weekday;
use chrono_tz::Tz;
use serde::Deserialize;

use super::{Choice, words};
use crate::actions::accounts::follow;
use crate::app::App;
use crate::domain::pace::{Hours, Pace};
use crate::forms::form::Lifecycle;
use crate::forms::lists::{Item, List};
use crate::locale::{Language, Locale};
use crate::store::Conn;
use crate::store::accounts::{self, Alert};
use crate::store::alerts::{self, Settings};
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::frame::{Frame, language};
use crate::web::respond::{self, State};

/// The address' parameters.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    done: Option<String>,
}

/// The alerts for one form, or for all of them.
pub struct Group {
    pub heading: String,
    pub hint: Option<String>,
    /// Some of it is followed.
    pub open: bool,
    pub choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "staff/alerts.html")]
struct AlertsPage {
    f: Frame,
    flash: Option<String>,
    groups: Vec<Group>,
    /// Its reader stopped these mails.
    stopped: bool,
    paces: Vec<Choice>,
    hours: Vec<Choice>,
    days: Vec<Choice>,
    zones: Vec<Choice>,
    language: String,
    address: String,
}

/// GET `/staff/alerts`
///
/// # Errors
/// Where the database fails.
pub async fn show(req: HttpRequest, app: State, asked: web::Query<Asked>) -> Result<HttpResponse, WebError> {
    let account = super::desk(&req)?.account;
    let id = account.id;
    let read = move |conn: &mut Conn| Ok((accounts::alerts_of(conn, id)?, alerts::settings(conn, id)?));
    let (followed, settings) = app.db.read(read).await?;
    let followed: BTreeSet<String> = followed.iter().map(value).collect();
    let f = Frame::new(&app, &req, app.locale(language(&req)).t("alerts"));
    let page = AlertsPage {
        flash: (asked.done.as_deref() == Some("saved")).then(|| f.l.t("staff-alerts-saved")),
        groups: groups(&app, &f.l, &followed),
        stopped: settings.stopped,
        paces: paces(&f.l, settings.pace),
        hours: (0..24)
            .map(|hour| choice(hour.to_string(), format!("{hour:02}:00"), hour == settings.hours.hour()))
            .collect(),
        days: days(&f.l, settings.hours.day()),
        zones: zones(settings.hours.zone()),
        language: words::language(&f.l, account.language),
        address: account.email,
        f,
    };
    Ok(respond::private(StatusCode::OK, &page))
}

/// POST `/staff/alerts`
///
/// # Errors
/// Where the database fails.
pub async fn save(req: HttpRequest, app: State, sent: Sent) -> Result<HttpResponse, WebError> {
    let account = super::desk(&req)?.account.id;
    let wanted: BTreeSet<&str> = sent.pairs.all("alert").into_iter().collect();
    let alerts = wanted.into_iter().filter_map(|text| read(&app, text)).collect();
    let settings = settings(&sent).ok_or(WebError::Unreadable)?;
    follow(&app, account, alerts, settings).await.map_err(|stop| WebError::of(stop, |_| WebError::Forbidden))?;
    Ok(respond::see_other("/staff/alerts?done=saved"))
}

/// When the reader wants to be told; none where it is none of what the page offers.
fn settings(sent: &Sent) -> Option<Settings> {
    let zone = Tz::from_str(sent.text("zone")).ok()?;
    let hours = Hours::new(zone, Weekday::from_str(sent.text("day")).ok()?, sent.text("hour").parse().ok()?)?;
    Some(Settings { pace: Pace::read(sent.text("pace"))?, hours, stopped: false })
}

fn choice(value: String, label: String, chosen: bool) -> Choice {
    Choice { value, label, hint: None, chosen }
}

fn paces(l: &Locale, now: Pace) -> Vec<Choice> {
    let pace = |pace: &Pace| {
        let key = format!("alerts-pace-{}", pace.as_str());
        let hint = Some(format!("{key}-hint")).filter(|key| l.knows(key)).map(|key| l.t(&key));
        Choice { hint, ..choice(pace.as_str().to_owned(), l.t(&key), *pace == now) }
    };
    Pace::ALL.iter().map(pace).collect()
}

fn days(l: &Locale, now: Weekday) -> Vec<Choice> {
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    let day = |day: Weekday| choice(day.to_string(), l.t(&format!("alerts-day-{day}")), day == now);
    [Mon, Tue, Wed, Thu, Fri, Sat, Sun].map(day).to_vec()
}

fn zones(now: Tz) -> Vec<Choice> {
    let known = chrono_tz::TZ_VARIANTS.iter().filter(|zone| zone.name().contains('/') || **zone == Tz::UTC);
    known.map(|zone| choice(zone.name().to_owned(), zone.name().replace('_', " "), *zone == now)).collect()
}

/// `form|region`, each empty for any.
fn value(alert: &Alert) -> String {
    format!("{}|{}", alert.form.as_deref().unwrap_or_default(), alert.region.as_deref().unwrap_or_default())
}

/// Reads a value back; none for a form or region that is not there.
fn read(app: &App, text: &str) -> Option<Alert> {
    let (form, region) = text.split_once('|')?;
    let is_form = form.is_empty() || app.catalog.find(form, Language::En).is_some();
    let is_region = region.is_empty() || regions(app, &app.locale(Language::En)).iter().any(|(code, _)| code == region);
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    (is_form && is_region).then(|| Alert { form: given(form), region: given(region) })
}

/// The regions that countries lie in. The world is none: who follows any region hears of it.
pub(super) fn regions(app: &App, l: &Locale) -> Vec<(String, String)> {
    let lists = app.catalog.lists();
    let countries = lists.get("countries").map(List::items).unwrap_or_default();
    let used: BTreeSet<&str> = countries.iter().flat_map(Item::regions).collect();
    let items = lists.get("regions").map(List::items).unwrap_or_default();
    let regional = items.iter().filter(|item| used.contains(item.value.as_str()));
    regional.map(|item| (item.value.clone(), item.label_in(l.language()).to_owned())).collect()
}

/// "All forms" first, then each form.
fn groups(app: &App, l: &Locale, followed: &BTreeSet<String>) -> Vec<Group> {
    let regions = regions(app, l);
    let group = |form: &str, heading: String, any: String, hint: Option<String>| {
        let alert = |region: &str, label: &str| {
            let value = format!("{form}|{region}");
            Choice { chosen: followed.contains(&value), value, label: label.to_owned(), hint: None }
        };
        let of = regions.iter().map(|(code, label)| alert(code, label));
        let choices: Vec<Choice> = std::iter::once(alert("", &any)).chain(of).collect();
        Group { heading, hint, open: form.is_empty() || choices.iter().any(|choice| choice.chosen), choices }
    };
    let all =
        group("", l.t("staff-alerts-all-forms"), l.t("staff-alerts-everything"), Some(l.t("staff-alerts-all-hint")));
    let forms = app.catalog.all(l.language()).filter(|form| form.lifecycle() != Lifecycle::Record);
    let each =
        forms.map(|form| group(form.id().as_str(), form.words().plural.clone(), l.t("staff-alerts-any-region"), None));
    std::iter::once(all).chain(each).collect()
}
