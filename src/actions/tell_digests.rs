//! Sends each account, at its hour, one mail with all that waited for it and all that is overdue; none where nothing happened
//! and nothing became late.

use chrono::{DateTime, Duration, Utc};

use crate::app::App;
use crate::domain::account::{AccountId, Role};
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

/// Whether something became overdue since the last time. Who is told of events at once is told of this each day.
fn became_late(
    conn: &mut Conn,
    id: AccountId,
    (own, paces): (Pace, &[Pace]),
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let (pace, before) = match own {
        Pace::AtOnce | Pace::Daily => (Pace::Daily, now - Duration::days(1)),
        Pace::Weekly => (Pace::Weekly, now - Duration::days(7)),
    };
    if !paces.contains(&pace) {
        return Ok(false);
    }
    Ok(alerts::overdue(conn, id, now)?.iter().any(|record| record.due_at.is_some_and(|due| due >= before)))
}

fn tell_one(conn: &mut Conn, id: AccountId, paces: &[Pace], now: DateTime<Utc>) -> Result<(), StoreError> {
    let waited = alerts::take(conn, id, paces, now)?;
    let account = accounts::get(conn, id)?;
    let settings = alerts::settings(conn, id)?;
    let asked = !settings.stopped && account.role >= Role::Moderator;
    let late = asked && became_late(conn, id, (settings.pace, paces), now)?;
    if (waited.is_empty() && !late) || account.disabled {
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
