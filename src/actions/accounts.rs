//! Accounts: added, disabled, reset; what each follows.

use chrono::Duration;

use super::sign_in;
use crate::app::App;
use crate::domain::account::{Account, AccountId, Role};
use crate::domain::links::hash_token;
use crate::locale::Language;
use crate::store::accounts::{self, Alert, NewAccount};
use crate::store::alerts::{self, Settings};
use crate::store::{Stop, StoreError};

/// How long a set-password link lives (ASVS 6.4.1).
const LINK: Duration = Duration::hours(24);

/// Why an account is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The address has an account already.
    Taken,
    /// No account has this address.
    NotFound,
    /// The password is too short or too simple.
    Weak,
}

/// An account to add.
#[derive(Debug, Clone)]
pub struct Order {
    pub email: String,
    pub name: String,
    pub role: Role,
    pub language: Language,
    pub password: Option<String>,
}

/// Adds an account; all follow everything from the start, observers by a weekly digest. Gives a one-time link where no password came.
///
/// # Errors
/// [`Refusal::Taken`], or why nothing was kept.
pub async fn add(app: &App, order: Order) -> Result<(AccountId, Option<String>), Stop<Refusal>> {
    if order.password.as_deref().is_some_and(|password| !sign_in::is_strong(app, password)) {
        return Err(Stop::Refused(Refusal::Weak));
    }
    let (now, token) = (app.clock.now(), app.entropy.token());
    let password_hash = order.password.as_deref().map(|password| sign_in::hash_password(app, password)).transpose()?;
    let link = password_hash.is_none().then(|| token.clone());
    let new =
        NewAccount { email: order.email, name: order.name, role: order.role, language: order.language, password_hash };
    let id = app
        .db
        .write(move |conn| {
            let id = accounts::insert(conn, &new, now)?.ok_or(Stop::Refused(Refusal::Taken))?;
            accounts::set_alerts(conn, id, &[Alert { form: None, region: None }])?;
            if new.password_hash.is_none() {
                accounts::add_link(conn, id, &hash_token(&token), now + LINK)?;
            }
            Ok(id)
        })
        .await?;
    Ok((id, link.map(|token| link_to(app, &token))))
}

fn link_to(app: &App, token: &str) -> String {
    format!("{}/staff/password?key={token}", app.base())
}

/// A new set-password link for an account; its password, sessions and second factor end at once.
///
/// # Errors
/// [`Refusal::NotFound`], or why nothing was kept.
pub async fn reset(app: &App, email: &str) -> Result<String, Stop<Refusal>> {
    let (now, token, email) = (app.clock.now(), app.entropy.token(), email.to_owned());
    let link = link_to(app, &token);
    app.db
        .write(move |conn| {
            let account = accounts::find(conn, &email)?.ok_or(Stop::Refused(Refusal::NotFound))?;
            accounts::clear_secrets(conn, account.id)?;
            accounts::add_link(conn, account.id, &hash_token(&token), now + LINK)?;
            Ok(())
        })
        .await?;
    Ok(link)
}

/// Disables an account and ends its sessions.
///
/// # Errors
/// [`Refusal::NotFound`], or why nothing was kept.
pub async fn disable(app: &App, email: &str) -> Result<(), Stop<Refusal>> {
    let (now, email) = (app.clock.now(), email.to_owned());
    app.db
        .write(move |conn| {
            let account = accounts::find(conn, &email)?.ok_or(Stop::Refused(Refusal::NotFound))?;
            Ok(accounts::disable(conn, account.id, now)?)
        })
        .await
}

/// All accounts, by name.
///
/// # Errors
/// Why they could not be read.
pub async fn list(app: &App) -> Result<Vec<Account>, StoreError> {
    app.db.read(accounts::all).await
}

/// Changes the language in which an account is written to.
///
/// # Errors
/// Why nothing was kept.
pub async fn speak(app: &App, account: AccountId, language: Language) -> Result<(), Stop<Refusal>> {
    app.db.write(move |conn| Ok(accounts::set_language(conn, account, language)?)).await
}

/// Replaces what an account follows, and when it is told.
///
/// # Errors
/// Why nothing was kept.
pub async fn follow(
    app: &App,
    account: AccountId,
    followed: Vec<Alert>,
    settings: Settings,
) -> Result<(), Stop<Refusal>> {
    let now = app.clock.now();
    app.db
        .write(move |conn| {
            accounts::set_alerts(conn, account, &followed)?;
            Ok(alerts::set(conn, account, &settings, now)?)
        })
        .await
}
