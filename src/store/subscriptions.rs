//! Subscriptions of the public: who is told of what is published.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::subscriptions;
use super::{Conn, StoreError, known, micros};
use crate::domain::pace::Pace;
use crate::locale::Language;

/// A subscription. `interest` is a query string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    pub id: String,
    pub address: String,
    pub interest: String,
    pub pace: Pace,
    pub language: Language,
    pub confirmed: bool,
    /// Events up to this one were looked at.
    pub told_seq: i64,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = subscriptions)]
struct Row {
    id: String,
    address: String,
    interest: String,
    pace: String,
    language: String,
    confirmed_at: Option<i64>,
    told_seq: i64,
}

impl TryFrom<Row> for Subscription {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            pace: known(Pace::read(&row.pace), &row.pace)?,
            language: known(Language::read(&row.language), &row.language)?,
            confirmed: row.confirmed_at.is_some(),
            id: row.id,
            address: row.address,
            interest: row.interest,
            told_seq: row.told_seq,
        })
    }
}

/// Keeps a subscription that is to be confirmed.
///
/// # Errors
/// Where the database fails.
pub fn insert(conn: &mut Conn, new: &Subscription, now: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::insert_into(subscriptions::table)
        .values((
            subscriptions::id.eq(&new.id),
            subscriptions::address.eq(&new.address),
            subscriptions::interest.eq(&new.interest),
            subscriptions::pace.eq(new.pace.as_str()),
            subscriptions::language.eq(new.language.code()),
            subscriptions::created_at.eq(micros(now)),
            subscriptions::told_seq.eq(new.told_seq),
            subscriptions::due_at.eq(micros(now)),
        ))
        .execute(conn)?;
    Ok(())
}

/// One subscription.
///
/// # Errors
/// Where the database fails.
pub fn find(conn: &mut Conn, id: &str) -> Result<Option<Subscription>, StoreError> {
    let row: Option<Row> = subscriptions::table.find(id).select(Row::as_select()).get_result(conn).optional()?;
    row.map(Subscription::try_from).transpose()
}

/// The confirmed subscriptions of an address, oldest first.
///
/// # Errors
/// Where the database fails.
pub fn of_address(conn: &mut Conn, address: &str) -> Result<Vec<Subscription>, StoreError> {
    let rows: Vec<Row> = subscriptions::table
        .filter(subscriptions::address.eq(address))
        .filter(subscriptions::confirmed_at.is_not_null())
        .order((subscriptions::created_at, subscriptions::id))
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Subscription::try_from).collect()
}

/// Confirms: from the event `told` on it is told.
///
/// # Errors
/// Where the database fails.
pub fn confirm(conn: &mut Conn, id: &str, told: i64, due: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::update(subscriptions::table.find(id))
        .set((
            subscriptions::confirmed_at.eq(micros(now)),
            subscriptions::told_seq.eq(told),
            subscriptions::due_at.eq(micros(due)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Changes what is told and how often.
///
/// # Errors
/// Where the database fails.
pub fn change(conn: &mut Conn, id: &str, (interest, pace): (&str, Pace), due: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::update(subscriptions::table.find(id))
        .set((
            subscriptions::interest.eq(interest),
            subscriptions::pace.eq(pace.as_str()),
            subscriptions::due_at.eq(micros(due)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Forgets one.
///
/// # Errors
/// Where the database fails.
pub fn remove(conn: &mut Conn, id: &str) -> Result<(), StoreError> {
    diesel::delete(subscriptions::table.find(id)).execute(conn)?;
    Ok(())
}

/// Forgets all of an address, confirmed or not.
///
/// # Errors
/// Where the database fails.
pub fn remove_address(conn: &mut Conn, address: &str) -> Result<(), StoreError> {
    diesel::delete(subscriptions::table.filter(subscriptions::address.eq(address))).execute(conn)?;
    Ok(())
}

/// Addresses whose subscription was asked for before an instant and never confirmed; those subscriptions are forgotten.
///
/// # Errors
/// Where the database fails.
pub fn forget_unconfirmed(conn: &mut Conn, before: DateTime<Utc>, limit: i64) -> Result<Vec<String>, StoreError> {
    let old: Vec<(String, String)> = subscriptions::table
        .filter(subscriptions::confirmed_at.is_null())
        .filter(subscriptions::created_at.lt(micros(before)))
        .limit(limit)
        .select((subscriptions::id, subscriptions::address))
        .load(conn)?;
    let (ids, addresses): (Vec<String>, Vec<String>) = old.into_iter().unzip();
    diesel::delete(subscriptions::table.filter(subscriptions::id.eq_any(ids))).execute(conn)?;
    Ok(addresses)
}

/// Confirmed subscriptions whose time has come, of up to `limit` addresses. One that is told at once waits for events after
/// those it was told of.
///
/// # Errors
/// Where the database fails.
pub fn due(conn: &mut Conn, now: DateTime<Utc>, until: i64, limit: i64) -> Result<Vec<Subscription>, StoreError> {
    let ready = subscriptions::table
        .filter(subscriptions::confirmed_at.is_not_null())
        .filter(subscriptions::due_at.le(micros(now)))
        .filter(subscriptions::pace.ne(Pace::AtOnce.as_str()).or(subscriptions::told_seq.lt(until)));
    let addresses: Vec<String> =
        ready.order(subscriptions::address).limit(limit).select(subscriptions::address).load(conn)?;
    let rows: Vec<Row> = ready
        .filter(subscriptions::address.eq_any(addresses))
        .order((subscriptions::address, subscriptions::created_at))
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Subscription::try_from).collect()
}

/// Notes up to where it was told, and when it is told next.
///
/// # Errors
/// Where the database fails.
pub fn told(conn: &mut Conn, id: &str, until: i64, due: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::update(subscriptions::table.find(id))
        .set((subscriptions::told_seq.eq(until), subscriptions::due_at.eq(micros(due))))
        .execute(conn)?;
    Ok(())
}
