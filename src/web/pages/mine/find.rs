//! The link is lost, or the address has changed: reference and address bring a mail.
//!
//! The answer is the same, after the same time, whether the two belong together or not.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::actions::{change_address, find_link};
use crate::domain::reference::{NotAReference, Reference};
use crate::forms::parse::email_address;
use crate::locale::Locale;
use crate::store::Stop;
use crate::web::errors::WebError;
use crate::web::extract::{Sent, admitted_to_ask};
use crate::web::frame::{Frame, language};
use crate::web::pages::input::{Input, Wrong, wrong_of};
use crate::web::respond::{self, State};

/// An answer takes this long, whatever there was to do.
const PACE: Duration = Duration::from_millis(200);

#[derive(Template)]
#[template(path = "mine/find.html")]
struct FindPage {
    f: Frame,
    /// The address is to change; else the link is lost.
    changes: bool,
    /// Just asked.
    done: bool,
    inputs: Vec<Input>,
    errors: Vec<Wrong>,
}

/// What is asked for; each has a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Link,
    Address,
}

impl Way {
    fn path(self) -> &'static str {
        match self {
            Self::Link => "/find",
            Self::Address => "/find/address",
        }
    }
}

/// What the address of the page may carry.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    done: Option<String>,
}

/// The controls of both pages.
const NAMES: [&str; 3] = ["submission", "address", "new_address"];

/// What was typed, and what is wrong with it: reference, address, new address.
#[derive(Default)]
struct Typed {
    texts: [String; 3],
    errors: [Option<String>; 3],
}

impl Typed {
    fn read(sent: &Sent, way: Way, l: &Locale) -> Self {
        let texts = NAMES.map(|name| sent.text(name).trim().to_owned());
        let [reference, address, new] = &texts;
        let wrong = |text: &str, key: &str| email_address(text).is_none().then(|| l.t(key));
        let same = address.to_lowercase() == new.to_lowercase();
        let of_new = || wrong(new, "find-wrong-new-address").or_else(|| same.then(|| l.t("find-same-address")));
        let of_new = if way == Way::Address { of_new() } else { None };
        Self { errors: [wrong_reference(reference, l), wrong(address, "find-wrong-address"), of_new], texts }
    }

    /// What can be asked with, if nothing is wrong.
    fn checked(&self) -> Option<(Reference, String, String)> {
        let [reference, address, new] = &self.texts;
        let fine = self.errors.iter().all(Option::is_none);
        let reference = Reference::read(reference).ok().filter(|_| fine)?;
        Some((reference, email_address(address)?, email_address(new).unwrap_or_default()))
    }
}

/// Arithmetic alone: nothing is looked up to say that a reference is mistyped.
fn wrong_reference(typed: &str, l: &Locale) -> Option<String> {
    match Reference::read(typed) {
        Ok(_) => None,
        Err(NotAReference::Shape) => Some(l.t("find-no-reference")),
        Err(NotAReference::Check) => Some(l.t("find-mistyped")),
    }
}

/// `GET /find`
pub async fn find(req: HttpRequest, app: State, asked: web::Query<Done>) -> HttpResponse {
    show(&req, &app, Way::Link, &asked)
}

/// `GET /find/address`
pub async fn find_address(req: HttpRequest, app: State, asked: web::Query<Done>) -> HttpResponse {
    show(&req, &app, Way::Address, &asked)
}

fn show(req: &HttpRequest, app: &State, way: Way, asked: &Done) -> HttpResponse {
    let page = FindPage { done: asked.done.is_some(), ..page(app, req, way, Typed::default()) };
    respond::private(StatusCode::OK, &page)
}

fn page(app: &State, req: &HttpRequest, way: Way, typed: Typed) -> FindPage {
    let changes = way == Way::Address;
    let f = Frame::new(app, req, app.locale(language(req)).t(if changes { "find-address-page" } else { "find-page" }));
    let inputs = inputs(&f.l, way, typed);
    FindPage { changes, done: false, errors: wrong_of(&inputs), inputs, f }
}

fn inputs(l: &Locale, way: Way, typed: Typed) -> Vec<Input> {
    let Typed { texts: [reference, address, new], errors: [no_reference, no_address, no_new] } = typed;
    let [of_reference, of_address, of_new] = NAMES;
    let (label, more) = match way {
        Way::Link => ("find-email", None),
        Way::Address => {
            let input = Input::new(of_new, "email", "email", l.t("find-new-email")).holding(&new).refused(no_new);
            ("find-old-email", Some(input))
        }
    };
    let reference = Input::new(of_reference, "text", "off", l.t("find-reference"))
        .hinting(l.t("find-reference-hint"))
        .holding(&reference)
        .refused(no_reference);
    let address = Input::new(of_address, "email", "email", l.t(label)).holding(&address).refused(no_address);
    [reference, address].into_iter().chain(more).collect()
}

/// `POST /find`: the link comes by mail.
pub async fn ask_for_link(req: HttpRequest, app: State, sent: Sent) -> Result<HttpResponse, WebError> {
    ask(&req, &app, sent, Way::Link).await
}

/// `POST /find/address`: the old address is asked whether another one is right.
pub async fn ask_for_address(req: HttpRequest, app: State, sent: Sent) -> Result<HttpResponse, WebError> {
    ask(&req, &app, sent, Way::Address).await
}

async fn ask(req: &HttpRequest, app: &State, sent: Sent, way: Way) -> Result<HttpResponse, WebError> {
    let f = Frame::new(app, req, "");
    let typed = Typed::read(&sent, way, &f.l);
    let Some((reference, address, new)) = typed.checked() else {
        return Ok(respond::private(StatusCode::UNPROCESSABLE_ENTITY, &page(app, req, way, typed)));
    };
    if !admitted_to_ask(req) {
        return Err(WebError::TooMany);
    }
    let work = async {
        match way {
            Way::Link => find_link::send(app, &reference, &address).await,
            Way::Address => change_address::ask(app, &reference, &address, &new).await,
        }
    };
    let (done, ()) = futures_util::future::join(work, actix_web::rt::time::sleep(PACE)).await;
    done.map_err(|stop| match stop {
        Stop::Refused(never) => match never {},
        Stop::Failed(error) => WebError::from(error),
    })?;
    Ok(respond::see_other(&f.url(format!("{}?done=1", way.path()))))
}
