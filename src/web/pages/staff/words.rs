//! The closed enums of the workflow in words, as staff read them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::domain::account::{Account, AccountId, Role};
use crate::domain::event::{Author, Event};
use crate::domain::mail::{MailKind, MailStatus};
use crate::domain::submission::{Decision, DeclineReason, ReviewState, Visibility};
use crate::forms::form::Lifecycle;
use crate::locale::{Arg, Language, Locale};
use crate::store::{Conn, StoreError, accounts};

/// A badge: its class and its words.
#[derive(Debug, Clone)]
pub struct Badge {
    pub class: &'static str,
    pub text: String,
}

/// The message under a key; for requests, and for what staff keep, the one that stands in its place.
pub(super) fn say(l: &Locale, key: &str, lifecycle: Lifecycle, values: &[(&str, Arg<'_>)]) -> String {
    let own = match lifecycle {
        Lifecycle::Publication => return l.with(key, values),
        Lifecycle::Request => format!("{key}-request"),
        Lifecycle::Record => format!("{key}-record"),
    };
    if l.knows(&own) { l.with(&own, values) } else { l.with(key, values) }
}

/// Where a submission stands: with the reviewers, and whether the public sees it. What is public needs no "approved".
pub(super) fn standing(l: &Locale, review: ReviewState, shown: Visibility, lifecycle: Lifecycle) -> Vec<Badge> {
    let said = review == ReviewState::Approved && shown == Visibility::Published;
    let review = (!said).then(|| state_badge(l, review, lifecycle));
    review.into_iter().chain(visibility(l, shown)).collect()
}

/// A status by its name, whatever it is the status of.
pub(super) fn state(l: &Locale, state: ReviewState) -> String {
    l.t(&format!("staff-state-{}", state.as_str()))
}

/// Where a submission stands with the reviewers.
fn state_badge(l: &Locale, state: ReviewState, lifecycle: Lifecycle) -> Badge {
    let class = match state {
        ReviewState::Held => "warn",
        ReviewState::Submitted | ReviewState::InReview => "waiting",
        ReviewState::ChangesRequested => "asked",
        ReviewState::Approved | ReviewState::Closed => "done",
        ReviewState::Declined | ReviewState::Withdrawn => "stopped",
    };
    Badge { class, text: say(l, &format!("staff-state-{}", state.as_str()), lifecycle, &[]) }
}

/// Whether the public sees it; nothing to say where it never did.
fn visibility(l: &Locale, visibility: Visibility) -> Option<Badge> {
    match visibility {
        Visibility::None => None,
        Visibility::Published => Some(Badge { class: "done", text: l.t("staff-published") }),
        Visibility::Unpublished => Some(Badge { class: "stopped", text: l.t("staff-unpublished") }),
    }
}

/// The address was not confirmed yet.
pub(super) fn unconfirmed(l: &Locale) -> Badge {
    Badge { class: "asked", text: l.t("staff-address-not-confirmed") }
}

/// The newest mail to the submitter did not arrive.
pub(super) fn undelivered(l: &Locale) -> Badge {
    Badge { class: "warn", text: l.t("staff-mail-undelivered") }
}

/// A decision as an act: "Publish".
pub(super) fn decision(l: &Locale, decision: Decision, lifecycle: Lifecycle) -> String {
    say(l, &format!("staff-decide-{}", decision.as_str()), lifecycle, &[])
}

/// Why something is declined.
pub(super) fn reason(l: &Locale, reason: DeclineReason) -> String {
    l.t(&format!("staff-reason-{}", reason.as_str()))
}

/// What happened, with who did it: "Jonas asked for changes."
pub(super) fn event(l: &Locale, event: &Event, lifecycle: Lifecycle, names: &Names) -> String {
    let kind = event.decision.map_or(event.kind.as_str(), Decision::as_str);
    let who = names.of(event.author, l);
    let whom = event.assignee.map(|id| names.name(id, l)).unwrap_or_default();
    let own = event.assignee.is_some() && event.assignee == event.author.account();
    let key = if own { format!("staff-event-{kind}-own") } else { format!("staff-event-{kind}") };
    let what = say(l, &key, lifecycle, &[("who", Arg::from(&who)), ("whom", Arg::from(&whom))]);
    match event.reason {
        Some(why) => {
            l.with("staff-event-reason", &[("what", Arg::from(&what)), ("reason", Arg::from(&reason(l, why)))])
        }
        None => what,
    }
}

/// What a mail is.
pub(super) fn mail_kind(l: &Locale, kind: MailKind) -> String {
    l.t(&format!("staff-mail-{}", kind.as_str()))
}

/// What became of a mail, as people understand it.
pub(super) fn mail_status(l: &Locale, status: MailStatus, due: &DateTime<Utc>) -> Badge {
    let class = match status {
        MailStatus::Held | MailStatus::Queued | MailStatus::Sending => "waiting",
        MailStatus::Accepted => "done",
        MailStatus::Deferred => "asked",
        MailStatus::Refused | MailStatus::Bounced | MailStatus::Suppressed | MailStatus::Saved => "warn",
        MailStatus::Dropped => "stopped",
    };
    Badge { class, text: l.a(&format!("staff-mail-status-{}", status.as_str()), "when", l.instant(due)) }
}

/// Whether a server did not take a mail, so that its words matter.
pub(super) fn is_trouble(status: MailStatus) -> bool {
    match status {
        MailStatus::Deferred | MailStatus::Refused | MailStatus::Bounced | MailStatus::Suppressed => true,
        MailStatus::Held
        | MailStatus::Queued
        | MailStatus::Sending
        | MailStatus::Accepted
        | MailStatus::Saved
        | MailStatus::Dropped => false,
    }
}

/// The name of a status of mails, for the filter.
pub(super) fn mail_heap(l: &Locale, status: MailStatus) -> String {
    l.t(&format!("staff-mail-heap-{}", status.as_str()))
}

/// What an account may do.
pub(super) fn role(l: &Locale, role: Role) -> String {
    l.t(&format!("staff-role-{}", role.as_str()))
}

/// The same in a sentence.
pub(super) fn role_hint(l: &Locale, role: Role) -> String {
    l.t(&format!("staff-role-{}.hint", role.as_str()))
}

/// A language by its name in the reader's one.
pub(super) fn language(l: &Locale, language: Language) -> String {
    l.t(&format!("staff-language-{}", language.code()))
}

/// The names of all accounts, those of disabled ones included.
#[derive(Debug, Clone, Default)]
pub struct Names(HashMap<i64, String>);

impl Names {
    pub(super) fn load(conn: &mut Conn) -> Result<Self, StoreError> {
        Ok(Self::new(&accounts::all(conn)?))
    }

    pub(super) fn new(accounts: &[Account]) -> Self {
        Self(accounts.iter().map(|account| (account.id.0, account.name.clone())).collect())
    }

    /// The name of an account.
    pub(super) fn name(&self, id: AccountId, l: &Locale) -> String {
        self.of(Author::Staff(id.0), l)
    }

    /// Who did something.
    pub(super) fn of(&self, author: Author, l: &Locale) -> String {
        match author {
            Author::Submitter => l.t("staff-who-submitter"),
            Author::System => l.t("staff-who-system"),
            Author::Staff(id) => self.0.get(&id).cloned().unwrap_or_else(|| l.t("staff-who-unknown")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::batch::Outcome;
    use crate::domain::event::EventKind;
    use crate::domain::view::{Filter, Heap};
    use crate::locale::Locales;

    fn keys(prefix: &str, values: impl IntoIterator<Item = &'static str>) -> Vec<String> {
        values.into_iter().map(|value| format!("{prefix}-{value}")).collect()
    }

    #[test]
    fn every_value_has_its_words() {
        let l = Locales::load().unwrap().get(Language::En);
        let kinds = EventKind::ALL.iter().filter(|kind| **kind != EventKind::Decided);
        let all = [
            keys("staff-state", ReviewState::ALL.iter().map(|v| v.as_str())),
            keys("staff-decide", Decision::ALL.iter().map(|v| v.as_str())),
            keys("staff-done", Decision::ALL.iter().map(|v| v.as_str())),
            keys("staff-effect", Decision::ALL.iter().map(|v| v.as_str())),
            keys("staff-event", Decision::ALL.iter().map(|v| v.as_str())),
            keys("staff-event", kinds.map(|v| v.as_str())),
            keys("staff-reason", DeclineReason::ALL.iter().map(|v| v.as_str())),
            keys("staff-mail", MailKind::ALL.iter().map(|v| v.as_str())),
            keys("staff-mail-status", MailStatus::ALL.iter().map(|v| v.as_str())),
            keys("staff-mail-heap", MailStatus::ALL.iter().map(|v| v.as_str())),
            keys("staff-role", Role::ALL.iter().map(|v| v.as_str())),
            keys("staff-language", Language::ALL.iter().map(|v| v.code())),
            keys("staff-outcome", Outcome::ALL.iter().map(|v| v.as_str())),
            keys("staff-tab", Heap::ALL.iter().map(|v| v.as_str())),
            keys("staff-empty", Heap::ALL.iter().map(|v| v.as_str())),
            keys("staff-filter", Filter::ALL.iter().filter(|v| **v != Filter::Words).map(|v| v.as_str())),
            keys("staff-any", Filter::ALL.iter().filter(|v| **v != Filter::Words).map(|v| v.as_str())),
        ];
        for key in all.concat() {
            assert!(l.knows(&key), "{key}");
        }
    }
}
