//! What is said after a decision: what came of it, and where to go on.

use super::record::Loaded;
use super::words;
use crate::actions::revise;
use crate::app::App;
use crate::domain::mail::MailStatus;
use crate::domain::submission::Decision;
use crate::locale::{Arg, Locale};
use crate::store::outbox::Mail;

/// What was just done, and where to go on.
pub struct Flash {
    pub text: String,
    /// Another record that it is about.
    pub about: Option<String>,
    pub next: Option<(String, String)>,
}

/// "PRA-… is public. One mail to a.benoit@… goes at 09:14 UTC." It may be about the record before this one.
pub fn flash(app: &App, l: &Locale, loaded: &Loaded, done: Decision) -> Flash {
    let (submission, events, mails) = match &loaded.before {
        Some(before) => (&before.submission, &before.events, &before.mails),
        None => (&loaded.submission, &loaded.events, &loaded.mails),
    };
    let lifecycle = revise::standing(app, submission).map_or(loaded.form.lifecycle(), |standing| standing.lifecycle);
    let values = [("reference", Arg::from(submission.reference.as_str()))];
    let what = words::say(l, &format!("staff-done-{}", done.as_str()), lifecycle, &values);
    // A release lets the receipt go that the submission itself had to wait for.
    let told = if done == Decision::Release { events.first() } else { events.last() };
    let told = told.map(|logged| logged.seq);
    let mail = mails.iter().find(|mail| mail.account.is_none() && mail.subject.event() == told);
    let mail = mail.map_or_else(|| l.t("staff-done-no-mail"), |mail| mailed(l, mail));
    let finished = loaded.around.is_some() && loaded.before.is_none();
    let rest = if finished { format!(" {}", l.t("staff-view-finished")) } else { String::new() };
    let next = loaded.next.clone().map(|(reference, title)| (format!("/staff/submissions/{reference}"), title));
    Flash {
        text: format!("{what} {mail}{rest}"),
        about: loaded.before.as_ref().map(|before| before.submission.reference.clone()),
        next,
    }
}

pub(super) fn mailed(l: &Locale, mail: &Mail) -> String {
    let key = match mail.status {
        MailStatus::Held => "staff-done-mail-held",
        MailStatus::Queued | MailStatus::Sending | MailStatus::Deferred => "staff-done-mail-queued",
        MailStatus::Accepted => "staff-done-mail-accepted",
        MailStatus::Saved => "staff-done-mail-saved",
        MailStatus::Refused | MailStatus::Bounced | MailStatus::Suppressed | MailStatus::Dropped => {
            "staff-done-mail-refused"
        }
    };
    let at = mail.due_at.format("%H:%M UTC").to_string();
    l.with(key, &[("address", Arg::from(&mail.address)), ("time", Arg::from(&at))])
}
