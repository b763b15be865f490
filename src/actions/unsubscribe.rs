//! A subscriber wants no more mails, and the address is forgotten.

use std::convert::Infallible;

use crate::app::App;
use crate::domain::mail::MailKind;
use crate::store::{Conn, Stop, StoreError, outbox, subscriptions};

/// The mails that go with a subscription.
const MAILS: [MailKind; 2] = [MailKind::SubscriptionAsked, MailKind::News];

/// What is ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// This one; the others of the address stay.
    This,
    /// All of the address.
    All,
}

/// Ends it; a second time changes nothing. With the last one the address goes, in the outbox too.
///
/// # Errors
/// Why nothing was kept.
pub async fn unsubscribe(app: &App, id: &str, extent: Extent) -> Result<(), Stop<Infallible>> {
    let id = id.to_owned();
    app.db
        .write(move |conn| {
            let Some(found) = subscriptions::find(conn, &id)? else { return Ok(()) };
            match extent {
                Extent::This => subscriptions::remove(conn, &id)?,
                Extent::All => subscriptions::remove_address(conn, &found.address)?,
            }
            Ok(forget_if_last(conn, &found.address)?)
        })
        .await
}

/// Forgets the mails to an address that follows nothing any more.
pub(super) fn forget_if_last(conn: &mut Conn, address: &str) -> Result<(), StoreError> {
    let last = subscriptions::of_address(conn, address)?.is_empty();
    if last { outbox::forget_address(conn, &MAILS, address) } else { Ok(()) }
}
