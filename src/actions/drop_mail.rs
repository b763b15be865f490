//! A mail is kept from going, because staff say so.

use crate::app::App;
use crate::store::{Stop, outbox};

/// Why it is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such mail, or it is on its way, arrived, or was dropped before.
    NotWaiting,
}

/// Drops a mail.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn drop_mail(app: &App, id: i64) -> Result<(), Stop<Refusal>> {
    let now = app.clock.now();
    let stop = move |conn: &mut _| match outbox::drop_mail(conn, id, now)? {
        true => Ok(()),
        false => Err(Stop::Refused(Refusal::NotWaiting)),
    };
    app.db.write(stop).await
}
