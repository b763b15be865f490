//! What becomes of mails after an attempt, committed while others are sent.

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::{Sent, write};
use crate::app::App;
use crate::domain::mail::MailStatus;
use crate::mail::transport::Outcome;
use crate::store::StoreError;
use crate::store::outbox::pause::{self, Pause};
use crate::store::outbox::{self, Attempt, Mail};

/// Minutes to wait after each failed attempt: for greylisting first, then for a mailbox that is full, up to four days.
const WAITS: [i32; 14] = [1, 5, 15, 30, 60, 120, 240, 480, 720, 720, 720, 720, 720, 720];
/// Minutes to wait before a server that takes nothing is asked again; the last one from then on.
const PAUSES: [i32; 5] = [1, 2, 5, 10, 20];
/// How much a wait varies, in per cent, so that a crowd does not come back together.
const SPREAD: std::ops::RangeInclusive<i32> = 80..=120;
/// Results that wait for a commit at most, and that go into one. When the power fails, what was sent and not committed is
/// sent once more: at most twice this many.
const AHEAD: usize = 16;

/// What happened to a claimed mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fate {
    Tried(Outcome),
    /// Its address takes no mail.
    Suppressed,
    /// Its address has had enough for a day.
    Later(DateTime<Utc>),
    /// It goes back as it was.
    Untried,
}

/// Commits results as they come: while one commit is on its way to the disk, the next ones gather.
pub(super) struct Results {
    give: mpsc::Sender<Attempt>,
    kept: JoinHandle<Result<(), StoreError>>,
}

impl Results {
    pub(super) fn start(app: &App) -> Self {
        let (give, taken) = mpsc::channel(AHEAD);
        Self { give, kept: tokio::spawn(keep(app.clone(), taken)) }
    }

    /// Takes a result; waits while too many are not committed.
    pub(super) async fn add(&self, app: &App, mail: &Mail, fate: Fate, sent: &mut Sent) {
        let attempt = judge(mail, fate, app.clock.now(), spread(app));
        if attempt.counts {
            sent.count(attempt.status);
        }
        tracing::debug!(mail = mail.id, kind = mail.kind.as_str(), status = attempt.status.as_str(), "mail");
        // Where nothing is kept any more, `finish` says why.
        let _ = self.give.send(attempt).await;
    }

    /// Waits until all are committed.
    pub(super) async fn finish(self) -> Result<(), StoreError> {
        drop(self.give);
        self.kept.await.map_err(|_| StoreError::Panicked)?
    }
}

async fn keep(app: App, mut taken: mpsc::Receiver<Attempt>) -> Result<(), StoreError> {
    let mut attempts = Vec::with_capacity(AHEAD);
    while taken.recv_many(&mut attempts, AHEAD).await > 0 {
        let (now, gathered) = (app.clock.now(), std::mem::take(&mut attempts));
        write(&app, move |conn| gathered.iter().try_for_each(|attempt| outbox::settle(conn, attempt, now))).await?;
    }
    Ok(())
}

fn spread(app: &App) -> i32 {
    app.entropy.with(|rng| rand::RngExt::random_range(rng, SPREAD))
}

/// Pauses the queue, or prolongs the pause: the server takes nothing of ours.
pub(super) async fn pause(app: &App, reason: String) -> Result<(), StoreError> {
    let (now, spread) = (app.clock.now(), spread(app));
    tracing::warn!(reason, "the mail server takes no mail: all wait");
    let job = move |conn: &mut _| {
        let before = pause::get(conn)?;
        let tries = before.as_ref().map_or(0, |pause| pause.tries);
        let nth = usize::try_from(tries).unwrap_or(usize::MAX);
        let minutes = PAUSES.get(nth).or(PAUSES.last()).copied().unwrap_or(1);
        let next_at = now + TimeDelta::minutes(i64::from(minutes)) * spread / 100;
        let since = before.map_or(now, |pause| pause.since);
        pause::set(conn, &Pause { reason: reason.clone(), since, tries: tries.saturating_add(1), next_at })
    };
    write(app, job).await
}

/// What becomes of a mail.
fn judge(mail: &Mail, fate: Fate, now: DateTime<Utc>, spread: i32) -> Attempt {
    let settled = |status, reply: Option<String>| Attempt {
        id: mail.id,
        number: mail.attempts,
        status,
        counts: true,
        due_at: now,
        reply,
    };
    // It was not its turn: the attempt that was counted when it was claimed was none.
    let untried = |status, due_at, reply| Attempt { counts: false, due_at, ..settled(status, reply) };
    match fate {
        Fate::Untried => untried(MailStatus::Queued, mail.due_at, mail.last_reply.clone()),
        Fate::Suppressed => settled(MailStatus::Suppressed, Some("not sent: this address takes no mail".to_owned())),
        Fate::Later(until) => {
            let words = "waits: this address is not confirmed and had as many mails in a day as it gets".to_owned();
            untried(MailStatus::Deferred, until, Some(words))
        }
        Fate::Tried(Outcome::Accepted(reply)) => settled(MailStatus::Accepted, Some(reply)),
        Fate::Tried(Outcome::Saved(reply)) => settled(MailStatus::Saved, Some(reply)),
        Fate::Tried(Outcome::Refused(reply)) => settled(MailStatus::Refused, Some(reply)),
        Fate::Tried(Outcome::Paused(reply)) => untried(MailStatus::Queued, mail.due_at, Some(reply)),
        Fate::Tried(Outcome::Deferred(reply)) => match wait(mail.attempts, spread) {
            Some(wait) => Attempt { due_at: now + wait, ..settled(MailStatus::Deferred, Some(reply)) },
            None => settled(MailStatus::Refused, Some(format!("gave up: {reply}"))),
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
pub(super) fn is_worn_out(mail: &Mail) -> bool {
    usize::try_from(mail.attempts).is_ok_and(|tried| tried > WAITS.len() + 1)
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
