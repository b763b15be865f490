//! Anybody asks to be told of what is published, confirms it by the mailed link, changes it and ends it.
//!
//! The link of a subscription opens it without a cookie: mail programs end it with one request (RFC 8058).

mod topics;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use url::form_urlencoded;

use self::topics::{Topics, pace_of};
use super::input::{Input, Wrong, wrong_of};
use crate::actions::subscribe::{Ask, subscribe};
use crate::actions::unsubscribe::Extent;
use crate::actions::{change_subscription, confirm_subscription, unsubscribe};
use crate::app::App;
use crate::domain::interest::Interest;
use crate::domain::links::Purpose;
use crate::domain::pace::Pace;
use crate::forms::parse::email_address;
use crate::store::subscriptions::{self, Subscription};
use crate::web::errors::WebError;
use crate::web::extract::{Sent, admitted_to_ask};
use crate::web::frame::{Frame, language};
use crate::web::respond::{self, State};

/// The control the address is typed into.
const ADDRESS: &str = "address";

#[derive(Template)]
#[template(path = "subscriptions/start.html")]
struct StartPage {
    f: Frame,
    /// Just asked.
    done: bool,
    topics: Topics,
    input: Input,
    errors: Vec<Wrong>,
}

/// What the addresses here may carry.
#[derive(Debug, Default, Deserialize)]
pub struct Way {
    key: Option<String>,
    done: Option<String>,
}

/// `GET /subscribe`: with what is to be followed in its address, as a list leads to it.
pub async fn start(req: HttpRequest, app: State, way: web::Query<Way>) -> HttpResponse {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(req.query_string().as_bytes()).into_owned().collect();
    let interest = Interest::read(&app.catalog, pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let page = start_page(&app, &req, &interest, Pace::Weekly);
    respond::page(StatusCode::OK, &StartPage { done: way.done.is_some(), ..page })
}

fn start_page(app: &App, req: &HttpRequest, interest: &Interest, pace: Pace) -> StartPage {
    let f = Frame::new(app, req, app.locale(language(req)).t("subscribe-page"));
    let topics = Topics::new(app, &f.l, interest, pace);
    let input = Input::new(ADDRESS, "email", "email", f.l.t("subscribe-address"));
    let input = input.hinting(f.l.t("subscribe-address-hint"));
    StartPage { done: false, topics, input, errors: Vec::new(), f }
}

/// `POST /subscribe`: the same answer whoever asks, for whatever address.
pub async fn ask(req: HttpRequest, app: State, sent: Sent) -> Result<HttpResponse, WebError> {
    let (interest, pace) = (Interest::read(&app.catalog, sent.pairs.iter()), pace_of(&sent));
    let typed = sent.text(ADDRESS).trim();
    let address = email_address(typed);
    let (Some(address), false) = (address.clone(), interest.is_empty()) else {
        let mut page = start_page(&app, &req, &interest, pace);
        let wrong = address.is_none().then(|| page.f.l.t("subscribe-address-wrong"));
        page.input = page.input.holding(typed).refused(wrong);
        page.topics.refuse_nothing(&page.f.l, &interest);
        page.errors = page.topics.wrong().into_iter().chain(wrong_of(std::slice::from_ref(&page.input))).collect();
        return Ok(respond::private(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    if !admitted_to_ask(&req) {
        return Err(WebError::TooMany);
    }
    let ask = Ask { address, interest, pace, language: language(&req) };
    subscribe(&app, ask).await.map_err(|stop| WebError::of(stop, |never| match never {}))?;
    Ok(respond::see_other(&Frame::new(&app, &req, "").url("/subscribe?done=1")))
}

/// One subscription among others of the same address.
struct Other {
    words: String,
    url: String,
}

#[derive(Template)]
#[template(path = "subscriptions/page.html")]
struct SubscriptionPage {
    f: Frame,
    flash: Option<String>,
    subscription: Subscription,
    key: String,
    /// What is followed, and how often.
    words: String,
    often: String,
    topics: Topics,
    errors: Vec<Wrong>,
    others: Vec<Other>,
    end: String,
}

/// `GET /subscriptions/{subscription}?key=…`: asks whether it is wanted, or shows it to be changed. Changes nothing itself:
/// mail scanners open links too.
pub async fn page(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    way: web::Query<Way>,
) -> Result<HttpResponse, WebError> {
    let key = way.key.clone().unwrap_or_default();
    let subscription = find(&app, &path, &key).await?;
    let mut page = draw(&app, &req, subscription, key).await?;
    page.flash = match way.done.as_deref() {
        Some("begun") => Some(page.f.l.t("subscription-begun")),
        Some("saved") => Some(page.f.l.t("subscription-saved")),
        _ => None,
    };
    Ok(respond::private(StatusCode::OK, &page))
}

async fn draw(
    app: &App,
    req: &HttpRequest,
    subscription: Subscription,
    key: String,
) -> Result<SubscriptionPage, WebError> {
    let f = Frame::new(app, req, app.locale(subscription.language).t("subscription-page"))
        .in_language(app, subscription.language);
    let address = subscription.address.clone();
    let all = app.db.read(move |conn| subscriptions::of_address(conn, &address)).await?;
    let words = |one: &Subscription| Interest::parse(&app.catalog, &one.interest).words(&app.catalog, &f.l);
    let other = |one: &Subscription| Other {
        words: words(one),
        url: address_of(&one.id, "", &app.keys.link(Purpose::Subscription, one.id.as_str(), GENERATION)),
    };
    Ok(SubscriptionPage {
        flash: None,
        words: words(&subscription),
        often: f.l.t(&format!("subscribe-pace-{}", subscription.pace.as_str())),
        topics: Topics::new(app, &f.l, &Interest::parse(&app.catalog, &subscription.interest), subscription.pace),
        errors: Vec::new(),
        others: all.iter().filter(|one| subscription.confirmed && one.id != subscription.id).map(other).collect(),
        end: address_of(&subscription.id, "/end", &key),
        subscription,
        key,
        f,
    })
}

/// `POST /subscriptions/{subscription}/confirmation`
pub async fn confirm(app: State, path: web::Path<String>, sent: Sent) -> Result<HttpResponse, WebError> {
    let key = sent.text("key");
    find(&app, &path, key).await?;
    confirm_subscription::confirm(&app, &path).await.map_err(|stop| WebError::of(stop, |_| WebError::LinkNeeded))?;
    Ok(respond::see_other(&format!("{}&done=begun", address_of(&path, "", key))))
}

/// `POST /subscriptions/{subscription}`: other topics, another pace.
pub async fn change(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, WebError> {
    let key = sent.text("key").to_owned();
    let subscription = find(&app, &path, &key).await?;
    let (interest, pace) = (Interest::read(&app.catalog, sent.pairs.iter()), pace_of(&sent));
    if interest.is_empty() {
        let mut page = draw(&app, &req, subscription, key).await?;
        page.topics = Topics::new(&app, &page.f.l, &interest, pace);
        page.topics.refuse_nothing(&page.f.l, &interest);
        page.errors = page.topics.wrong();
        return Ok(respond::private(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    let done = change_subscription::change(&app, &path, &interest, pace).await;
    done.map_err(|stop| WebError::of(stop, |_| WebError::LinkNeeded))?;
    Ok(respond::see_other(&format!("{}&done=saved", address_of(&path, "", &key))))
}

#[derive(Template)]
#[template(path = "subscriptions/end.html")]
struct EndPage {
    f: Frame,
    ended: bool,
    action: String,
    /// It is not the only one of the address.
    others: bool,
    /// What it is for, or what became of it.
    words: String,
}

/// `GET /subscriptions/{subscription}/end?key=…`: a button, and nothing changes.
pub async fn end_page(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    way: web::Query<Way>,
) -> Result<HttpResponse, WebError> {
    let key = way.key.clone().unwrap_or_default();
    let subscription = match find(&app, &path, &key).await {
        // The key is right, and there is nothing left to end.
        Err(WebError::LinkNeeded) if opens(&app, &path, &key) => return Ok(ended(&app, &req, Extent::All)),
        found => found?,
    };
    let page = draw(&app, &req, subscription, key).await?;
    let shown =
        EndPage { ended: false, action: page.end, others: !page.others.is_empty(), words: page.words, f: page.f };
    Ok(respond::private(StatusCode::OK, &shown))
}

/// The button of the page ends this one; a mail program's single click ends all that the address follows.
#[derive(Debug, Default, Deserialize)]
pub struct Ending {
    #[serde(default)]
    only: Option<String>,
}

/// `POST /subscriptions/{subscription}/end?key=…`: from a page or from a mail program. The key is all the proof there is and
/// all that is needed: it can do nothing else, and a second time changes nothing.
pub async fn end(
    req: HttpRequest,
    app: State,
    path: web::Path<String>,
    way: web::Query<Way>,
    ending: Option<web::Form<Ending>>,
) -> Result<HttpResponse, WebError> {
    let key = way.key.clone().unwrap_or_default();
    if !opens(&app, &path, &key) {
        return Err(WebError::LinkNeeded);
    }
    let only = ending.is_some_and(|ending| ending.only.is_some());
    let extent = if only { Extent::This } else { Extent::All };
    let done = unsubscribe::unsubscribe(&app, &path, extent).await;
    done.map_err(|stop| WebError::of(stop, |never| match never {}))?;
    Ok(ended(&app, &req, extent))
}

fn ended(app: &App, req: &HttpRequest, extent: Extent) -> HttpResponse {
    let f = Frame::new(app, req, app.locale(language(req)).t("subscription-ended"));
    let words = f.l.t(match extent {
        Extent::This => "subscription-ended-one",
        Extent::All => "subscription-ended-text",
    });
    let page = EndPage { f, ended: true, action: String::new(), others: false, words };
    respond::private(StatusCode::OK, &page)
}

/// Keys are never renewed: a subscription that is ended is gone.
const GENERATION: i64 = 1;

fn opens(app: &App, id: &str, key: &str) -> bool {
    app.keys.opens(Purpose::Subscription, id, GENERATION, key)
}

/// The subscription that a key opens; the same answer for a wrong key as for none such.
async fn find(app: &App, id: &str, key: &str) -> Result<Subscription, WebError> {
    if !opens(app, id, key) {
        return Err(WebError::LinkNeeded);
    }
    let id = id.to_owned();
    app.db.read(move |conn| subscriptions::find(conn, &id)).await?.ok_or(WebError::LinkNeeded)
}

fn address_of(id: &str, rest: &str, key: &str) -> String {
    format!("/subscriptions/{id}{rest}?key={key}")
}
