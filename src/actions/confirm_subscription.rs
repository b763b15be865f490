//! A subscriber confirms by the mailed link; what is published from now on is told.

use crate::app::App;
use crate::domain::pace::Hours;
use crate::store::subscriptions;
use crate::store::{Stop, events};

/// Why it is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It was ended, or asked for too long ago.
    Gone,
}

/// Confirms; a second time changes nothing. An earlier wish for the same gives way.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn confirm(app: &App, id: &str) -> Result<(), Stop<Refusal>> {
    let (id, now) = (id.to_owned(), app.clock.now());
    app.db
        .write(move |conn| {
            let asked = subscriptions::find(conn, &id)?.ok_or(Stop::Refused(Refusal::Gone))?;
            if asked.confirmed {
                return Ok(());
            }
            for earlier in subscriptions::of_address(conn, &asked.address)? {
                if earlier.interest == asked.interest {
                    subscriptions::remove(conn, &earlier.id)?;
                }
            }
            let told = events::last_until(conn, now)?;
            Ok(subscriptions::confirm(conn, &id, told, Hours::USUAL.next(asked.pace, now), now)?)
        })
        .await
}
