//! Somebody wants to be told of what is published. The address may not be theirs, so a mail asks first.
//!
//! Known or not, asked too often or not: nothing outside tells which it was.

use std::convert::Infallible;

use chrono::{DateTime, Duration, Utc};

use crate::app::App;
use crate::domain::interest::Interest;
use crate::domain::mail::{MailKind, Subject};
use crate::domain::pace::Pace;
use crate::locale::Language;
use crate::store::outbox::{self, By, NewMail};
use crate::store::subscriptions::{self, Subscription};
use crate::store::{Conn, Stop, StoreError, micros};

/// Mails to one address in an hour and in a day. Nobody shall use Inlet to flood a stranger.
const AN_HOUR: i64 = 3;
const A_DAY: i64 = 10;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Ask {
    pub address: String,
    pub interest: Interest,
    pub pace: Pace,
    pub language: Language,
}

/// Keeps the wish and asks for it to be confirmed.
///
/// # Errors
/// Why nothing was kept.
pub async fn subscribe(app: &App, ask: Ask) -> Result<(), Stop<Infallible>> {
    let (now, limited) = (app.clock.now(), app.config.web.rate_limit);
    let asked = Subscription {
        id: app.entropy.id(),
        address: ask.address,
        interest: ask.interest.query(),
        pace: ask.pace,
        language: ask.language,
        confirmed: false,
        told_seq: 0,
    };
    app.db
        .write(move |conn| {
            if limited && is_flooded(conn, &asked.address, now)? {
                return Ok(());
            }
            subscriptions::insert(conn, &asked, now)?;
            Ok(outbox::add(conn, &mail(&asked, MailKind::SubscriptionAsked, micros(now), now), now)?)
        })
        .await
}

fn is_flooded(conn: &mut Conn, address: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let mut count = |since| outbox::count_since(conn, MailKind::SubscriptionAsked, By::Address(address), since);
    Ok(count(now - Duration::hours(1))? >= AN_HOUR || count(now - Duration::days(1))? >= A_DAY)
}

/// A mail about a subscription, once for each occasion `since`.
pub(super) fn mail(of: &Subscription, kind: MailKind, since: i64, now: DateTime<Utc>) -> NewMail {
    NewMail {
        kind,
        subject: Subject::Draft { id: of.id.clone(), since },
        account: None,
        address: of.address.clone(),
        name: String::new(),
        language: of.language,
        link_generation: 1,
        due_at: now,
    }
}
