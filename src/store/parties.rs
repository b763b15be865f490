//! Those who take part in a submission: whose which row is, and what was asked and said.

use diesel::prelude::*;

use super::schema::{parties, party_standings};
use super::{Conn, StoreError, known};
use crate::domain::party::{PartyStatus, Place, Standing};
use crate::domain::submission::SubmissionId;

/// Writes whose the rows of a revision are.
///
/// # Errors
/// Where it was written before or the database fails.
pub fn place(conn: &mut Conn, id: SubmissionId, revision: i32, places: &[Place]) -> Result<(), StoreError> {
    for place in places {
        diesel::insert_into(parties::table)
            .values((
                parties::submission_id.eq(id.0),
                parties::revision.eq(revision),
                parties::row.eq(i32::try_from(place.row).unwrap_or(i32::MAX)),
                parties::party.eq(place.party),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Whose the rows of a revision are, by row.
///
/// # Errors
/// Where the database fails.
pub fn places(conn: &mut Conn, id: SubmissionId, revision: i32) -> Result<Vec<Place>, StoreError> {
    let rows: Vec<(i32, i32)> = parties::table
        .filter(parties::submission_id.eq(id.0))
        .filter(parties::revision.eq(revision))
        .order(parties::row)
        .select((parties::row, parties::party))
        .load(conn)?;
    Ok(rows.into_iter().map(|(row, party)| Place { row: usize::try_from(row).unwrap_or(0), party }).collect())
}

/// The highest number a party of a submission has; 0 where there is none.
///
/// # Errors
/// Where the database fails.
pub fn last(conn: &mut Conn, id: SubmissionId) -> Result<i32, StoreError> {
    let last: Option<i32> =
        parties::table.filter(parties::submission_id.eq(id.0)).select(diesel::dsl::max(parties::party)).first(conn)?;
    Ok(last.unwrap_or(0))
}

/// Writes what an event says of a party.
///
/// # Errors
/// Where the database fails.
pub fn stand(conn: &mut Conn, id: SubmissionId, event: i64, standing: &Standing) -> Result<(), StoreError> {
    diesel::insert_into(party_standings::table)
        .values((
            party_standings::event_seq.eq(event),
            party_standings::submission_id.eq(id.0),
            party_standings::party.eq(standing.party),
            party_standings::status.eq(standing.status.as_str()),
            party_standings::revision.eq(standing.revision),
        ))
        .execute(conn)?;
    Ok(())
}

/// Everything asked and said in a submission, in its order, with the events it came with.
///
/// # Errors
/// Where the database fails.
pub fn standings(conn: &mut Conn, id: SubmissionId) -> Result<Vec<(i64, Standing)>, StoreError> {
    let rows: Vec<(i64, i32, String, i32)> = party_standings::table
        .filter(party_standings::submission_id.eq(id.0))
        .order((party_standings::event_seq, party_standings::party))
        .select((
            party_standings::event_seq,
            party_standings::party,
            party_standings::status,
            party_standings::revision,
        ))
        .load(conn)?;
    rows.into_iter()
        .map(|(event, party, status, revision)| {
            let status = known(PartyStatus::read(&status), &status)?;
            Ok((event, Standing { party, status, revision }))
        })
        .collect()
}
