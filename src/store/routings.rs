//! Who is told besides those who chose it themselves.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::routings;
use super::{Conn, StoreError, known, micros};
use crate::domain::account::AccountId;
use crate::locale::Language;

/// Who a rule leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To {
    Account(AccountId),
    /// A mailbox without an account.
    Address(String),
}

/// What a rule is about; `None` means any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    pub form: Option<String>,
    pub region: Option<String>,
    pub language: Option<Language>,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routing {
    pub id: i64,
    pub scope: Scope,
    pub to: To,
    /// Its reader wanted no more of these mails.
    pub stopped: bool,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = routings)]
struct Row {
    id: i64,
    form: Option<String>,
    region: Option<String>,
    language: Option<String>,
    account_id: Option<i64>,
    address: Option<String>,
    stopped_at: Option<i64>,
}

impl TryFrom<Row> for Routing {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let to = match (row.account_id, row.address) {
            (Some(id), _) => To::Account(AccountId(id)),
            (None, Some(address)) => To::Address(address),
            (None, None) => return Err(StoreError::Unreadable(format!("routing {} leads nowhere", row.id))),
        };
        let language = row.language.map(|code| known(Language::read(&code), &code)).transpose()?;
        let scope = Scope { form: row.form, region: row.region, language };
        Ok(Self { id: row.id, scope, to, stopped: row.stopped_at.is_some() })
    }
}

/// Adds a rule; `false` where there is the same.
///
/// # Errors
/// Where the database fails.
pub fn add(conn: &mut Conn, scope: &Scope, to: &To, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let same = |other: &Routing| other.scope == *scope && other.to == *to && !other.stopped;
    if all(conn)?.iter().any(same) {
        return Ok(false);
    }
    let (account, address) = match to {
        To::Account(AccountId(id)) => (Some(*id), None),
        To::Address(address) => (None, Some(address)),
    };
    diesel::insert_into(routings::table)
        .values((
            routings::form.eq(&scope.form),
            routings::region.eq(&scope.region),
            routings::language.eq(scope.language.map(Language::code)),
            routings::account_id.eq(account),
            routings::address.eq(address),
            routings::created_at.eq(micros(now)),
        ))
        .execute(conn)?;
    Ok(true)
}

/// All rules, oldest first.
///
/// # Errors
/// Where the database fails.
pub fn all(conn: &mut Conn) -> Result<Vec<Routing>, StoreError> {
    let rows: Vec<Row> = routings::table.order(routings::id).select(Row::as_select()).load(conn)?;
    rows.into_iter().map(Routing::try_from).collect()
}

/// Rules that meet a record and are not stopped.
///
/// # Errors
/// Where the database fails.
pub fn meeting(
    conn: &mut Conn,
    (form, regions, language): (&str, &[String], Language),
) -> Result<Vec<Routing>, StoreError> {
    let rows: Vec<Row> = routings::table
        .filter(routings::stopped_at.is_null())
        .filter(routings::form.is_null().or(routings::form.eq(form)))
        .filter(routings::region.is_null().or(routings::region.eq_any(regions)))
        .filter(routings::language.is_null().or(routings::language.eq(language.code())))
        .order(routings::id)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Routing::try_from).collect()
}

/// Takes a rule away; `false` where there is none such.
///
/// # Errors
/// Where the database fails.
pub fn remove(conn: &mut Conn, id: i64) -> Result<bool, StoreError> {
    Ok(diesel::delete(routings::table.find(id)).execute(conn)? == 1)
}

/// Stops all rules that lead to the address of one.
///
/// # Errors
/// Where the database fails.
pub fn stop(conn: &mut Conn, id: i64, now: DateTime<Utc>) -> Result<(), StoreError> {
    let address: Option<Option<String>> =
        routings::table.find(id).select(routings::address).get_result(conn).optional()?;
    if let Some(address) = address.flatten() {
        diesel::update(routings::table.filter(routings::address.eq(address)))
            .set(routings::stopped_at.eq(micros(now)))
            .execute(conn)?;
    }
    Ok(())
}

/// The first rule that leads to an address.
///
/// # Errors
/// Where the database fails.
pub fn of_address(conn: &mut Conn, address: &str) -> Result<Option<i64>, StoreError> {
    let ids: Vec<i64> =
        routings::table.filter(routings::address.eq(address)).order(routings::id).select(routings::id).load(conn)?;
    Ok(ids.into_iter().next())
}
