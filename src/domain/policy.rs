//! Every permission, one table. Each route names the act it is; nothing else decides who may.

use super::account::{AccountId, Role};
use super::submission::SubmissionId;

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Anybody.
    Anyone,
    /// Holder of the link of this one submission.
    Submitter(SubmissionId),
    /// Holder of the link of one that is named as taking part in this submission.
    Party(SubmissionId),
    Staff(AccountId, Role),
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Pages and API of what is published, forms, health.
    ReadPublic,
    /// Fill in and send a form, ask for a lost link. A draft, or a table of records to report on, is opened by its own secret.
    Submit,
    /// Ask for mails about what is published; each subscription is opened by its own secret.
    Subscribe,
    /// Sign in and out, set a first password.
    SignIn,
    /// One's own submission, by its link: see, correct, withdraw, confirm the address.
    OpenOwn,
    /// One's own part in a submission, by its link: confirm, decline, correct.
    SpeakForParty,
    /// The queue, records, their attachments and mails.
    ReadDesk,
    Decide,
    /// What staff themselves keep and publish: add, correct.
    KeepRecords,
    /// One's own alerts, the language of one's mails, and one's views of the queue.
    KeepAlerts,
    /// The outbox: try a mail again, drop one, ask the mail server again, let mail go to an address again.
    TendMail,
    KeepAccounts,
    /// Who is told of what, besides those who chose it themselves.
    RouteAlerts,
}

impl Act {
    pub const ALL: [Self; 13] = [
        Self::ReadPublic,
        Self::Submit,
        Self::Subscribe,
        Self::SignIn,
        Self::OpenOwn,
        Self::SpeakForParty,
        Self::ReadDesk,
        Self::Decide,
        Self::KeepRecords,
        Self::KeepAlerts,
        Self::TendMail,
        Self::KeepAccounts,
        Self::RouteAlerts,
    ];
}

/// The table. What it does not allow is refused.
#[must_use]
pub fn may(actor: &Actor, act: Act) -> bool {
    match act {
        Act::ReadPublic | Act::Submit | Act::Subscribe | Act::SignIn => true,
        Act::OpenOwn => matches!(actor, Actor::Submitter(_)),
        Act::SpeakForParty => matches!(actor, Actor::Party(_)),
        Act::ReadDesk | Act::KeepAlerts => at_least(actor, Role::Observer),
        Act::Decide | Act::KeepRecords => at_least(actor, Role::Moderator),
        Act::TendMail | Act::KeepAccounts | Act::RouteAlerts => at_least(actor, Role::Admin),
    }
}

fn at_least(actor: &Actor, needed: Role) -> bool {
    match actor {
        Actor::Staff(_, role) => *role >= needed,
        Actor::Anyone | Actor::Submitter(_) | Actor::Party(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_as_written() {
        let own = Actor::Submitter(SubmissionId(1));
        let staff = |role| Actor::Staff(AccountId(1), role);
        for act in [Act::ReadDesk, Act::Decide, Act::KeepAlerts, Act::TendMail, Act::KeepAccounts] {
            assert!(!may(&Actor::Anyone, act) && !may(&own, act), "{act:?}");
            assert!(may(&staff(Role::Admin), act), "{act:?}");
        }
        assert!(may(&Actor::Party(SubmissionId(1)), Act::SpeakForParty) && !may(&own, Act::SpeakForParty));
        assert!(may(&own, Act::OpenOwn) && !may(&Actor::Anyone, Act::OpenOwn));
        assert!(!may(&staff(Role::Observer), Act::Decide) && may(&staff(Role::Moderator), Act::Decide));
        assert!(!may(&staff(Role::Moderator), Act::KeepAccounts));
    }
}
