//! What has had its day goes: expired drafts, submission keys older than 30 days (DESIGN 17), files nobody took,
//! sittings that are over.

use chrono::Duration;

use super::sitting::KEPT;
use crate::app::App;
use crate::store::{Stop, accounts, attachments, drafts, sittings, submissions};

/// Rows taken in one job of the writer (DESIGN 10).
const PIECE: i64 = 50;

/// Sweeps until nothing is left to sweep.
///
/// # Errors
/// Why it stopped.
pub async fn sweep(app: &App) -> Result<(), Stop<()>> {
    let now = app.clock.now();
    while app.db.write(move |conn| Ok(drafts::purge(conn, now, PIECE)?)).await? > 0 {}
    app.db.write(move |conn| Ok(submissions::forget_keys(conn, now - Duration::days(30))?)).await?;
    app.db.write(move |conn| Ok(accounts::forget(conn, now - Duration::days(1))?)).await?;
    app.db.write(move |conn| Ok(sittings::purge(conn, now - KEPT)?)).await?;
    loop {
        let orphans =
            app.db.write(move |conn| Ok(attachments::forget_orphans(conn, now - Duration::days(1), PIECE)?)).await?;
        if orphans.is_empty() {
            return Ok(());
        }
        for id in orphans {
            app.files.remove(&id).await?;
        }
    }
}
