//! Mail that comes back: what mail servers, and readers through theirs, say of ours.

/// What became of a mail after its server took it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It will never arrive (5.x.x).
    Failed,
    /// It has not arrived so far (4.x.x).
    Delayed,
    /// It arrived, and its reader calls it spam.
    Complaint,
}

/// A report on a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    pub fate: Fate,
    /// The local parts of Message-IDs that the report names: of the mail it is about, and nothing else proves that.
    pub ids: Vec<String>,
    /// What the server says, on one line.
    pub words: String,
}
