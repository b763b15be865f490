//! Queues what is told at its time rather than with the event itself.

use tokio::sync::watch::Receiver;

use super::{tell_digests, tell_subscribers};
use crate::app::App;
use crate::store::Stop;

/// How often it is looked whose time has come.
const EVERY: std::time::Duration = std::time::Duration::from_secs(10);

/// Queues all mails whose time has come.
///
/// # Errors
/// Where the database fails.
pub async fn tell(app: &App) -> Result<(), Stop<()>> {
    tell_digests::tell(app).await?;
    tell_subscribers::tell(app).await
}

/// Does so again and again until told to stop.
pub async fn run(app: App, mut stop: Receiver<bool>) {
    let mut tick = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            _ = tick.tick() => {
                if let Err(error) = tell(&app).await {
                    tracing::warn!(?error, "what is due could not be told");
                }
            }
            _ = stop.changed() => return,
        }
    }
}
