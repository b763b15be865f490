//! What moderators found on the criteria of a form, and which of them a decision names.

use diesel::prelude::*;

use super::schema::{decision_criteria, review_opinions, reviews};
use super::{Conn, StoreError, known};
use crate::domain::event::commit;
use crate::domain::review::{Opinion, interest_line, sealed, short_line};
use crate::domain::submission::SubmissionId;

/// An opinion before it is stored, salted.
#[derive(Debug, Clone)]
pub struct NewOpinion {
    pub criterion: String,
    pub opinion: Opinion,
    pub comment: String,
    pub salt: [u8; 16],
}

impl NewOpinion {
    #[must_use]
    pub fn commitment(&self) -> String {
        commit(&self.salt, &sealed(&self.criterion, self.opinion, &self.comment))
    }
}

/// One sheet.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub event: i64,
    /// The moderator has an interest in the matter.
    pub conflict: bool,
    pub opinions: Vec<KeptOpinion>,
}

/// A stored opinion; an erased one has no comment.
#[derive(Debug, Clone)]
pub struct KeptOpinion {
    pub criterion: String,
    pub opinion: Opinion,
    pub comment: Option<String>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = review_opinions)]
struct Row {
    event_seq: i64,
    criterion: String,
    opinion: String,
    body: Option<String>,
    salt: Option<Vec<u8>>,
    commitment: String,
}

impl Row {
    fn opinion(&self) -> Result<Opinion, StoreError> {
        known(Opinion::read(&self.opinion), &self.opinion)
    }
}

/// Stores a sheet with its event.
///
/// # Errors
/// Where the database fails.
pub fn add(
    conn: &mut Conn,
    id: SubmissionId,
    event: i64,
    (conflict, opinions): (bool, &[NewOpinion]),
) -> Result<(), StoreError> {
    diesel::insert_into(reviews::table)
        .values((reviews::event_seq.eq(event), reviews::submission_id.eq(id.0), reviews::conflict.eq(conflict)))
        .execute(conn)?;
    for new in opinions {
        diesel::insert_into(review_opinions::table)
            .values((
                review_opinions::event_seq.eq(event),
                review_opinions::criterion.eq(&new.criterion),
                review_opinions::opinion.eq(new.opinion.as_str()),
                review_opinions::body.eq(&new.comment),
                review_opinions::salt.eq(&new.salt[..]),
                review_opinions::commitment.eq(new.commitment()),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// All sheets of a submission, oldest first.
///
/// # Errors
/// Where the database fails.
pub fn of(conn: &mut Conn, id: SubmissionId) -> Result<Vec<Sheet>, StoreError> {
    let sheets: Vec<(i64, bool)> = reviews::table
        .filter(reviews::submission_id.eq(id.0))
        .order(reviews::event_seq)
        .select((reviews::event_seq, reviews::conflict))
        .load(conn)?;
    sheets
        .into_iter()
        .map(|(event, conflict)| {
            let kept = |row: Row| {
                let opinion = row.opinion()?;
                Ok(KeptOpinion { criterion: row.criterion, opinion, comment: row.body })
            };
            let opinions = rows(conn, event)?.into_iter().map(kept).collect::<Result<_, StoreError>>()?;
            Ok(Sheet { event, conflict, opinions })
        })
        .collect()
}

fn rows(conn: &mut Conn, event: i64) -> Result<Vec<Row>, StoreError> {
    Ok(review_opinions::table
        .filter(review_opinions::event_seq.eq(event))
        .order(review_opinions::criterion)
        .select(Row::as_select())
        .load(conn)?)
}

/// Notes which criteria a decision names.
///
/// # Errors
/// Where the database fails.
pub fn fall_short(conn: &mut Conn, event: i64, criteria: &[String]) -> Result<(), StoreError> {
    for criterion in criteria {
        diesel::insert_into(decision_criteria::table)
            .values((decision_criteria::event_seq.eq(event), decision_criteria::criterion.eq(criterion)))
            .execute(conn)?;
    }
    Ok(())
}

/// The criteria that a decision names, by their names.
///
/// # Errors
/// Where the database fails.
pub fn short_of(conn: &mut Conn, event: i64) -> Result<Vec<String>, StoreError> {
    Ok(decision_criteria::table
        .filter(decision_criteria::event_seq.eq(event))
        .order(decision_criteria::criterion)
        .select(decision_criteria::criterion)
        .load(conn)?)
}

/// What an event commits to of all this.
///
/// # Errors
/// Where the database fails.
pub fn lines(conn: &mut Conn, event: i64) -> Result<Vec<String>, StoreError> {
    let conflict: Option<bool> = reviews::table.find(event).select(reviews::conflict).get_result(conn).optional()?;
    let mut lines: Vec<String> = conflict.into_iter().map(interest_line).collect();
    lines.extend(rows(conn, event)?.into_iter().map(|row| row.commitment));
    lines.extend(short_of(conn, event)?.iter().map(|criterion| short_line(criterion)));
    Ok(lines)
}

/// The first opinion that is not what was committed to, in words.
///
/// # Errors
/// Where the database fails.
pub fn fault(conn: &mut Conn) -> Result<Option<String>, StoreError> {
    for row in review_opinions::table.select(Row::as_select()).load::<Row>(conn)? {
        let whole = match (&row.body, &row.salt) {
            (Some(body), Some(salt)) => commit(salt, &sealed(&row.criterion, row.opinion()?, body)) == row.commitment,
            (None, _) | (_, None) => false,
        };
        if !whole {
            return Ok(Some(format!("the review of event {} is not what was committed to", row.event_seq)));
        }
    }
    Ok(None)
}
