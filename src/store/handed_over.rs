//! How submissions came that staff typed in, with the event that brought them.

use diesel::prelude::*;

use super::schema::handed_over;
use super::{Conn, StoreError, known};
use crate::domain::handed::{Handed, Way};
use crate::domain::submission::SubmissionId;

type Row = (String, String, Option<String>);

/// Writes how a submission came.
///
/// # Errors
/// Where it was written before or the database fails.
pub fn add(conn: &mut Conn, id: SubmissionId, event: i64, handed: &Handed) -> Result<(), StoreError> {
    diesel::insert_into(handed_over::table)
        .values((
            handed_over::event_seq.eq(event),
            handed_over::submission_id.eq(id.0),
            handed_over::way.eq(handed.way.as_str()),
            handed_over::received_on.eq(handed.on.to_string()),
            handed_over::source.eq(&handed.source),
        ))
        .execute(conn)?;
    Ok(())
}

/// How a submission came, where staff typed it in.
///
/// # Errors
/// Where the database fails.
pub fn of(conn: &mut Conn, id: SubmissionId) -> Result<Option<Handed>, StoreError> {
    let row: Option<Row> = handed_over::table
        .filter(handed_over::submission_id.eq(id.0))
        .select((handed_over::way, handed_over::received_on, handed_over::source))
        .get_result(conn)
        .optional()?;
    row.map(read).transpose()
}

/// What an event commits to of it.
///
/// # Errors
/// Where the database fails.
pub fn lines(conn: &mut Conn, event: i64) -> Result<Vec<String>, StoreError> {
    let row: Option<Row> = handed_over::table
        .find(event)
        .select((handed_over::way, handed_over::received_on, handed_over::source))
        .get_result(conn)
        .optional()?;
    row.map(|row| Ok(read(row)?.line())).into_iter().collect()
}

fn read((way, on, source): Row) -> Result<Handed, StoreError> {
    Ok(Handed { way: known(Way::read(&way), &way)?, on: known(on.parse().ok(), &on)?, source })
}
