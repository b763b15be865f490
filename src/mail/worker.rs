//! Empties the outbox: claim, render and freeze, send, settle. Sends at least once, and tells a copy by its Message-ID.

use std::convert::Infallible;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch::Receiver;
use tokio::time::{MissedTickBehavior, interval};

use super::render::{fill, freeze, render, thaw};
use super::transport::{Letter, Outcome, Transport};
use crate::app::App;
use crate::domain::mail::{MailStatus, Subject};
use crate::store::outbox::{self, Attempt, Mail};
use crate::store::{Conn, Stop, StoreError, submissions};

/// Minutes to wait after each failed attempt: for greylisting first, then for a server that is away, up to four days.
const WAITS: [i32; 14] = [1, 5, 15, 30, 60, 120, 240, 480, 720, 720, 720, 720, 720, 720];
/// How much a wait varies, in per cent, so that a crowd does not come back together.
const SPREAD: std::ops::RangeInclusive<i32> = 80..=120;
const BATCH: i64 = 50;
const LEASE: TimeDelta = TimeDelta::minutes(5);
/// After this long what is left of a batch goes back, well before its lease ends.
const BATCH_TIME: Duration = Duration::from_secs(180);

/// What a run of the worker did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sent {
    pub accepted: usize,
    pub saved: usize,
    pub deferred: usize,
    pub refused: usize,
}

/// Looks for due mails each second until told to stop. A mail in hand is finished first.
pub async fn run(app: App, transport: Transport, mut stop: Receiver<bool>) {
    let mut tick = interval(Duration::from_secs(1));
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while !*stop.borrow() {
        tokio::select! {
            _ = tick.tick() => {
                let asked = stop.clone();
                if let Err(error) = send_until(&app, &transport, || *asked.borrow()).await {
                    tracing::error!(%error, "the outbox cannot be worked on");
                }
            }
            changed = stop.changed() => {
                if changed.is_err() {
                    return;
                }
            }
        }
    }
}

/// Sends what is due now.
///
/// # Errors
/// Where the database fails; what was sent before is settled.
pub async fn send_due(app: &App, transport: &Transport) -> Result<Sent, StoreError> {
    send_until(app, transport, || false).await
}

async fn send_until(app: &App, transport: &Transport, stop: impl Fn() -> bool) -> Result<Sent, StoreError> {
    let mut sent = Sent::default();
    while !stop() {
        let mails = claim(app).await?;
        if mails.is_empty() {
            break;
        }
        send_batch(app, transport, prepare(app, mails).await?, &stop, &mut sent).await?;
    }
    Ok(sent)
}

/// Each outcome is written at once, so that a crash can double one mail and no more.
async fn send_batch(
    app: &App,
    transport: &Transport,
    mails: Vec<Prepared>,
    stop: impl Fn() -> bool,
    sent: &mut Sent,
) -> Result<(), StoreError> {
    let started = Instant::now();
    let mut session = transport.session(&app.config);
    for Prepared { mail, letter } in mails {
        let outcome = match letter {
            _ if stop() || started.elapsed() > BATCH_TIME => None,
            Ok(letter) => Some(session.send(&letter, app.clock.now()).await),
            Err(outcome) => Some(outcome),
        };
        settle(app, &mail, outcome, sent).await?;
    }
    session.close().await;
    Ok(())
}

async fn claim(app: &App) -> Result<Vec<Mail>, StoreError> {
    let now = app.clock.now();
    write(app, move |conn| outbox::claim(conn, now, now + LEASE, BATCH)).await
}

/// A claimed mail: ready to go, or why it cannot go.
struct Prepared {
    mail: Mail,
    letter: Result<Letter, Outcome>,
}

/// Renders what was not rendered before, each by itself, and keeps all of it in one write.
async fn prepare(app: &App, mails: Vec<Mail>) -> Result<Vec<Prepared>, StoreError> {
    let (mut prepared, mut fresh) = (Vec::with_capacity(mails.len()), Vec::new());
    for mail in mails {
        let letter = match write_letter(app, &mail).await {
            _ if worn_out(&mail) => Err(Outcome::Refused("gave up: no attempt came to an end".to_owned())),
            Ok((letter, frozen)) => {
                fresh.extend(frozen.map(|frozen| (mail.id, frozen)));
                Ok(letter)
            }
            Err(error) => Err(unwritten(&error)),
        };
        prepared.push(Prepared { mail, letter });
    }
    if !fresh.is_empty() {
        write(app, move |conn| fresh.iter().try_for_each(|(id, frozen)| outbox::freeze(conn, *id, frozen))).await?;
    }
    Ok(prepared)
}

/// The letter with its links, and what is to be kept of it if this is the first attempt.
async fn write_letter(app: &App, mail: &Mail) -> Result<(Letter, Option<String>), StoreError> {
    let (app, mail) = (app.clone(), mail.clone());
    let reader = app.db.clone();
    let work = move |conn: &mut Conn| {
        let thread = thread(conn, &mail.subject)?;
        let (frozen, fresh) = match thaw(&mail)? {
            Some(frozen) => (frozen, None),
            None => {
                let frozen = render(&app, conn, &mail)?;
                let kept = freeze(&frozen)?;
                (frozen, Some(kept))
            }
        };
        let content = fill(&frozen, &app.keys, &mail);
        Ok((Letter::new(&mail, &thread, content), fresh))
    };
    reader.read(work).await
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

async fn settle(app: &App, mail: &Mail, outcome: Option<Outcome>, sent: &mut Sent) -> Result<(), StoreError> {
    let now = app.clock.now();
    let attempt = judge(mail, outcome, now, app.entropy.with(|rng| rand::RngExt::random_range(rng, SPREAD)));
    sent.count(attempt.status);
    tracing::debug!(mail = mail.id, kind = mail.kind.as_str(), status = attempt.status.as_str(), "mail");
    write(app, move |conn| outbox::settle(conn, &attempt, now)).await
}

/// What becomes of a mail after an attempt. Without an outcome it was not tried and goes back.
fn judge(mail: &Mail, outcome: Option<Outcome>, now: DateTime<Utc>, spread: i32) -> Attempt {
    let settled = |status, reply| Attempt {
        id: mail.id,
        number: mail.attempts,
        status,
        counts: true,
        due_at: now,
        reply: Some(reply),
    };
    match outcome {
        None => Attempt {
            counts: false,
            due_at: mail.due_at,
            reply: mail.last_reply.clone(),
            ..settled(MailStatus::Queued, String::new())
        },
        Some(Outcome::Accepted(reply)) => settled(MailStatus::Accepted, reply),
        Some(Outcome::Saved(reply)) => settled(MailStatus::Saved, reply),
        Some(Outcome::Refused(reply)) => settled(MailStatus::Refused, reply),
        Some(Outcome::Deferred(reply)) => match wait(mail.attempts, spread) {
            Some(wait) => Attempt { due_at: now + wait, ..settled(MailStatus::Deferred, reply) },
            None => settled(MailStatus::Refused, format!("gave up: {reply}")),
        },
    }
}

/// How long to wait after the `attempts`-th attempt failed; `None` once it was tried often enough.
fn wait(attempts: i32, spread: i32) -> Option<TimeDelta> {
    let tried = usize::try_from(attempts).ok()?;
    let minutes = WAITS.get(tried.saturating_sub(1))?;
    Some(TimeDelta::minutes(i64::from(*minutes)) * spread / 100)
}

/// More attempts than waits: the worker died in each. It must not take other mails with it for ever.
fn worn_out(mail: &Mail) -> bool {
    usize::try_from(mail.attempts).is_ok_and(|tried| tried > WAITS.len() + 1)
}

impl Sent {
    fn count(&mut self, status: MailStatus) {
        match status {
            MailStatus::Accepted => self.accepted += 1,
            MailStatus::Saved => self.saved += 1,
            MailStatus::Deferred => self.deferred += 1,
            MailStatus::Refused => self.refused += 1,
            MailStatus::Held
            | MailStatus::Queued
            | MailStatus::Sending
            | MailStatus::Bounced
            | MailStatus::Suppressed
            | MailStatus::Dropped => {}
        }
    }
}

/// A job for the writer that refuses nothing.
async fn write<T: Send + 'static>(
    app: &App,
    mut job: impl FnMut(&mut Conn) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let done = app.db.write(move |conn| job(conn).map_err(Stop::<Infallible>::Failed)).await;
    done.map_err(|stop| match stop {
        Stop::Refused(never) => match never {},
        Stop::Failed(error) => error,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_end_within_four_days() {
        assert_eq!(wait(1, 100), Some(TimeDelta::minutes(1)));
        assert_eq!(wait(2, 80), Some(TimeDelta::minutes(4)));
        assert_eq!(wait(15, 100), None);
        assert!(WAITS.iter().sum::<i32>() <= 4 * 24 * 60);
    }
}
