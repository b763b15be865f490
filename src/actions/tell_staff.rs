//! Who of the Network is told of an event: those who follow such records and those to whom a rule leads, each once, never
//! of their own act, never of what they muted. At once by a mail of its own, or with the next digest.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::record::told;
use crate::domain::account::{Account, AccountId};
use crate::domain::mail::MailKind;
use crate::domain::pace::Pace;
use crate::locale::Language;
use crate::store::outbox::NewMail;
use crate::store::routings::To;
use crate::store::submissions::Submission;
use crate::store::{Conn, StoreError, accounts, alerts, outbox, routings};

/// What is told.
pub(super) struct News<'a> {
    pub submission: &'a Submission,
    /// Those of its countries.
    pub regions: &'a [String],
    /// The mail that tells of it at once; what has none is told in digests only.
    pub kind: Option<MailKind>,
    /// Whose act it was.
    pub by: Option<AccountId>,
}

/// Queues what each is told now, and keeps for their digest what others are told later.
pub(super) fn tell(conn: &mut Conn, news: &News<'_>, (seq, now): (i64, DateTime<Utc>)) -> Result<(), StoreError> {
    let form = news.submission.form.as_str();
    let ruled = routings::meeting(conn, (form, news.regions, news.submission.language))?;
    let (told, known) = listeners(conn, news, &ruled)?;
    for (account, pace) in told {
        match (pace, news.kind) {
            (Pace::AtOnce, Some(kind)) => {
                let to = (account.email, account.name, account.language);
                outbox::add(conn, &mail(news, kind, Some(account.id), to, (seq, now)), now)?;
            }
            (Pace::AtOnce, None) => {}
            (Pace::Daily | Pace::Weekly, _) => alerts::wait(conn, account.id, seq, pace)?,
        }
    }
    let Some(kind) = news.kind else { return Ok(()) };
    for rule in &ruled {
        // Whoever has an account is told by it, however their address is led to.
        let To::Address(address) = &rule.to else { continue };
        if known.iter().any(|email| email.eq_ignore_ascii_case(address)) {
            continue;
        }
        let to = (address.clone(), String::new(), rule.scope.language.unwrap_or(Language::En));
        outbox::add(conn, &mail(news, kind, None, to, (seq, now)), now)?;
    }
    Ok(())
}

/// Accounts that are told, with how soon; and the addresses of all that follow it, told or not.
type Listeners = (Vec<(Account, Pace)>, Vec<String>);

fn listeners(conn: &mut Conn, news: &News<'_>, ruled: &[routings::Routing]) -> Result<Listeners, StoreError> {
    let mut all: BTreeMap<i64, Account> = BTreeMap::new();
    for account in accounts::followers(conn, news.submission.form.as_str(), news.regions)? {
        all.insert(account.id.0, account);
    }
    for rule in ruled {
        if let To::Account(id) = rule.to {
            all.insert(id.0, accounts::get(conn, id)?);
        }
    }
    let (mut told, mut known) = (Vec::new(), Vec::new());
    for account in all.into_values().filter(|account| !account.disabled) {
        known.push(account.email.clone());
        let settings = alerts::settings(conn, account.id)?;
        let quiet = settings.stopped || news.by == Some(account.id);
        if !quiet && !alerts::is_muted(conn, account.id, news.submission.id)? {
            told.push((account, settings.pace));
        }
    }
    Ok((told, known))
}

fn mail(
    news: &News<'_>,
    kind: MailKind,
    account: Option<AccountId>,
    (address, name, language): (String, String, Language),
    (seq, now): (i64, DateTime<Utc>),
) -> NewMail {
    NewMail {
        kind,
        subject: told(news.submission, seq),
        account,
        address,
        name,
        language,
        link_generation: news.submission.link_generation,
        due_at: now,
    }
}
