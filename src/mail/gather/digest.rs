//! What a digest tells: all records with something new, form by form, and what is new in each.

use std::collections::{BTreeMap, BTreeSet};

use super::{decides, is_plea, of_no_submission};
use crate::app::Parts;
use crate::domain::event::{Event, EventKind};
use crate::domain::projection::DeskRecord;
use crate::domain::submission::{Decision, ReviewState, Waits};
use crate::locale::{Arg, Locale};
use crate::mail::context::{Context, Digest, DigestGroup, DigestLine};
use crate::mail::links::Links;
use crate::mail::text::{cut, title};
use crate::store::outbox::{self, Mail};
use crate::store::{Conn, StoreError, accounts, alerts, desk, events};

/// The longest name of an organization and countries.
const SHORT: usize = 100;

/// What happened to a record, in the order it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    New,
    Resubmitted,
    Note,
    Published,
}

impl Act {
    const ALL: [Self; 4] = [Self::New, Self::Resubmitted, Self::Note, Self::Published];

    /// What an event is told as; `None` for what no digest tells.
    fn of(event: &Event) -> Option<Self> {
        if event.decision == Some(Decision::Publish) {
            return Some(Self::Published);
        }
        match event.kind {
            EventKind::Submitted => Some(Self::New),
            EventKind::Resubmitted | EventKind::PartyCorrected => Some(Self::Resubmitted),
            EventKind::NoteReceived
            | EventKind::AddressChangeAsked
            | EventKind::EditAgreed
            | EventKind::EditRefused
            | EventKind::Objected => Some(Self::Note),
            EventKind::AddressConfirmed
            | EventKind::AddressCorrected
            | EventKind::Decided
            | EventKind::Withdrawn
            | EventKind::AttachmentRefused
            | EventKind::Assigned
            | EventKind::Unassigned
            | EventKind::NoteSent
            | EventKind::NoteKept
            | EventKind::LinkRequested
            | EventKind::AddressChangeRefused
            | EventKind::PointAccepted
            | EventKind::PartyAsked
            | EventKind::PartyConfirmed
            | EventKind::PartyDeclined
            | EventKind::Undone
            | EventKind::AuthorityConfirmed
            | EventKind::Edited
            | EventKind::EditProposed
            | EventKind::AttachmentRedacted
            | EventKind::LinkedDuplicate
            | EventKind::UnlinkedDuplicate
            | EventKind::TranslationKept
            | EventKind::ReviewKept
            | EventKind::Scheduled
            | EventKind::Rescheduled
            | EventKind::Cancelled
            | EventKind::Delivered => None,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::New => "mail-digest-new",
            Self::Resubmitted => "mail-digest-resubmitted",
            Self::Note => "mail-digest-note",
            Self::Published => "mail-digest-published",
        }
    }
}

/// Reads what a digest tells.
pub fn gather(app: &Parts, conn: &mut Conn, mail: &Mail) -> Result<Context, StoreError> {
    let gone = || StoreError::Unreadable("a digest of nobody".to_owned());
    let id = mail.account.ok_or_else(gone)?;
    let (words, account) = (app.mail_locale(mail.language), accounts::get(conn, id)?);
    let records = records(conn, mail.id)?;
    let late = alerts::overdue(conn, id, mail.created_at)?;
    let form = app.catalog.all(mail.language).next().ok_or_else(gone)?;
    let links = Links::of_digest(&app.base(), id);
    let waits = |record: &DeskRecord| record.waits == Waits::Network && record.state != ReviewState::Held;
    let all = records.iter().map(|(record, _)| record).chain(&late);
    let digest = Digest {
        counts: counts(&words, &records, late.len()),
        waiting: all.filter(|record| waits(record)).map(|record| record.submission.0).collect::<BTreeSet<_>>().len(),
        groups: groups(app, conn, &words, (&records, &late))?,
    };
    let pace = alerts::settings(conn, id)?.pace;
    let context = of_no_submission(app, mail, form, links);
    let why = words.t(&format!("mail-digest-why-{}", pace.as_str()));
    Ok(Context { digest: Some(digest), decides: decides(account.role), why, ..context })
}

type Records = Vec<(DeskRecord, Vec<Act>)>;

/// The records with what happened to each; what is there no more is left out.
fn records(conn: &mut Conn, mail: i64) -> Result<Records, StoreError> {
    let mut acts: BTreeMap<i64, Vec<Act>> = BTreeMap::new();
    let mut found = Vec::new();
    for seq in outbox::told_events(conn, mail)? {
        let event = events::get(conn, seq)?.event;
        let Some(act) = Act::of(&event) else { continue };
        let of = acts.entry(event.submission.0).or_insert_with(|| {
            found.push(event.submission);
            Vec::new()
        });
        if !of.contains(&act) {
            of.push(act);
        }
    }
    let mut records = Vec::new();
    for id in found {
        let of = acts.remove(&id.0).unwrap_or_default();
        records.extend(desk::get(conn, id)?.map(|record| (record, of)));
    }
    Ok(records)
}

/// "1 overdue, 5 new, 2 published".
fn counts(words: &Locale, records: &Records, late: usize) -> String {
    let counted = Act::ALL.into_iter().filter_map(|act| {
        let n = records.iter().filter(|(_, acts)| acts.contains(&act)).count();
        (n > 0).then(|| words.n(&format!("{}-count", act.key()), &n))
    });
    let late = (late > 0).then(|| words.n("mail-digest-overdue-count", &late));
    late.into_iter().chain(counted).collect::<Vec<_>>().join(", ")
}

/// What is overdue comes first; then the forms as they stand.
fn groups(
    app: &Parts,
    conn: &mut Conn,
    words: &Locale,
    (records, late): (&Records, &[DeskRecord]),
) -> Result<Vec<DigestGroup>, StoreError> {
    let mut groups = Vec::new();
    let mut lines = Vec::new();
    for record in late {
        lines.push(line(app, conn, words, (record, &[]))?);
    }
    if !lines.is_empty() {
        groups.push(DigestGroup { heading: words.t("mail-digest-overdue"), lines });
    }
    for form in app.catalog.all(words.language()) {
        let mut lines = Vec::new();
        for (record, acts) in records.iter().filter(|(record, _)| record.form == form.id().as_str()) {
            lines.push(line(app, conn, words, (record, acts))?);
        }
        if !lines.is_empty() {
            let heading = words.own(&format!("form-{}.plural", form.id()));
            groups.push(DigestGroup { heading: heading.unwrap_or_else(|| form.words().plural.clone()), lines });
        }
    }
    Ok(groups)
}

fn line(
    app: &Parts,
    conn: &mut Conn,
    words: &Locale,
    (record, acts): (&DeskRecord, &[Act]),
) -> Result<DigestLine, StoreError> {
    let mut acts: Vec<String> = acts.iter().map(|act| words.t(act.key())).collect();
    if acts.is_empty() {
        acts.push(words.t("mail-digest-overdue"));
    }
    let who = [&record.organization, &record.country].into_iter().filter(|text| !text.is_empty());
    let who: Vec<String> = who.map(|text| cut(&title(text), SHORT)).collect();
    let private = is_plea(conn, record.submission)?;
    Ok(DigestLine {
        title: if private { words.t("mail-plea") } else { title(&record.title) },
        who: if private { String::new() } else { who.join(", ") },
        what: words.with(
            "mail-digest-what",
            &[("acts", Arg::Text(&acts.join(", "))), ("reference", Arg::Text(&record.reference))],
        ),
        url: format!("{}/staff/submissions/{}", app.base(), record.reference),
    })
}
