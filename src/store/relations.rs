//! What submissions are to each other, and which files were taken away: what events say besides texts and parties.

use std::collections::HashMap;

use diesel::prelude::*;

use super::schema::{desk_records, redactions, relations};
use super::{Conn, StoreError, known};
use crate::domain::relation::{Claim, RelationKind};
use crate::domain::submission::SubmissionId;

/// Another submission, as the desk shows it, and what it has to do with the one that is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The event that said so.
    pub since: i64,
    pub kind: RelationKind,
    /// The one that is looked at says so of the other; else the other says it of this one.
    pub outgoing: bool,
    pub other: SubmissionId,
    pub reference: String,
    pub title: String,
}

type Row = (i64, i64, String, i64);

/// Writes what an event says.
///
/// # Errors
/// Where the database fails.
pub fn write(conn: &mut Conn, submission: SubmissionId, seq: i64, claim: &Claim) -> Result<(), StoreError> {
    match claim {
        Claim::Related { kind, target } => diesel::insert_into(relations::table)
            .values((
                relations::event_seq.eq(seq),
                relations::submission_id.eq(submission.0),
                relations::kind.eq(kind.as_str()),
                relations::target_id.eq(target.0),
            ))
            .execute(conn)?,
        Claim::Parted { since } => {
            diesel::update(relations::table.find(since)).set(relations::ended_seq.eq(seq)).execute(conn)?
        }
        Claim::Redacted { file } => diesel::insert_into(redactions::table)
            .values((redactions::attachment_id.eq(file), redactions::event_seq.eq(seq)))
            .execute(conn)?,
    };
    Ok(())
}

/// What a submission is to others now, and others to it, in the order it was said.
///
/// # Errors
/// Where the database fails.
pub fn of(conn: &mut Conn, submission: SubmissionId) -> Result<Vec<Related>, StoreError> {
    let rows: Vec<Row> = relations::table
        .filter(relations::submission_id.eq(submission.0).or(relations::target_id.eq(submission.0)))
        .filter(relations::ended_seq.is_null())
        .order(relations::event_seq)
        .select((relations::event_seq, relations::submission_id, relations::kind, relations::target_id))
        .load(conn)?;
    let mut related = Vec::with_capacity(rows.len());
    for (since, from, kind, target) in rows {
        let outgoing = from == submission.0;
        let other = if outgoing { target } else { from };
        let (reference, title): (String, String) =
            desk_records::table.find(other).select((desk_records::reference, desk_records::title)).get_result(conn)?;
        let kind = known(RelationKind::read(&kind), &kind)?;
        related.push(Related { since, kind, outgoing, other: SubmissionId(other), reference, title });
    }
    Ok(related)
}

/// The files of submissions that were taken away, each with the event that did it.
///
/// # Errors
/// Where the database fails.
pub fn redacted<'a>(
    conn: &mut Conn,
    files: impl IntoIterator<Item = &'a String>,
) -> Result<HashMap<String, i64>, StoreError> {
    let ids: Vec<&String> = files.into_iter().collect();
    let rows: Vec<(String, i64)> = redactions::table.filter(redactions::attachment_id.eq_any(ids)).load(conn)?;
    Ok(rows.into_iter().collect())
}

/// What every event says, as it commits to it.
///
/// # Errors
/// Where the database fails.
pub fn lines(conn: &mut Conn) -> Result<HashMap<i64, Vec<String>>, StoreError> {
    let rows: Vec<(i64, String, i64, Option<i64>)> = relations::table
        .order(relations::event_seq)
        .select((relations::event_seq, relations::kind, relations::target_id, relations::ended_seq))
        .load(conn)?;
    let mut lines: HashMap<i64, Vec<String>> = HashMap::new();
    let mut say = |seq: i64, claim: Claim| lines.entry(seq).or_default().push(claim.line());
    for (since, kind, target, ended) in rows {
        let kind = known(RelationKind::read(&kind), &kind)?;
        say(since, Claim::Related { kind, target: SubmissionId(target) });
        if let Some(ended) = ended {
            say(ended, Claim::Parted { since });
        }
    }
    for (file, seq) in redactions::table.load::<(String, i64)>(conn)? {
        say(seq, Claim::Redacted { file });
    }
    Ok(lines)
}
