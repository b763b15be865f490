//! The demonstration's mailbox: every mail, readable in the browser with working links. Only on loopback, only in the demo.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::app::App;
use crate::mail::{self, Frozen};
use crate::store::outbox::{self, Listing, Mail};
use crate::web::errors::WebError;
use crate::web::frame::Frame;
use crate::web::pages::staff::page_number;
use crate::web::respond::{self, State};

/// Mails on one page of the list.
const SHOWN: i64 = 100;

struct Line {
    id: i64,
    subject: String,
    to: String,
    when: String,
}

#[derive(Template)]
#[template(path = "public/demo_mails.html")]
struct ListPage {
    f: Frame,
    mails: Vec<Line>,
    /// The page with those before these.
    older: Option<i64>,
}

/// Which page of the list.
#[derive(Debug, serde::Deserialize)]
pub struct Asked {
    page: Option<String>,
}

fn only_demo(app: &App, req: &HttpRequest) -> Result<(), WebError> {
    let near = req.peer_addr().is_none_or(|peer| peer.ip().is_loopback());
    if app.config.service.demo && near { Ok(()) } else { Err(WebError::NotFound) }
}

/// `GET /demo/mail`
pub async fn list(req: HttpRequest, app: State, asked: web::Query<Asked>) -> Result<HttpResponse, WebError> {
    only_demo(&app, &req)?;
    let page = page_number(asked.page.as_deref());
    let listing = Listing { limit: SHOWN, offset: (page - 1) * SHOWN, ..Listing::default() };
    let handle = app.clone();
    let all = app
        .db
        .read(move |conn| {
            let mails = outbox::list(conn, &listing)?;
            mails
                .into_iter()
                .map(|mail| Ok((mail::preview(&handle, conn, &mail).ok(), mail)))
                .collect::<Result<Vec<_>, _>>()
        })
        .await?;
    let f = Frame::new(&app, &req, app.locale(super::super::frame::language(&req)).t("demo-mails"));
    let line = |(frozen, mail): (Option<Frozen>, Mail)| Line {
        id: mail.id,
        subject: frozen.map_or_else(|| f.l.t("demo-not-sent-yet"), |frozen| frozen.subject),
        to: format!("{} <{}>", mail.name, mail.address),
        when: f.l.instant(&mail.created_at),
    };
    let mails: Vec<Line> = all.into_iter().map(line).collect();
    let older = i64::try_from(mails.len()).is_ok_and(|shown| shown == SHOWN).then_some(page + 1);
    Ok(respond::private(StatusCode::OK, &ListPage { f, mails, older }))
}

#[derive(Template)]
#[template(path = "public/demo_mail.html")]
struct MailPage {
    f: Frame,
    frozen: Frozen,
    /// The text, cut where links begin and end.
    pieces: Vec<Piece>,
    to: String,
    when: String,
}

/// Text, or a link within it.
enum Piece {
    Text(String),
    Link(String),
}

/// `GET /demo/mail/{id}`
pub async fn show(req: HttpRequest, app: State, path: web::Path<i64>) -> Result<HttpResponse, WebError> {
    only_demo(&app, &req)?;
    let id = path.into_inner();
    let handle = app.clone();
    let found = app
        .db
        .read(move |conn| match outbox::find(conn, id)? {
            Some(mail) => Ok(Some((mail::preview(&handle, conn, &mail)?, mail))),
            None => Ok(None),
        })
        .await?;
    let (frozen, mail) = found.ok_or(WebError::NotFound)?;
    let f = Frame::new(&app, &req, frozen.subject.clone());
    let page = MailPage {
        pieces: pieces(&frozen.text, &app.base()),
        to: format!("{} <{}>", mail.name, mail.address),
        when: f.l.instant(&mail.created_at),
        frozen,
        f,
    };
    Ok(respond::private(StatusCode::OK, &page))
}

/// Makes links of our own addresses; of nothing else, for the rest may be anybody's text.
fn pieces(text: &str, base: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(base) {
        let (before, from) = rest.split_at(at);
        let end = from.find(char::is_whitespace).unwrap_or(from.len());
        let (link, after) = from.split_at(end);
        pieces.push(Piece::Text(before.to_owned()));
        pieces.push(Piece::Link(link.trim_end_matches(['.', ',', ')']).to_owned()));
        rest = after;
    }
    pieces.push(Piece::Text(rest.to_owned()));
    pieces
}
