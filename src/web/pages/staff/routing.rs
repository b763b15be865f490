//! Who is told of what, besides those who chose it themselves: form, region and language lead to people and mailboxes.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::alerts::regions;
use super::{Choice, Input, Wrong, words};
use crate::actions::route::{self, Refusal};
use crate::app::App;
use crate::domain::account::{Account, AccountId};
use crate::forms::form::Lifecycle;
use crate::forms::parse::email_address;
use crate::locale::{Language, Locale};
use crate::store::routings::{self, Routing, Scope, To};
use crate::store::{Stop, accounts};
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::frame::{Frame, language};
use crate::web::respond::{self, State};

/// A rule in words.
pub struct Line {
    pub id: i64,
    pub form: String,
    pub region: String,
    pub language: String,
    pub to: String,
    /// What is to be known of whom it leads to.
    pub remark: Option<String>,
}

/// A list to choose one from.
pub struct Select {
    pub name: &'static str,
    pub label: String,
    pub choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "staff/routing.html")]
struct RoutingPage {
    f: Frame,
    flash: Option<String>,
    errors: Vec<Wrong>,
    lines: Vec<Line>,
    selects: Vec<Select>,
    input: Input,
}

/// The address' parameters.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    done: Option<String>,
}

/// GET `/staff/routing`
///
/// # Errors
/// Where the database fails.
pub async fn list(req: HttpRequest, app: State, asked: web::Query<Asked>) -> Result<HttpResponse, WebError> {
    let mut page = draw(&app, &req, &Sent::default()).await?;
    page.flash = match asked.done.as_deref() {
        Some("added") => Some(page.f.l.t("routing-added")),
        Some("removed") => Some(page.f.l.t("routing-removed")),
        _ => None,
    };
    Ok(respond::private(StatusCode::OK, &page))
}

async fn draw(app: &App, req: &HttpRequest, sent: &Sent) -> Result<RoutingPage, WebError> {
    let f = Frame::new(app, req, app.locale(language(req)).t("routing-title"));
    let (rules, all) = app.db.read(|conn| Ok((routings::all(conn)?, accounts::all(conn)?))).await?;
    let input = Input::new("address", "email", "off", f.l.t("routing-address"));
    let optional = Input { required: false, ..input.hinting(f.l.t("routing-address-hint")) };
    Ok(RoutingPage {
        flash: None,
        errors: Vec::new(),
        lines: rules.iter().map(|rule| line(app, &f.l, rule, &all)).collect(),
        selects: selects(app, &f.l, &all, sent),
        input: optional.holding(sent.text("address")),
        f,
    })
}

fn line(app: &App, l: &Locale, rule: &Routing, all: &[Account]) -> Line {
    let Scope { form, region, language } = &rule.scope;
    let plural =
        |id: &String| app.catalog.find(id, l.language()).map_or(id.clone(), |form| form.words().plural.clone());
    let title = |code: &String| {
        app.catalog.lists().label("regions", code, l.language()).map_or_else(|| code.clone(), str::to_owned)
    };
    let (to, kind) = match &rule.to {
        To::Account(id) => (all.iter().find(|one| one.id == *id).map_or(String::new(), |one| one.name.clone()), None),
        To::Address(address) => (address.clone(), Some(l.t("routing-mailbox"))),
    };
    Line {
        id: rule.id,
        form: form.as_ref().map_or_else(|| l.t("routing-any-form"), plural),
        region: region.as_ref().map_or_else(|| l.t("routing-any-region"), title),
        language: language.map_or_else(|| l.t("routing-any-language"), |language| words::language(l, language)),
        to,
        remark: if rule.stopped { Some(l.t("routing-stopped")) } else { kind },
    }
}

fn selects(app: &App, l: &Locale, all: &[Account], sent: &Sent) -> Vec<Select> {
    let select = |name: &'static str, label: &str, any: &str, values: Vec<(String, String)>| {
        let chosen = sent.text(name);
        let choice = |(value, label): (String, String)| Choice { chosen: value == chosen, value, label, hint: None };
        let any = (String::new(), l.t(any));
        Select { name, label: l.t(label), choices: std::iter::once(any).chain(values).map(choice).collect() }
    };
    let forms = app.catalog.all(l.language()).filter(|form| form.lifecycle() != Lifecycle::Record);
    let forms = forms.map(|form| (form.id().as_str().to_owned(), form.words().plural.clone())).collect();
    let languages = Language::ALL.into_iter().map(|one| (one.code().to_owned(), words::language(l, one))).collect();
    let people = all.iter().filter(|one| !one.disabled).map(|one| (one.id.0.to_string(), one.name.clone())).collect();
    vec![
        select("form", "routing-what", "routing-any-form", forms),
        select("region", "routing-region", "routing-any-region", regions(app, l)),
        select("language", "routing-language", "routing-any-language", languages),
        select("account", "routing-account", "routing-account-none", people),
    ]
}

/// POST `/staff/routing`
///
/// # Errors
/// Where the database fails.
pub async fn add(req: HttpRequest, app: State, sent: Sent) -> Result<HttpResponse, WebError> {
    let wrong = match to_whom(&sent) {
        Ok(to) => match route::add(&app, scope(&app, &sent), to).await {
            Ok(()) => return Ok(respond::see_other("/staff/routing?done=added")),
            Err(Stop::Refused(Refusal::Known)) => "routing-wrong-known",
            Err(Stop::Refused(Refusal::NotFound)) => "routing-wrong-to",
            Err(Stop::Failed(error)) => return Err(error.into()),
        },
        Err(key) => key,
    };
    let mut page = draw(&app, &req, &sent).await?;
    page.input = page.input.refused(Some(page.f.l.t(wrong)));
    page.errors = super::wrong_of(std::slice::from_ref(&page.input));
    Ok(respond::private(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// A colleague or an address; else what is wrong.
fn to_whom(sent: &Sent) -> Result<To, &'static str> {
    let (account, address) = (sent.text("account"), sent.text("address").trim());
    match (account, address) {
        ("", typed) => email_address(typed).map(To::Address).ok_or("routing-wrong-to"),
        (id, "") => id.parse().map(|id| To::Account(AccountId(id))).map_err(|_| "routing-wrong-to"),
        _ => Err("routing-wrong-both"),
    }
}

/// What is not there means any.
fn scope(app: &App, sent: &Sent) -> Scope {
    let form = app.catalog.find(sent.text("form"), Language::En).map(|form| form.id().as_str().to_owned());
    let region = regions(app, &app.locale(Language::En)).into_iter().map(|(code, _)| code);
    Scope {
        form,
        region: region.into_iter().find(|code| code == sent.text("region")),
        language: Language::ALL.into_iter().find(|language| language.code() == sent.text("language")),
    }
}

/// POST `/staff/routing/{id}/removal`
///
/// # Errors
/// Where there is no such rule.
pub async fn remove(app: State, id: web::Path<i64>, _sent: Sent) -> Result<HttpResponse, WebError> {
    route::remove(&app, *id).await.map_err(|stop| WebError::of(stop, |_| WebError::NotFound))?;
    Ok(respond::see_other("/staff/routing?done=removed"))
}
