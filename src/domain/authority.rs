//! How it was confirmed that a submission speaks for the State it names.

use super::text_enum;

/// By what it was confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// A note verbale of the ministry or the permanent mission.
    NoteVerbale,
    /// The contact is a focal point whom the Network knows.
    FocalPoint,
    /// The contact writes from an official domain of the State.
    OfficialDomain,
    /// Something else, which is written beside it.
    Other,
}
text_enum!(Means {
    NoteVerbale = "note-verbale",
    FocalPoint = "focal-point",
    OfficialDomain = "official-domain",
    Other = "other",
});

impl Means {
    /// What the event that it came with commits to.
    #[must_use]
    pub fn line(self) -> String {
        format!("authority {}", self.as_str())
    }

    /// Whether it says nothing by itself.
    #[must_use]
    pub fn needs_words(self) -> bool {
        match self {
            Self::Other => true,
            Self::NoteVerbale | Self::FocalPoint | Self::OfficialDomain => false,
        }
    }
}
