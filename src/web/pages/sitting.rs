//! All published pledges of one contact reported on in one table, which a mailed link opens.

mod rows;

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use self::rows::{Read, Table, read};
use crate::actions::attach::LARGEST;
use crate::actions::sitting::{self, Due, LIFE};
use crate::actions::submit::Refusal;
use crate::app::App;
use crate::forms::errors::Message;
use crate::forms::form::{Form, Role};
use crate::forms::pairs::Pairs;
use crate::locale::Language;
use crate::store::sittings::Sitting;
use crate::web::errors::WebError;
use crate::web::extract::Sent;
use crate::web::frame::{Frame, language};
use crate::web::respond::{self, State};

/// The collection whose records are reported on.
const COLLECTION: &str = "pledges";

/// Where everything of a sitting is, and its cookie.
const PATH: &str = "/pledges/sitting";
const COOKIE: &str = "inlet_sitting";

/// The form of the reports and that of what they are on.
fn forms(app: &App, language: Language) -> Result<(Arc<Form>, Arc<Form>), WebError> {
    sitting::forms(app, COLLECTION, language).ok_or(WebError::NotFound)
}

#[derive(Template)]
#[template(path = "sitting/start.html")]
struct StartPage {
    f: Frame,
    typed: String,
    errors: Vec<Message>,
    sent: bool,
}

/// What the addresses here may carry.
#[derive(Debug, Default, Deserialize)]
pub struct Way {
    key: Option<String>,
    sent: Option<String>,
    at: Option<i64>,
}

/// `GET /pledges/sitting`: asks for the address that the link is mailed to.
pub async fn start(req: HttpRequest, app: State, way: web::Query<Way>) -> Result<HttpResponse, WebError> {
    forms(&app, language(&req))?;
    let page = start_page(&app, &req, String::new(), Vec::new());
    Ok(respond::private(StatusCode::OK, &StartPage { sent: way.sent.is_some(), ..page }))
}

fn start_page(app: &App, req: &HttpRequest, typed: String, errors: Vec<Message>) -> StartPage {
    let f = Frame::new(app, req, app.locale(language(req)).t("sitting-title"));
    StartPage { f, typed, errors, sent: false }
}

/// `POST /pledges/sitting`: the same answer whoever asks.
pub async fn ask(req: HttpRequest, app: State, sent: Sent) -> Result<HttpResponse, WebError> {
    let (spoken, typed) = (language(&req), sent.text("address").to_owned());
    let (_, on) = forms(&app, spoken)?;
    let field = on.role(Role::ContactEmail).ok_or(WebError::NotFound)?;
    let address = match on.read_text(field, &typed, &app.locale(spoken)) {
        Ok(address) => address,
        Err(wrong) => {
            let at = |message| Message { anchor: "address".to_owned(), ..message };
            let page = start_page(&app, &req, typed, wrong.into_iter().map(at).collect());
            return Ok(respond::private(StatusCode::UNPROCESSABLE_ENTITY, &page));
        }
    };
    sitting::ask(&app, &on, &address, spoken).await.map_err(|stop| WebError::of(stop, |()| WebError::Conflict))?;
    let f = Frame::new(&app, &req, "");
    Ok(respond::see_other(&f.url(format!("{PATH}?sent=1"))))
}

#[derive(Template)]
#[template(path = "sitting/open.html")]
struct OpenPage {
    f: Frame,
    key: String,
}

/// `GET /pledges/sitting/open?key=…`: shows a button, for mail scanners open links too.
pub async fn show_link(req: HttpRequest, app: State, way: web::Query<Way>) -> Result<HttpResponse, WebError> {
    let key = way.key.clone().unwrap_or_default();
    let (sitting, _) = find(&app, &key).await?;
    let f = Frame::new(&app, &req, app.locale(sitting.language).t("sitting-title"));
    Ok(respond::private(StatusCode::OK, &OpenPage { f: f.in_language(&app, sitting.language), key }))
}

/// `POST /pledges/sitting/open`: the key becomes a cookie.
pub async fn open(app: State, sent: Sent) -> Result<HttpResponse, WebError> {
    let key = sent.text("key");
    find(&app, key).await?;
    let mut response = respond::see_other(&format!("{PATH}/table"));
    let life = actix_web::cookie::time::Duration::seconds(LIFE.num_seconds());
    if response.add_cookie(&respond::cookie(&app, COOKIE, key, PATH, Some(life))).is_err() {
        tracing::warn!("a sitting's cookie could not be set");
    }
    Ok(response)
}

/// The sitting of a key as it stands in links and in the cookie: id and secret.
async fn find(app: &App, key: &str) -> Result<(Sitting, String), WebError> {
    let (id, secret) = key.split_once('.').ok_or(WebError::LinkNeeded)?;
    sitting::open(app, id, secret).await?.ok_or(WebError::LinkNeeded)
}

async fn held(app: &App, req: &HttpRequest) -> Result<(Sitting, String), WebError> {
    let key = req.cookie(COOKIE).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
    find(app, &key).await
}

#[derive(Template)]
#[template(path = "sitting/table.html")]
struct TablePage<'a> {
    f: Frame,
    address: String,
    table: Table<'a>,
    errors: Vec<Message>,
    largest: u64,
    /// Tells one sending of this page from another.
    key: String,
}

/// Everything the contact can report on.
async fn due(app: &App, address: &str, language: Language) -> Result<(Arc<Form>, Vec<Due>), WebError> {
    let (reports, on) = forms(app, language)?;
    let (handle, of, address) = (app.clone(), Arc::clone(&reports), address.to_owned());
    let due = app.db.read(move |conn| sitting::due(&handle, conn, (&of, &on), &address, language)).await?;
    Ok((reports, due))
}

/// `GET /pledges/sitting/table`
pub async fn table(req: HttpRequest, app: State) -> Result<HttpResponse, WebError> {
    let (sitting, address) = held(&app, &req).await?;
    let (form, due) = due(&app, &address, sitting.language).await?;
    let f = frame(&app, &req, &sitting);
    let table = Table::new(&f, &form, &due, &Pairs::default(), &[]);
    let key = app.entropy.token();
    let page = TablePage { f, address, table, errors: Vec::new(), largest: LARGEST, key };
    Ok(respond::private(StatusCode::OK, &page))
}

fn frame(app: &App, req: &HttpRequest, sitting: &Sitting) -> Frame {
    Frame::new(app, req, app.locale(sitting.language).t("sitting-title")).in_language(app, sitting.language)
}

/// `POST /pledges/sitting/table`: every changed row becomes a report, or nothing does and everything typed is still there.
pub async fn send(req: HttpRequest, app: State, sent: Sent) -> Result<HttpResponse, WebError> {
    let (sitting, address) = match held(&app, &req).await {
        Err(WebError::LinkNeeded) => return Err(WebError::Gone),
        held => held?,
    };
    let (form, due) = due(&app, &address, sitting.language).await?;
    let key = sent.text("key").to_owned();
    let orders = match read(&app, (&sitting, &key), &form, &due, &sent.pairs).await? {
        Read::Orders(orders) => orders,
        Read::Wrong(errors) => {
            let f = frame(&app, &req, &sitting);
            let table = Table::new(&f, &form, &due, &sent.pairs, &errors);
            let page = TablePage { f, address, table, errors, largest: LARGEST, key };
            return Ok(respond::private(StatusCode::UNPROCESSABLE_ENTITY, &page));
        }
    };
    let done = sitting::send(&app, (sitting, address), orders).await.map_err(|stop| {
        WebError::of(stop, |refused| match refused {
            Refusal::KeyTaken | Refusal::DraftGone | Refusal::FileTaken | Refusal::FileInfected | Refusal::Shut(_) => {
                WebError::Conflict
            }
        })
    })?;
    Ok(respond::see_other(&format!("{PATH}/received?at={done}")))
}

#[derive(Template)]
#[template(path = "sitting/received.html")]
struct ReceivedPage {
    f: Frame,
    address: String,
    references: Vec<String>,
    next: Vec<String>,
}

/// `GET /pledges/sitting/received?at=…`: what was sent in.
pub async fn received(req: HttpRequest, app: State, way: web::Query<Way>) -> Result<HttpResponse, WebError> {
    let (sitting, address) = held(&app, &req).await?;
    let (form, _) = forms(&app, sitting.language)?;
    let (id, at) = (sitting.id.clone(), way.at.unwrap_or_default());
    let reports = app.db.read(move |conn| sitting::sent(conn, &id, at)).await?;
    if reports.is_empty() {
        return Err(WebError::NotFound);
    }
    let page = ReceivedPage {
        f: frame(&app, &req, &sitting),
        address,
        references: reports.into_iter().map(|report| report.reference).collect(),
        next: form.words().start.next.clone(),
    };
    Ok(respond::private(StatusCode::OK, &page))
}
