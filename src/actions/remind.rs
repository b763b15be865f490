//! Reminds submitters of what waits for them, once for each occasion, and never again once it is done.
//!
//! What is due is found by reading; whether it still is, is asked again where the mail is queued. An address that nobody
//! confirmed is never reminded.

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};

use super::{project, record};
use crate::app::{App, Parts};
use crate::domain::mail::{MailKind, Subject};
use crate::domain::submission::{Decision, ReviewState, SubmissionId, Visibility};
use crate::forms::answer::Answer;
use crate::forms::form::{Form, Lifecycle, Role};
use crate::locale::Language;
use crate::store::outbox::{self, NewMail};
use crate::store::public::{self, Item};
use crate::store::submissions::Submission;
use crate::store::{Conn, Stop, StoreError, events, submissions};

/// After how many days without an answer to changes that were asked.
const SOONEST: i64 = 14;
const CHANGES: [i64; 2] = [SOONEST, 28];
/// How long what is public may stay as it is.
const A_YEAR: Duration = Duration::days(365);
/// How late a reminder may be: whoever starts to use this service, or comes back to it, writes to nobody about long ago.
const LATE: Duration = Duration::days(30);
/// How long before a review its reports are asked for, and how new a report is then new enough.
const BEFORE_REVIEW: Duration = Duration::days(60);
const NEW_ENOUGH: Duration = Duration::days(90);
/// Where the events of reviews are published.
const REVIEWS: &str = "reviews";
/// Rows taken in one job of the writer (DESIGN 10).
const PIECE: usize = 50;

/// A reminder that is due.
#[derive(Debug, Clone)]
struct Due {
    submission: SubmissionId,
    kind: MailKind,
    occasion: String,
}

/// Queues what is due and was not queued before.
///
/// # Errors
/// Why it stopped.
pub async fn remind(app: &App) -> Result<(), Stop<()>> {
    let (now, reader) = (app.clock.now(), app.clone());
    let due = app.db.read(move |conn| find(&reader, conn, now)).await?;
    for piece in due.chunks(PIECE) {
        let (app, piece) = (app.clone(), piece.to_vec());
        app.db.clone().write(move |conn| Ok(piece.iter().try_for_each(|due| queue(&app, conn, due, now))?)).await?;
    }
    Ok(())
}

fn find(app: &Parts, conn: &mut Conn, now: DateTime<Utc>) -> Result<Vec<Due>, StoreError> {
    let mut due = changes(conn, now)?;
    let review = next_review(app, conn, now)?;
    for form in app.catalog.all(Language::En).filter(|form| form.lifecycle() == Lifecycle::Publication) {
        if record::has_progress(form).is_some() {
            due.extend(reports(app, conn, form, review, now)?);
        } else if form.has_pages() && form.role(Role::Ends).is_some() {
            due.extend(updates(app, conn, form, now)?);
        }
    }
    let mut fresh = Vec::new();
    for one in due {
        if !outbox::was_occasion(conn, one.kind, &one.occasion)? || one.kind == MailKind::ReminderReport {
            fresh.push(one);
        }
    }
    Ok(fresh)
}

/// Changes were asked and nothing has come back.
fn changes(conn: &mut Conn, now: DateTime<Utc>) -> Result<Vec<Due>, StoreError> {
    let mut due = Vec::new();
    for submission in submissions::standing_since(conn, ReviewState::ChangesRequested, now - days(SOONEST))? {
        let waited = (now - submission.state_since).num_days();
        let Some(mark) = CHANGES.into_iter().rev().find(|mark| waited >= *mark) else { continue };
        let occasion = format!("changes {} {} {mark}", submission.id.0, submission.state_since.timestamp());
        due.push(Due { submission: submission.id, kind: MailKind::ReminderChanges, occasion });
    }
    Ok(due)
}

fn days(count: i64) -> Duration {
    Duration::days(count)
}

/// Nothing was reported for a year, or since long before a review that is near. One mail an address and month, or review,
/// however many records of one contact it is about.
fn reports(
    app: &Parts,
    conn: &mut Conn,
    form: &Form,
    review: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Result<Vec<Due>, StoreError> {
    let reported = public::last_pointed_to(conn, &reporting(app))?;
    let due = app.collection(conn, form.id().as_str())?;
    let occasion = |item: &Item| {
        let last =
            reported.get(&item.reference).map_or(item.first_published_at, |at| *at.max(&item.first_published_at));
        let since = last + A_YEAR;
        if (since..since + LATE).contains(&now) {
            return Some(format!("report {}-{:02}", since.year(), since.month()));
        }
        review.filter(|_| now - last >= NEW_ENOUGH).map(|day| format!("review {}", day.year()))
    };
    let all = due.items.iter().filter_map(|item| {
        Some(Due { submission: item.id, kind: MailKind::ReminderReport, occasion: occasion(item)? })
    });
    Ok(all.collect())
}

fn reporting(app: &Parts) -> Vec<String> {
    let forms = app.catalog.all(Language::En).filter(|form| form.role(Role::Progress).is_some());
    forms.map(|form| form.id().to_string()).collect()
}

/// The first day of the next review, if it is near.
fn next_review(app: &Parts, conn: &mut Conn, now: DateTime<Utc>) -> Result<Option<NaiveDate>, StoreError> {
    let Some(form) = app.catalog.by_collection(REVIEWS, Language::En) else { return Ok(None) };
    let Some(starts) = form.role(Role::Starts) else { return Ok(None) };
    let (today, mut next) = (now.date_naive(), None::<NaiveDate>);
    for item in &app.collection(conn, form.id().as_str())?.items {
        let then = app.form_version(conn, &item.form_version, Language::En)?;
        let answers = project::load(&then, &item.public_json)?;
        if let Some((day, _)) = answers.get(starts).and_then(Answer::days)
            && (today..=today + BEFORE_REVIEW).contains(&day)
        {
            next = Some(next.map_or(day, |known| known.min(day)));
        }
    }
    Ok(next)
}

/// It was not finished when it was published: its last month is over by now, or a year has passed without a word of it.
fn updates(app: &Parts, conn: &mut Conn, form: &Form, now: DateTime<Utc>) -> Result<Vec<Due>, StoreError> {
    let Some(ends) = form.role(Role::Ends) else { return Ok(Vec::new()) };
    let mut due = Vec::new();
    for item in &app.collection(conn, form.id().as_str())?.items {
        let then = app.form_version(conn, &item.form_version, Language::En)?;
        let answers = project::load(&then, &item.public_json)?;
        let published = item.published_at.date_naive();
        let after = match answers.get(ends).and_then(Answer::days) {
            Some((_, last)) => Some(last).filter(|last| *last > published),
            None => Some(published + A_YEAR),
        };
        let today = now.date_naive();
        if let Some(after) = after.filter(|after| today > *after && today <= *after + LATE) {
            let occasion = format!("update {} {after}", item.id.0);
            due.push(Due { submission: item.id, kind: MailKind::ReminderUpdate, occasion });
        }
    }
    Ok(due)
}

/// Queues a reminder, if what it is about still stands.
fn queue(app: &App, conn: &mut Conn, due: &Due, now: DateTime<Utc>) -> Result<(), StoreError> {
    let submission = submissions::get(conn, due.submission)?;
    if submission.address_confirmed_at.is_none() || !still_stands(&submission, due.kind) {
        return Ok(());
    }
    let (form, answers) = app.answers(conn, submission.id, submission.head_revision, submission.language)?;
    let (address, name) = record::contact(app, &form, &answers);
    let Some(seq) = told(conn, &submission, due.kind)? else { return Ok(()) };
    let subject = Subject::Event { seq, submission: submission.id, revision: submission.head_revision };
    let mail = NewMail {
        kind: due.kind,
        subject,
        account: None,
        address,
        name,
        language: submission.mail_language,
        link_generation: submission.link_generation,
        due_at: now,
    };
    if mail.address.is_empty() { Ok(()) } else { outbox::add_for(conn, &mail, &due.occasion, now) }
}

fn still_stands(submission: &Submission, kind: MailKind) -> bool {
    if kind == MailKind::ReminderChanges {
        submission.state == ReviewState::ChangesRequested
    } else {
        // A correction on its way says what there is to say.
        submission.visibility == Visibility::Published && submission.state == ReviewState::Approved
    }
}

/// The event a reminder is about: what was asked, or that it was published; the first one, where staff published at once.
fn told(conn: &mut Conn, submission: &Submission, kind: MailKind) -> Result<Option<i64>, StoreError> {
    let wanted = if kind == MailKind::ReminderChanges { Decision::RequestChanges } else { Decision::Publish };
    let logged = events::of(conn, submission.id)?;
    let decided = logged.iter().rev().find(|logged| logged.event.decision == Some(wanted));
    Ok(decided.or(logged.first()).map(|logged| logged.seq))
}
