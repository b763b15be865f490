//! Kinds of mail and what becomes of one.

use super::submission::SubmissionId;
use super::text_enum;

/// What a mail tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// An event of a submission, whose revision is told.
    Event { seq: i64, submission: SubmissionId, revision: i32 },
    /// Something not yet submitted, a sitting in which much is, or a subscription. `since` tells one occasion of writing about it from the next.
    Draft { id: String, since: i64 },
}

impl Subject {
    /// Names the occasion: one mail of a kind goes to an address for it.
    #[must_use]
    pub fn occasion(&self) -> String {
        match self {
            Self::Event { seq, .. } => format!("event {seq}"),
            Self::Draft { id, since } => format!("draft {id} {since}"),
        }
    }

    /// The event it tells of, where there is one.
    #[must_use]
    pub fn event(&self) -> Option<i64> {
        match self {
            Self::Event { seq, .. } => Some(*seq),
            Self::Draft { .. } => None,
        }
    }

    /// The submission it is about, where there is one.
    #[must_use]
    pub fn submission(&self) -> Option<SubmissionId> {
        match self {
            Self::Event { submission, .. } => Some(*submission),
            Self::Draft { .. } => None,
        }
    }
}

/// One askama set each, in `mail/kinds`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MailKind {
    /// To the submitter: it arrived; confirm your address.
    Receipt,
    /// To the submitter, once the address is confirmed: the answers.
    Answers,
    /// To the submitter: please change something.
    ChangesRequested,
    /// To the submitter: it is public.
    Published,
    /// To the submitter: a request was taken on.
    Accepted,
    /// To the submitter: not published, or cannot be supported.
    Declined,
    /// To somebody who needs help themselves: who can give it.
    Signposts,
    /// To the submitter: an appointment was made, with an entry for the calendar.
    Scheduled,
    /// It was moved.
    Rescheduled,
    /// It was called off.
    Cancelled,
    /// To the submitter: a request was closed.
    Closed,
    /// To the submitter: no longer public.
    Unpublished,
    /// To the submitter: staff wrote.
    Note,
    /// To the submitter: staff changed something, or propose to.
    Edited,
    /// To the submitter: the lost link once more.
    Link,
    /// To the address that is to be given up: is that right?
    AddressChange,
    /// To staff who follow it: something new came in.
    AlertNew,
    /// To staff who follow it: it came back corrected.
    AlertResubmitted,
    /// To a member of staff: a colleague gave them a record to look after.
    AlertAssigned,
    /// To staff who follow it: the submitter wrote.
    AlertNote,
    /// To the submitter: it was sent in the wrong form; here is the right one, begun.
    Refiled,
    /// To a colleague who is mentioned in a note. It is written for one person, so it goes at once and to nobody else.
    AlertMention,
    /// To whoever decided: the mail about it came back.
    AlertBounced,
    /// To the submitter: the changes that were asked are still open.
    ReminderChanges,
    /// To the contact of a published record: nothing was reported on it for long.
    ReminderReport,
    /// To the submitter: what was not finished when it was published may be by now.
    ReminderUpdate,
    /// To one who is named as taking part: is that so?
    PartyAsked,
    /// To the contact of published records: the link to report on all of them.
    Sitting,
    /// To the same: what arrived in one sitting.
    SittingReceipt,
    /// To whoever fills in a draft: the link that opens it again.
    DraftLink,
    /// The same, before the draft expires.
    DraftReminder,
    /// To an address that was typed in: does its reader want to be told of what is published?
    SubscriptionAsked,
    /// To a subscriber: what was published.
    News,
    /// To staff who want one mail for many events: what happened.
    Digest,
}
text_enum!(MailKind {
    Receipt = "receipt",
    Answers = "answers",
    ChangesRequested = "changes-requested",
    Published = "published",
    Accepted = "accepted",
    Declined = "declined",
    Signposts = "signposts",
    Scheduled = "scheduled",
    Rescheduled = "rescheduled",
    Cancelled = "cancelled",
    Closed = "closed",
    Unpublished = "unpublished",
    Note = "note",
    Edited = "edited",
    Link = "link",
    AddressChange = "address-change",
    AlertNew = "alert-new",
    AlertResubmitted = "alert-resubmitted",
    AlertAssigned = "alert-assigned",
    AlertNote = "alert-note",
    AlertMention = "alert-mention",
    Refiled = "refiled",
    AlertBounced = "alert-bounced",
    ReminderChanges = "reminder-changes",
    ReminderReport = "reminder-report",
    ReminderUpdate = "reminder-update",
    PartyAsked = "party-asked",
    Sitting = "sitting",
    SittingReceipt = "sitting-receipt",
    DraftLink = "draft-link",
    DraftReminder = "draft-reminder",
    SubscriptionAsked = "subscription-asked",
    News = "news",
    Digest = "digest",
});

impl MailKind {
    /// Whether it goes to staff rather than to the submitter.
    #[must_use]
    pub fn is_alert(self) -> bool {
        match self {
            Self::AlertNew
            | Self::AlertResubmitted
            | Self::AlertAssigned
            | Self::AlertNote
            | Self::AlertMention
            | Self::AlertBounced => true,
            Self::Receipt
            | Self::Answers
            | Self::ChangesRequested
            | Self::Published
            | Self::Accepted
            | Self::Declined
            | Self::Refiled
            | Self::Signposts
            | Self::Scheduled
            | Self::Rescheduled
            | Self::Cancelled
            | Self::Closed
            | Self::Unpublished
            | Self::Note
            | Self::Edited
            | Self::Link
            | Self::AddressChange
            | Self::ReminderChanges
            | Self::ReminderReport
            | Self::ReminderUpdate
            | Self::PartyAsked
            | Self::Sitting
            | Self::SittingReceipt
            | Self::DraftLink
            | Self::DraftReminder
            | Self::SubscriptionAsked
            | Self::News
            | Self::Digest => false,
        }
    }

    /// Whether it comes again and again, and its reader can stop it with one click (RFC 8058).
    #[must_use]
    pub fn can_be_stopped(self) -> bool {
        matches!(self, Self::News | Self::Digest | Self::AlertNew | Self::AlertResubmitted | Self::AlertNote)
    }

    /// What it tells of.
    #[must_use]
    pub fn tells_of(self) -> ToldOf {
        match self {
            Self::DraftLink | Self::DraftReminder => ToldOf::Draft,
            Self::Sitting | Self::SittingReceipt => ToldOf::Sitting,
            Self::SubscriptionAsked | Self::News => ToldOf::Subscription,
            Self::Digest => ToldOf::Digest,
            Self::Receipt
            | Self::Answers
            | Self::ChangesRequested
            | Self::Published
            | Self::Accepted
            | Self::Declined
            | Self::Refiled
            | Self::Signposts
            | Self::Scheduled
            | Self::Rescheduled
            | Self::Cancelled
            | Self::Closed
            | Self::Unpublished
            | Self::AlertNew
            | Self::AlertResubmitted
            | Self::AlertNote
            | Self::AlertMention
            | Self::AlertAssigned
            | Self::AlertBounced
            | Self::ReminderChanges
            | Self::ReminderReport
            | Self::ReminderUpdate
            | Self::Note
            | Self::Edited
            | Self::Link
            | Self::AddressChange
            | Self::PartyAsked => ToldOf::Submission,
        }
    }
}

/// What a mail tells of. A sitting and a subscription stand in the outbox as a draft does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToldOf {
    Submission,
    Draft,
    Sitting,
    /// A subscription, or the events that it was told of.
    Subscription,
    /// Many events, at somebody's hour.
    Digest,
}

/// Where a mail stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MailStatus {
    /// Waits for the hold time of a decision to pass.
    Held,
    Queued,
    /// Claimed by a worker until its lease runs out.
    Sending,
    /// The server took it.
    Accepted,
    /// The server asked to come back later.
    Deferred,
    /// The server will never take it, or it was tried too often.
    Refused,
    /// The server took it; it came back.
    Bounced,
    /// Not sent, because its address takes no mail.
    Suppressed,
    /// No server is set: kept as a file, reached nobody.
    Saved,
    /// Not sent any more: its address turned out wrong, or staff said so.
    Dropped,
}
text_enum!(MailStatus {
    Held = "held",
    Queued = "queued",
    Sending = "sending",
    Accepted = "accepted",
    Deferred = "deferred",
    Refused = "refused",
    Bounced = "bounced",
    Suppressed = "suppressed",
    Saved = "saved",
    Dropped = "dropped",
});

impl MailStatus {
    /// Whether somebody should have had it and did not: it is time to act.
    #[must_use]
    pub fn is_undelivered(self) -> bool {
        match self {
            Self::Refused | Self::Bounced | Self::Suppressed => true,
            Self::Held
            | Self::Queued
            | Self::Sending
            | Self::Accepted
            | Self::Deferred
            | Self::Saved
            | Self::Dropped => false,
        }
    }

    /// Whether it can go back into the queue.
    #[must_use]
    pub fn can_go_again(self) -> bool {
        match self {
            Self::Held | Self::Deferred | Self::Refused | Self::Bounced | Self::Suppressed | Self::Saved => true,
            Self::Queued | Self::Sending | Self::Accepted | Self::Dropped => false,
        }
    }

    /// Whether it can be kept from going.
    #[must_use]
    pub fn can_be_dropped(self) -> bool {
        self.can_go_again() || self == Self::Queued
    }

    /// Those of which something holds, as they are stored.
    pub fn texts_where(holds: fn(Self) -> bool) -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().copied().filter(move |status| holds(*status)).map(Self::as_str)
    }
}

/// Why an address takes no mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SuppressionReason {
    /// Mail to it came back for good.
    Bounced,
    /// Its owner complained.
    Complaint,
    /// Staff said so.
    Staff,
}
text_enum!(SuppressionReason {
    Bounced = "bounced",
    Complaint = "complaint",
    Staff = "staff",
});

/// Who helps people in need, named on the page for them and in the mail to them. Each is a text's key; its `.url` leads there.
pub const SIGNPOSTS: [&str; 4] = ["need-help-unhcr", "need-help-iom", "need-help-red-cross", "need-help-children"];
