//! The mail server is asked again now, though it took nothing of ours: staff have put it right.

use std::convert::Infallible;

use crate::app::App;
use crate::store::Stop;
use crate::store::outbox::pause;

/// Ends the wait of a paused queue; nothing changes where none is paused.
///
/// # Errors
/// Why nothing was kept.
pub async fn hurry(app: &App) -> Result<(), Stop<Infallible>> {
    let now = app.clock.now();
    app.db.write(move |conn| Ok(pause::hurry(conn, now).map(|_| ())?)).await
}
