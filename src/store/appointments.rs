//! Appointments: one row for each event that makes, moves or calls one off.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{appointments, submissions};
use super::{Conn, StoreError, known};
use crate::domain::appointment::{Appointment, Details, Plan, stored};
use crate::domain::event::commit;
use crate::domain::submission::{ReviewState, SubmissionId};
use crate::forms::answer::Meeting;

/// An appointment before it is stored, salted.
#[derive(Debug, Clone)]
pub struct NewAppointment {
    pub made: Appointment,
    pub salt: [u8; 16],
}

impl NewAppointment {
    /// A plan as the next one of its submission.
    #[must_use]
    pub fn planned(id: SubmissionId, before: Option<&Appointment>, plan: &Plan, salt: [u8; 16]) -> Self {
        let made = Appointment {
            submission: id,
            event: 0,
            sequence: next(before),
            start: plan.start(),
            end: plan.end(),
            details: Some(plan.details().clone()),
            cancelled: false,
        };
        Self { made, salt }
    }

    /// The same time, called off.
    #[must_use]
    pub fn called_off(before: &Appointment, salt: [u8; 16]) -> Self {
        let made = Appointment {
            sequence: next(Some(before)),
            details: Some(Details::default()),
            cancelled: true,
            ..before.clone()
        };
        Self { made, salt }
    }

    fn details(&self) -> String {
        json(self.made.details.as_ref())
    }

    /// Binds place and people.
    #[must_use]
    pub fn commitment(&self) -> String {
        commit(&self.salt, &self.details())
    }
}

fn next(before: Option<&Appointment>) -> i32 {
    before.map_or(0, |before| before.sequence + 1)
}

fn json(details: Option<&Details>) -> String {
    // Two texts always become JSON.
    serde_json::to_string(&details.cloned().unwrap_or_default()).unwrap_or_default()
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = appointments)]
struct Row {
    event_seq: i64,
    submission_id: i64,
    sequence: i32,
    starts: String,
    ends: String,
    zone: String,
    cancelled: bool,
    details: Option<String>,
    salt: Option<Vec<u8>>,
    commitment: String,
}

impl TryFrom<Row> for Appointment {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let local = |text: &str| known(NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok(), text);
        let details = row.details.map(|text| known(serde_json::from_str(&text).ok(), &text)).transpose()?;
        Ok(Self {
            submission: SubmissionId(row.submission_id),
            event: row.event_seq,
            sequence: row.sequence,
            start: Meeting { local: local(&row.starts)?, zone: known(row.zone.parse().ok(), &row.zone)? },
            end: local(&row.ends)?,
            details,
            cancelled: row.cancelled,
        })
    }
}

/// Stores an appointment with its event.
///
/// # Errors
/// Where the database fails.
pub fn add(conn: &mut Conn, seq: i64, new: &NewAppointment) -> Result<(), StoreError> {
    let made = &new.made;
    diesel::insert_into(appointments::table)
        .values((
            appointments::event_seq.eq(seq),
            appointments::submission_id.eq(made.submission.0),
            appointments::sequence.eq(made.sequence),
            appointments::starts.eq(stored(&made.start.local)),
            appointments::ends.eq(stored(&made.end)),
            appointments::zone.eq(made.start.zone.name()),
            appointments::cancelled.eq(made.cancelled),
            appointments::details.eq(new.details()),
            appointments::salt.eq(&new.salt[..]),
            appointments::commitment.eq(new.commitment()),
        ))
        .execute(conn)?;
    Ok(())
}

/// All of a submission, oldest first.
///
/// # Errors
/// Where the database fails.
pub fn of(conn: &mut Conn, id: SubmissionId) -> Result<Vec<Appointment>, StoreError> {
    let rows: Vec<Row> = appointments::table
        .filter(appointments::submission_id.eq(id.0))
        .order(appointments::sequence)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Appointment::try_from).collect()
}

/// The newest of each accepted request, in no order.
///
/// # Errors
/// Where the database fails.
pub fn newest(conn: &mut Conn) -> Result<Vec<Appointment>, StoreError> {
    let accepted =
        submissions::table.filter(submissions::state.eq(ReviewState::Approved.as_str())).select(submissions::id);
    let rows: Vec<Row> = appointments::table
        .filter(appointments::submission_id.eq_any(accepted))
        .order((appointments::submission_id, appointments::sequence.desc()))
        .select(Row::as_select())
        .load(conn)?;
    let mut all: Vec<Appointment> = rows.into_iter().map(Appointment::try_from).collect::<Result<_, _>>()?;
    all.dedup_by_key(|appointment| appointment.submission);
    Ok(all)
}

/// What an event commits to of the appointment that came with it: its times, then place and people.
///
/// # Errors
/// Where the database fails.
pub fn commitments(conn: &mut Conn, seq: i64) -> Result<Vec<String>, StoreError> {
    let row: Option<Row> = appointments::table.find(seq).select(Row::as_select()).get_result(conn).optional()?;
    let Some(row) = row else { return Ok(Vec::new()) };
    let commitment = row.commitment.clone();
    Ok(vec![Appointment::try_from(row)?.line(), commitment])
}

/// The first appointment that is not what was committed to, in words.
///
/// # Errors
/// Where the database fails.
pub fn fault(conn: &mut Conn) -> Result<Option<String>, StoreError> {
    let rows: Vec<Row> = appointments::table.order(appointments::event_seq).select(Row::as_select()).load(conn)?;
    let broken = rows.into_iter().find(|row| match (&row.details, &row.salt) {
        (Some(details), Some(salt)) => commit(salt, details) != row.commitment,
        _ => true,
    });
    Ok(broken.map(|row| format!("the appointment of event {} is not what was committed to", row.event_seq)))
}
