//! Accounts: who works here, with which role. Nobody sets a password for another: each gets a one-time link.

use std::borrow::Cow;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::{Deserialize, Deserializer};
use validator::{Validate, ValidationError, ValidationErrors};

use super::words::{self, Badge};
use super::{Choice, Input, Wrong, wrong_of};
use crate::actions::accounts::{self, Order, Refusal};
use crate::app::App;
use crate::domain::account::{Account, AccountId, Role};
use crate::locale::{Language, Locale};
use crate::store::Stop;
use crate::web::errors::WebError;
use crate::web::extract::{Sent, Valid};
use crate::web::frame::{Frame, language};
use crate::web::respond::{self, State};

/// An account to add, as typed.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
pub struct Invitation {
    #[serde(default, deserialize_with = "trimmed")]
    #[validate(email, length(max = 254))]
    email: String,
    #[serde(default, deserialize_with = "trimmed")]
    #[validate(length(min = 1, max = 120))]
    name: String,
    #[serde(default)]
    #[validate(custom(function = "is_role"))]
    role: String,
    #[serde(default)]
    #[validate(custom(function = "is_language"))]
    language: String,
}

fn trimmed<'de, D: Deserializer<'de>>(input: D) -> Result<String, D::Error> {
    Ok(String::deserialize(input)?.trim().to_owned())
}

fn is_role(text: &str) -> Result<(), ValidationError> {
    Role::read(text).map(drop).ok_or_else(|| ValidationError::new("choice"))
}

fn is_language(text: &str) -> Result<(), ValidationError> {
    let known = Language::ALL.into_iter().any(|language| language.code() == text);
    if known { Ok(()) } else { Err(ValidationError::new("choice")) }
}

/// One account in the list.
pub struct Line {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub role: String,
    pub language: String,
    pub status: Badge,
    /// Can be disabled: everybody but oneself, so that an admin is always left.
    pub can_disable: bool,
    pub can_reset: bool,
}

#[derive(Template)]
#[template(path = "staff/accounts.html")]
struct AccountsPage {
    f: Frame,
    flash: Option<String>,
    errors: Vec<Wrong>,
    lines: Vec<Line>,
    inputs: Vec<Input>,
    roles: Vec<Choice>,
    role_error: Option<String>,
    languages: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "staff/account-link.html")]
struct LinkPage {
    f: Frame,
    lead: String,
    link: String,
}

/// The address' parameters.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    done: Option<String>,
}

/// GET `/staff/accounts`
///
/// # Errors
/// Where the database fails.
pub async fn list(req: HttpRequest, app: State, asked: web::Query<Asked>) -> Result<HttpResponse, WebError> {
    let l = app.locale(language(&req));
    let flash = (asked.done.as_deref() == Some("disabled")).then(|| l.t("staff-account-disabled"));
    let fresh = Invitation { role: "moderator".to_owned(), language: "en".to_owned(), ..Invitation::default() };
    draw(&app, &req, StatusCode::OK, &fresh, &Errors::default(), flash).await
}

/// What is wrong, by field.
#[derive(Default)]
struct Errors {
    email: Option<String>,
    name: Option<String>,
    role: Option<String>,
    /// About no field.
    other: Option<String>,
}

impl Errors {
    fn of(l: &Locale, found: &ValidationErrors) -> Self {
        let wrong =
            |field: &'static str, key: &str| found.errors().contains_key(&Cow::Borrowed(field)).then(|| l.t(key));
        Self {
            email: wrong("email", "staff-wrong-email"),
            name: wrong("name", "staff-wrong-name"),
            role: wrong("role", "staff-wrong-role"),
            other: wrong("language", "staff-wrong-language"),
        }
    }
}

async fn draw(
    app: &App,
    req: &HttpRequest,
    status: StatusCode,
    typed: &Invitation,
    errors: &Errors,
    flash: Option<String>,
) -> Result<HttpResponse, WebError> {
    let own = super::desk(req)?.account.id;
    let all = accounts::list(app).await?;
    let f = Frame::new(app, req, app.locale(language(req)).t("accounts"));
    let l = f.l.clone();
    let inputs = vec![
        Input::new("email", "email", "off", l.t("staff-email")).holding(&typed.email).refused(errors.email.clone()),
        Input::new("name", "text", "off", l.t("staff-name"))
            .holding(&typed.name)
            .hinting(l.t("staff-name-hint"))
            .refused(errors.name.clone()),
    ];
    let mut wrong = wrong_of(&inputs);
    wrong.extend(errors.role.clone().map(|text| Wrong { anchor: "role".to_owned(), text }));
    wrong.extend(errors.other.clone().map(|text| Wrong { anchor: "main".to_owned(), text }));
    let page = AccountsPage {
        flash,
        errors: wrong,
        lines: all.iter().map(|account| line(&l, account, own)).collect(),
        inputs,
        roles: roles(&l, &typed.role),
        role_error: errors.role.clone(),
        languages: languages(app, &l, &typed.language),
        f,
    };
    Ok(respond::private(status, &page))
}

fn line(l: &Locale, account: &Account, own: AccountId) -> Line {
    let status = if account.disabled {
        Badge { class: "stopped", text: l.t("staff-account-off") }
    } else {
        Badge { class: "done", text: l.t("staff-account-on") }
    };
    Line {
        id: account.id.0,
        name: account.name.clone(),
        email: account.email.clone(),
        role: words::role(l, account.role),
        language: words::language(l, account.language),
        status,
        can_disable: !account.disabled && account.id != own,
        can_reset: !account.disabled,
    }
}

fn roles(l: &Locale, chosen: &str) -> Vec<Choice> {
    let choice = |role: &Role| Choice {
        value: role.as_str().to_owned(),
        label: words::role(l, *role),
        hint: Some(words::role_hint(l, *role)),
        chosen: role.as_str() == chosen,
    };
    Role::ALL.iter().map(choice).collect()
}

fn languages(app: &App, l: &Locale, chosen: &str) -> Vec<Choice> {
    let choice = |language: Language| Choice {
        value: language.code().to_owned(),
        label: words::language(l, language),
        hint: None,
        chosen: language.code() == chosen,
    };
    app.locales.of_mails().into_iter().map(choice).collect()
}

/// POST `/staff/accounts`: shows the one-time link, once.
///
/// # Errors
/// Where the database fails.
pub async fn add(req: HttpRequest, app: State, sent: Valid<Invitation>) -> Result<HttpResponse, WebError> {
    let l = app.locale(language(&req));
    let (typed, wrong) = (sent.input, StatusCode::UNPROCESSABLE_ENTITY);
    if let Err(found) = &sent.checked {
        return draw(&app, &req, wrong, &typed, &Errors::of(&l, found), None).await;
    }
    let (Some(role), Some(spoken)) = (Role::read(&typed.role), Language::read(&typed.language)) else {
        return Err(WebError::Unreadable);
    };
    let order = Order { email: typed.email.clone(), name: typed.name.clone(), role, language: spoken, password: None };
    match accounts::add(&app, order).await {
        Ok((_, link)) => {
            Ok(link_page(&app, &req, l.a("staff-account-added", "name", &typed.name), link.unwrap_or_default()))
        }
        Err(Stop::Failed(error)) => Err(error.into()),
        Err(Stop::Refused(Refusal::Taken | Refusal::NotFound | Refusal::Weak)) => {
            let errors = Errors { email: Some(l.t("staff-wrong-taken")), ..Errors::default() };
            draw(&app, &req, wrong, &typed, &errors, None).await
        }
    }
}

fn link_page(app: &App, req: &HttpRequest, lead: String, link: String) -> HttpResponse {
    let f = Frame::new(app, req, app.locale(language(req)).t("staff-account-link"));
    respond::private(StatusCode::OK, &LinkPage { f, lead, link })
}

/// The account an address names.
async fn find(app: &App, id: &str) -> Result<Account, WebError> {
    let id: i64 = id.parse().map_err(|_| WebError::NotFound)?;
    accounts::list(app).await?.into_iter().find(|account| account.id.0 == id).ok_or(WebError::NotFound)
}

fn refused(refusal: Refusal) -> WebError {
    match refusal {
        Refusal::NotFound | Refusal::Taken | Refusal::Weak => WebError::NotFound,
    }
}

/// POST `/staff/accounts/{id}/disable`: anybody but oneself.
///
/// # Errors
/// Where there is no such account.
pub async fn disable(
    req: HttpRequest,
    app: State,
    id: web::Path<String>,
    _proof: Sent,
) -> Result<HttpResponse, WebError> {
    let account = find(&app, &id).await?;
    if account.id == super::desk(&req)?.account.id {
        return Err(WebError::Conflict);
    }
    accounts::disable(&app, &account.email).await.map_err(|stop| WebError::of(stop, refused))?;
    Ok(respond::see_other("/staff/accounts?done=disabled"))
}

/// POST `/staff/accounts/{id}/reset`: a new link, shown once; the second factor is set up anew.
///
/// # Errors
/// Where there is no such account.
pub async fn reset(
    req: HttpRequest,
    app: State,
    id: web::Path<String>,
    _proof: Sent,
) -> Result<HttpResponse, WebError> {
    let account = find(&app, &id).await?;
    let link = accounts::reset(&app, &account.email).await.map_err(|stop| WebError::of(stop, refused))?;
    let l = app.locale(language(&req));
    Ok(link_page(&app, &req, l.a("staff-account-reset", "name", &account.name), link))
}
