//! The event log, newest first: who did what to which record, and the digest that chains it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::words::{self, Names};
use super::{Pager, When, address};
use crate::app::App;
use crate::domain::submission::SubmissionId;
use crate::forms::form::Lifecycle;
use crate::locale::{Arg, Language, Locale};
use crate::store::events::{self, Logged};
use crate::store::{Conn, StoreError, submissions};
use crate::web::errors::WebError;
use crate::web::frame::{Frame, language};
use crate::web::respond::{self, State};

/// Events on a page.
const EVENTS: i64 = 100;

/// Letters of a digest that are shown; enough to compare by eye.
const SHORT: usize = 12;

/// The address' parameters.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// Show the events up to this one.
    to: Option<String>,
}

/// One event.
pub struct Line {
    pub seq: i64,
    pub at: When,
    pub what: String,
    pub reference: String,
    pub short: String,
    pub digest: String,
}

#[derive(Template)]
#[template(path = "staff/audit.html")]
struct AuditPage {
    f: Frame,
    lines: Vec<Line>,
    /// `SEQ:HASH` of the newest event, for `inlet verify --head`.
    head: Option<String>,
    pager: Option<Pager>,
}

/// What the database says.
struct Found {
    newest: i64,
    head: Option<String>,
    events: Vec<Logged>,
    names: Names,
    /// Reference and form of each record.
    records: HashMap<SubmissionId, (String, String)>,
}

/// GET `/staff/audit`
///
/// # Errors
/// Where the database fails.
pub async fn list(req: HttpRequest, app: State, asked: web::Query<Asked>) -> Result<HttpResponse, WebError> {
    let to = asked.to.as_deref().and_then(|text| text.parse::<i64>().ok());
    let found = app.db.read(move |conn| find(conn, to)).await?;
    let f = Frame::new(&app, &req, app.locale(language(&req)).t("audit"));
    let page = AuditPage {
        lines: found.events.iter().rev().map(|logged| line(&app, &f.l, logged, &found)).collect(),
        pager: pager(&f.l, &found),
        head: found.head,
        f,
    };
    Ok(respond::private(StatusCode::OK, &page))
}

fn find(conn: &mut Conn, to: Option<i64>) -> Result<Found, StoreError> {
    let newest = events::last(conn)?.map_or(0, |logged| logged.seq);
    let last = to.unwrap_or(newest).clamp(newest.min(1), newest);
    let all = events::after(conn, (last - EVENTS).max(0), EVENTS)?;
    let shown: Vec<Logged> = all.into_iter().filter(|logged| logged.seq <= last).collect();
    let head = events::after(conn, newest - 1, 1)?.pop().map(|logged| format!("{}:{}", logged.seq, logged.digest));
    let mut records = HashMap::new();
    for logged in &shown {
        if let Entry::Vacant(place) = records.entry(logged.event.submission) {
            let submission = submissions::get(conn, logged.event.submission)?;
            place.insert((submission.reference, submission.form.as_str().to_owned()));
        }
    }
    Ok(Found { newest, head, events: shown, names: Names::load(conn)?, records })
}

fn line(app: &App, l: &Locale, logged: &Logged, found: &Found) -> Line {
    let (reference, form) = found.records.get(&logged.event.submission).cloned().unwrap_or_default();
    let lifecycle = app.catalog.find(&form, Language::En).map_or(Lifecycle::Publication, |form| form.lifecycle());
    Line {
        seq: logged.seq,
        at: When::new(l, &logged.event.at),
        what: words::event(l, &logged.event, lifecycle, &found.names),
        reference,
        short: logged.digest.chars().take(SHORT).collect(),
        digest: logged.digest.clone(),
    }
}

fn pager(l: &Locale, found: &Found) -> Option<Pager> {
    let (first, last) = (found.events.first()?.seq, found.events.last()?.seq);
    if first <= 1 && last >= found.newest {
        return None;
    }
    let url = |to: i64| {
        if to >= found.newest { "/staff/audit".to_owned() } else { address("/staff/audit", &[("to", &to.to_string())]) }
    };
    let values = [("first", first.to_string()), ("last", last.to_string()), ("of", found.newest.to_string())];
    let values: Vec<(&str, Arg<'_>)> = values.iter().map(|(name, text)| (*name, Arg::from(text))).collect();
    Some(Pager {
        previous: (last < found.newest).then(|| url(last + EVENTS)),
        next: (first > 1).then(|| url(first - 1)),
        text: l.with("staff-audit-part", &values),
    })
}
