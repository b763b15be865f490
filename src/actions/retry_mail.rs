//! A mail goes back into the queue, because staff say so.

use crate::app::App;
use crate::store::{Stop, outbox};

/// Why it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such mail, or it is on its way, arrived, or was dropped for a wrong address.
    NotWaiting,
}

/// Queues a mail anew.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn retry(app: &App, id: i64) -> Result<(), Stop<Refusal>> {
    let now = app.clock.now();
    let queue = move |conn: &mut _| match outbox::requeue(conn, id, now)? {
        true => Ok(()),
        false => Err(Stop::Refused(Refusal::NotWaiting)),
    };
    app.db.write(queue).await
}
