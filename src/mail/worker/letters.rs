//! From claimed rows to letters: each is written by itself, and kept before it goes.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::results::{Fate, is_worn_out};
use super::{BATCH, LEASE, write};
use crate::app::App;
use crate::domain::mail::Subject;
use crate::mail::render::{fill, freeze, render, thaw};
use crate::mail::transport::{Letter, Outcome};
use crate::store::outbox::{self, Claim, Mail};
use crate::store::{Conn, StoreError, submissions, suppressions};

/// Most mails a day to an address that nobody confirmed, so that no one is flooded by what others type. Staff are not counted.
const MOST_A_DAY: i64 = 20;
const DAY: TimeDelta = TimeDelta::days(1);

/// Mails that are ready to go.
pub(super) struct Batch {
    pub mails: Vec<Prepared>,
    /// No other is claimed while this one is on its way.
    pub alone: bool,
    /// It tries whether a pause is over.
    pub probe: bool,
}

/// A claimed mail: ready to go, or what becomes of it instead.
pub(super) struct Prepared {
    pub mail: Mail,
    pub letter: Result<Letter, Fate>,
}

/// Claims and writes the next mails; what was not rendered before is kept in one write.
pub(super) async fn next(app: &App) -> Result<Batch, StoreError> {
    let now = app.clock.now();
    let Claim { mails, left_behind, probe } =
        write(app, move |conn| outbox::claim(conn, now, now + LEASE, BATCH)).await?;
    let mails: Arc<[Mail]> = mails.into();
    let (mut prepared, mut fresh) = (Vec::with_capacity(mails.len()), Vec::new());
    for (mail, written) in mails.iter().zip(write_all(app, &mails).await) {
        let letter = match written {
            _ if is_worn_out(mail) => {
                Err(Fate::Tried(Outcome::Refused("gave up: no attempt came to an end".to_owned())))
            }
            Ok(Written::Letter(letter, frozen)) => {
                fresh.extend(frozen.map(|frozen| (mail.id, frozen)));
                Ok(*letter)
            }
            Ok(Written::Not(fate)) => Err(fate),
            Err(error) => Err(Fate::Tried(unwritten(&error))),
        };
        prepared.push(Prepared { mail: mail.clone(), letter });
    }
    if !fresh.is_empty() {
        write(app, move |conn| fresh.iter().try_for_each(|(id, frozen)| outbox::freeze(conn, *id, frozen))).await?;
    }
    Ok(Batch { mails: prepared, alone: left_behind || probe, probe })
}

/// What came of writing one.
enum Written {
    /// With what is to be kept of it, if this is the first attempt.
    Letter(Box<Letter>, Option<String>),
    Not(Fate),
}

/// Writes all in one go; if one of them panics, each by itself, so that the others are written.
async fn write_all(app: &App, mails: &Arc<[Mail]>) -> Vec<Result<Written, StoreError>> {
    let (handle, all) = (app.clone(), Arc::clone(mails));
    let together = move |conn: &mut Conn| Ok(all.iter().map(|mail| write_letter(&handle, conn, mail)).collect());
    if let Ok(written) = app.db.read(together).await {
        return written;
    }
    let mut written = Vec::with_capacity(mails.len());
    for mail in mails.iter() {
        let (handle, mail) = (app.clone(), Mail::clone(mail));
        written.push(app.db.read(move |conn| write_letter(&handle, conn, &mail)).await);
    }
    written
}

/// The letter with its links, unless its address takes none, or none now.
fn write_letter(app: &App, conn: &mut Conn, mail: &Mail) -> Result<Written, StoreError> {
    if suppressions::is_suppressed(conn, &mail.address)? {
        return Ok(Written::Not(Fate::Suppressed));
    }
    if let Some(until) = full_until(app, conn, mail)? {
        return Ok(Written::Not(Fate::Later(until)));
    }
    let thread = thread(conn, &mail.subject)?;
    let (frozen, fresh) = match thaw(mail)? {
        Some(frozen) => (frozen, None),
        None => {
            let frozen = render(app, conn, mail)?;
            let kept = freeze(&frozen)?;
            (frozen, Some(kept))
        }
    };
    let content = fill(&frozen, &app.keys, mail);
    Ok(Written::Letter(Box::new(Letter::new(mail, &thread, content)), fresh))
}

/// Until when an address that nobody confirmed has had enough for a day.
fn full_until(app: &App, conn: &mut Conn, mail: &Mail) -> Result<Option<DateTime<Utc>>, StoreError> {
    if mail.account.is_some() || !app.config.suspects_robots() {
        return Ok(None);
    }
    let now = app.clock.now();
    let Some(oldest) = outbox::nth_newest_to(conn, mail, now - DAY, MOST_A_DAY)? else { return Ok(None) };
    let confirmed = match mail.subject.submission() {
        Some(id) => submissions::get(conn, id)?.address_confirmed_at.is_some(),
        None => false,
    };
    let known = confirmed || outbox::is_proven(conn, &mail.address)?;
    Ok((!known).then(|| oldest.unwrap_or(now) + DAY))
}

/// What mails stand together under: the submission's reference, the draft's id.
fn thread(conn: &mut Conn, subject: &Subject) -> Result<String, StoreError> {
    match subject {
        Subject::Event { submission, .. } => Ok(submissions::get(conn, *submission)?.reference),
        Subject::Draft { id, .. } => Ok(format!("draft-{id}")),
    }
}

/// A mail that cannot be written is given up; one whose database is busy waits.
fn unwritten(error: &StoreError) -> Outcome {
    let reason = format!("cannot be written: {error}");
    match error {
        StoreError::Query(_) | StoreError::Unreadable(_) | StoreError::Panicked => Outcome::Refused(reason),
        StoreError::Open(_)
        | StoreError::Pool(_)
        | StoreError::Stopped
        | StoreError::Migration(_)
        | StoreError::Files(_)
        | StoreError::Io(_) => Outcome::Deferred(reason),
    }
}
