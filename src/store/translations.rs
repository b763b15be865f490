//! Titles and summaries in other languages, with the events that brought them.

use diesel::prelude::*;

use super::schema::translations;
use super::{Conn, StoreError, known};
use crate::domain::event::commit;
use crate::domain::submission::SubmissionId;
use crate::domain::translation::sealed;
use crate::locale::Language;

/// A translation before it is stored, salted.
#[derive(Debug, Clone)]
pub struct NewTranslation {
    pub language: Language,
    /// The digest of what it was made from.
    pub made_from: String,
    /// Title and summary as JSON.
    pub body: String,
    pub salt: [u8; 16],
}

impl NewTranslation {
    #[must_use]
    pub fn commitment(&self) -> String {
        commit(&self.salt, &sealed(self.language, &self.made_from, &self.body))
    }
}

/// A stored translation; an erased one has no body.
#[derive(Debug, Clone)]
pub struct Kept {
    pub event: i64,
    pub language: Language,
    pub made_from: String,
    pub body: Option<String>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = translations)]
struct Row {
    event_seq: i64,
    language: String,
    made_from: String,
    body: Option<String>,
    salt: Option<Vec<u8>>,
    commitment: String,
}

/// Stores a translation with its event.
///
/// # Errors
/// Where the database fails.
pub fn add(conn: &mut Conn, id: SubmissionId, event: i64, new: &NewTranslation) -> Result<(), StoreError> {
    diesel::insert_into(translations::table)
        .values((
            translations::event_seq.eq(event),
            translations::submission_id.eq(id.0),
            translations::language.eq(new.language.code()),
            translations::made_from.eq(&new.made_from),
            translations::body.eq(&new.body),
            translations::salt.eq(&new.salt[..]),
            translations::commitment.eq(new.commitment()),
        ))
        .execute(conn)?;
    Ok(())
}

/// All of a submission, oldest first.
///
/// # Errors
/// Where the database fails.
pub fn of(conn: &mut Conn, id: SubmissionId) -> Result<Vec<Kept>, StoreError> {
    let rows: Vec<Row> = translations::table
        .filter(translations::submission_id.eq(id.0))
        .order(translations::event_seq)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter()
        .map(|row| {
            let language = known(Language::read(&row.language), &row.language)?;
            Ok(Kept { event: row.event_seq, language, made_from: row.made_from, body: row.body })
        })
        .collect()
}

/// What an event commits to of it.
///
/// # Errors
/// Where the database fails.
pub fn lines(conn: &mut Conn, event: i64) -> Result<Vec<String>, StoreError> {
    Ok(translations::table.find(event).select(translations::commitment).load(conn)?)
}

/// The first one that is not what was committed to, in words.
///
/// # Errors
/// Where the database fails.
pub fn fault(conn: &mut Conn) -> Result<Option<String>, StoreError> {
    for row in translations::table.select(Row::as_select()).load::<Row>(conn)? {
        let language = known(Language::read(&row.language), &row.language)?;
        let whole = match (&row.body, &row.salt) {
            (Some(body), Some(salt)) => commit(salt, &sealed(language, &row.made_from, body)) == row.commitment,
            (None, _) | (_, None) => false,
        };
        if !whole {
            return Ok(Some(format!("the translation of event {} is not what was committed to", row.event_seq)));
        }
    }
    Ok(None)
}
