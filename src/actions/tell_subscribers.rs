//! Tells subscribers of what was published, each at the pace they chose: one mail for an address, however many of its
//! subscriptions meet and however much was published.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};

use super::subscribe;
use crate::app::App;
use crate::domain::facets::Values;
use crate::domain::interest::Interest;
use crate::domain::mail::MailKind;
use crate::domain::pace::Hours;
use crate::forms::form::Form;
use crate::locale::Language;
use crate::store::subscriptions::{self, Subscription};
use crate::store::{Conn, Stop, StoreError, events, outbox, public};

/// Addresses told in one job of the writer (DESIGN 10).
const PIECE: i64 = 50;

/// What was published first with an event.
struct Published {
    seq: i64,
    form: Arc<Form>,
    values: Values,
}

/// Tells all whose time has come.
///
/// # Errors
/// Where the database fails.
pub async fn tell(app: &App) -> Result<(), Stop<()>> {
    let now = app.clock.now();
    // What can still be undone is told of later.
    let settled = now - Duration::from_std(app.config.mail.hold).unwrap_or_default();
    let until = app.db.read(move |conn| events::last_until(conn, settled)).await?;
    let mut more = app.db.read(move |conn| Ok(!subscriptions::due(conn, now, until, 1)?.is_empty())).await?;
    while more {
        let handle = app.clone();
        more = app.db.write(move |conn| Ok(tell_some(&handle, conn, until, now)?)).await?;
    }
    Ok(())
}

/// Tells some addresses; gives whether there were any.
fn tell_some(app: &App, conn: &mut Conn, until: i64, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let due = subscriptions::due(conn, now, until, PIECE)?;
    let mut seen = HashMap::new();
    for theirs in due.chunk_by(|a, b| a.address.eq_ignore_ascii_case(&b.address)) {
        tell_one(app, conn, theirs, &mut seen, (until, now))?;
    }
    Ok(!due.is_empty())
}

/// One mail to one address, if anything meets any of its subscriptions.
fn tell_one(
    app: &App,
    conn: &mut Conn,
    theirs: &[Subscription],
    seen: &mut HashMap<i64, Vec<Published>>,
    (until, now): (i64, DateTime<Utc>),
) -> Result<(), StoreError> {
    let (mut told, mut by) = (BTreeSet::new(), None);
    for one in theirs {
        let interest = Interest::parse(&app.catalog, &one.interest);
        let all = match seen.entry(one.told_seq) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unread) => unread.insert(published(app, conn, (one.told_seq, until))?),
        };
        let met: Vec<i64> =
            all.iter().filter(|new| interest.meets(&new.form, &new.values)).map(|new| new.seq).collect();
        if !met.is_empty() {
            by = by.or(Some(one));
        }
        told.extend(met);
        subscriptions::told(conn, &one.id, until, Hours::USUAL.next(one.pace, now))?;
    }
    let Some(by) = by else { return Ok(()) };
    let told: Vec<i64> = told.into_iter().collect();
    outbox::add_of_many(conn, &subscribe::mail(by, MailKind::News, until, now), &told, now)
}

/// What was published first between two events and still is.
fn published(app: &App, conn: &mut Conn, between: (i64, i64)) -> Result<Vec<Published>, StoreError> {
    let mut all = Vec::new();
    for (seq, id) in events::first_publications(conn, between)? {
        let Some((item, values)) = public::get(conn, id)? else { continue };
        let Some(form) = app.catalog.find(&item.form, Language::En) else { continue };
        all.push(Published { seq, form: Arc::clone(form), values });
    }
    Ok(all)
}
