//! Accounts, their sessions, links and alerts.

mod failures;

pub use failures::{Failures, failures, note_failure};

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::alerts::{self as settings, Settings};
use super::schema::{account_links, accounts, alerts, sessions, sign_in_failures};
use super::{Conn, StoreError, known, micros};
use crate::domain::account::{Account, AccountId, Role};
use crate::locale::Language;

#[derive(Queryable, Selectable)]
#[diesel(table_name = accounts)]
struct Row {
    id: i64,
    email: String,
    name: String,
    role: String,
    language: String,
    disabled_at: Option<i64>,
}

impl TryFrom<Row> for Account {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: AccountId(row.id),
            role: known(Role::read(&row.role), &row.role)?,
            language: known(Language::read(&row.language), &row.language)?,
            disabled: row.disabled_at.is_some(),
            email: row.email,
            name: row.name,
        })
    }
}

/// An account before it is stored.
#[derive(Debug, Clone)]
pub struct NewAccount {
    pub email: String,
    pub name: String,
    pub role: Role,
    pub language: Language,
    /// PHC string of Argon2id.
    pub password_hash: Option<String>,
}

/// Adds an account; `None` where the address has one already.
///
/// # Errors
/// Where the database fails.
pub fn insert(conn: &mut Conn, new: &NewAccount, now: DateTime<Utc>) -> Result<Option<AccountId>, StoreError> {
    if find(conn, &new.email)?.is_some() {
        return Ok(None);
    }
    let id = diesel::insert_into(accounts::table)
        .values((
            accounts::email.eq(&new.email),
            accounts::name.eq(&new.name),
            accounts::role.eq(new.role.as_str()),
            accounts::language.eq(new.language.code()),
            accounts::password_hash.eq(&new.password_hash),
            accounts::totp_step.eq(0),
            accounts::created_at.eq(micros(now)),
        ))
        .returning(accounts::id)
        .get_result(conn)?;
    settings::set(conn, AccountId(id), &Settings::of_role(new.role), now)?;
    Ok(Some(AccountId(id)))
}

/// All accounts, by name.
///
/// # Errors
/// Where the database fails.
pub fn all(conn: &mut Conn) -> Result<Vec<Account>, StoreError> {
    let rows: Vec<Row> = accounts::table.order(accounts::name).select(Row::as_select()).load(conn)?;
    rows.into_iter().map(Account::try_from).collect()
}

/// One account.
///
/// # Errors
/// Where it does not exist or the database fails.
pub fn get(conn: &mut Conn, id: AccountId) -> Result<Account, StoreError> {
    accounts::table.find(id.0).select(Row::as_select()).get_result::<Row>(conn)?.try_into()
}

/// An account by its address, in any case.
///
/// # Errors
/// Where the database fails.
pub fn find(conn: &mut Conn, email: &str) -> Result<Option<Account>, StoreError> {
    let row = accounts::table
        .filter(accounts::email.eq(email))
        .select(Row::as_select())
        .get_result::<Row>(conn)
        .optional()?;
    row.map(Account::try_from).transpose()
}

/// Of which generation an account's calendar link is.
///
/// # Errors
/// Where it does not exist or the database fails.
pub fn calendar_generation(conn: &mut Conn, id: AccountId) -> Result<i64, StoreError> {
    Ok(accounts::table.find(id.0).select(accounts::calendar_generation).get_result(conn)?)
}

/// Makes an account's calendar link one of the next generation.
///
/// # Errors
/// Where the database fails.
pub fn renew_calendar(conn: &mut Conn, id: AccountId) -> Result<(), StoreError> {
    diesel::update(accounts::table.find(id.0))
        .set(accounts::calendar_generation.eq(accounts::calendar_generation + 1))
        .execute(conn)?;
    Ok(())
}

/// What a sign-in is checked against.
#[derive(Debug, Clone, Default, Queryable, Selectable)]
#[diesel(table_name = accounts)]
pub struct Secrets {
    pub password_hash: Option<String>,
    /// Base32.
    pub totp_secret: Option<String>,
    /// The last time step that was used.
    pub totp_step: i64,
}

/// The secrets of an account.
///
/// # Errors
/// Where it does not exist or the database fails.
pub fn secrets(conn: &mut Conn, id: AccountId) -> Result<Secrets, StoreError> {
    Ok(accounts::table.find(id.0).select(Secrets::as_select()).get_result(conn)?)
}

/// Sets a password and ends all sessions.
///
/// # Errors
/// Where the database fails.
pub fn set_password(conn: &mut Conn, id: AccountId, hash: &str) -> Result<(), StoreError> {
    diesel::update(accounts::table.find(id.0)).set(accounts::password_hash.eq(hash)).execute(conn)?;
    end_sessions(conn, id)
}

/// Sets or clears the second factor.
///
/// # Errors
/// Where the database fails.
pub fn set_totp(conn: &mut Conn, id: AccountId, secret: Option<&str>) -> Result<(), StoreError> {
    diesel::update(accounts::table.find(id.0)).set(accounts::totp_secret.eq(secret)).execute(conn)?;
    Ok(())
}

/// Forgets password and second factor and ends all sessions.
///
/// # Errors
/// Where the database fails.
pub fn clear_secrets(conn: &mut Conn, id: AccountId) -> Result<(), StoreError> {
    diesel::update(accounts::table.find(id.0))
        .set((accounts::password_hash.eq(None::<String>), accounts::totp_secret.eq(None::<String>)))
        .execute(conn)?;
    end_sessions(conn, id)
}

/// Uses a time step up; `false` where it or a later one was used already.
///
/// # Errors
/// Where the database fails.
pub fn use_totp_step(conn: &mut Conn, id: AccountId, step: i64) -> Result<bool, StoreError> {
    let changed = diesel::update(accounts::table.find(id.0).filter(accounts::totp_step.lt(step)))
        .set(accounts::totp_step.eq(step))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Disables an account and ends its sessions.
///
/// # Errors
/// Where the database fails.
pub fn disable(conn: &mut Conn, id: AccountId, now: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::update(accounts::table.find(id.0)).set(accounts::disabled_at.eq(micros(now))).execute(conn)?;
    end_sessions(conn, id)
}

/// A session as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    pub account: AccountId,
    /// Signed in wholly, not still owing the second factor.
    pub complete: bool,
    pub created_at: i64,
    pub seen_at: i64,
}

/// Starts a session.
///
/// # Errors
/// Where the database fails.
pub fn start_session(
    conn: &mut Conn,
    token_hash: &str,
    account: AccountId,
    complete: bool,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    diesel::insert_into(sessions::table)
        .values((
            sessions::token_hash.eq(token_hash),
            sessions::account_id.eq(account.0),
            sessions::complete.eq(complete),
            sessions::created_at.eq(micros(now)),
            sessions::seen_at.eq(micros(now)),
        ))
        .execute(conn)?;
    Ok(())
}

/// A session with its account.
///
/// # Errors
/// Where the database fails.
pub fn find_session(conn: &mut Conn, token_hash: &str) -> Result<Option<(Session, Account)>, StoreError> {
    let row: Option<(i64, bool, i64, i64)> = sessions::table
        .find(token_hash)
        .select((sessions::account_id, sessions::complete, sessions::created_at, sessions::seen_at))
        .get_result(conn)
        .optional()?;
    let Some((account, complete, created_at, seen_at)) = row else { return Ok(None) };
    let session = Session { account: AccountId(account), complete, created_at, seen_at };
    Ok(Some((session, get(conn, session.account)?)))
}

/// Notes that a session was used.
///
/// # Errors
/// Where the database fails.
pub fn touch_session(conn: &mut Conn, token_hash: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::update(sessions::table.find(token_hash)).set(sessions::seen_at.eq(micros(now))).execute(conn)?;
    Ok(())
}

/// Ends one session.
///
/// # Errors
/// Where the database fails.
pub fn end_session(conn: &mut Conn, token_hash: &str) -> Result<(), StoreError> {
    diesel::delete(sessions::table.find(token_hash)).execute(conn)?;
    Ok(())
}

fn end_sessions(conn: &mut Conn, account: AccountId) -> Result<(), StoreError> {
    diesel::delete(sessions::table.filter(sessions::account_id.eq(account.0))).execute(conn)?;
    Ok(())
}

/// Makes a one-time link for setting a password; earlier ones die.
///
/// # Errors
/// Where the database fails.
pub fn add_link(
    conn: &mut Conn,
    account: AccountId,
    token_hash: &str,
    expires: DateTime<Utc>,
) -> Result<(), StoreError> {
    diesel::delete(account_links::table.filter(account_links::account_id.eq(account.0))).execute(conn)?;
    diesel::insert_into(account_links::table)
        .values((
            account_links::token_hash.eq(token_hash),
            account_links::account_id.eq(account.0),
            account_links::expires_at.eq(micros(expires)),
        ))
        .execute(conn)?;
    Ok(())
}

/// The account of a link that is neither used nor expired.
///
/// # Errors
/// Where the database fails.
pub fn find_link(conn: &mut Conn, token_hash: &str, now: DateTime<Utc>) -> Result<Option<AccountId>, StoreError> {
    let id: Option<i64> = account_links::table
        .find(token_hash)
        .filter(account_links::used_at.is_null())
        .filter(account_links::expires_at.gt(micros(now)))
        .select(account_links::account_id)
        .get_result(conn)
        .optional()?;
    Ok(id.map(AccountId))
}

/// Uses a link up.
///
/// # Errors
/// Where the database fails.
pub fn use_link(conn: &mut Conn, token_hash: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::update(account_links::table.find(token_hash)).set(account_links::used_at.eq(micros(now))).execute(conn)?;
    Ok(())
}

/// Something an account is told of: a form and a region, `None` meaning any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    pub form: Option<String>,
    pub region: Option<String>,
}

/// What an account follows.
///
/// # Errors
/// Where the database fails.
pub fn alerts_of(conn: &mut Conn, account: AccountId) -> Result<Vec<Alert>, StoreError> {
    let rows: Vec<(Option<String>, Option<String>)> = alerts::table
        .filter(alerts::account_id.eq(account.0))
        .order(alerts::id)
        .select((alerts::form, alerts::region))
        .load(conn)?;
    Ok(rows.into_iter().map(|(form, region)| Alert { form, region }).collect())
}

/// Changes the language of mails to an account.
///
/// # Errors
/// Where the database fails.
pub fn set_language(conn: &mut Conn, account: AccountId, language: Language) -> Result<(), StoreError> {
    diesel::update(accounts::table.find(account.0)).set(accounts::language.eq(language.code())).execute(conn)?;
    Ok(())
}

/// Replaces what an account follows.
///
/// # Errors
/// Where the database fails.
pub fn set_alerts(conn: &mut Conn, account: AccountId, wanted: &[Alert]) -> Result<(), StoreError> {
    diesel::delete(alerts::table.filter(alerts::account_id.eq(account.0))).execute(conn)?;
    for alert in wanted {
        diesel::insert_into(alerts::table)
            .values((alerts::account_id.eq(account.0), alerts::form.eq(&alert.form), alerts::region.eq(&alert.region)))
            .execute(conn)?;
    }
    Ok(())
}

/// Accounts that follow a form in any of these regions, each once.
///
/// # Errors
/// Where the database fails.
pub fn followers(conn: &mut Conn, form: &str, regions: &[String]) -> Result<Vec<Account>, StoreError> {
    let following = alerts::table
        .filter(alerts::form.is_null().or(alerts::form.eq(form)))
        .filter(alerts::region.is_null().or(alerts::region.eq_any(regions)))
        .select(alerts::account_id);
    let rows: Vec<Row> = accounts::table
        .filter(accounts::id.eq_any(following))
        .filter(accounts::disabled_at.is_null())
        .order(accounts::id)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Account::try_from).collect()
}

/// Forgets failures, sessions and links that have had their day.
///
/// # Errors
/// Where the database fails.
pub fn forget(conn: &mut Conn, before: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::delete(sign_in_failures::table.filter(sign_in_failures::at.lt(micros(before)))).execute(conn)?;
    diesel::delete(sessions::table.filter(sessions::created_at.lt(micros(before)))).execute(conn)?;
    diesel::delete(account_links::table.filter(account_links::expires_at.lt(micros(before)))).execute(conn)?;
    Ok(())
}
