//! Changes that staff make to a submission, as its events tell of them: what became of the newest, and whose words a revision
//! holds.

use super::event::{Event, EventKind};
use super::text_enum;

/// The newest change by staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edit {
    /// The event that brought it.
    pub seq: i64,
    /// What was changed, and what it became.
    pub base: i32,
    pub revision: i32,
    pub status: EditStatus,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditStatus {
    /// It counts; the submitter was told, and said nothing.
    Told,
    /// It counts; the submitter does not agree.
    Objected,
    /// It waits for the submitter, and does not count yet.
    Proposed,
    /// The submitter agreed: it counts.
    Agreed,
    Refused,
    /// Another version came before the submitter said anything.
    Lapsed,
}

impl EditStatus {
    /// What the submitter can say to it now.
    #[must_use]
    pub fn answers(self) -> &'static [Verdict] {
        match self {
            Self::Told => &[Verdict::Object],
            Self::Proposed => &[Verdict::Agree, Verdict::Refuse],
            Self::Objected | Self::Agreed | Self::Refused | Self::Lapsed => &[],
        }
    }
}

/// What a submitter says to a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Agree,
    Refuse,
    /// To one that counts already.
    Object,
}
text_enum!(Verdict { Agree = "agree", Refuse = "refuse", Object = "object" });

/// The newest change by staff, if there was one; `log` in its order, with sequence numbers.
#[must_use]
pub fn newest(log: &[(i64, &Event)]) -> Option<Edit> {
    let at = log.iter().rposition(|(_, event)| matches!(event.kind, EventKind::Edited | EventKind::EditProposed))?;
    let (before, rest) = log.split_at(at);
    let ((seq, event), later) = rest.split_first()?;
    // Every event but a proposal is about the working revision.
    let base = before.iter().rev().find(|(_, event)| event.kind != EventKind::EditProposed)?.1.revision;
    let status = if event.kind == EventKind::Edited { told(event, later) } else { proposed(base, later) };
    Some(Edit { seq: *seq, base, revision: event.revision, status })
}

fn told(edit: &Event, later: &[(i64, &Event)]) -> EditStatus {
    let mut later = later.iter().map(|(_, event)| event);
    // The submitter sent a version of its own, or the change was dropped.
    let over = |event: &&&Event| event.kind == EventKind::Resubmitted || event.revision < edit.revision;
    match later.find(|event| event.kind == EventKind::Objected || over(event)) {
        Some(event) if event.kind == EventKind::Objected => EditStatus::Objected,
        Some(_) => EditStatus::Lapsed,
        None => EditStatus::Told,
    }
}

fn proposed(base: i32, later: &[(i64, &Event)]) -> EditStatus {
    let answered = |event: &Event| {
        if event.kind == EventKind::EditAgreed {
            Some(EditStatus::Agreed)
        } else if event.kind == EventKind::EditRefused {
            Some(EditStatus::Refused)
        } else {
            (event.revision != base).then_some(EditStatus::Lapsed)
        }
    };
    later.iter().find_map(|(_, event)| answered(event)).unwrap_or(EditStatus::Proposed)
}

/// Whether a revision holds words of staff that its submitter has not sent as its own since.
#[must_use]
pub fn is_edited<'a>(log: impl DoubleEndedIterator<Item = &'a Event>, revision: i32) -> bool {
    let newest = log.rev().filter(|event| event.revision <= revision).find_map(|event| {
        let by_staff = matches!(event.kind, EventKind::Edited | EventKind::EditAgreed);
        let by_submitter = matches!(event.kind, EventKind::Submitted | EventKind::Resubmitted);
        (by_staff || by_submitter).then_some(by_staff)
    });
    newest.unwrap_or(false)
}

/// Whether the submitter said no to a change, and nobody of the staff has done anything since.
#[must_use]
pub fn is_disputed<'a>(log: impl DoubleEndedIterator<Item = &'a Event>) -> bool {
    let mut since = log.rev().take_while(|event| event.author.account().is_none());
    since.any(|event| matches!(event.kind, EventKind::Objected | EventKind::EditRefused))
}
