//! The event log: what happened, never a name, an address or a text (DESIGN 6).

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::account::AccountId;
use super::submission::{Decision, DeclineReason, ReviewState, SubmissionId};
use super::text_enum;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventKind {
    Submitted,
    Resubmitted,
    AddressConfirmed,
    AddressCorrected,
    Decided,
    Withdrawn,
    AttachmentRefused,
    /// Somebody looks after it from now on.
    Assigned,
    /// Nobody in particular does.
    Unassigned,
    /// The submitter wrote to the Network.
    NoteReceived,
    /// Staff wrote to the submitter.
    NoteSent,
    /// Staff wrote for colleagues alone.
    NoteKept,
    /// Whoever knew reference and address asked for the link again.
    LinkRequested,
    /// The same asked for another address; it is the event's note.
    AddressChangeAsked,
    AddressChangeRefused,
    PointAccepted,
    /// The submitter had a party asked once more.
    PartyAsked,
    PartyConfirmed,
    PartyDeclined,
    /// A party put its own rows right, and confirmed them so.
    PartyCorrected,
    /// Staff took a decision back, before anybody was told of it.
    Undone,
    /// An appointment was made for a request.
    Scheduled,
    /// It was moved.
    Rescheduled,
    /// It was called off.
    Cancelled,
    /// The support was given.
    Delivered,
    /// A moderator recorded how it is known that a State stands behind it; the event's note says more.
    AuthorityConfirmed,
    /// Staff changed the answers; the reason is the event's note.
    Edited,
    /// Staff propose a change: its revision is the working one once the submitter agrees.
    EditProposed,
    EditAgreed,
    EditRefused,
    /// The submitter does not agree with a change that counts already.
    Objected,
    /// Staff took a file away for good; why is the event's note.
    AttachmentRedacted,
    /// It is the same as another one.
    LinkedDuplicate,
    /// It is not, after all.
    UnlinkedDuplicate,
    /// Staff put title and summary into another language.
    TranslationKept,
    /// A moderator filled in a review sheet; an interest in the matter is the event's note.
    ReviewKept,
}
text_enum!(EventKind {
    Submitted = "submitted",
    Resubmitted = "resubmitted",
    AddressConfirmed = "address-confirmed",
    AddressCorrected = "address-corrected",
    Decided = "decided",
    Withdrawn = "withdrawn",
    AttachmentRefused = "attachment-refused",
    Assigned = "assigned",
    Unassigned = "unassigned",
    NoteReceived = "note-received",
    NoteSent = "note-sent",
    NoteKept = "note-kept",
    LinkRequested = "link-requested",
    AddressChangeAsked = "address-change-asked",
    AddressChangeRefused = "address-change-refused",
    PointAccepted = "point-accepted",
    PartyAsked = "party-asked",
    PartyConfirmed = "party-confirmed",
    PartyDeclined = "party-declined",
    PartyCorrected = "party-corrected",
    Undone = "undone",
    Scheduled = "scheduled",
    Rescheduled = "rescheduled",
    Cancelled = "cancelled",
    Delivered = "delivered",
    AuthorityConfirmed = "authority-confirmed",
    Edited = "edited",
    EditProposed = "edit-proposed",
    EditAgreed = "edit-agreed",
    EditRefused = "edit-refused",
    Objected = "objected",
    AttachmentRedacted = "attachment-redacted",
    LinkedDuplicate = "linked-duplicate",
    UnlinkedDuplicate = "unlinked-duplicate",
    TranslationKept = "translation-kept",
    ReviewKept = "review-kept",
});

impl EventKind {
    /// Whether a new revision came with it.
    #[must_use]
    pub fn brings_revision(self) -> bool {
        match self {
            Self::Submitted
            | Self::Resubmitted
            | Self::AddressCorrected
            | Self::PartyCorrected
            | Self::Edited
            | Self::EditProposed => true,
            Self::AddressConfirmed
            | Self::Decided
            | Self::Withdrawn
            | Self::AttachmentRefused
            | Self::AttachmentRedacted
            | Self::LinkedDuplicate
            | Self::UnlinkedDuplicate
            | Self::Assigned
            | Self::Unassigned
            | Self::NoteReceived
            | Self::NoteSent
            | Self::NoteKept
            | Self::LinkRequested
            | Self::AddressChangeAsked
            | Self::AddressChangeRefused
            | Self::PointAccepted
            | Self::PartyAsked
            | Self::PartyConfirmed
            | Self::PartyDeclined
            | Self::Scheduled
            | Self::Rescheduled
            | Self::Cancelled
            | Self::Delivered
            | Self::AuthorityConfirmed
            | Self::EditAgreed
            | Self::EditRefused
            | Self::Objected
            | Self::TranslationKept
            | Self::ReviewKept
            | Self::Undone => false,
        }
    }

    /// Whether all that a decision put in place stands as before: words were exchanged, or an address was confirmed.
    #[must_use]
    pub fn leaves_standing(self) -> bool {
        match self {
            Self::AddressConfirmed
            | Self::AttachmentRefused
            | Self::NoteReceived
            | Self::NoteSent
            | Self::NoteKept
            | Self::LinkRequested
            | Self::AddressChangeAsked
            | Self::AddressChangeRefused
            | Self::Assigned
            | Self::Unassigned
            | Self::AttachmentRedacted
            | Self::LinkedDuplicate
            | Self::UnlinkedDuplicate
            | Self::TranslationKept
            | Self::ReviewKept
            | Self::AuthorityConfirmed => true,
            Self::Submitted
            | Self::Resubmitted
            | Self::AddressCorrected
            | Self::Decided
            | Self::Withdrawn
            | Self::PointAccepted
            | Self::PartyAsked
            | Self::PartyConfirmed
            | Self::PartyDeclined
            | Self::PartyCorrected
            | Self::Scheduled
            | Self::Rescheduled
            | Self::Cancelled
            | Self::Delivered
            | Self::Edited
            | Self::EditProposed
            | Self::EditAgreed
            | Self::EditRefused
            | Self::Objected
            | Self::Undone => false,
        }
    }
}

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    Submitter,
    Staff(i64),
    System,
}

impl Author {
    /// The account, where one acted.
    #[must_use]
    pub fn account(self) -> Option<AccountId> {
        match self {
            Self::Staff(id) => Some(AccountId(id)),
            Self::Submitter | Self::System => None,
        }
    }
}

/// One line of the log before it is linked into the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub submission: SubmissionId,
    pub kind: EventKind,
    pub author: Author,
    pub decision: Option<Decision>,
    pub reason: Option<DeclineReason>,
    /// The decision that it takes back.
    pub undoes: Option<i64>,
    /// The review state after it.
    pub state: ReviewState,
    /// The revision it is about.
    pub revision: i32,
    pub at: DateTime<Utc>,
    /// SHA-256 (hex) over the commitments of all parts, notes and points written with it, and of the points it moved on.
    pub commitments: String,
    /// Whom it was given to, or taken from.
    pub assignee: Option<AccountId>,
}

/// Since when words of the submitter wait for the Network: a note after which no member of staff did anything but hand it on, or another
/// address that nobody said yes or no to.
pub fn unanswered<'a>(log: impl Iterator<Item = &'a Event>) -> Option<DateTime<Utc>> {
    let (mut note, mut address) = (None, None);
    for event in log {
        let handed_on = matches!(event.kind, EventKind::Assigned | EventKind::Unassigned);
        if event.author.account().is_some() && !handed_on {
            note = None;
        }
        match event.kind {
            EventKind::NoteReceived | EventKind::EditRefused | EventKind::Objected => note = note.or(Some(event.at)),
            EventKind::AddressChangeAsked => address = address.or(Some(event.at)),
            EventKind::AddressCorrected | EventKind::AddressChangeRefused => address = None,
            EventKind::Submitted
            | EventKind::Resubmitted
            | EventKind::AddressConfirmed
            | EventKind::Decided
            | EventKind::Withdrawn
            | EventKind::AttachmentRefused
            | EventKind::AttachmentRedacted
            | EventKind::LinkedDuplicate
            | EventKind::UnlinkedDuplicate
            | EventKind::NoteSent
            | EventKind::NoteKept
            | EventKind::PointAccepted
            | EventKind::PartyAsked
            | EventKind::PartyConfirmed
            | EventKind::PartyDeclined
            | EventKind::PartyCorrected
            | EventKind::Scheduled
            | EventKind::Rescheduled
            | EventKind::Cancelled
            | EventKind::Delivered
            | EventKind::AuthorityConfirmed
            | EventKind::Edited
            | EventKind::EditProposed
            | EventKind::EditAgreed
            | EventKind::TranslationKept
            | EventKind::ReviewKept
            | EventKind::Assigned
            | EventKind::Unassigned
            | EventKind::Undone
            | EventKind::LinkRequested => {}
        }
    }
    note.into_iter().chain(address).min()
}

/// What stands before the first event.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The digest (hex SHA-256) of an event, given the one before it. Fields are length-prefixed, so no two logs share a digest.
#[must_use]
pub fn digest(previous: &str, event: &Event) -> String {
    let mut hash = Sha256::new();
    let account = event.author.account().map(|id| id.0.to_string()).unwrap_or_default();
    let author = match event.author {
        Author::Submitter => "submitter",
        Author::Staff(_) => "staff",
        Author::System => "system",
    };
    let undoes = event.undoes.map(|seq| format!("undoes {seq}"));
    let parts = [
        previous,
        &event.submission.0.to_string(),
        event.kind.as_str(),
        author,
        &account,
        event.decision.map_or("", Decision::as_str),
        event.reason.map_or("", DeclineReason::as_str),
        event.state.as_str(),
        &event.revision.to_string(),
        &event.at.timestamp_micros().to_string(),
        &event.commitments,
    ];
    for part in parts.into_iter().chain(undoes.as_deref()) {
        hash.update(part.len().to_be_bytes());
        hash.update(part.as_bytes());
    }
    if let Some(AccountId(id)) = event.assignee {
        hash.update(id.to_be_bytes());
    }
    hex(&hash.finalize())
}

/// `SHA-256(salt ‖ value)`: binds a value without telling it, as long as the salt is there to check and gone once erased.
#[must_use]
pub fn commit(salt: &[u8], value: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(value.as_bytes());
    hex(&hash.finalize())
}

/// One digest (hex SHA-256) over several commitments, in their order.
#[must_use]
pub fn fold<'a>(commitments: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    for commitment in commitments {
        hash.update(commitment.as_bytes());
    }
    hex(&hash.finalize())
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
