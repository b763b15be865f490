//! How long people waited for the Network: the middle, and what nine of ten stayed within, by form, region and person. Each
//! chart has its numbers beside it.

mod chart;

use std::collections::{BTreeMap, HashMap};

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::Duration;
use rust_decimal::Decimal;
use serde::Deserialize;

use self::chart::Chart;
use super::View as Link;
use super::alerts::regions;
use super::words::Names;
use crate::app::App;
use crate::domain::account::Account;
use crate::domain::clock::{self, Phase, Summary};
use crate::domain::submission::SubmissionId;
use crate::locale::{Arg, Language, Locale};
use crate::store::desk::{self, Answered};
use crate::store::{Conn, StoreError, accounts};
use crate::web::errors::WebError;
use crate::web::frame::{Frame, language};
use crate::web::respond::{self, State};

/// How far back one can look, in days; the first is shown unasked.
const PERIODS: [i64; 3] = [90, 30, 365];

/// The address' parameters.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    days: Option<String>,
}

/// One line of a table.
pub struct Row {
    pub name: String,
    pub answers: String,
    pub middle: String,
    pub most: String,
    /// "12 of 14 within 7 days", where something is aimed at.
    pub aim: String,
}

/// A chart with its table.
pub struct Table {
    pub id: String,
    pub heading: String,
    /// What its lines are: forms, regions, persons.
    pub of: String,
    pub chart: Chart,
    pub rows: Vec<Row>,
    pub has_aims: bool,
}

/// What the Network had to do, with its tables.
pub struct Part {
    pub heading: String,
    pub tables: Vec<Table>,
}

#[derive(Template)]
#[template(path = "staff/clock.html")]
struct ClockPage {
    f: Frame,
    periods: Vec<Link>,
    parts: Vec<Part>,
}

/// What the database says.
struct Found {
    answers: Vec<Answered>,
    regions: HashMap<SubmissionId, Vec<String>>,
    accounts: Vec<Account>,
}

/// GET `/staff/clock`
///
/// # Errors
/// Where the database fails.
pub async fn show(req: HttpRequest, app: State, asked: web::Query<Asked>) -> Result<HttpResponse, WebError> {
    let wanted = asked.days.as_deref().and_then(|days| days.parse().ok()).filter(|days| PERIODS.contains(days));
    let [usual, ..] = PERIODS;
    let days = wanted.unwrap_or(usual);
    let since = app.clock.now() - Duration::days(days);
    let found = app.db.read(move |conn| find(conn, since)).await?;
    let l = app.locale(language(&req));
    let parts = Phase::ALL.iter().filter_map(|phase| part(&app, &l, *phase, &found)).collect();
    let f = Frame::new(&app, &req, l.t("staff-clock"));
    Ok(respond::private(StatusCode::OK, &ClockPage { periods: periods(&l, days, usual), parts, f }))
}

fn find(conn: &mut Conn, since: chrono::DateTime<chrono::Utc>) -> Result<Found, StoreError> {
    let (answers, all) = desk::answered(conn, since)?;
    let mut regions: HashMap<SubmissionId, Vec<String>> = HashMap::new();
    for (id, region) in all {
        regions.entry(id).or_default().push(region);
    }
    Ok(Found { answers, regions, accounts: accounts::all(conn)? })
}

fn periods(l: &Locale, here: i64, usual: i64) -> Vec<Link> {
    let mut days = PERIODS;
    days.sort_unstable();
    let link = |days: i64| Link {
        url: if days == usual { "/staff/clock".to_owned() } else { format!("/staff/clock?days={days}") },
        label: l.n("staff-clock-last", &super::many(days)),
        count: String::new(),
        here: days == here,
    };
    days.into_iter().map(link).collect()
}

/// The waits of one line.
struct Group {
    name: String,
    waits: Vec<Duration>,
    aim: Option<Duration>,
}

/// Nothing where nothing was answered.
fn part(app: &App, l: &Locale, phase: Phase, found: &Found) -> Option<Part> {
    let answers: Vec<&Answered> = found.answers.iter().filter(|one| one.answer.phase == phase).collect();
    if answers.is_empty() {
        return None;
    }
    let tables = [
        ("forms", by_form(app, l, phase, &answers)),
        ("regions", by_region(app, l, &answers, &found.regions)),
        ("persons", by_person(l, &answers, &found.accounts)),
    ];
    Some(Part {
        heading: l.t(&format!("staff-clock-{}", phase.as_str())),
        tables: tables.into_iter().map(|(of, groups)| table(l, phase, of, &groups)).collect(),
    })
}

/// Gathers waits under the keys of each answer.
fn gathered<'a, K: Ord>(answers: &[&'a Answered], keys: impl Fn(&'a Answered) -> Vec<K>) -> BTreeMap<K, Vec<Duration>> {
    let mut all: BTreeMap<K, Vec<Duration>> = BTreeMap::new();
    for one in answers {
        for key in keys(one) {
            all.entry(key).or_default().push(one.answer.waited);
        }
    }
    all
}

fn by_form(app: &App, l: &Locale, phase: Phase, answers: &[&Answered]) -> Vec<Group> {
    let forms = gathered(answers, |one| vec![one.form.as_str()]);
    let group = |(id, waits): (&str, Vec<Duration>)| {
        let form = app.catalog.find(id, l.language());
        Group {
            name: form.map_or_else(|| id.to_owned(), |form| form.words().plural.clone()),
            aim: app.catalog.find(id, Language::En).and_then(|form| clock::target(form, phase)),
            waits,
        }
    };
    forms.into_iter().map(group).collect()
}

/// A record of several regions counts in each.
fn by_region(app: &App, l: &Locale, answers: &[&Answered], of: &HashMap<SubmissionId, Vec<String>>) -> Vec<Group> {
    let mut waits = gathered(answers, |one| match of.get(&one.submission) {
        Some(regions) => regions.iter().map(String::as_str).collect(),
        None => vec![""],
    });
    let mut named = regions(app, l);
    named.push((String::new(), l.t("staff-clock-no-region")));
    let group = |(code, name): (String, String)| Some(Group { waits: waits.remove(code.as_str())?, name, aim: None });
    named.into_iter().filter_map(group).collect()
}

fn by_person(l: &Locale, answers: &[&Answered], accounts: &[Account]) -> Vec<Group> {
    let names = Names::new(accounts);
    let waits = gathered(answers, |one| vec![(names.name(one.answer.by, l), one.answer.by.0)]);
    waits.into_iter().map(|((name, _), waits)| Group { name, waits, aim: None }).collect()
}

fn table(l: &Locale, phase: Phase, of: &str, groups: &[Group]) -> Table {
    let summed: Vec<(&Group, Summary)> =
        groups.iter().filter_map(|group| Some((group, Summary::of(group.waits.clone())?))).collect();
    let id = format!("{}-{of}", phase.as_str());
    let heading = l.t(&format!("staff-clock-by-{of}"));
    Table {
        chart: Chart::new(l, &id, &heading, summed.iter().map(|(group, summary)| (group.name.as_str(), *summary))),
        of: l.t(&format!("staff-clock-of-{of}")),
        has_aims: groups.iter().any(|group| group.aim.is_some()),
        rows: summed.iter().map(|(group, summary)| row(l, group, summary)).collect(),
        heading,
        id,
    }
}

fn row(l: &Locale, group: &Group, summary: &Summary) -> Row {
    let aim = group.aim.map(|aim| {
        let within = group.waits.iter().filter(|wait| **wait <= aim).count();
        let (within, of) = (l.count(&within), l.count(&summary.answers));
        let days = l.n("staff-days", &super::many(aim.num_days()));
        let values = [("within", Arg::from(&within)), ("of", Arg::from(&of)), ("days", Arg::from(&days))];
        l.with("staff-clock-aim", &values)
    });
    Row {
        name: group.name.clone(),
        answers: l.count(&summary.answers),
        middle: days(l, summary.middle),
        most: days(l, summary.most),
        aim: aim.unwrap_or_default(),
    }
}

/// Days with one decimal.
fn days(l: &Locale, wait: Duration) -> String {
    let days = Decimal::from(wait.num_minutes()) / Decimal::from(Duration::days(1).num_minutes());
    l.number(&days.round_dp(1).normalize())
}
