//! What one submission is to another, and what an event says besides its kind.

use super::submission::SubmissionId;
use super::text_enum;

/// How a submission relates to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RelationKind {
    /// It is the other one once more.
    DuplicateOf,
    /// It was begun from the other one, which was sent in the wrong form.
    RefiledFrom,
}
text_enum!(RelationKind { DuplicateOf = "duplicate-of", RefiledFrom = "refiled-from" });

/// What an event commits to besides texts and parties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// Its submission is this to another one.
    Related { kind: RelationKind, target: SubmissionId },
    /// It is not any more what the event `since` said.
    Parted { since: i64 },
    /// A file of it was taken away.
    Redacted { file: String },
}

impl Claim {
    /// As the event commits to it.
    #[must_use]
    pub fn line(&self) -> String {
        match self {
            Self::Related { kind, target } => format!("{} {}", kind.as_str(), target.0),
            Self::Parted { since } => format!("not since {since}"),
            Self::Redacted { file } => format!("redacted {file}"),
        }
    }
}
