//! What a publication says besides its answers, as the events up to one lead to it.

use super::translate;
use crate::domain::edit;
use crate::domain::submission::SubmissionId;
use crate::forms::answer::Answers;
use crate::forms::export::Marks;
use crate::forms::form::Form;
use crate::store::{Conn, StoreError, events, handed_over};

/// The marks of a revision by what had happened up to an event.
///
/// # Errors
/// Where the database fails.
pub(super) fn of(
    conn: &mut Conn,
    (id, revision): (SubmissionId, i32),
    said: (&Form, &Answers),
    until: i64,
) -> Result<Marks, StoreError> {
    let log = events::of(conn, id)?;
    let kept = translate::of(conn, id, said, until)?.into_iter();
    let translations =
        kept.filter(|(_, (_, current))| *current).map(|(code, (text, _))| (code.to_owned(), text)).collect();
    let received = handed_over::of(conn, id)?.map(|handed| handed.way.as_str().to_owned());
    let until = log.iter().filter(|logged| logged.seq <= until).map(|logged| &logged.event);
    Ok(Marks { edited: edit::is_edited(until, revision), received, translations })
}
