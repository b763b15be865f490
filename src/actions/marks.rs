//! What a publication says besides its answers, as the events up to one lead to it.

use crate::domain::edit;
use crate::domain::submission::SubmissionId;
use crate::forms::export::Marks;
use crate::store::{Conn, StoreError, events};

/// The marks of a revision by what had happened up to an event.
///
/// # Errors
/// Where the database fails.
pub(super) fn of(conn: &mut Conn, (id, revision): (SubmissionId, i32), until: i64) -> Result<Marks, StoreError> {
    let log = events::of(conn, id)?;
    let until = log.iter().filter(|logged| logged.seq <= until).map(|logged| &logged.event);
    Ok(Marks { edited: edit::is_edited(until, revision), ..Marks::default() })
}
