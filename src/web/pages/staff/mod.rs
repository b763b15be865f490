//! The pages of those who work for the Network: queue, record, decision, mails, alerts, accounts, log.
//!
//! All are private: nobody keeps a copy. GET changes nothing; what changes something carries a proof.

mod about;
pub mod accounts;
pub mod address;
pub mod alerts;
pub mod assignee;
pub mod audit;
pub mod authority;
pub mod batch;
pub mod behalf;
pub mod beside;
pub mod calendar;
pub mod case;
pub mod clock;
pub mod comparison;
mod conflict;
pub mod decision;
pub mod edit;
mod edited;
mod enrol;
pub mod export;
mod flash;
pub mod kinds;
pub mod mail;
pub mod me;
pub mod mute;
pub mod note;
mod options;
mod panels;
mod place;
pub mod points;
pub mod print;
pub mod queue;
pub mod record;
pub mod records;
mod replies;
pub mod review;
pub mod routing;
pub mod session;
pub mod suppressions;
pub mod translation;
pub mod undo;
pub mod unreached;
mod view;
pub mod views;
mod words;

use actix_web::{HttpMessage, HttpRequest};
use chrono::{DateTime, SecondsFormat, Utc};

use super::input::{Input, Writing, Wrong, wrong_of};
use crate::locale::{Arg, Locale};
use crate::web::errors::WebError;
use crate::web::frame::Desk;
use crate::web::respond::encode;

/// An instant, for machines and in words.
#[derive(Debug, Clone)]
pub struct When {
    pub iso: String,
    pub text: String,
}

impl When {
    fn new(l: &Locale, at: &DateTime<Utc>) -> Self {
        Self { iso: at.to_rfc3339_opts(SecondsFormat::Secs, true), text: l.instant(at) }
    }
}

/// One entry of a list to choose from.
#[derive(Debug, Clone)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
    pub chosen: bool,
}

/// A link to another view of a list.
pub struct View {
    pub url: String,
    pub label: String,
    pub count: String,
    pub here: bool,
}

/// Where the other pages of a list are.
#[derive(Debug, Clone)]
pub struct Pager {
    pub previous: Option<String>,
    pub next: Option<String>,
    /// "Page 2 of 7".
    pub text: String,
}

/// Lines on a page of a list.
const PAGE: i64 = 50;

impl Pager {
    /// None where one page holds all.
    fn new(l: &Locale, page: i64, total: i64, url: impl Fn(i64) -> String) -> Option<Self> {
        let pages = (total + PAGE - 1) / PAGE;
        if pages <= 1 && page <= 1 {
            return None;
        }
        let values = [("page", page.to_string()), ("pages", pages.max(1).to_string())];
        let values: Vec<(&str, Arg<'_>)> = values.iter().map(|(name, text)| (*name, Arg::from(text))).collect();
        Some(Self {
            previous: (page > 1).then(|| url((page - 1).min(pages.max(1)))),
            next: (page < pages).then(|| url(page + 1)),
            text: l.with("staff-page", &values),
        })
    }
}

/// The number of a page as somebody wrote it, from 1.
pub(super) fn page_number(text: Option<&str>) -> i64 {
    text.and_then(|text| text.parse::<i64>().ok()).map_or(1, |page| page.clamp(1, 1_000_000))
}

/// A count as words take it.
fn many(count: i64) -> usize {
    usize::try_from(count).unwrap_or(0)
}

/// An address with those parameters that hold something.
fn address(path: &str, parameters: &[(&str, &str)]) -> String {
    let given = parameters.iter().filter(|(_, value)| !value.is_empty());
    let query: Vec<String> = given.map(|(name, value)| format!("{name}={}", encode(value))).collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

/// Who is signed in. The guard saw to it that somebody is.
///
/// # Errors
/// Where nobody is.
pub fn desk(req: &HttpRequest) -> Result<Desk, WebError> {
    let found = req.extensions().get::<Desk>().cloned();
    found.ok_or_else(|| WebError::SignIn(req.path().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leaves_out_what_is_empty() {
        assert_eq!(address("/staff", &[("tab", ""), ("q", "a b&c")]), "/staff?q=a%20b%26c");
        assert_eq!(address("/staff", &[("q", "")]), "/staff");
    }

    #[test]
    fn a_page_number_is_read_kindly() {
        assert_eq!(
            [page_number(None), page_number(Some("x")), page_number(Some("-3")), page_number(Some("4"))],
            [1, 1, 1, 4]
        );
    }
}
