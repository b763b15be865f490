//! Addresses that take no mail: a mail came back for good, its reader complained, or staff said so.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::suppressions;
use super::{Conn, StoreError, instant, known, micros};
use crate::domain::account::AccountId;
use crate::domain::mail::SuppressionReason;

/// An address that gets nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    pub address: String,
    pub reason: SuppressionReason,
    pub since: DateTime<Utc>,
    /// Who said so; nobody where a mail server did.
    pub by: Option<AccountId>,
}

/// Suppresses an address; what was said of it first stays.
///
/// # Errors
/// Where the database fails.
pub fn add(conn: &mut Conn, new: &Suppression) -> Result<(), StoreError> {
    diesel::insert_into(suppressions::table)
        .values((
            suppressions::address.eq(&new.address),
            suppressions::reason.eq(new.reason.as_str()),
            suppressions::since.eq(micros(new.since)),
            suppressions::account_id.eq(new.by.map(|id| id.0)),
        ))
        .on_conflict_do_nothing()
        .execute(conn)?;
    Ok(())
}

/// Whether an address, however it is written, gets nothing.
///
/// # Errors
/// Where the database fails.
pub fn is_suppressed(conn: &mut Conn, address: &str) -> Result<bool, StoreError> {
    let found = suppressions::table.filter(suppressions::address.eq(address));
    Ok(diesel::select(diesel::dsl::exists(found)).get_result(conn)?)
}

/// Lets mail go to an address again; `false` where it was not suppressed.
///
/// # Errors
/// Where the database fails.
pub fn lift(conn: &mut Conn, address: &str) -> Result<bool, StoreError> {
    Ok(diesel::delete(suppressions::table.filter(suppressions::address.eq(address))).execute(conn)? > 0)
}

/// All of them, newest first.
///
/// # Errors
/// Where the database fails.
pub fn all(conn: &mut Conn) -> Result<Vec<Suppression>, StoreError> {
    type Row = (String, String, i64, Option<i64>);
    let rows: Vec<Row> = suppressions::table.order(suppressions::since.desc()).load(conn)?;
    let read = |(address, reason, since, by): Row| {
        let reason = known(SuppressionReason::read(&reason), &reason)?;
        Ok(Suppression { address, reason, since: instant(since), by: by.map(AccountId) })
    };
    rows.into_iter().map(read).collect()
}
