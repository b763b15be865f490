//! The own account: who one is here, and the language of the mails one gets.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::{Choice, words};
use crate::actions::accounts;
use crate::domain::account::Account;
use crate::locale::Language;
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::frame::{Frame, language};
use crate::web::respond::{self, State};

/// The address' parameters.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "staff/me.html")]
struct MePage {
    f: Frame,
    flash: Option<String>,
    account: Account,
    role: String,
    languages: Vec<Choice>,
}

/// GET `/staff/me`
///
/// # Errors
/// Where nobody is signed in.
pub async fn show(req: HttpRequest, app: State, asked: web::Query<Asked>) -> Result<HttpResponse, WebError> {
    let account = super::desk(&req)?.account;
    let f = Frame::new(&app, &req, app.locale(language(&req)).t("staff-me"));
    let choice = |of: Language| Choice {
        value: of.code().to_owned(),
        label: words::language(&f.l, of),
        hint: None,
        chosen: of == account.language,
    };
    let page = MePage {
        flash: (asked.done.as_deref() == Some("saved")).then(|| f.l.t("staff-me-saved")),
        role: words::role(&f.l, account.role),
        languages: app.locales.of_mails().into_iter().map(choice).collect(),
        account,
        f,
    };
    Ok(respond::private(StatusCode::OK, &page))
}

/// POST `/staff/me`
///
/// # Errors
/// [`WebError::Unreadable`] for a language that mails are not written in.
pub async fn save(req: HttpRequest, app: State, sent: Sent) -> Result<HttpResponse, WebError> {
    let account = super::desk(&req)?.account.id;
    let chosen = Language::read(sent.text("language")).filter(|language| app.locales.writes_mails(*language));
    let chosen = chosen.ok_or(WebError::Unreadable)?;
    accounts::speak(&app, account, chosen).await.map_err(|stop| WebError::of(stop, |_| WebError::Forbidden))?;
    Ok(respond::see_other("/staff/me?done=saved"))
}
