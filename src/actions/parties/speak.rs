//! A party says its word: it confirms, declines, or corrects its own rows, and what is public follows.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::{Party, Refusal, holder, public_json, standings};
use crate::actions::project;
use crate::actions::record::{self, Entry};
use crate::app::App;
use crate::domain::event::{Author, EventKind};
use crate::domain::mail::MailKind;
use crate::domain::party::{PartyStatus, Standing, named};
use crate::domain::submission::{ReviewState, SubmissionId, Visibility};
use crate::forms::answer::Answers;
use crate::forms::form::Form;
use crate::store::submissions::{self, Submission};
use crate::store::{Conn, Stop, StoreError, drafts, parties, publications, revisions};

/// What a party says.
#[derive(Debug, Clone, PartialEq)]
pub enum Word {
    Confirm,
    Decline,
    /// Confirms, with these answers in its rows.
    Correct(Vec<OwnRow>),
}

/// The number of a row, and what a party answers of itself in it.
pub type OwnRow = (usize, Map<String, Value>);

/// A party says its word on the revision it read. Saying the same twice is saying it once.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn speak(
    app: &App,
    (id, seen): (SubmissionId, i32),
    key: &str,
    word: Word,
) -> Result<Submission, Stop<Refusal>> {
    let (now, key) = (app.clock.now(), key.to_owned());
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| {
        let mut submission = submissions::get(conn, id)?;
        let party = holder(&app, conn, &submission, &key)?.filter(|_| submission.state.is_live());
        let party = party.ok_or(Stop::Refused(Refusal::NotOpen))?;
        if submission.head_revision != seen {
            return Err(Stop::Refused(Refusal::Moved));
        }
        match &word {
            Word::Confirm => settle(&app, conn, &mut submission, (&party, PartyStatus::Confirmed), now)?,
            Word::Decline => settle(&app, conn, &mut submission, (&party, PartyStatus::Declined), now)?,
            Word::Correct(rows) => correct(&app, conn, &mut submission, (&party, rows), now)?,
        }
        Ok(submission)
    })
    .await
}

fn settle(
    app: &App,
    conn: &mut Conn,
    submission: &mut Submission,
    (party, status): (&Party, PartyStatus),
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let head = submission.head_revision;
    if stands(conn, submission.id, head, party, status)? {
        return Ok(());
    }
    let revision = match submission.published_revision {
        Some(published) if reads_the_same(app, conn, submission, party, published)? => published.min(head),
        _ => head,
    };
    let standing = Standing { party: party.number, status, revision };
    let kind = match status {
        PartyStatus::Asked => EventKind::PartyAsked,
        PartyStatus::Confirmed => EventKind::PartyConfirmed,
        PartyStatus::Declined => EventKind::PartyDeclined,
    };
    let standings = [standing];
    let entry = Entry { standings: &standings, ..Entry::new(kind, Author::Submitter) };
    record::change(app, conn, submission, &entry, now)?;
    republish(app, conn, submission, now)
}

/// Whether a party stands so already, for the revision it reads.
fn stands(
    conn: &mut Conn,
    id: SubmissionId,
    head: i32,
    party: &Party,
    status: PartyStatus,
) -> Result<bool, StoreError> {
    if party.status != Some(status) {
        return Ok(false);
    }
    let shown = named(&parties::places(conn, id, head)?, &standings(conn, id, i64::MAX)?, head);
    Ok(status == PartyStatus::Declined || party.rows.iter().all(|row| shown.contains(row)))
}

/// Whether the party's rows are in another revision what they are now.
fn reads_the_same(
    app: &App,
    conn: &mut Conn,
    submission: &Submission,
    party: &Party,
    other: i32,
) -> Result<bool, StoreError> {
    let rows_in = |conn: &mut Conn, revision: i32| -> Result<Vec<Answers>, StoreError> {
        let (form, answers) = app.answers(conn, submission.id, revision, submission.language)?;
        let own = parties::places(conn, submission.id, revision)?.into_iter().filter(|p| p.party == party.number);
        Ok(own.filter_map(|place| form.party_rows(&answers).get(place.row).cloned()).collect())
    };
    Ok(rows_in(conn, other)? == rows_in(conn, submission.head_revision)?)
}

/// The party's rows become a revision of their own; what is public stays as it is until that is published.
fn correct(
    app: &App,
    conn: &mut Conn,
    submission: &mut Submission,
    (party, rows): (&Party, &[OwnRow]),
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let (form, before) = app.answers(conn, submission.id, submission.head_revision, submission.language)?;
    let answers = with_rows(&form, &before, party, rows)?;
    if answers == before {
        return settle(app, conn, submission, (party, PartyStatus::Confirmed), now);
    }
    let (old, parts) = (submission.head_revision, record::parts(app, &form, &answers));
    let regions = form.regions(&answers, app.catalog.lists());
    submission.head_revision = revisions::numbers(conn, submission.id)?.last().copied().unwrap_or(0) + 1;
    let head = submission.head_revision;
    let looked_at = submission.state == ReviewState::Approved;
    if looked_at {
        submission.state = ReviewState::Submitted;
    }
    revisions::insert(conn, submission.id, head, form.version(), &parts, now)?;
    let places = parties::places(conn, submission.id, old)?;
    parties::place(conn, submission.id, head, &places)?;
    carry_into_drafts(conn, submission.id, (old, head), (&form, &before, &answers))?;
    let standings = [Standing { party: party.number, status: PartyStatus::Confirmed, revision: head }];
    let entry =
        Entry { parts: &parts, standings: &standings, ..Entry::new(EventKind::PartyCorrected, Author::Submitter) };
    let seq = record::change(app, conn, submission, &entry, now)?;
    if looked_at {
        record::tell_followers(conn, submission, &regions, MailKind::AlertResubmitted, (seq, now))?;
    }
    republish(app, conn, submission, now)
}

/// The answers with what a party wrote in its own rows; rows of others stay as they are.
fn with_rows(form: &Form, before: &Answers, party: &Party, rows: &[OwnRow]) -> Result<Answers, StoreError> {
    let Some(fields) = form.parties() else { return Ok(before.clone()) };
    let mut json = form.to_json(before);
    let all = json.get_mut(fields.rows.as_str()).and_then(Value::as_array_mut);
    for (at, row) in all.into_iter().flatten().enumerate() {
        let written = rows.iter().find(|(number, _)| *number == at && party.rows.contains(number));
        let (Some(row), Some((_, written))) = (row.as_object_mut(), written) else { continue };
        for id in &fields.own {
            row.remove(id.as_str());
            row.extend(written.get(id.as_str()).map(|value| (id.to_string(), value.clone())));
        }
    }
    form.load(&json).map_err(|e| StoreError::Unreadable(e.to_string()))
}

/// A correction that the submitter has begun goes on from the party's revision, with the party's words in it.
fn carry_into_drafts(
    conn: &mut Conn,
    id: SubmissionId,
    (old, head): (i32, i32),
    (form, before, after): (&Form, &Answers, &Answers),
) -> Result<(), StoreError> {
    let (then, now) = (form.pairs(before), form.pairs(after));
    let Some(rows) = form.parties().and_then(|parties| form.field(&parties.rows)) else { return Ok(()) };
    for mut draft in drafts::all_correcting(conn, id, old)? {
        for (name, value) in now.iter().filter(|(name, _)| rows.owns(name)) {
            // What the submitter has changed since is the submitter's.
            if draft.pairs.get(name) == then.get(name) {
                draft.pairs.set(name, value);
            }
        }
        drafts::rebase(conn, &draft.id, head, &draft.pairs)?;
    }
    Ok(())
}

/// What is public names who has confirmed, and nobody else: a new publication of the same revision where that has changed.
fn republish(app: &App, conn: &mut Conn, submission: &Submission, now: DateTime<Utc>) -> Result<(), StoreError> {
    let (Visibility::Published, Some(revision)) = (submission.visibility, submission.published_revision) else {
        return Ok(());
    };
    let (form, answers) = app.answers(conn, submission.id, revision, submission.language)?;
    let json = public_json(conn, (submission.id, revision), (&form, &answers), i64::MAX)?.to_string();
    if publications::find_current(conn, submission.id)?.is_some_and(|shown| shown.public_json != json) {
        publications::publish(conn, submission.id, revision, &json, now)?;
        project::public(app, conn, submission)?;
    }
    Ok(())
}
