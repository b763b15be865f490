//! Staff sign in: password, then a code where the second factor is on. One answer for an unknown address and a wrong
//! password, in the same time.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use chrono::Duration;
use totp_rs::{Builder, Secret, Totp};

use crate::app::{App, Parts};
use crate::domain::account::{Account, AccountId};
use crate::domain::links::hash_token;
use crate::store::accounts::{self, Failures, Secrets};
use crate::store::{Stop, StoreError};

/// Idle and absolute life of a session (ASVS 7.3).
pub const IDLE: Duration = Duration::minutes(30);
pub const ABSOLUTE: Duration = Duration::hours(8);

/// Failures within [`WINDOW`] before more are refused unheard: from one network for one address, and from one network for
/// any. Never for an address alone: a stranger could lock its owner out.
const MOST_FOR_ADDRESS: i64 = 20;
const MOST_FROM_NETWORK: i64 = 100;
const WINDOW: Duration = Duration::minutes(15);

/// Why a sign-in fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Wrong address, password or code, or a disabled account.
    Wrong,
    /// Too many failures; try again later.
    TooMany,
    /// The link is used, expired or unknown.
    LinkDead,
    /// The password is too short or too well known.
    Weak,
}

/// A session that was started.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub account: Account,
    /// For the cookie; only its hash is stored.
    pub token: String,
    /// Whether a code is still owed.
    pub owes_code: bool,
}

/// Hashes a password with Argon2id.
///
/// # Errors
/// Where the parameters are refused, which is a fault of the program.
pub fn hash_password(app: &Parts, password: &str) -> Result<String, StoreError> {
    let hash = hasher(app)?.hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|e| StoreError::Unreadable(e.to_string()))
}

fn hasher(app: &Parts) -> Result<Argon2<'static>, StoreError> {
    let (memory, passes) = app.password_cost;
    let params = Params::new(memory, passes, 1, None).map_err(|e| StoreError::Unreadable(e.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Checks address and password and starts a session.
///
/// # Errors
/// A [`Refusal`], or why it could not be checked.
pub async fn sign_in(app: &App, email: &str, password: &str, network: &str) -> Result<SignedIn, Stop<Refusal>> {
    let _turn = turn(app).await?;
    let (email, network) = (email.trim().to_owned(), network.to_owned());
    let (now, look_up, from) = (app.clock.now(), email.clone(), network.clone());
    let (found, failures) = app
        .db
        .read(move |conn| {
            let account = accounts::find(conn, &look_up)?;
            let secrets = account.as_ref().map(|a| accounts::secrets(conn, a.id)).transpose()?;
            let failures = accounts::failures(conn, &look_up, &from, now - WINDOW)?;
            Ok((account.zip(secrets), failures))
        })
        .await?;
    if too_many(failures) {
        return Err(Stop::Refused(Refusal::TooMany));
    }
    let stored = found.as_ref().and_then(|(_, secrets)| secrets.password_hash.clone());
    let right = verify(app, stored, password).await?;
    let Some((account, secrets)) = found.filter(|(account, _)| right && !account.disabled) else {
        app.db.write(move |conn| Ok::<_, Stop<Refusal>>(accounts::note_failure(conn, &email, &network, now)?)).await?;
        return Err(Stop::Refused(Refusal::Wrong));
    };
    start(app, account, &secrets).await
}

fn too_many(failures: Failures) -> bool {
    failures.pair >= MOST_FOR_ADDRESS || failures.network >= MOST_FROM_NETWORK
}

/// Waits for a turn at hashing; failures are counted within it, so that a crowd cannot outrun the count.
async fn turn(app: &Parts) -> Result<tokio::sync::SemaphorePermit<'_>, StoreError> {
    app.hashing.acquire().await.map_err(|_| StoreError::Stopped)
}

/// Compares in a blocking thread; an unknown address costs the same as a wrong password.
async fn verify(app: &App, stored: Option<String>, password: &str) -> Result<bool, StoreError> {
    let (app, password) = (app.clone(), password.to_owned());
    let work = move || -> Result<bool, StoreError> {
        let hash = match &stored {
            Some(hash) => hash.clone(),
            None => nobody(&app)?,
        };
        let parsed = PasswordHash::new(&hash).map_err(|e| StoreError::Unreadable(e.to_string()))?;
        let fits = Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok();
        Ok(fits && stored.is_some())
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Panicked)?
}

/// A hash of nobody's password, made once.
fn nobody(app: &Parts) -> Result<String, StoreError> {
    if let Some(hash) = app.nobody.get() {
        return Ok(hash.clone());
    }
    let hash = hash_password(app, "an address nobody has")?;
    Ok(app.nobody.get_or_init(|| hash).clone())
}

async fn start(app: &App, account: Account, secrets: &Secrets) -> Result<SignedIn, Stop<Refusal>> {
    let owes_code = secrets.totp_secret.is_some() || !app.config.web.two_factor_optional;
    let (token, now, id) = (app.entropy.token(), app.clock.now(), account.id);
    let hash = hash_token(&token);
    app.db
        .write(move |conn| Ok::<_, Stop<Refusal>>(accounts::start_session(conn, &hash, id, !owes_code, now)?))
        .await?;
    Ok(SignedIn { account, token, owes_code })
}

/// A fresh second factor for an account that has none: the secret (base32) and the address for the app.
///
/// # Errors
/// Where the secret cannot be used, which is a fault of the program.
pub fn new_factor(app: &Parts, email: &str) -> Result<(String, String), StoreError> {
    let text = Secret::from(app.entropy.bytes::<20>().to_vec()).to_base32();
    let url = factor(app, &text, email)?.to_url().map_err(|e| StoreError::Unreadable(e.to_string()))?;
    Ok((text, url))
}

fn factor(app: &Parts, secret: &str, email: &str) -> Result<Totp, StoreError> {
    let secret = Secret::try_from_base32(secret).map_err(|e| StoreError::Unreadable(e.to_string()))?;
    Builder::new()
        .with_secret(secret)
        .with_account_name(email.replace(':', ""))
        .with_issuer(Some(app.config.service.name.replace(':', " ")))
        .build()
        .map_err(|e| StoreError::Unreadable(e.to_string()))
}

/// Checks the code and completes the session under a new secret. `enrol` is the fresh secret of a first sign-in.
///
/// # Errors
/// A [`Refusal`], or why it could not be checked.
pub async fn give_code(
    app: &App,
    token: &str,
    account: &Account,
    code: &str,
    enrol: Option<String>,
) -> Result<SignedIn, Stop<Refusal>> {
    let _turn = turn(app).await?;
    let now = app.clock.now();
    let id = account.id;
    // Tries of codes are counted by account, whatever network they come from.
    let (email, tries) = (account.email.clone(), format!("code of {}", id.0));
    let (look_up, from) = (email.clone(), tries.clone());
    let (secrets, failures) = app
        .db
        .read(move |conn| Ok((accounts::secrets(conn, id)?, accounts::failures(conn, &look_up, &from, now - WINDOW)?)))
        .await?;
    if too_many(failures) {
        return Err(Stop::Refused(Refusal::TooMany));
    }
    let enrolled = secrets.totp_secret.clone();
    let secret = enrolled.clone().or(enrol).ok_or(Stop::Refused(Refusal::Wrong))?;
    let step = matching_step(app, &secret, account, code, now.timestamp())?;
    let (fresh, old) = (app.entropy.token(), hash_token(token));
    let new_hash = hash_token(&fresh);
    app.db
        .write(move |conn| {
            let used = match step {
                Some(step) => accounts::use_totp_step(conn, id, step)?,
                None => false,
            };
            if !used {
                accounts::note_failure(conn, &email, &tries, now)?;
                return Ok(false);
            }
            if enrolled.is_none() {
                accounts::set_totp(conn, id, Some(&secret))?;
            }
            accounts::end_session(conn, &old)?;
            accounts::start_session(conn, &new_hash, id, true, now)?;
            Ok::<_, Stop<Refusal>>(true)
        })
        .await?
        .then(|| SignedIn { account: account.clone(), token: fresh, owes_code: false })
        .ok_or(Stop::Refused(Refusal::Wrong))
}

/// The time step whose code this is: this one, the one before or after it.
fn matching_step(app: &Parts, secret: &str, account: &Account, code: &str, at: i64) -> Result<Option<i64>, StoreError> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let step = factor(app, secret, &account.email)?.check(&digits, u64::try_from(at).unwrap_or(0));
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

/// Ends a session.
///
/// # Errors
/// Why it could not be ended.
pub async fn sign_out(app: &App, token: &str) -> Result<(), Stop<Refusal>> {
    let hash = hash_token(token);
    app.db.write(move |conn| Ok(accounts::end_session(conn, &hash)?)).await
}

/// Sets a password by a one-time link.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn set_password(app: &App, link: &str, password: &str) -> Result<AccountId, Stop<Refusal>> {
    if !is_strong(app, password) {
        return Err(Stop::Refused(Refusal::Weak));
    }
    let _turn = turn(app).await?;
    let (hasher, typed) = (app.clone(), password.to_owned());
    let hash = tokio::task::spawn_blocking(move || hash_password(&hasher, &typed))
        .await
        .map_err(|_| StoreError::Panicked)??;
    let (link, now) = (hash_token(link), app.clock.now());
    app.db
        .write(move |conn| {
            let id = accounts::find_link(conn, &link, now)?.ok_or(Stop::Refused(Refusal::LinkDead))?;
            accounts::use_link(conn, &link, now)?;
            accounts::set_password(conn, id, &hash)?;
            Ok(id)
        })
        .await
}

/// 12 to 128 characters, not the service's own name over and over (ASVS 6.2.1, 6.1.2).
pub(super) fn is_strong(app: &Parts, password: &str) -> bool {
    let length = password.chars().count();
    let distinct: std::collections::BTreeSet<char> = password.to_lowercase().chars().collect();
    let named = password.to_lowercase().contains(&app.config.service.name.to_lowercase());
    (12..=128).contains(&length) && distinct.len() >= 5 && !named
}
