//! How the authority behind submissions was confirmed, with the event that says so.

use diesel::prelude::*;

use super::schema::authorities;
use super::{Conn, StoreError, known};
use crate::domain::authority::Means;
use crate::domain::submission::SubmissionId;

/// Writes what an event confirms.
///
/// # Errors
/// Where the database fails.
pub fn add(conn: &mut Conn, id: SubmissionId, event: i64, means: Means) -> Result<(), StoreError> {
    diesel::insert_into(authorities::table)
        .values((
            authorities::event_seq.eq(event),
            authorities::submission_id.eq(id.0),
            authorities::means.eq(means.as_str()),
        ))
        .execute(conn)?;
    Ok(())
}

/// What was confirmed last, with its event.
///
/// # Errors
/// Where the database fails.
pub fn newest(conn: &mut Conn, id: SubmissionId) -> Result<Option<(i64, Means)>, StoreError> {
    let row: Option<(i64, String)> = authorities::table
        .filter(authorities::submission_id.eq(id.0))
        .order(authorities::event_seq.desc())
        .select((authorities::event_seq, authorities::means))
        .get_result(conn)
        .optional()?;
    row.map(|(event, means)| Ok((event, known(Means::read(&means), &means)?))).transpose()
}

/// What an event commits to of it.
///
/// # Errors
/// Where the database fails.
pub fn lines(conn: &mut Conn, event: i64) -> Result<Vec<String>, StoreError> {
    let means: Option<String> =
        authorities::table.find(event).select(authorities::means).get_result(conn).optional()?;
    means.map(|means| Ok(known(Means::read(&means), &means)?.line())).into_iter().collect()
}
