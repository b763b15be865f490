//! A mail comes back, or its reader complains: the mail says so, its address gets no more, and who decided hears of it.

use chrono::{DateTime, Utc};

use crate::app::App;
use crate::domain::mail::{MailKind, MailStatus, Subject, SuppressionReason};
use crate::domain::returned::{Fate, Returned};
use crate::store::outbox::{self, Mail, NewMail};
use crate::store::suppressions::{self, Suppression};
use crate::store::{Conn, Stop, StoreError, accounts, events};

/// What a report came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    Bounced,
    Delayed,
    Complained,
    /// About no mail of ours that had left, or told before.
    Ignored,
}

/// Writes down what a report says.
///
/// # Errors
/// Why nothing was kept.
pub async fn take_back(app: &App, report: Returned) -> Result<Taken, Stop<()>> {
    let now = app.clock.now();
    app.db
        .write(move |conn| {
            let Some(mail) = find(conn, &report.ids)? else { return Ok(Taken::Ignored) };
            match report.fate {
                Fate::Failed => failed(conn, &mail, &report.words, now)?,
                Fate::Delayed => outbox::tell(conn, mail.id, mail.status, &report.words, now)?,
                Fate::Complaint => complained(conn, &mail, now)?,
            }
            Ok(match report.fate {
                Fate::Failed => Taken::Bounced,
                Fate::Delayed => Taken::Delayed,
                Fate::Complaint => Taken::Complained,
            })
        })
        .await
}

/// The mail that is meant, if it had left and nothing worse is known of it.
fn find(conn: &mut Conn, ids: &[String]) -> Result<Option<Mail>, StoreError> {
    for id in ids {
        if let Some(mail) = outbox::find_by_message_id(conn, id)?
            && mail.status == MailStatus::Accepted
        {
            return Ok(Some(mail));
        }
    }
    Ok(None)
}

fn failed(conn: &mut Conn, mail: &Mail, words: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    outbox::tell(conn, mail.id, MailStatus::Bounced, words, now)?;
    suppress(conn, mail, SuppressionReason::Bounced, now)?;
    tell_who_decided(conn, mail, now)
}

fn complained(conn: &mut Conn, mail: &Mail, now: DateTime<Utc>) -> Result<(), StoreError> {
    suppress(conn, mail, SuppressionReason::Complaint, now)?;
    match mail.account {
        Some(account) => accounts::set_alerts(conn, account, &[]),
        None => Ok(()),
    }
}

fn suppress(conn: &mut Conn, mail: &Mail, reason: SuppressionReason, since: DateTime<Utc>) -> Result<(), StoreError> {
    suppressions::add(conn, &Suppression { address: mail.address.clone(), reason, since, by: None })
}

/// Mail to staff that comes back is told to nobody: so no mail can lead to another without end.
fn tell_who_decided(conn: &mut Conn, mail: &Mail, now: DateTime<Utc>) -> Result<(), StoreError> {
    let (Subject::Event { seq, .. }, None) = (&mail.subject, mail.account) else { return Ok(()) };
    let Some(account) = events::get(conn, *seq)?.event.author.account() else { return Ok(()) };
    let account = accounts::get(conn, account)?;
    if account.disabled {
        return Ok(());
    }
    let alert = NewMail {
        kind: MailKind::AlertBounced,
        subject: mail.subject.clone(),
        account: Some(account.id),
        address: account.email,
        name: account.name,
        language: account.language,
        link_generation: mail.link_generation,
        due_at: now,
    };
    outbox::add(conn, &alert, now)
}
