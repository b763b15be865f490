//! Somebody of the staff wants to hear no more of one record, or to hear of it again.

use crate::app::App;
use crate::domain::account::AccountId;
use crate::store::{Stop, alerts, submissions};

/// Why it stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    NotFound,
}

/// Mutes a record for an account, or ends that. Twice is once.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn mute(app: &App, account: AccountId, reference: &str, muted: bool) -> Result<(), Stop<Refusal>> {
    let reference = reference.to_owned();
    app.db
        .write(move |conn| {
            let found = submissions::find(conn, &reference)?.ok_or(Stop::Refused(Refusal::NotFound))?;
            Ok(alerts::mute(conn, account, found.id, muted)?)
        })
        .await
}
