//! A subscriber changes what is told, or how often.

use super::confirm_subscription::Refusal;
use crate::app::App;
use crate::domain::interest::Interest;
use crate::domain::pace::{Hours, Pace};
use crate::store::{Stop, subscriptions};

/// Changes a subscription that was confirmed.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn change(app: &App, id: &str, interest: &Interest, pace: Pace) -> Result<(), Stop<Refusal>> {
    let (id, interest, now) = (id.to_owned(), interest.query(), app.clock.now());
    app.db
        .write(move |conn| {
            let found = subscriptions::find(conn, &id)?.filter(|found| found.confirmed);
            found.ok_or(Stop::Refused(Refusal::Gone))?;
            Ok(subscriptions::change(conn, &id, (&interest, pace), Hours::USUAL.next(pace, now))?)
        })
        .await
}
