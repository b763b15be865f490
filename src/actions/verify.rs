//! Is everything that is stored whole? Reads only; says the first fault.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{parties, project, undo};
use crate::app::App;
use crate::domain::event::{Event, EventKind};
use crate::domain::projection::{DeskRecord, PublicRecord};
use crate::domain::submission::{Decision, SubmissionId};
use crate::locale::Language;
use crate::store::events::Logged;
use crate::store::sqlite::search::{self, Index};
use crate::store::submissions::Submission;
use crate::store::{Conn, StoreError, attachments, desk, events, public, publications, submissions, verify};

/// Checks database, event chain, commitments, attachments and both projections; the first fault in words, if any.
///
/// # Errors
/// Where something cannot be read at all.
pub async fn verify(app: &App, head: Option<(i64, String)>) -> Result<Option<String>, StoreError> {
    let handle = app.clone();
    let fault = app
        .db
        .read_afresh(move |conn| {
            if let Some(fault) = verify::integrity(conn)? {
                return Ok(Some(fault));
            }
            if let Some(fault) = verify::chain(conn, head.as_ref().map(|(seq, digest)| (*seq, digest.as_str())))? {
                return Ok(Some(fault));
            }
            if let Some(fault) = verify::commitments(conn)? {
                return Ok(Some(fault));
            }
            projections(&handle, conn)
        })
        .await?;
    match fault {
        Some(fault) => Ok(Some(fault)),
        None => files(app).await,
    }
}

async fn files(app: &App) -> Result<Option<String>, StoreError> {
    for (id, expected) in app.db.read(attachments::hashes).await? {
        match app.files.hash(&id).await {
            Ok(found) if found == expected => {}
            Ok(_) => return Ok(Some(format!("attachment {id} is not the file that was stored"))),
            Err(error) => return Ok(Some(format!("attachment {id}: {error}"))),
        }
    }
    Ok(None)
}

/// What was shown from an event on.
struct Expected {
    revision: i32,
    at: DateTime<Utc>,
    json: Value,
}

/// What is shown after an event: the working revision of it, and its place among [`Expected`].
type Standing = Option<(i32, usize)>;

/// What was shown so far, as a log is read.
#[derive(Default)]
struct Reading {
    all: Vec<Expected>,
    shown: Standing,
    /// What was shown before each decision.
    before: HashMap<i64, Standing>,
    /// When the contact's address was last corrected.
    renewed: Option<DateTime<Utc>>,
}

impl Reading {
    /// What was shown before the decision that is undone is shown again.
    fn take_back(&mut self, event: &Event) -> Option<i32> {
        let then = event.undoes.and_then(|seq| self.before.get(&seq).copied()).unwrap_or(self.shown);
        if then != self.shown {
            self.shown = shown_again(&mut self.all, then, event.at);
        }
        None
    }

    /// The revision that is shown from an event on, where the event may change what is shown.
    fn after(&mut self, entry: &Logged) -> Option<i32> {
        let event = &entry.event;
        match (event.kind, event.decision) {
            (EventKind::Decided, Some(decision)) => {
                self.before.insert(entry.seq, self.shown);
                match after_decision(decision, event.revision, self.shown) {
                    Next::Shows(revision) => Some(revision),
                    Next::Stands(standing) => {
                        self.shown = standing;
                        None
                    }
                }
            }
            (EventKind::Undone, _) => self.take_back(event),
            (EventKind::PartyConfirmed | EventKind::PartyDeclined | EventKind::PartyCorrected, _) => {
                self.shown.map(|(revision, _)| revision)
            }
            (EventKind::AddressCorrected, _) => {
                // What is shown goes on as a revision with the other address; of two such revisions it is the first.
                if let Some((_, place)) = self.shown.filter(|_| self.renewed != Some(event.at)) {
                    (self.shown, self.renewed) = (Some((event.revision, place)), Some(event.at));
                }
                None
            }
            (
                EventKind::Submitted
                | EventKind::Resubmitted
                | EventKind::AddressConfirmed
                | EventKind::Decided
                | EventKind::Withdrawn
                | EventKind::AttachmentRefused
                | EventKind::AttachmentRedacted
                | EventKind::LinkedDuplicate
                | EventKind::UnlinkedDuplicate
                | EventKind::NoteReceived
                | EventKind::NoteSent
                | EventKind::NoteKept
                | EventKind::LinkRequested
                | EventKind::AddressChangeAsked
                | EventKind::AddressChangeRefused
                | EventKind::PointAccepted
                | EventKind::Assigned
                | EventKind::Unassigned
                | EventKind::PartyAsked
                | EventKind::AuthorityConfirmed
                | EventKind::Edited
                | EventKind::EditProposed
                | EventKind::EditAgreed
                | EventKind::EditRefused
                | EventKind::Objected
                | EventKind::TranslationKept
                | EventKind::ReviewKept
                | EventKind::Scheduled
                | EventKind::Rescheduled
                | EventKind::Cancelled
                | EventKind::Delivered,
                _,
            ) => None,
        }
    }
}

/// Everything that was ever shown of a submission, as its events and what its parties said lead to it.
fn expected(app: &App, conn: &mut Conn, id: SubmissionId, log: &[Logged]) -> Result<Vec<Expected>, StoreError> {
    let mut reading = Reading::default();
    for entry in log {
        let Some(revision) = reading.after(entry) else { continue };
        show(app, conn, (id, revision), entry, &mut reading.all)?;
        reading.shown = Some((revision, reading.all.len().saturating_sub(1)));
    }
    Ok(reading.all)
}

/// Adds what is shown of a revision from an event on, unless a party's word changes nothing of what is shown.
fn show(
    app: &App,
    conn: &mut Conn,
    (id, revision): (SubmissionId, i32),
    entry: &Logged,
    all: &mut Vec<Expected>,
) -> Result<(), StoreError> {
    let (form, answers) = app.answers(conn, id, revision, Language::En)?;
    let json = parties::public_json(conn, (id, revision), (&form, &answers), entry.seq)?;
    let again = entry.event.decision.is_none() && all.last().is_some_and(|last| last.json == json);
    if !again {
        all.push(Expected { revision, at: entry.event.at, json });
    }
    Ok(())
}

/// What a decision does to what is shown.
enum Next {
    /// This revision is shown anew.
    Shows(i32),
    /// So it is from now on.
    Stands(Standing),
}

fn after_decision(decision: Decision, revision: i32, shown: Standing) -> Next {
    match decision {
        Decision::Publish => Next::Shows(revision),
        Decision::Unpublish => Next::Stands(None),
        Decision::StartReview
        | Decision::RequestChanges
        | Decision::Approve
        | Decision::Decline
        | Decision::Release
        | Decision::Close
        | Decision::Reopen => Next::Stands(shown),
    }
}

/// What was shown before an undone decision is shown once more.
fn shown_again(all: &mut Vec<Expected>, then: Standing, at: DateTime<Utc>) -> Standing {
    let (revision, place) = then?;
    let earlier = all.get(place)?;
    let again = Expected { revision: earlier.revision, at, json: earlier.json.clone() };
    all.push(again);
    Some((revision, all.len().saturating_sub(1)))
}

/// Each publication, ended ones too, against the public answers of its revision; then state and publications of the
/// submission against its events.
fn told_by_events(app: &App, conn: &mut Conn, submission: &Submission) -> Result<Option<String>, StoreError> {
    let log = events::of(conn, submission.id)?;
    let (expected, shown) = (expected(app, conn, submission.id, &log)?, publications::of(conn, submission.id)?);
    let misfit = shown.iter().zip(&expected).find(|(shown, expected)| {
        serde_json::from_str::<Value>(&shown.public_json).ok().as_ref() != Some(&expected.json)
    });
    if let Some((shown, _)) = misfit {
        return Ok(Some(format!("publication {} is not what its revision says", shown.id)));
    }
    let published = expected.iter().map(|expected| (expected.revision, expected.at));
    let visibility = undo::visibility(&events::in_force(&log));
    let state = log.last().map(|entry| entry.event.state);
    let version = i64::try_from(log.len()).unwrap_or(i64::MAX);
    let fits = published.eq(shown.iter().map(|shown| (shown.revision, shown.recorded_at)))
        && visibility == submission.visibility
        && state == Some(submission.state)
        && version == submission.version;
    Ok((!fits).then(|| format!("{} is not where its events lead", submission.reference)))
}

/// Compares both projections with what they are made from.
fn projections(app: &App, conn: &mut Conn) -> Result<Option<String>, StoreError> {
    let (mut shown, mut lines) = (Vec::new(), Vec::new());
    for id in submissions::ids(conn)? {
        let submission = submissions::get(conn, id)?;
        if let Some(fault) = told_by_events(app, conn, &submission)? {
            return Ok(Some(fault));
        }
        let expected = project::desk_record(app, conn, &submission)?;
        if let Some(fault) = compare_desk(conn, &expected)? {
            return Ok(Some(fault));
        }
        shown.extend(project::public_record(app, conn, &submission)?);
        lines.push((id.0, desk::indexed_text(&expected)));
    }
    if let Some(fault) = compare_index(conn, Index::Desk, lines.into_iter())? {
        return Ok(Some(fault));
    }
    let expected: Vec<public::Held> = shown.iter().map(held).collect();
    if public::held(conn)? != expected {
        return Ok(Some("the public projection is not what the publications say".to_owned()));
    }
    compare_index(conn, Index::Public, shown.iter().map(|record| (record.submission.0, record.search.join("\n"))))
}

fn compare_desk(conn: &mut Conn, expected: &DeskRecord) -> Result<Option<String>, StoreError> {
    let fault = || Some(format!("the desk's record of {} is not what its revision says", expected.reference));
    let Some(mut found) = desk::get(conn, expected.submission)? else { return Ok(fault()) };
    found.facets = desk::facets(conn, expected.submission)?;
    found.answers = desk::answers(conn, expected.submission)?;
    found.text.clone_from(&expected.text);
    Ok(if found == *expected { None } else { fault() })
}

fn held(record: &PublicRecord) -> public::Held {
    public::Held {
        submission: record.submission.0,
        publication: record.publication,
        public_json: record.public_json.clone(),
        facets: record.facets.clone(),
        links: record.links.clone(),
        attachments: record.attachments.clone(),
    }
}

fn compare_index(
    conn: &mut Conn,
    index: Index,
    expected: impl Iterator<Item = (i64, String)>,
) -> Result<Option<String>, StoreError> {
    let mut expected: Vec<(i64, String)> = expected.map(|(id, text)| (id, search::spread(&text))).collect();
    expected.sort_unstable();
    let fits = search::indexed(conn, index)? == expected;
    let name = match index {
        Index::Desk => "the desk's search index is not what the revisions say",
        Index::Public => "the public search index is not what the publications say",
    };
    Ok((!fits).then(|| name.to_owned()))
}
