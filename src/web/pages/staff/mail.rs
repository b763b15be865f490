//! The outbox for people: what became of each mail, what it says, and sending one again.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::words::{self, Badge};
use super::{PAGE, Pager, View, When, address, many, page_number};
use crate::actions::{drop_mail as dropping, hurry_mail, retry_mail};
use crate::app::App;
use crate::domain::mail::MailStatus;
use crate::domain::submission::SubmissionId;
use crate::locale::Locale;
use crate::mail::{Frozen, render};
use crate::store::outbox::{self, Listing, Mail};
use crate::store::{Conn, Stop, StoreError, submissions};
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::frame::{Frame, language};
use crate::web::respond::{self, State};

/// The address' parameters.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    status: Option<String>,
    page: Option<String>,
    done: Option<String>,
}

/// One mail in the list.
pub struct Line {
    pub url: String,
    pub kind: String,
    pub to: String,
    pub reference: String,
    pub status: Badge,
    pub tries: String,
    /// The last words of the server.
    pub reply: Option<String>,
    /// They matter: it did not go out.
    pub trouble: bool,
    pub at: When,
}

#[derive(Template)]
#[template(path = "staff/mails.html")]
struct MailsPage {
    f: Frame,
    tabs: Vec<View>,
    lines: Vec<Line>,
    pager: Option<Pager>,
    flash: Option<String>,
}

#[derive(Template)]
#[template(path = "staff/mail.html")]
struct MailPage {
    f: Frame,
    line: Line,
    id: i64,
    name: String,
    language: String,
    lang: &'static str,
    dir: &'static str,
    subject: String,
    text: String,
    /// It was not sent yet: so it would go now.
    ahead: bool,
    flash: Option<String>,
    refused: Option<String>,
    may_retry: bool,
    may_drop: bool,
}

/// GET `/staff/mail`
///
/// # Errors
/// Where the database fails.
pub async fn list(req: HttpRequest, app: State, asked: web::Query<Asked>) -> Result<HttpResponse, WebError> {
    let status = asked.status.as_deref().and_then(MailStatus::read);
    let page = page_number(asked.page.as_deref());
    let f = Frame::new(&app, &req, app.locale(language(&req)).t("mail-nav"));
    let listing = Listing { status, submission: None, limit: PAGE, offset: (page - 1) * PAGE };
    let (mails, counts, references) = app
        .db
        .read(move |conn| {
            let mails = outbox::list(conn, &listing)?;
            let references = references(conn, &mails)?;
            Ok((mails, outbox::counts(conn)?, references))
        })
        .await?;
    let all: i64 = counts.iter().map(|(_, count)| count).sum();
    let total = match status {
        None => all,
        Some(status) => counts.iter().find(|(known, _)| *known == status).map_or(0, |(_, count)| *count),
    };
    let shown = MailsPage {
        flash: (asked.done.as_deref() == Some("now")).then(|| f.l.t("mail-asked-again")),
        tabs: tabs(&f.l, status, all, &counts),
        lines: mails.iter().map(|mail| line(&f.l, mail, &references)).collect(),
        pager: Pager::new(&f.l, page, total, |page| url(status, page)),
        f,
    };
    Ok(respond::private(StatusCode::OK, &shown))
}

fn url(status: Option<MailStatus>, page: i64) -> String {
    let page = if page > 1 { page.to_string() } else { String::new() };
    address("/staff/mail", &[("status", status.map_or("", MailStatus::as_str)), ("page", &page)])
}

fn tabs(l: &Locale, chosen: Option<MailStatus>, all: i64, counts: &[(MailStatus, i64)]) -> Vec<View> {
    let view = |status: Option<MailStatus>, count: i64| View {
        url: url(status, 1),
        label: status.map_or_else(|| l.t("staff-mail-all"), |status| words::mail_heap(l, status)),
        count: l.count(&many(count)),
        here: status == chosen,
    };
    std::iter::once(view(None, all)).chain(counts.iter().map(|(status, count)| view(Some(*status), *count))).collect()
}

fn references(conn: &mut Conn, mails: &[Mail]) -> Result<HashMap<SubmissionId, String>, StoreError> {
    let mut found = HashMap::new();
    for mail in mails {
        let Some(id) = mail.subject.submission() else { continue };
        if let Entry::Vacant(place) = found.entry(id) {
            place.insert(submissions::get(conn, id)?.reference);
        }
    }
    Ok(found)
}

fn line(l: &Locale, mail: &Mail, references: &HashMap<SubmissionId, String>) -> Line {
    Line {
        url: format!("/staff/mail/{}", mail.id),
        kind: words::mail_kind(l, mail.kind),
        to: mail.address.clone(),
        reference: mail.subject.submission().and_then(|id| references.get(&id).cloned()).unwrap_or_default(),
        status: words::mail_status(l, mail.status, &mail.due_at),
        tries: l.count(&usize::try_from(mail.attempts).unwrap_or(0)),
        reply: mail.last_reply.clone(),
        trouble: words::is_trouble(mail.status),
        at: When::new(l, &mail.created_at),
    }
}

/// GET `/staff/mail/{id}`
///
/// # Errors
/// Where there is no such mail.
pub async fn show(
    req: HttpRequest,
    app: State,
    id: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    draw(&app, &req, read_id(&id)?, asked.done.as_deref(), None).await
}

fn read_id(text: &str) -> Result<i64, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

async fn draw(
    app: &App,
    req: &HttpRequest,
    id: i64,
    done: Option<&str>,
    refused: Option<String>,
) -> Result<HttpResponse, WebError> {
    let handle = app.clone();
    let found = app.db.read(move |conn| {
        let Some(mail) = outbox::find(conn, id)? else { return Ok(None) };
        let references = references(conn, std::slice::from_ref(&mail))?;
        let written = written(&handle, conn, &mail)?;
        Ok(Some((mail, references, written)))
    });
    let (mail, references, written) = found.await?.ok_or(WebError::NotFound)?;
    let l = app.locale(language(req));
    let f = Frame::new(app, req, words::mail_kind(&l, mail.kind));
    let page = MailPage {
        line: line(&l, &mail, &references),
        id,
        name: mail.name.clone(),
        language: words::language(&l, mail.language),
        lang: mail.language.tag(),
        dir: mail.language.dir(),
        subject: without_keys(&written.subject),
        text: without_keys(&written.text),
        ahead: mail.frozen.is_none(),
        flash: flash(&l, done, mail.status),
        may_drop: f.is_admin() && mail.status.can_be_dropped(),
        may_retry: f.is_admin() && mail.status.can_go_again(),
        f,
        refused,
    };
    let status = if page.refused.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok(respond::private(status, &page))
}

/// What was just done, said only while it is true.
fn flash(l: &Locale, done: Option<&str>, status: MailStatus) -> Option<String> {
    let waits = matches!(status, MailStatus::Queued | MailStatus::Sending);
    match done {
        Some("retry") if waits => Some(l.t("staff-mail-queued-again")),
        Some("drop") if status == MailStatus::Dropped => Some(l.t("staff-mail-was-dropped")),
        _ => None,
    }
}

/// The mail as it was kept, without secrets; before its first attempt as it would be written now.
fn written(app: &App, conn: &mut Conn, mail: &Mail) -> Result<Frozen, StoreError> {
    match &mail.frozen {
        Some(json) => serde_json::from_str(json).map_err(|error| StoreError::Unreadable(error.to_string())),
        None => render(app, conn, mail),
    }
}

/// A link with a place for a key opens a submission: staff see that there is one, never where it leads.
pub(super) fn without_keys(text: &str) -> String {
    let holds_key = |word: &str| word.contains(|c| matches!(c, '\u{e000}'..='\u{e006}'));
    let shown = |word: &str| {
        if !holds_key(word) {
            return word.to_owned();
        }
        format!("[link]{}", word.get(word.trim_end().len()..).unwrap_or_default())
    };
    text.split_inclusive(char::is_whitespace).map(shown).collect()
}

/// POST `/staff/mail/{id}/retry`
///
/// # Errors
/// Where there is no such mail.
pub async fn retry(
    req: HttpRequest,
    app: State,
    id: web::Path<String>,
    _proof: Sent,
) -> Result<HttpResponse, WebError> {
    let id = read_id(&id)?;
    match retry_mail::retry(&app, id).await {
        Ok(()) => Ok(respond::see_other(&format!("/staff/mail/{id}?done=retry"))),
        Err(Stop::Refused(retry_mail::Refusal::NotWaiting)) => {
            let l = app.locale(language(&req));
            draw(&app, &req, id, None, Some(l.t("staff-mail-not-again"))).await
        }
        Err(Stop::Failed(error)) => Err(error.into()),
    }
}

/// POST `/staff/mail/{id}/drop`
///
/// # Errors
/// Where there is no such mail.
pub async fn drop_mail(
    req: HttpRequest,
    app: State,
    id: web::Path<String>,
    _proof: Sent,
) -> Result<HttpResponse, WebError> {
    let id = read_id(&id)?;
    match dropping::drop_mail(&app, id).await {
        Ok(()) => Ok(respond::see_other(&format!("/staff/mail/{id}?done=drop"))),
        Err(Stop::Refused(dropping::Refusal::NotWaiting)) => {
            let l = app.locale(language(&req));
            draw(&app, &req, id, None, Some(l.t("staff-mail-not-again"))).await
        }
        Err(Stop::Failed(error)) => Err(error.into()),
    }
}

/// POST `/staff/mail/now`: the mail server is asked again, though it took nothing.
///
/// # Errors
/// Where the database fails.
pub async fn try_now(app: State, _proof: Sent) -> Result<HttpResponse, WebError> {
    hurry_mail::hurry(&app).await.map_err(|stop| WebError::of(stop, |never| match never {}))?;
    Ok(respond::see_other("/staff/mail?done=now"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_with_keys_are_not_shown() {
        let text = "Open:\nhttps://x.example/submissions/PRA-1?key=\u{e000}\nor https://x.example/help now";
        assert_eq!(without_keys(text), "Open:\n[link]\nor https://x.example/help now");
    }
}
