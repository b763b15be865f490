//! A request as a case: accepted, it is scheduled, moved, called off, delivered. Milestones are events, not review states.

use super::event::{Event, EventKind};
use super::submission::{Decision, ReviewState};
use super::text_enum;
use crate::forms::form::Lifecycle;

/// What staff note of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Milestone {
    Schedule,
    Move,
    Cancel,
    Deliver,
}
text_enum!(Milestone { Schedule = "schedule", Move = "move", Cancel = "cancel", Deliver = "deliver" });

impl Milestone {
    /// The event it is noted by.
    #[must_use]
    pub fn event(self) -> EventKind {
        match self {
            Self::Schedule => EventKind::Scheduled,
            Self::Move => EventKind::Rescheduled,
            Self::Cancel => EventKind::Cancelled,
            Self::Deliver => EventKind::Delivered,
        }
    }
}

/// How far an accepted request has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Progress {
    /// Nothing is agreed.
    Open,
    Scheduled,
    Delivered,
}

impl Progress {
    /// How far the events have brought it; taken up again and accepted once more, it begins anew.
    pub fn of<'a>(log: impl Iterator<Item = &'a Event>) -> Self {
        log.fold(Self::Open, |progress, event| match event.kind {
            EventKind::Scheduled | EventKind::Rescheduled => Self::Scheduled,
            EventKind::Cancelled => Self::Open,
            EventKind::Delivered => Self::Delivered,
            EventKind::Decided if event.decision == Some(Decision::Approve) => Self::Open,
            EventKind::Decided
            | EventKind::Submitted
            | EventKind::Resubmitted
            | EventKind::AddressConfirmed
            | EventKind::AddressCorrected
            | EventKind::Withdrawn
            | EventKind::AttachmentRefused
            | EventKind::NoteReceived
            | EventKind::NoteSent
            | EventKind::NoteKept
            | EventKind::LinkRequested
            | EventKind::AddressChangeAsked
            | EventKind::AddressChangeRefused
            | EventKind::PointAccepted
            | EventKind::PartyAsked
            | EventKind::PartyConfirmed
            | EventKind::PartyDeclined
            | EventKind::PartyCorrected
            | EventKind::Assigned
            | EventKind::Unassigned
            | EventKind::AuthorityConfirmed
            | EventKind::Edited
            | EventKind::EditProposed
            | EventKind::EditAgreed
            | EventKind::EditRefused
            | EventKind::Objected
            | EventKind::AttachmentRedacted
            | EventKind::LinkedDuplicate
            | EventKind::UnlinkedDuplicate
            | EventKind::TranslationKept
            | EventKind::ReviewKept
            | EventKind::Undone => progress,
        })
    }

    /// What can be noted of a case that stands here, likely ones first. Only an accepted request is a case.
    #[must_use]
    pub fn possible(self, lifecycle: Lifecycle, state: ReviewState) -> &'static [Milestone] {
        if lifecycle != Lifecycle::Request || state != ReviewState::Approved {
            return &[];
        }
        match self {
            // Advice, or the reading of a draft, needs no appointment.
            Self::Open => &[Milestone::Schedule, Milestone::Deliver],
            Self::Scheduled => &[Milestone::Deliver, Milestone::Move, Milestone::Cancel],
            Self::Delivered => &[],
        }
    }
}
