//! What has had its day goes: expired drafts, submission keys older than 30 days (DESIGN 17), sittings that are over, batches
//! that were looked at, subscriptions that nobody confirmed, files nobody took, and what lies in the folder of files without
//! an attachment, as a crash can leave it. Whoever left an address is reminded before a draft goes; submitters, of what waits
//! for them.

use chrono::{DateTime, Duration, Utc};

use super::mail_draft;
use super::sitting::KEPT;
use super::unsubscribe;
use crate::app::App;
use crate::domain::mail::MailKind;
use crate::store::{
    Conn, Stop, StoreError, accounts, attachments, batches, drafts, micros, sittings, submissions, subscriptions,
};

/// How long before it expires a draft's holder is reminded.
const REMINDED: Duration = Duration::days(7);

/// How long a subscription waits to be confirmed.
const UNCONFIRMED: Duration = Duration::days(7);
/// How long it can be looked up what came of a batch.
const BATCHES: Duration = Duration::days(7);

/// Rows taken in one job of the writer (DESIGN 10).
const PIECE: i64 = 50;

/// Files of the folder looked at in one query.
const STRAYS: usize = 500;

/// Sweeps until nothing is left to sweep.
///
/// # Errors
/// Why it stopped.
pub async fn sweep(app: &App) -> Result<(), Stop<()>> {
    let now = app.clock.now();
    while app.db.write(move |conn| Ok(remind(conn, now)?)).await? > 0 {}
    super::remind::remind(app).await?;
    while app.db.write(move |conn| Ok(drafts::purge(conn, now, PIECE)?)).await? > 0 {}
    app.db.write(move |conn| Ok(submissions::forget_keys(conn, now - Duration::days(30))?)).await?;
    app.db.write(move |conn| Ok(accounts::forget(conn, now - Duration::days(1))?)).await?;
    app.db.write(move |conn| Ok(sittings::purge(conn, now - KEPT)?)).await?;
    while app.db.write(move |conn| Ok(forget_unconfirmed(conn, now - UNCONFIRMED)?)).await? > 0 {}
    app.db.write(move |conn| Ok(batches::forget(conn, now - BATCHES)?)).await?;
    loop {
        let orphans =
            app.db.write(move |conn| Ok(attachments::forget_orphans(conn, now - Duration::days(1), PIECE)?)).await?;
        if orphans.is_empty() {
            break;
        }
        for id in orphans {
            app.files.remove(&id).await?;
        }
    }
    Ok(strays(app).await?)
}

/// Removes files of the folder that no attachment has: an upload that a crash cut off, a file that was to be removed.
async fn strays(app: &App) -> Result<(), StoreError> {
    let old = app.files.older_than(app.clock.now() - Duration::days(1)).await?;
    for names in old.chunks(STRAYS) {
        let names = names.to_vec();
        for name in app.db.read(move |conn: &mut Conn| attachments::unknown(conn, names)).await? {
            app.files.discard(&name).await?;
        }
    }
    Ok(())
}

/// Forgets subscriptions that nobody confirmed, with the mails that asked; gives how many.
fn forget_unconfirmed(conn: &mut Conn, before: DateTime<Utc>) -> Result<usize, StoreError> {
    let addresses = subscriptions::forget_unconfirmed(conn, before, PIECE)?;
    addresses.iter().try_for_each(|address| unsubscribe::forget_if_last(conn, address))?;
    Ok(addresses.len())
}

/// Reminds holders of drafts that will expire, once for each expiry; gives how many.
fn remind(conn: &mut Conn, now: DateTime<Utc>) -> Result<usize, StoreError> {
    let soon = drafts::to_remind(conn, now, now + REMINDED, PIECE)?;
    for draft in &soon {
        let occasion = (draft.address.as_deref().unwrap_or_default(), micros(draft.expires_at));
        mail_draft::queue(conn, draft, MailKind::DraftReminder, occasion, now)?;
        drafts::reminded(conn, &draft.id)?;
    }
    Ok(soon.len())
}
