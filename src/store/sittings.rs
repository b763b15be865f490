//! Sittings: links by which all records of one contact are reported on, and what came of them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::{sitting_reports, sittings, submissions};
use super::{Conn, StoreError, instant, known, micros};
use crate::domain::submission::SubmissionId;
use crate::locale::Language;

/// A sitting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitting {
    pub id: String,
    /// None where nobody with published records has the address that was typed.
    pub address: Option<String>,
    pub language: Language,
    pub expires_at: DateTime<Utc>,
}

/// Keeps a sitting.
///
/// # Errors
/// Where the database fails.
pub fn insert(conn: &mut Conn, sitting: &Sitting, now: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::insert_into(sittings::table)
        .values((
            sittings::id.eq(&sitting.id),
            sittings::address.eq(&sitting.address),
            sittings::language.eq(sitting.language.code()),
            sittings::created_at.eq(micros(now)),
            sittings::expires_at.eq(micros(sitting.expires_at)),
        ))
        .execute(conn)?;
    Ok(())
}

/// A sitting by its id.
///
/// # Errors
/// Where the database fails.
pub fn find(conn: &mut Conn, id: &str) -> Result<Option<Sitting>, StoreError> {
    let row: Option<(Option<String>, String, i64)> = sittings::table
        .find(id)
        .select((sittings::address, sittings::language, sittings::expires_at))
        .first(conn)
        .optional()?;
    row.map(|(address, language, expires)| {
        let language = known(Language::read(&language), &language)?;
        Ok(Sitting { id: id.to_owned(), address, language, expires_at: instant(expires) })
    })
    .transpose()
}

/// How many were asked for with an address since an instant.
///
/// # Errors
/// Where the database fails.
pub fn count_since(conn: &mut Conn, address: &str, since: DateTime<Utc>) -> Result<i64, StoreError> {
    Ok(sittings::table
        .filter(sittings::address.eq(address))
        .filter(sittings::created_at.ge(micros(since)))
        .count()
        .get_result(conn)?)
}

/// Notes that a report was made in a sitting.
///
/// # Errors
/// Where the database fails.
pub fn add_report(conn: &mut Conn, sitting: &str, report: SubmissionId, at: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::insert_into(sitting_reports::table)
        .values((
            sitting_reports::submission_id.eq(report.0),
            sitting_reports::sitting_id.eq(sitting),
            sitting_reports::at.eq(micros(at)),
        ))
        .execute(conn)?;
    Ok(())
}

/// When a report was sent, if it was in a sitting.
///
/// # Errors
/// Where the database fails.
pub fn sent_at(conn: &mut Conn, report: SubmissionId) -> Result<Option<i64>, StoreError> {
    Ok(sitting_reports::table.find(report.0).select(sitting_reports::at).first(conn).optional()?)
}

/// The reports made in a sitting at one time.
///
/// # Errors
/// Where the database fails.
pub fn reports(conn: &mut Conn, sitting: &str, at: i64) -> Result<Vec<SubmissionId>, StoreError> {
    let ids: Vec<i64> = sitting_reports::table
        .filter(sitting_reports::sitting_id.eq(sitting))
        .filter(sitting_reports::at.eq(at))
        .order(sitting_reports::submission_id)
        .select(sitting_reports::submission_id)
        .load(conn)?;
    Ok(ids.into_iter().map(SubmissionId).collect())
}

/// Forgets sittings that ended before an instant.
///
/// # Errors
/// Where the database fails.
pub fn purge(conn: &mut Conn, before: DateTime<Utc>) -> Result<usize, StoreError> {
    let ended = sittings::table.filter(sittings::expires_at.lt(micros(before)));
    let ids: Vec<String> = ended.select(sittings::id).load(conn)?;
    diesel::delete(sitting_reports::table.filter(sitting_reports::sitting_id.eq_any(&ids))).execute(conn)?;
    Ok(diesel::delete(sittings::table.filter(sittings::id.eq_any(ids))).execute(conn)?)
}

diesel::define_sql_function! {
    /// Small letters, as far as the database knows them.
    fn lower(text: diesel::sql_types::Nullable<diesel::sql_types::Text>) -> diesel::sql_types::Nullable<diesel::sql_types::Text>;
}

/// Published submissions of a form whose confirmed contact has this address, by the part it is kept in; oldest first.
///
/// # Errors
/// Where the database fails.
pub fn published_of(conn: &mut Conn, form: &str, part: &str, address: &str) -> Result<Vec<SubmissionId>, StoreError> {
    use super::schema::revision_parts as parts;
    let value = serde_json::Value::from(address).to_string().to_ascii_lowercase();
    let ids: Vec<i64> = submissions::table
        .inner_join(parts::table.on(
            parts::submission_id.eq(submissions::id).and(parts::number.nullable().eq(submissions::published_revision)),
        ))
        .filter(submissions::form.eq(form))
        .filter(submissions::visibility.eq("published"))
        .filter(submissions::address_confirmed_at.is_not_null())
        .filter(parts::part.eq(part))
        .filter(lower(parts::value).eq(value))
        .order(submissions::id)
        .select(submissions::id)
        .load(conn)?;
    Ok(ids.into_iter().map(SubmissionId).collect())
}
