//! Signing in and out: password, then a code; a first password by a one-time link.

use actix_web::cookie::time;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::Duration;
use serde::Deserialize;
use validator::Validate;

use super::enrol::{Enrolment, enrol, is_secret};
use super::{Input, Wrong, wrong_of};
use crate::actions::sign_in::{self as act, Refusal, SignedIn};
use crate::app::App;
use crate::domain::account::Account;
use crate::domain::links::hash_token;
use crate::locale::Locale;
use crate::store::{Stop, accounts, instant};
use crate::web::errors::WebError;
use crate::web::extract::{Sent, Valid};
use crate::web::frame::Frame;
use crate::web::guard::session_cookie;
use crate::web::network::Limits;
use crate::web::respond::{self, State, is_own_path};

/// How long somebody who gave a right password may take for the code.
const CODE_TIME: Duration = Duration::minutes(10);

/// The address' parameters.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    next: Option<String>,
    done: Option<String>,
}

/// Address and password, as typed. Nobody has longer ones.
#[derive(Debug, Deserialize, Validate)]
pub struct Credentials {
    #[serde(default)]
    #[validate(length(max = 254))]
    email: String,
    #[serde(default)]
    #[validate(length(max = 1000))]
    password: String,
    #[serde(default)]
    next: String,
}

#[derive(Template)]
#[template(path = "staff/login.html")]
struct LoginPage {
    f: Frame,
    flash: Option<String>,
    errors: Vec<Wrong>,
    inputs: Vec<Input>,
    next: String,
}

#[derive(Template)]
#[template(path = "staff/code.html")]
struct CodePage {
    f: Frame,
    errors: Vec<Wrong>,
    inputs: Vec<Input>,
    enrolment: Option<Enrolment>,
    next: String,
}

#[derive(Template)]
#[template(path = "staff/password.html")]
struct PasswordPage {
    f: Frame,
    errors: Vec<Wrong>,
    inputs: Vec<Input>,
    /// The link opens nothing.
    dead: bool,
}

/// GET `/staff/login`
///
/// # Errors
/// None of its own.
pub async fn login(req: HttpRequest, app: State, asked: web::Query<Asked>) -> Result<HttpResponse, WebError> {
    let next = landing(asked.next.as_deref());
    if super::desk(&req).is_ok() {
        return Ok(respond::see_other(&next));
    }
    let l = app.locale(crate::web::frame::language(&req));
    let flash = match asked.done.as_deref() {
        Some("password") => Some(l.t("staff-password-set")),
        Some("signed-out") => Some(l.t("staff-signed-out")),
        Some("expired") => Some(l.t("staff-code-expired")),
        _ => None,
    };
    Ok(login_page(&app, &req, StatusCode::OK, (next, String::new()), flash, None))
}

fn login_page(
    app: &App,
    req: &HttpRequest,
    status: StatusCode,
    (next, email): (String, String),
    flash: Option<String>,
    error: Option<String>,
) -> HttpResponse {
    let f = Frame::new(app, req, app.locale(crate::web::frame::language(req)).t("staff-sign-in"));
    let inputs = vec![
        Input::new("email", "email", "username", f.l.t("staff-email")).holding(&email).refused(error),
        Input::new("password", "password", "current-password", f.l.t("staff-password")),
    ];
    respond::private(status, &LoginPage { flash, errors: wrong_of(&inputs), inputs, next, f })
}

/// POST `/staff/login`: one answer for an unknown address and a wrong password.
///
/// # Errors
/// Where the database fails.
pub async fn sign_in(
    req: HttpRequest,
    app: State,
    limits: web::Data<Limits>,
    sent: Valid<Credentials>,
) -> Result<HttpResponse, WebError> {
    let Credentials { email, password, next } = sent.input;
    let next = landing(Some(&next));
    let tried = match sent.checked {
        Ok(()) => act::sign_in(&app, &email, &password, &limits.network(&req)).await,
        Err(_) => Err(Stop::Refused(Refusal::Wrong)),
    };
    match tried {
        Ok(signed) if signed.owes_code => {
            let page = code_page(&app, &req, &signed.account, &next, (None, None)).await?;
            Ok(with_session(&app, page, &signed))
        }
        Ok(signed) => Ok(with_session(&app, respond::see_other(&next), &signed)),
        Err(Stop::Failed(error)) => Err(error.into()),
        Err(Stop::Refused(refusal)) => {
            let l = app.locale(crate::web::frame::language(&req));
            let (status, text) = said(&l, refusal, "staff-wrong-credentials");
            Ok(slowed(login_page(&app, &req, status, (next, email), None, Some(text))))
        }
    }
}

/// What is said to a refusal, and with which status.
fn said(l: &Locale, refusal: Refusal, wrong: &str) -> (StatusCode, String) {
    match refusal {
        Refusal::TooMany => (StatusCode::TOO_MANY_REQUESTS, l.t("staff-too-many")),
        Refusal::Wrong | Refusal::LinkDead | Refusal::Weak => (StatusCode::UNPROCESSABLE_ENTITY, l.t(wrong)),
    }
}

/// Says when to try again, where it was too often.
fn slowed(mut response: HttpResponse) -> HttpResponse {
    if response.status() == StatusCode::TOO_MANY_REQUESTS {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("900"));
    }
    response
}

fn with_session(app: &App, mut response: HttpResponse, signed: &SignedIn) -> HttpResponse {
    let cookie = respond::cookie(app, session_cookie(app), &signed.token, "/", None);
    if response.add_cookie(&cookie).is_err() {
        tracing::warn!("a session's cookie could not be set");
    }
    response
}

/// The page that asks for the code; for an account without a second factor, the one that sets it up.
async fn code_page(
    app: &App,
    req: &HttpRequest,
    account: &Account,
    next: &str,
    (kept, refused): (Option<String>, Option<Refusal>),
) -> Result<HttpResponse, WebError> {
    let id = account.id;
    let secrets = app.db.read(move |conn| accounts::secrets(conn, id)).await?;
    let enrolment = if secrets.totp_secret.is_none() { Some(enrol(app, &account.email, kept)?) } else { None };
    let l = app.locale(crate::web::frame::language(req));
    let f = Frame::new(app, req, l.t(if enrolment.is_some() { "staff-enrol" } else { "staff-code-title" }));
    let (status, error) = match refused {
        None => (StatusCode::OK, None),
        Some(refusal) => {
            let (status, text) = said(&l, refusal, "staff-wrong-code");
            (status, Some(text))
        }
    };
    let inputs = vec![
        Input::new("code", "text", "one-time-code", l.t("staff-code")).hinting(l.t("staff-code-hint")).refused(error),
    ];
    let page = CodePage { errors: wrong_of(&inputs), inputs, enrolment, next: next.to_owned(), f };
    Ok(slowed(respond::private(status, &page)))
}

/// POST `/staff/code`: the code completes the session under a new secret.
///
/// # Errors
/// Where the database fails.
pub async fn code(req: HttpRequest, app: State, sent: Sent) -> Result<HttpResponse, WebError> {
    let next = landing(Some(sent.text("next")));
    let Some((token, account)) = half_way(&app, &req).await? else {
        let again = super::address("/staff/login", &[("done", "expired"), ("next", &next)]);
        return Ok(respond::see_other(&again));
    };
    let kept = Some(sent.text("enrol").to_owned()).filter(|secret| is_secret(secret));
    match act::give_code(&app, &token, &account, sent.text("code"), kept.clone()).await {
        Ok(signed) => Ok(with_session(&app, respond::see_other(&next), &signed)),
        Err(Stop::Failed(error)) => Err(error.into()),
        Err(Stop::Refused(refusal)) => code_page(&app, &req, &account, &next, (kept, Some(refusal))).await,
    }
}

/// The account of a session that still owes its code.
async fn half_way(app: &App, req: &HttpRequest) -> Result<Option<(String, Account)>, WebError> {
    let Some(cookie) = req.cookie(session_cookie(app)) else { return Ok(None) };
    let (token, now) = (cookie.value().to_owned(), app.clock.now());
    let hash = hash_token(&token);
    let found = app.db.read(move |conn| accounts::find_session(conn, &hash)).await?;
    let open = found.filter(|(session, account)| {
        !session.complete && !account.disabled && now - instant(session.created_at) < CODE_TIME
    });
    Ok(open.map(|(_, account)| (token, account)))
}

/// POST `/staff/logout`
///
/// # Errors
/// Where the database fails.
pub async fn sign_out(req: HttpRequest, app: State, _proof: Sent) -> Result<HttpResponse, WebError> {
    if let Some(cookie) = req.cookie(session_cookie(&app)) {
        act::sign_out(&app, cookie.value()).await.map_err(|stop| WebError::of(stop, |_| WebError::Forbidden))?;
    }
    let mut response = respond::see_other("/staff/login?done=signed-out");
    let gone = respond::cookie(&app, session_cookie(&app), "", "/", Some(time::Duration::ZERO));
    if response.add_cookie(&gone).is_err() {
        tracing::warn!("a session's cookie could not be cleared");
    }
    let clear = HeaderValue::from_static("\"cache\", \"storage\"");
    response.headers_mut().insert(HeaderName::from_static("clear-site-data"), clear);
    Ok(response)
}

/// The key of a one-time link.
#[derive(Debug, Default, Deserialize)]
pub struct Key {
    key: Option<String>,
}

/// Holds the key of a one-time link once it has left the address, for the page of the password alone.
const LINK_COOKIE: &str = "inlet_password";
const PASSWORD_PAGE: &str = "/staff/password";

/// GET `/staff/password`: looks at the link, never uses it up. The key becomes a cookie, and the address is clean again.
///
/// # Errors
/// Where the database fails.
pub async fn password(req: HttpRequest, app: State, asked: web::Query<Key>) -> Result<HttpResponse, WebError> {
    if let Some(key) = asked.into_inner().key {
        return keep_link(&app, &key);
    }
    let key = link_key(&req);
    let (hash, now) = (hash_token(&key), app.clock.now());
    let alive = app.db.read(move |conn| accounts::find_link(conn, &hash, now)).await?.is_some();
    let status = if alive { StatusCode::OK } else { StatusCode::NOT_FOUND };
    Ok(password_page(&app, &req, status, !alive, [None, None]))
}

/// To the page of the password, with the key of a link in its cookie.
fn keep_link(app: &App, key: &str) -> Result<HttpResponse, WebError> {
    let mut response = respond::see_other(PASSWORD_PAGE);
    // What is no key of ours need not come back.
    let key: String = key.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).take(64).collect();
    let cookie = respond::cookie(app, LINK_COOKIE, &key, PASSWORD_PAGE, Some(time::Duration::hours(1)));
    response.add_cookie(&cookie).map_err(|error| WebError::Internal(error.to_string()))?;
    Ok(response)
}

fn link_key(req: &HttpRequest) -> String {
    req.cookie(LINK_COOKIE).map(|cookie| cookie.value().to_owned()).unwrap_or_default()
}

fn password_page(
    app: &App,
    req: &HttpRequest,
    status: StatusCode,
    dead: bool,
    errors: [Option<String>; 2],
) -> HttpResponse {
    let l = app.locale(crate::web::frame::language(req));
    let [weak, differ] = errors;
    let f = Frame::new(app, req, l.t(if dead { "staff-link-dead" } else { "staff-set-password" }));
    let first = Input::new("password", "password", "new-password", l.t("staff-new-password"));
    let second = Input::new("password_again", "password", "new-password", l.t("staff-password-again"));
    let inputs = vec![first.hinting(l.t("staff-password-hint")).refused(weak), second.refused(differ)];
    respond::private(status, &PasswordPage { errors: wrong_of(&inputs), inputs, dead, f })
}

/// POST `/staff/password`
///
/// # Errors
/// Where the database fails.
pub async fn set_password(req: HttpRequest, app: State, sent: Sent) -> Result<HttpResponse, WebError> {
    let (key, typed) = (link_key(&req), sent.text("password"));
    let l = app.locale(crate::web::frame::language(&req));
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    if typed != sent.text("password_again") {
        let differ = Some(l.t("staff-passwords-differ"));
        return Ok(password_page(&app, &req, wrong, false, [None, differ]));
    }
    match act::set_password(&app, &key, typed).await {
        Ok(_) => Ok(respond::see_other("/staff/login?done=password")),
        Err(Stop::Failed(error)) => Err(error.into()),
        Err(Stop::Refused(Refusal::Weak)) => {
            Ok(password_page(&app, &req, wrong, false, [Some(l.t("staff-password-weak")), None]))
        }
        Err(Stop::Refused(Refusal::LinkDead | Refusal::Wrong | Refusal::TooMany)) => {
            Ok(password_page(&app, &req, StatusCode::NOT_FOUND, true, [None, None]))
        }
    }
}

/// Where to go after signing in: a staff page that can be looked at, never what was to be changed there.
fn landing(next: Option<&str>) -> String {
    let next = next.filter(|path| is_own_path(path)).unwrap_or("/staff");
    let (path, query) = next.split_once('?').map_or((next, None), |(path, query)| (path, Some(query)));
    if path != "/staff" && !path.starts_with("/staff/") || path.split('/').any(|part| part == "..") {
        return "/staff".to_owned();
    }
    let parts: Vec<&str> = path.split('/').skip(2).collect();
    match (parts.as_slice(), query) {
        (["login" | "logout" | "code" | "password", ..], _) => "/staff".to_owned(),
        (["submissions", reference, "decisions" | "notes" | "address"], _) => format!("/staff/submissions/{reference}"),
        (["mail", id, "retry"], _) => format!("/staff/mail/{id}"),
        (["accounts", _, _], _) => "/staff/accounts".to_owned(),
        (_, Some(query)) => format!("{path}?{query}"),
        (_, None) => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_signing_in_one_stays_with_the_staff() {
        for outside in [
            "https://evil.example",
            "//evil.example",
            "/\\evil",
            "/practices",
            "/staffroom",
            "/staff/../x",
            "/staff/logout",
        ] {
            assert_eq!(landing(Some(outside)), "/staff", "{outside}");
        }
        assert_eq!(landing(Some("/staff?tab=held&q=a")), "/staff?tab=held&q=a");
        assert_eq!(landing(Some("/staff/submissions/PRA-1/decisions")), "/staff/submissions/PRA-1");
        assert_eq!(landing(Some("/staff/accounts/4/reset")), "/staff/accounts");
    }
}
