//! What of the stored truth can be checked here; the projections are compared in `actions::verify`.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;

use super::schema::{notes, revision_parts};
use super::{
    Conn, StoreError, appointments, authorities, events, handed_over, parties, points, relations, reviews, translations,
};
use crate::domain::event::{Event, GENESIS, commit, digest, fold};
use crate::domain::party::Place;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// SQLite's own checks; the first complaint, if any.
///
/// # Errors
/// Where the database cannot be read at all.
pub fn integrity(conn: &mut Conn) -> Result<Option<String>, StoreError> {
    let lines: Vec<Line> =
        sql_query("SELECT integrity_check AS line FROM pragma_integrity_check LIMIT 1").load(conn)?;
    if let Some(fault) = lines.into_iter().map(|line| line.line).find(|line| line != "ok") {
        return Ok(Some(format!("database: {fault}")));
    }
    let orphans: Vec<Line> = sql_query(
        "SELECT \"table\" || ' points to a missing ' || parent AS line FROM pragma_foreign_key_check LIMIT 1",
    )
    .load(conn)?;
    Ok(orphans.into_iter().next().map(|line| format!("database: {}", line.line)))
}

/// Walks the event chain; the first broken link, or that `head` (sequence and digest seen earlier) is not in it.
///
/// # Errors
/// Where the database fails.
pub fn chain(conn: &mut Conn, head: Option<(i64, &str)>) -> Result<Option<String>, StoreError> {
    let (mut previous, mut last, mut head_seen) = (GENESIS.to_owned(), 0, head.is_none());
    loop {
        let batch = events::after(conn, last, 1000)?;
        let Some(end) = batch.last().map(|logged| logged.seq) else { break };
        for logged in batch {
            if logged.seq != last + 1 {
                return Ok(Some(format!("events: {} is missing", last + 1)));
            }
            if digest(&previous, &logged.event) != logged.digest {
                return Ok(Some(format!("events: {} does not follow from the one before it", logged.seq)));
            }
            if head.is_some_and(|(seq, digest)| seq == logged.seq && digest == logged.digest) {
                head_seen = true;
            }
            (previous, last) = (logged.digest, logged.seq);
        }
        last = end;
    }
    Ok((!head_seen).then(|| "events: the log does not hold the given head".to_owned()))
}

type PartRow = (i64, i32, String, Option<String>, Option<Vec<u8>>, String);

/// Compares every part, note and point with its commitment, and each event with the commitments written with it.
///
/// # Errors
/// Where the database fails.
pub fn commitments(conn: &mut Conn) -> Result<Option<String>, StoreError> {
    let parts: Vec<PartRow> = revision_parts::table.load(conn)?;
    for (submission, number, part, value, salt, commitment) in parts {
        match (value, salt) {
            (Some(value), Some(salt)) if commit(&salt, &value) == commitment => {}
            (Some(_), Some(_)) => {
                return Ok(Some(format!(
                    "submission {submission}, revision {number}: {part} is not what was committed to"
                )));
            }
            // A part may be missing only where an event says that it was erased; no such act exists yet.
            _ => return Ok(Some(format!("submission {submission}, revision {number}: {part} is missing"))),
        }
    }
    for note in notes::table.select(super::events::Note::as_select()).load(conn)? {
        let whole =
            matches!((&note.body, &note.salt), (Some(body), Some(salt)) if commit(salt, body) == note.commitment);
        if !whole {
            return Ok(Some(format!("the note of event {} is not what was committed to", note.event_seq)));
        }
    }
    for fault in [points::fault, reviews::fault, translations::fault, appointments::fault] {
        if let Some(fault) = fault(conn)? {
            return Ok(Some(fault));
        }
    }
    folded(conn)
}

/// Each event's `commitments` against the parts, notes and points it came with.
fn folded(conn: &mut Conn) -> Result<Option<String>, StoreError> {
    let (mut last, mut of_points, mut of_claims) = (0, points::commitments(conn)?, relations::lines(conn)?);
    loop {
        let batch = events::after(conn, last, 1000)?;
        let Some(end) = batch.last().map(|logged| logged.seq) else { return Ok(None) };
        for logged in &batch {
            let mut all = Vec::new();
            if logged.event.kind.brings_revision() {
                all.extend(part_commitments(conn, logged.event.submission.0, logged.event.revision)?);
            }
            let of_notes: Vec<String> = notes::table
                .filter(notes::event_seq.eq(logged.seq))
                .order(notes::id)
                .select(notes::commitment)
                .load(conn)?;
            all.extend(of_notes);
            all.extend(of_points.remove(&logged.seq).unwrap_or_default());
            all.extend(party_lines(conn, logged.seq, &logged.event)?);
            all.extend(appointments::commitments(conn, logged.seq)?);
            all.extend(beside(conn, logged.seq)?);
            all.extend(of_claims.remove(&logged.seq).unwrap_or_default());
            if fold(all.iter().map(String::as_str)) != logged.event.commitments {
                return Ok(Some(format!("event {} does not commit to what was written with it", logged.seq)));
            }
        }
        last = end;
    }
}

/// What an event commits to in tables of its own kind.
fn beside(conn: &mut Conn, seq: i64) -> Result<Vec<String>, StoreError> {
    let mut lines = authorities::lines(conn, seq)?;
    lines.extend(handed_over::lines(conn, seq)?);
    lines.extend(translations::lines(conn, seq)?);
    lines.extend(reviews::lines(conn, seq)?);
    Ok(lines)
}

/// What an event commits to of those who take part: whose the rows of its revision are, and what was asked and said with it.
fn party_lines(conn: &mut Conn, seq: i64, event: &Event) -> Result<Vec<String>, StoreError> {
    let mut lines = Vec::new();
    if event.kind.brings_revision() {
        lines.extend(parties::places(conn, event.submission, event.revision)?.iter().map(Place::line));
    }
    let said = parties::standings(conn, event.submission)?;
    lines.extend(said.iter().filter(|(of, _)| *of == seq).map(|(_, standing)| standing.line()));
    Ok(lines)
}

fn part_commitments(conn: &mut Conn, submission: i64, number: i32) -> Result<Vec<String>, StoreError> {
    Ok(revision_parts::table
        .filter(revision_parts::submission_id.eq(submission))
        .filter(revision_parts::number.eq(number))
        .order(revision_parts::part)
        .select(revision_parts::commitment)
        .load(conn)?)
}
