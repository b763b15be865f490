//! Where a submission stands and what happened to it, in its submitter's words.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::appointment::Appointment;
use crate::domain::case::Progress;
use crate::domain::event::{Author, EventKind};
use crate::domain::submission::{Decision, Visibility};
use crate::forms::form::Lifecycle;
use crate::locale::Locale;
use crate::mail::because;
use crate::store::events;
use crate::store::submissions::Submission;

/// Where a submission stands, for its submitter.
#[derive(Debug, Clone)]
pub struct StatusWords {
    pub name: String,
    /// Who must act, and what happens next, by when.
    pub next: String,
    pub class: &'static str,
}

/// One line of the history.
#[derive(Debug, Clone)]
pub struct Moment {
    pub at: String,
    pub datetime: String,
    pub text: String,
    pub note: Option<String>,
}

/// What was promised: in words, and the day, where the words name one.
pub struct Promise<'a> {
    pub within: &'a str,
    pub by: Option<NaiveDate>,
    pub today: NaiveDate,
    /// How far an accepted request has come.
    pub progress: Progress,
}

/// A submission's status in words.
pub fn status(submission: &Submission, lifecycle: Lifecycle, promise: &Promise<'_>, l: &Locale) -> StatusWords {
    use crate::domain::submission::ReviewState as S;
    let request = lifecycle == Lifecycle::Request;
    let published = submission.visibility == Visibility::Published;
    let progress = promise.progress;
    let (key, class) = match submission.state {
        S::Submitted | S::InReview if published => ("own-correction", "waiting"),
        S::Held | S::Submitted => ("own-submitted", "waiting"),
        S::InReview => ("own-in-review", "waiting"),
        S::ChangesRequested => ("own-changes-requested", "asked"),
        S::Approved if request => match progress {
            Progress::Open => ("own-accepted", "done"),
            Progress::Scheduled => ("own-scheduled", "done"),
            Progress::Delivered => ("own-delivered", "done"),
        },
        S::Approved if published => ("own-published", "done"),
        S::Approved if submission.visibility == Visibility::Unpublished => ("own-unpublished", "stopped"),
        S::Approved => ("own-approved", "done"),
        S::Declined if request => ("own-not-supported", "stopped"),
        S::Declined => ("own-not-published", "stopped"),
        S::Withdrawn => ("own-withdrawn", "stopped"),
        S::Closed => ("own-closed", "done"),
    };
    let next = l.a(&format!("{key}.next"), "within", promise.within);
    let by = promise
        .by
        .filter(|_| class == "waiting")
        .map(|by| l.a(if by < promise.today { "own-late" } else { "own-by" }, "date", l.date(&by)));
    StatusWords { name: l.t(key), next: by.map_or(next.clone(), |by| format!("{next} {by}")), class }
}

/// Since when somebody waits for an answer: the newest version that came from the submitter.
pub fn waiting_since(logged: &[events::Logged]) -> Option<DateTime<Utc>> {
    let sent = |entry: &&events::Logged| matches!(entry.event.kind, EventKind::Submitted | EventKind::Resubmitted);
    logged.iter().rev().find(sent).map(|entry| entry.event.at)
}

/// What happened, but for what is no business of the submitter's.
pub fn history(
    logged: &[events::Logged],
    (notes, appointments): (&[events::Note], &[Appointment]),
    lifecycle: Lifecycle,
    l: &Locale,
) -> Vec<Moment> {
    let seen = events::in_force(logged).into_iter().filter_map(|entry| Some((entry, moment_key(entry, lifecycle)?)));
    seen.map(|(entry, key)| Moment {
        at: l.instant(&entry.event.at),
        datetime: entry.event.at.to_rfc3339(),
        text: with_time(l, entry, appointments, with_reason(l, entry, lifecycle, &l.t(key))),
        note: notes.iter().find(|note| note.event_seq == entry.seq).and_then(|note| note.body.clone()),
    })
    .collect()
}

/// What was agreed says when it is.
fn with_time(l: &Locale, entry: &events::Logged, appointments: &[Appointment], text: String) -> String {
    let made = appointments.iter().find(|made| made.event == entry.seq);
    match made {
        Some(made) => format!("{text}: {}", made.span(l)),
        None => text,
    }
}

/// A refusal says why.
fn with_reason(l: &Locale, entry: &events::Logged, lifecycle: Lifecycle, text: &str) -> String {
    let because = entry.event.reason.and_then(|reason| because(l, reason, (lifecycle, true)));
    because.map_or_else(|| text.to_owned(), |because| format!("{text}. {because}"))
}

/// The words for an event, or nothing where it is no business of the submitter's.
fn moment_key(entry: &events::Logged, lifecycle: Lifecycle) -> Option<&'static str> {
    let request = lifecycle == Lifecycle::Request;
    match entry.event.kind {
        EventKind::Submitted => match entry.event.author {
            Author::Submitter | Author::System => Some("moment-submitted"),
            Author::Staff(_) => Some("moment-entered"),
        },
        EventKind::Resubmitted => Some("moment-resubmitted"),
        EventKind::AddressConfirmed => Some("moment-address-confirmed"),
        EventKind::AddressCorrected => match entry.event.author {
            Author::Submitter | Author::System => Some("moment-address-corrected"),
            Author::Staff(_) => Some("moment-address-changed"),
        },
        EventKind::AddressChangeAsked => Some("moment-address-change-asked"),
        EventKind::AddressChangeRefused => Some("moment-address-change-refused"),
        EventKind::LinkRequested => Some("moment-link-requested"),
        EventKind::NoteReceived => Some("moment-note-received"),
        EventKind::NoteSent => Some("moment-note-sent"),
        EventKind::NoteKept
        | EventKind::Assigned
        | EventKind::Unassigned
        | EventKind::Undone
        | EventKind::AuthorityConfirmed
        | EventKind::TranslationKept
        | EventKind::ReviewKept
        | EventKind::LinkedDuplicate
        | EventKind::UnlinkedDuplicate => None,
        EventKind::AttachmentRedacted => Some("moment-attachment-redacted"),
        EventKind::Withdrawn => Some("moment-withdrawn"),
        EventKind::Scheduled => Some("moment-scheduled"),
        EventKind::Rescheduled => Some("moment-rescheduled"),
        EventKind::Cancelled => Some("moment-cancelled"),
        EventKind::Delivered => Some("moment-delivered"),
        EventKind::AttachmentRefused => Some("moment-attachment-refused"),
        EventKind::PointAccepted => Some("moment-point-accepted"),
        EventKind::PartyAsked => Some("moment-party-asked"),
        EventKind::PartyConfirmed => Some("moment-party-confirmed"),
        EventKind::PartyDeclined => Some("moment-party-declined"),
        EventKind::PartyCorrected => Some("moment-party-corrected"),
        EventKind::Edited => Some("moment-edited"),
        EventKind::EditProposed => Some("moment-edit-proposed"),
        EventKind::EditAgreed => Some("moment-edit-agreed"),
        EventKind::EditRefused => Some("moment-edit-refused"),
        EventKind::Objected => Some("moment-objected"),
        EventKind::Decided => match entry.event.decision? {
            Decision::StartReview => Some("moment-start-review"),
            Decision::RequestChanges => Some("moment-request-changes"),
            Decision::Approve if request => Some("moment-accepted"),
            Decision::Approve => Some("moment-approved"),
            Decision::Publish => Some("moment-published"),
            Decision::Decline if request => Some("moment-not-supported"),
            Decision::Decline => Some("moment-not-published"),
            Decision::Close => Some("moment-closed"),
            Decision::Reopen => Some("moment-reopened"),
            Decision::Unpublish => Some("moment-unpublished"),
            Decision::Release => None,
        },
    }
}
