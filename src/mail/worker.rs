//! Empties the outbox: claim, render and freeze, send, settle. Sends at least once, and tells a copy by its Message-ID.
//!
//! One worker a data folder: a lock file says whose turn it is, so that what another one left behind when it died is known
//! as such at once. While one batch is sent the next is claimed and written, and results are committed.

mod letters;
mod results;

use std::convert::Infallible;
use std::fs::{File, TryLockError};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use tokio::sync::watch::Receiver;
use tokio::time::{MissedTickBehavior, interval, sleep};

use self::letters::{Batch, Prepared};
use self::results::{Fate, Results};
use super::transport::{Outcome, Transport};
use crate::app::App;
use crate::domain::mail::MailStatus;
use crate::store::outbox::{self, pause};
use crate::store::{Conn, Stop, StoreError};

const BATCH: i64 = 50;
/// Longer than any batch: ended by its time, and then by the time-outs of the mail in hand.
const LEASE: TimeDelta = TimeDelta::minutes(15);
/// After this long what is left of a batch goes back, well before its lease ends.
const BATCH_TIME: Duration = Duration::from_secs(180);

/// What a run of the worker did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sent {
    pub accepted: usize,
    pub saved: usize,
    pub deferred: usize,
    pub refused: usize,
    pub suppressed: usize,
    /// The mail server takes no mail of ours, or is away.
    pub paused: bool,
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
    if !is_due(app).await? {
        return Ok(sent);
    }
    let Some(_turn) = turn(app, &stop).await? else { return Ok(sent) };
    write(app, outbox::take_over).await?;
    let mut batch = letters::next(app).await?;
    while !batch.mails.is_empty() {
        let alone = batch.alone;
        let sending = send_batch(app, transport, batch, &stop, &mut sent);
        // What was left behind, or tries a pause, takes no other with it.
        let (went_on, next) = if alone {
            let went_on = sending.await?;
            (went_on, if went_on { Some(letters::next(app).await?) } else { None })
        } else {
            let (went_on, next) = tokio::join!(sending, letters::next(app));
            (went_on?, Some(next?))
        };
        match next {
            Some(next) if went_on => batch = next,
            next => {
                give_back(app, next.into_iter().flat_map(|next| next.mails)).await?;
                break;
            }
        }
    }
    remember_pause(app).await?;
    Ok(sent)
}

/// Whether there is work, as far as it can be seen without writing.
async fn is_due(app: &App) -> Result<bool, StoreError> {
    let now = app.clock.now();
    let paused = remember_pause(app).await?;
    Ok(paused.is_none_or(|pause| pause.next_at <= now) && app.db.read(move |conn| outbox::is_due(conn, now)).await?)
}

/// Staff read on every page whether mail waits.
async fn remember_pause(app: &App) -> Result<Option<pause::Pause>, StoreError> {
    let paused = app.db.read(pause::get).await?;
    app.set_mail_pause(paused.clone());
    Ok(paused)
}

/// Waits until no other worker is at it, `serve` or a command; none once it is told to stop.
async fn turn(app: &App, stop: impl Fn() -> bool) -> Result<Option<File>, StoreError> {
    let file = File::create(app.config.data_dir.join("mail.lock"))?;
    while !stop() {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) => sleep(Duration::from_millis(20)).await,
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
    }
    Ok(None)
}

/// Sends a batch; `false` where nothing more is to be sent. Results are committed meanwhile.
async fn send_batch(
    app: &App,
    transport: &Transport,
    batch: Batch,
    stop: impl Fn() -> bool,
    sent: &mut Sent,
) -> Result<bool, StoreError> {
    let started = Instant::now();
    let (mut session, results) = (transport.session(&app.config), Results::start(app));
    let (mut over, mut trouble) = (false, None);
    for Prepared { mail, letter } in batch.mails {
        over = over || stop() || started.elapsed() > BATCH_TIME;
        let fate = match letter {
            _ if over => Fate::Untried,
            Ok(letter) => Fate::Tried(session.send(&letter, app.clock.now()).await),
            Err(fate) => fate,
        };
        if let Fate::Tried(Outcome::Paused(reason)) = &fate {
            (over, trouble) = (true, Some(reason.clone()));
        }
        results.add(app, &mail, fate, sent).await;
    }
    results.finish().await?;
    session.close().await;
    sent.paused = trouble.is_some();
    match trouble {
        Some(reason) => results::pause(app, reason).await?,
        None if batch.probe && !over => write(app, pause::clear).await?,
        None => {}
    }
    Ok(!over)
}

/// Mails that were claimed and not tried go back as they were.
async fn give_back(app: &App, mails: impl Iterator<Item = Prepared>) -> Result<(), StoreError> {
    let results = Results::start(app);
    for Prepared { mail, .. } in mails {
        results.add(app, &mail, Fate::Untried, &mut Sent::default()).await;
    }
    results.finish().await
}

impl Sent {
    fn count(&mut self, status: MailStatus) {
        match status {
            MailStatus::Accepted => self.accepted += 1,
            MailStatus::Saved => self.saved += 1,
            MailStatus::Deferred => self.deferred += 1,
            MailStatus::Refused => self.refused += 1,
            MailStatus::Suppressed => self.suppressed += 1,
            MailStatus::Held | MailStatus::Queued | MailStatus::Sending | MailStatus::Bounced | MailStatus::Dropped => {
            }
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
