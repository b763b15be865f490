//! Several records that somebody acts on at once.

use super::text_enum;

/// What came of one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Its turn is still to come.
    Waiting,
    Done,
    /// It has moved on since it was chosen.
    Stale,
    /// As it stands, this cannot be done with it.
    NotPossible,
    /// Its files are not all found clean.
    FilesHeld,
    /// It speaks for a State, and nobody has recorded how that is known.
    AuthorityMissing,
}
text_enum!(Outcome {
    Waiting = "waiting",
    Done = "done",
    Stale = "stale",
    NotPossible = "not-possible",
    FilesHeld = "files-held",
    AuthorityMissing = "authority-missing",
});

/// Most records of one batch.
pub const MOST: i64 = 1000;
