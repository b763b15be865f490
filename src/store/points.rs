//! Points, what was answered to them, and which event moved them on.

use std::collections::HashMap;

use diesel::prelude::*;

use super::schema::{events, point_replies, points, undone_settlements};
use super::{Conn, StoreError};
use crate::domain::event::commit;
use crate::domain::point::{Asking, Point, PointId, PointStatus, PointText, sealed};
use crate::domain::submission::SubmissionId;
use crate::forms::form::FieldId;

/// A point before it is stored, salted.
#[derive(Debug, Clone)]
pub struct NewPoint {
    pub asking: Asking,
    pub salt: [u8; 16],
}

impl NewPoint {
    /// Binds its text and what it is about.
    #[must_use]
    pub fn commitment(&self) -> String {
        let Asking { field, required, follows, text } = &self.asking;
        let field = field.as_ref().map(FieldId::as_str);
        commit(&self.salt, &sealed(field, *required, follows.map(|id| id.0), text.as_str()))
    }
}

/// An answer to a point before it is stored, salted.
#[derive(Debug, Clone)]
pub struct NewReply {
    pub point: PointId,
    pub text: PointText,
    pub salt: [u8; 16],
}

impl NewReply {
    /// Binds its text.
    #[must_use]
    pub fn commitment(&self) -> String {
        commit(&self.salt, self.text.as_str())
    }
}

/// How an event moves points on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// The submitter changed what was asked for, or said why not.
    Answer,
    /// The Network is content.
    Settle,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = points)]
struct Row {
    id: i64,
    submission_id: i64,
    asked_seq: i64,
    base_revision: i32,
    field: Option<String>,
    required: bool,
    follows: Option<i64>,
    body: Option<String>,
    salt: Option<Vec<u8>>,
    commitment: String,
    answered_seq: Option<i64>,
    settled_seq: Option<i64>,
}

impl Row {
    fn with_reply(self, reply: Option<String>) -> Point {
        Point {
            id: PointId(self.id),
            field: self.field.as_deref().map(FieldId::new),
            required: self.required,
            follows: self.follows.map(PointId),
            asked: self.asked_seq,
            base: self.base_revision,
            text: self.body,
            commitment: self.commitment,
            answered: self.answered_seq,
            reply,
            settled: self.settled_seq,
        }
    }

    fn is_whole(&self) -> bool {
        let (Some(body), Some(salt)) = (&self.body, &self.salt) else { return false };
        commit(salt, &sealed(self.field.as_deref(), self.required, self.follows, body)) == self.commitment
    }
}

type ReplyRow = (i64, i64, Option<String>, Option<Vec<u8>>, String);

/// Stores points with the event that asks for them.
///
/// # Errors
/// Where the database fails.
pub fn add(
    conn: &mut Conn,
    submission: SubmissionId,
    (seq, base): (i64, i32),
    asked: &[NewPoint],
) -> Result<(), StoreError> {
    for point in asked {
        let Asking { field, required, follows, text } = &point.asking;
        diesel::insert_into(points::table)
            .values((
                points::submission_id.eq(submission.0),
                points::asked_seq.eq(seq),
                points::base_revision.eq(base),
                points::field.eq(field.as_ref().map(FieldId::as_str)),
                points::required.eq(required),
                points::follows.eq(follows.map(|id| id.0)),
                points::body.eq(text.as_str()),
                points::salt.eq(&point.salt[..]),
                points::commitment.eq(point.commitment()),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Stores what was answered with the event that brought it.
///
/// # Errors
/// Where a point was answered before or the database fails.
pub fn reply(conn: &mut Conn, seq: i64, replies: &[NewReply]) -> Result<(), StoreError> {
    for reply in replies {
        diesel::insert_into(point_replies::table)
            .values((
                point_replies::point_id.eq(reply.point.0),
                point_replies::event_seq.eq(seq),
                point_replies::body.eq(reply.text.as_str()),
                point_replies::salt.eq(&reply.salt[..]),
                point_replies::commitment.eq(reply.commitment()),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Says by which event points were moved on.
///
/// # Errors
/// Where the database fails.
pub fn advance(conn: &mut Conn, seq: i64, moved: &[Point], how: Move) -> Result<(), StoreError> {
    let these = points::table.filter(points::id.eq_any(moved.iter().map(|point| point.id.0)));
    match how {
        Move::Answer => diesel::update(these).set(points::answered_seq.eq(seq)).execute(conn)?,
        Move::Settle => diesel::update(these).set(points::settled_seq.eq(seq)).execute(conn)?,
    };
    Ok(())
}

/// A submission's points with what was answered to them, oldest first; those of an undone request are not asked.
///
/// # Errors
/// Where the database fails.
pub fn of(conn: &mut Conn, submission: SubmissionId) -> Result<Vec<Point>, StoreError> {
    let rows: Vec<(Row, Option<String>)> = points::table
        .left_join(point_replies::table)
        .filter(points::submission_id.eq(submission.0))
        .order(points::id)
        .select((Row::as_select(), point_replies::body.nullable()))
        .load(conn)?;
    let undone: Vec<Option<i64>> = events::table
        .filter(events::submission_id.eq(submission.0))
        .filter(events::undoes.is_not_null())
        .select(events::undoes)
        .load(conn)?;
    let in_force = rows.into_iter().filter(|(row, _)| !undone.contains(&Some(row.asked_seq)));
    Ok(in_force.map(|(row, reply)| row.with_reply(reply)).collect())
}

/// What was asked with an event, undone or not.
///
/// # Errors
/// Where the database fails.
pub fn asked_with(conn: &mut Conn, seq: i64) -> Result<Vec<Point>, StoreError> {
    let rows: Vec<Row> =
        points::table.filter(points::asked_seq.eq(seq)).order(points::id).select(Row::as_select()).load(conn)?;
    Ok(rows.into_iter().map(|row| row.with_reply(None)).collect())
}

/// Opens the points again that an event had settled. What it committed to is kept beside.
///
/// # Errors
/// Where the database fails.
pub fn unsettle(conn: &mut Conn, seq: i64) -> Result<(), StoreError> {
    let settled: Vec<i64> = points::table.filter(points::settled_seq.eq(seq)).select(points::id).load(conn)?;
    for id in settled {
        diesel::insert_into(undone_settlements::table)
            .values((undone_settlements::point_id.eq(id), undone_settlements::settled_seq.eq(seq)))
            .execute(conn)?;
        diesel::update(points::table.find(id)).set(points::settled_seq.eq(None::<i64>)).execute(conn)?;
    }
    Ok(())
}

/// Those of a submission that its submitter has still to do something about.
///
/// # Errors
/// Where the database fails.
pub fn open(conn: &mut Conn, submission: SubmissionId) -> Result<Vec<Point>, StoreError> {
    let mut all = of(conn, submission)?;
    all.retain(|point| point.status() == PointStatus::Open);
    Ok(all)
}

/// The commitments of all points and answers, by the event that wrote or moved them, in the order an event folds them.
///
/// # Errors
/// Where the database fails.
pub fn commitments(conn: &mut Conn) -> Result<HashMap<i64, Vec<String>>, StoreError> {
    let rows: Vec<Row> = points::table.order(points::id).select(Row::as_select()).load(conn)?;
    let replies: Vec<ReplyRow> = point_replies::table.order(point_replies::point_id).load(conn)?;
    let asked = rows.iter().map(|row| (Some(row.asked_seq), &row.commitment));
    let replied = replies.iter().map(|(_, seq, _, _, commitment)| (Some(*seq), commitment));
    let answered = rows.iter().map(|row| (row.answered_seq, &row.commitment));
    let settled = rows.iter().map(|row| (row.settled_seq, &row.commitment));
    let undone: Vec<(i64, i64)> = undone_settlements::table.order(undone_settlements::point_id).load(conn)?;
    let undone = undone.iter().filter_map(|(id, seq)| {
        let row = rows.iter().find(|row| row.id == *id)?;
        Some((Some(*seq), &row.commitment))
    });
    let mut by_event: HashMap<i64, Vec<String>> = HashMap::new();
    for (seq, commitment) in asked.chain(replied).chain(answered).chain(settled).chain(undone) {
        if let Some(seq) = seq {
            by_event.entry(seq).or_default().push(commitment.clone());
        }
    }
    Ok(by_event)
}

/// The first point or answer that is not what was committed to, in words.
///
/// # Errors
/// Where the database fails.
pub fn fault(conn: &mut Conn) -> Result<Option<String>, StoreError> {
    let rows: Vec<Row> = points::table.order(points::id).select(Row::as_select()).load(conn)?;
    if let Some(row) = rows.iter().find(|row| !row.is_whole()) {
        return Ok(Some(format!("submission {}: point {} is not what was committed to", row.submission_id, row.id)));
    }
    let replies: Vec<ReplyRow> = point_replies::table.order(point_replies::point_id).load(conn)?;
    let broken = replies.into_iter().find(|(_, _, body, salt, commitment)| {
        let (Some(body), Some(salt)) = (body, salt) else { return true };
        commit(salt, body) != *commitment
    });
    Ok(broken.map(|(point, ..)| format!("the answer to point {point} is not what was committed to")))
}
