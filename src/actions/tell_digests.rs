//! Sends each account, at its hour, one mail with all that waited for it; none where nothing happened.

use chrono::{DateTime, Utc};

use crate::app::App;
use crate::domain::account::AccountId;
use crate::domain::mail::{MailKind, Subject};
use crate::domain::pace::Pace;
use crate::store::outbox::NewMail;
use crate::store::{Conn, Stop, StoreError, accounts, alerts, micros, outbox};

/// Queues the digests whose time has come.
///
/// # Errors
/// Where the database fails.
pub async fn tell(app: &App) -> Result<(), Stop<()>> {
    let now = app.clock.now();
    for (account, paces) in app.db.read(move |conn| alerts::due(conn, now)).await? {
        app.db.write(move |conn| Ok(tell_one(conn, account, &paces, now)?)).await?;
    }
    Ok(())
}

fn tell_one(conn: &mut Conn, id: AccountId, paces: &[Pace], now: DateTime<Utc>) -> Result<(), StoreError> {
    let waited = alerts::take(conn, id, paces, now)?;
    let account = accounts::get(conn, id)?;
    if waited.is_empty() || account.disabled {
        return Ok(());
    }
    let mail = NewMail {
        kind: MailKind::Digest,
        subject: Subject::Draft { id: format!("digest-{}", id.0), since: micros(now) },
        account: Some(id),
        address: account.email,
        name: account.name,
        language: account.language,
        link_generation: 1,
        due_at: now,
    };
    outbox::add_of_many(conn, &mail, &waited, now)
}
