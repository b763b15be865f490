//! The lines of the queue: no line needs a click to be understood.

use chrono::{DateTime, Utc};

use super::super::many;
use super::super::words::{self, Badge, Names};
use super::{Found, lifecycle, record_url};
use crate::app::App;
use crate::domain::projection::DeskRecord;
use crate::domain::submission::{Visibility, Waits};
use crate::domain::view::Heap;
use crate::forms::form::Lifecycle;
use crate::locale::{Arg, Locale};
use crate::store::desk::{Marks, Queue};

/// One line.
pub struct Line {
    pub url: String,
    pub reference: String,
    pub title: String,
    pub lang: &'static str,
    /// Organization and country.
    pub who: String,
    pub form: String,
    pub language: String,
    pub waiting: String,
    pub badges: Vec<Badge>,
    /// Who looks after it.
    pub assignee: Option<String>,
}

/// A table with its heading.
pub struct Group {
    pub id: &'static str,
    /// None where the tab's own heading says it.
    pub heading: Option<String>,
    pub caption: String,
    pub lines: Vec<Line>,
}

/// What waits for the Network stands in two tables: a request is somebody who needs help.
pub fn groups(app: &App, l: &Locale, wanted: &Queue, found: &Found, names: &Names) -> Vec<Group> {
    let heap = wanted.view.heap();
    let caption = l.a("staff-oldest-first", "what", l.t(&format!("staff-tab-{}", heap.as_str())));
    let is_request = |form: &str| lifecycle(app, form) == Lifecycle::Request;
    let draw = |id, heading: Option<String>, records: Vec<&DeskRecord>| Group {
        id,
        caption: heading.clone().unwrap_or_else(|| caption.clone()),
        heading,
        lines: records.into_iter().map(|record| line(app, l, wanted, record, &found.marks, names)).collect(),
    };
    let all = if is_ours(heap) {
        let (requests, others): (Vec<_>, Vec<_>) = found.rows.iter().partition(|record| is_request(&record.form));
        let total = found.counts.of_forms(is_request);
        let of_others = found.counts.of(heap) - total;
        vec![
            draw("requests", Some(group_heading(l, "staff-group-requests", total, requests.len())), requests),
            draw("publications", Some(group_heading(l, "staff-group-publications", of_others, others.len())), others),
        ]
    } else {
        vec![draw("all", None, found.rows.iter().collect())]
    };
    all.into_iter().filter(|group| !group.lines.is_empty()).collect()
}

/// Whether all there waits for the Network.
fn is_ours(heap: Heap) -> bool {
    match heap {
        Heap::Waiting | Heap::Mine | Heap::Unassigned | Heap::Overdue => true,
        Heap::Submitter | Heap::Held | Heap::Done | Heap::All => false,
    }
}

/// Whether somebody waits there, so that days count; elsewhere the date says more.
pub fn waits(heap: Heap) -> bool {
    match heap {
        Heap::Waiting | Heap::Mine | Heap::Unassigned | Heap::Overdue | Heap::Submitter | Heap::Held => true,
        Heap::Done | Heap::All => false,
    }
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

fn line(app: &App, l: &Locale, wanted: &Queue, record: &DeskRecord, marks: &Marks, names: &Names) -> Line {
    let who: Vec<&str> =
        [record.organization.as_str(), record.country.as_str()].into_iter().filter(|text| !text.is_empty()).collect();
    let noun = app.catalog.find(&record.form, l.language()).map(|form| form.words().noun.clone());
    let title = if record.title.trim().is_empty() { &record.reference } else { &record.title };
    let days = whole_days(record.waiting_since, wanted.now);
    let waiting = if waits(wanted.view.heap()) {
        l.n("staff-days", &many(days))
    } else {
        l.date(&record.waiting_since.date_naive())
    };
    Line {
        url: record_url(&record.reference, &wanted.view),
        reference: record.reference.clone(),
        title: title.clone(),
        lang: record.language.tag(),
        who: who.join(" · ").replace('\n', ", "),
        form: noun.unwrap_or_else(|| record.form.clone()),
        language: words::language(l, record.language),
        waiting,
        badges: badges(l, record, lifecycle(app, &record.form), marks, wanted.now),
        assignee: record.assignee.map(|id| l.a("staff-looked-after", "who", names.name(id, l))),
    }
}

/// Days between two dates.
fn whole_days(since: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
    (now.date_naive() - since.date_naive()).num_days().max(0)
}

fn badges(l: &Locale, record: &DeskRecord, lifecycle: Lifecycle, marks: &Marks, now: DateTime<Utc>) -> Vec<Badge> {
    let mut badges = words::standing(l, record.state, record.visibility, lifecycle);
    let mut mark = |on: bool, class, key: &str| badges.extend(on.then(|| Badge { class, text: l.t(key) }));
    let back = record.resubmitted;
    let public = record.visibility == Visibility::Published;
    mark(back && public, "waiting", "staff-correction");
    mark(back && !public, "waiting", "staff-resubmitted");
    mark(record.disputed, "warn", "staff-disputed");
    mark(record.unanswered && !record.disputed, "asked", "staff-unanswered");
    mark(marks.undelivered.contains(&record.submission), "warn", "staff-mail-undelivered");
    mark(marks.alike.contains(&record.submission), "asked", "staff-possible-duplicate");
    let asked = lifecycle != Lifecycle::Record && !record.address_confirmed;
    badges.extend(asked.then(|| words::unconfirmed(l)));
    let late = record.due_at.filter(|due| record.waits == Waits::Network && *due < now);
    let late = late.map(|due| l.n("staff-days-overdue", &many(whole_days(due, now))));
    badges.splice(1..1, late.map(|text| Badge { class: "warn", text }));
    badges
}
