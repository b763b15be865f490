//! The entry for the reader's calendar that goes with a mail.

use chrono::{DateTime, Duration, Utc};

use crate::app::Parts;
use crate::domain::appointment::Appointment;
use crate::domain::calendar::{Entry, single};
use crate::domain::mail::MailKind;
use crate::domain::projection::role_text;
use crate::forms::answer::Answers;
use crate::forms::form::{Form, Role};
use crate::locale::Locale;
use crate::mail::text::{clean, one_line, title};
use crate::store::outbox::Mail;
use crate::store::submissions::Submission;
use crate::store::{Conn, StoreError, publications};

/// What the mail is about.
pub(super) struct Told<'a> {
    pub mail: &'a Mail,
    pub submission: &'a Submission,
    pub form: &'a Form,
    pub answers: &'a Answers,
    pub agreed: Option<&'a Appointment>,
    pub at: DateTime<Utc>,
}

/// The entry: of an appointment, or of what is published with a date; none for all else.
pub(super) fn of(app: &Parts, conn: &mut Conn, told: &Told<'_>, words: &Locale) -> Result<Option<String>, StoreError> {
    let entry = match told.mail.kind {
        MailKind::Scheduled | MailKind::Rescheduled | MailKind::Cancelled => {
            told.agreed.map(|agreed| of_appointment(app, told, agreed, words))
        }
        MailKind::Published | MailKind::Unpublished => of_published(app, conn, told, words)?,
        MailKind::Receipt
        | MailKind::Answers
        | MailKind::ChangesRequested
        | MailKind::Accepted
        | MailKind::Declined
        | MailKind::Signposts
        | MailKind::Closed
        | MailKind::Note
        | MailKind::Edited
        | MailKind::Refiled
        | MailKind::AlertMention
        | MailKind::AlertBounced
        | MailKind::ReminderChanges
        | MailKind::ReminderReport
        | MailKind::ReminderUpdate
        | MailKind::SubscriptionAsked
        | MailKind::News
        | MailKind::Digest
        | MailKind::Link
        | MailKind::AddressChange
        | MailKind::AlertNew
        | MailKind::AlertResubmitted
        | MailKind::AlertAssigned
        | MailKind::AlertNote
        | MailKind::PartyAsked
        | MailKind::Sitting
        | MailKind::SittingReceipt
        | MailKind::DraftLink
        | MailKind::DraftReminder => None,
    };
    Ok(entry.map(|entry| single(&entry, &organizer(app))))
}

/// Whom a calendar names as the one who keeps the entry.
fn organizer(app: &Parts) -> String {
    let from = app.config.mail.from.rsplit('<').next().unwrap_or_default().trim_end_matches('>');
    app.config.service.contact_email.clone().unwrap_or_else(|| from.to_owned())
}

fn base(told: &Told<'_>, words: &Locale, url: String) -> Entry {
    let title = title(&one_line(&role_text(told.form, told.answers, Role::Title, words)));
    Entry {
        reference: told.submission.reference.clone(),
        sequence: 0,
        written_at: told.at,
        title,
        description: String::new(),
        place: String::new(),
        url,
        start: told.at,
        end: told.at,
        cancelled: false,
    }
}

fn of_appointment(app: &Parts, told: &Told<'_>, agreed: &Appointment, words: &Locale) -> Entry {
    let details = agreed.details.clone().unwrap_or_default();
    let url = format!("{}/submissions/{}", app.base(), told.submission.reference);
    let said = [agreed.span(words), clean(&details.people), told.submission.reference.clone()];
    Entry {
        sequence: u32::try_from(agreed.sequence).unwrap_or(0),
        description: said.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"),
        place: one_line(&details.place),
        start: agreed.start.instant(),
        end: agreed.ends_at(),
        cancelled: agreed.cancelled,
        ..base(told, words, url)
    }
}

fn of_published(app: &Parts, conn: &mut Conn, told: &Told<'_>, words: &Locale) -> Result<Option<Entry>, StoreError> {
    let (start, end) = match told.form.takes_place(told.answers) {
        Some((start, minutes)) => (start, start.instant() + Duration::minutes(minutes)),
        None => return Ok(None),
    };
    let shown = publications::of(conn, told.submission.id)?.len();
    let cancelled = told.mail.kind == MailKind::Unpublished;
    // What is taken off counts on from what was shown.
    let sequence = shown.saturating_sub(usize::from(!cancelled));
    let collection = told.form.collection().unwrap_or_default();
    let url = format!("{}/{collection}/{}", app.base(), told.submission.reference);
    Ok(Some(Entry {
        sequence: u32::try_from(sequence).unwrap_or(0),
        description: format!("{}\n{}", start.text(words), told.submission.reference),
        place: one_line(&role_text(told.form, told.answers, Role::Place, words)),
        start: start.instant(),
        end,
        cancelled,
        ..base(told, words, url)
    }))
}
