//! Those who take part besides the submitter: who they are, who of them is asked, and who may be named.
//!
//! Only who confirmed is named in public. A party is known by the address of its contact, so several rows with one address
//! are one party's.

mod speak;

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use serde_json::Value;

use super::marks;
use super::record::{self, Entry};
use crate::app::{App, Parts};
use crate::domain::event::{Author, EventKind};
use crate::domain::mail::{MailKind, Subject};
use crate::domain::party::{PartyStatus, Place, Standing, named, newest};
use crate::domain::submission::SubmissionId;
use crate::forms::answer::{Answer, Answers};
use crate::forms::form::Form;
use crate::store::outbox::{self, NewMail};
use crate::store::submissions::{self, Submission};
use crate::store::{Conn, Stop, StoreError, events, parties};

pub use speak::{OwnRow, Word, speak};

/// A party is asked this often at most, and not twice within so long.
const MOST: usize = 3;
const PAUSE: Duration = Duration::hours(20);

/// A party as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    pub number: i32,
    /// The rows that are its own.
    pub rows: Vec<usize>,
    /// What it is called there.
    pub names: Vec<String>,
    pub address: Option<String>,
    /// None where there was nobody to ask.
    pub status: Option<PartyStatus>,
}

/// The parties of the working revision, in the order of their rows.
///
/// # Errors
/// Where the database fails.
pub fn of(conn: &mut Conn, submission: &Submission, form: &Form, answers: &Answers) -> Result<Vec<Party>, StoreError> {
    let places = parties::places(conn, submission.id, submission.head_revision)?;
    let standings = standings(conn, submission.id, i64::MAX)?;
    Ok(gather(form, answers, &places, &standings))
}

fn gather(form: &Form, answers: &Answers, places: &[Place], standings: &[Standing]) -> Vec<Party> {
    let (statuses, rows) = (newest(standings), form.party_rows(answers));
    let mut found: Vec<Party> = Vec::new();
    for place in places {
        let Some(row) = rows.get(place.row) else { continue };
        let (name, address) = said_of(form, row);
        match found.iter_mut().find(|party| party.number == place.party) {
            Some(party) => {
                party.rows.push(place.row);
                party.names.push(name);
            }
            None => found.push(Party {
                number: place.party,
                rows: vec![place.row],
                names: vec![name],
                address,
                status: statuses.get(&place.party).copied(),
            }),
        }
    }
    found
}

/// The name and the address in a row.
fn said_of(form: &Form, row: &Answers) -> (String, Option<String>) {
    let Some(fields) = form.parties() else { return (String::new(), None) };
    (row.text(&fields.name).unwrap_or_default().to_owned(), row.text(&fields.email).map(str::to_owned))
}

fn standings(conn: &mut Conn, id: SubmissionId, until: i64) -> Result<Vec<Standing>, StoreError> {
    let all = parties::standings(conn, id)?;
    Ok(all.into_iter().filter(|(event, _)| *event <= until).map(|(_, standing)| standing).collect())
}

/// The addresses of all who are named.
pub(super) fn addresses(form: &Form, answers: &Answers) -> BTreeSet<String> {
    form.party_rows(answers).iter().filter_map(|row| said_of(form, row).1).collect()
}

/// What the public may see of a revision, by what its parties had said up to an event.
///
/// # Errors
/// Where the database fails.
pub fn public_json(
    conn: &mut Conn,
    (id, revision): (SubmissionId, i32),
    (form, answers): (&Form, &Answers),
    until: i64,
) -> Result<Value, StoreError> {
    let shown = match form.parties() {
        Some(_) => named(&parties::places(conn, id, revision)?, &standings(conn, id, until)?, revision),
        None => BTreeSet::new(),
    };
    let mut json = form.public_json(answers, &shown);
    marks::of(conn, (id, revision), (form, answers), until)?.put(&mut json);
    Ok(Value::Object(json))
}

/// What a party is told apart by from one revision to the next: its address, or its name where it has none.
fn mark(form: &Form, row: &Answers) -> String {
    let (name, address) = said_of(form, row);
    address.map_or(name, |address| address.to_lowercase())
}

/// Notes whose the rows of a new revision are. Gives whom to ask: who is new, or is called otherwise than before.
pub(super) fn follow(
    conn: &mut Conn,
    id: SubmissionId,
    revision: i32,
    (form, answers): (&Form, &Answers),
    before: Option<(i32, &Form, &Answers)>,
) -> Result<Vec<Standing>, StoreError> {
    if form.parties().is_none() {
        return Ok(Vec::new());
    }
    let mut known: Vec<(String, i32)> = Vec::new();
    let mut earlier = Vec::new();
    if let Some((number, then, old)) = before {
        let places = parties::places(conn, id, number)?;
        let rows = then.party_rows(old);
        known.extend(places.iter().filter_map(|place| Some((mark(then, rows.get(place.row)?), place.party))));
        earlier = gather(then, old, &places, &[]);
    }
    let (mut next, mut places) = (parties::last(conn, id)?, Vec::new());
    for (row, said) in form.party_rows(answers).iter().enumerate() {
        let mark = mark(form, said);
        let party = known.iter().find(|(other, _)| *other == mark).map(|(_, party)| *party).unwrap_or_else(|| {
            next += 1;
            known.push((mark, next));
            next
        });
        places.push(Place { row, party });
    }
    parties::place(conn, id, revision, &places)?;
    let unchanged = |party: &Party| earlier.iter().any(|old| old.number == party.number && old.names == party.names);
    let asked = gather(form, answers, &places, &[]).into_iter().filter(|p| p.address.is_some() && !unchanged(p));
    Ok(asked.map(|party| Standing { party: party.number, status: PartyStatus::Asked, revision }).collect())
}

/// All that can be asked of a submission that nobody was asked of yet.
pub(super) fn all_to_ask(
    conn: &mut Conn,
    submission: &Submission,
    (form, answers): (&Form, &Answers),
) -> Result<Vec<Standing>, StoreError> {
    let revision = submission.head_revision;
    let unasked =
        of(conn, submission, form, answers)?.into_iter().filter(|p| p.address.is_some() && p.status.is_none());
    Ok(unasked.map(|party| Standing { party: party.number, status: PartyStatus::Asked, revision }).collect())
}

/// Queues a mail to each party that is asked.
pub(super) fn tell(
    conn: &mut Conn,
    submission: &Submission,
    (form, answers): (&Form, &Answers),
    asked: &[Standing],
    (event_seq, now): (i64, DateTime<Utc>),
) -> Result<(), StoreError> {
    if asked.is_empty() {
        return Ok(());
    }
    for party in of(conn, submission, form, answers)? {
        let is_asked = asked.iter().any(|standing| standing.party == party.number);
        let (true, Some(address)) = (is_asked, party.address) else { continue };
        let subject = Subject::Event { seq: event_seq, submission: submission.id, revision: submission.head_revision };
        let mail = NewMail {
            kind: MailKind::PartyAsked,
            subject,
            account: None,
            address,
            name: String::new(),
            language: submission.mail_language,
            link_generation: submission.link_generation,
            due_at: now,
        };
        outbox::add(conn, &mail, now)?;
    }
    Ok(())
}

/// Why it is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The submission was declined or withdrawn, or the party is not named any more.
    NotOpen,
    /// It has changed since the party read it.
    Moved,
    /// Asked often enough, or a moment ago.
    Enough,
}

/// What the party that holds a key is, where there is one.
///
/// # Errors
/// Where the database fails.
pub fn holder(app: &Parts, conn: &mut Conn, submission: &Submission, key: &str) -> Result<Option<Party>, StoreError> {
    let (form, answers) = app.answers(conn, submission.id, submission.head_revision, submission.language)?;
    let holds =
        |party: &Party| party.address.as_deref().is_some_and(|address| app.keys.is_party(submission.id, address, key));
    Ok(of(conn, submission, &form, &answers)?.into_iter().find(holds))
}

/// The submitter has a party asked once more.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn ask_again(app: &App, id: SubmissionId, number: i32) -> Result<Submission, Stop<Refusal>> {
    let now = app.clock.now();
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| {
        let mut submission = submissions::get(conn, id)?;
        let (form, answers) = app.answers(conn, id, submission.head_revision, submission.language)?;
        let found = of(conn, &submission, &form, &answers)?.into_iter().find(|party| party.number == number);
        let waits = found.filter(|p| p.address.is_some() && p.status == Some(PartyStatus::Asked));
        if waits.is_none() || !submission.state.is_live() {
            return Err(Stop::Refused(Refusal::NotOpen));
        }
        if !may_be_asked(conn, id, number, now)? {
            return Err(Stop::Refused(Refusal::Enough));
        }
        let asked = [Standing { party: number, status: PartyStatus::Asked, revision: submission.head_revision }];
        let entry = Entry { standings: &asked, ..Entry::new(EventKind::PartyAsked, Author::Submitter) };
        let seq = record::change(&app, conn, &mut submission, &entry, now)?;
        tell(conn, &submission, (&form, &answers), &asked, (seq, now))?;
        Ok(submission)
    })
    .await
}

/// Whether a party may be asked once more.
///
/// # Errors
/// Where the database fails.
pub fn may_be_asked(conn: &mut Conn, id: SubmissionId, number: i32, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let all = parties::standings(conn, id)?;
    let asked: Vec<i64> = all
        .iter()
        .filter(|(_, standing)| standing.party == number && standing.status == PartyStatus::Asked)
        .map(|(event, _)| *event)
        .collect();
    let Some(last) = asked.last() else { return Ok(false) };
    Ok(asked.len() < MOST && now - events::get(conn, *last)?.event.at >= PAUSE)
}

/// The answers of a party's rows, as they stand.
#[must_use]
pub fn rows_of<'a>(form: &Form, answers: &'a Answers, party: &Party) -> Vec<(usize, &'a Answers)> {
    let Some(Answer::Rows(rows)) = form.parties().and_then(|parties| answers.get(&parties.rows)) else {
        return Vec::new();
    };
    rows.iter().enumerate().filter(|(at, _)| party.rows.contains(at)).collect()
}
