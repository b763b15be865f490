//! What an attachment can be: checked for viruses or not, a picture or not.

use super::text_enum;

/// What the virus scanner says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scan {
    /// It came while no scanner was set up.
    Unscanned,
    Waiting,
    Clean,
    /// A virus was found. The file is gone, its name stays.
    Infected,
}
text_enum!(Scan { Unscanned = "unscanned", Waiting = "waiting", Clean = "clean", Infected = "infected" });

/// Why nobody can open a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hold {
    /// It waits for the scanner.
    Waiting,
    /// The scanner was asked and did not answer.
    Unanswered,
    Infected,
    /// Staff took it away for good.
    Redacted,
}

impl Scan {
    /// What it keeps back; `asked` tells whether the scanner was asked before. Only a verdict lets a file pass.
    #[must_use]
    pub fn hold(self, asked: bool) -> Option<Hold> {
        match self {
            Self::Unscanned | Self::Clean => None,
            Self::Waiting if asked => Some(Hold::Unanswered),
            Self::Waiting => Some(Hold::Waiting),
            Self::Infected => Some(Hold::Infected),
        }
    }
}

impl Hold {
    /// Whether what names the file has to wait, or to leave it out, before it can be public. Of one that was taken away the
    /// name may be.
    #[must_use]
    pub fn keeps_back(self) -> bool {
        match self {
            Self::Waiting | Self::Unanswered | Self::Infected => true,
            Self::Redacted => false,
        }
    }

    /// The key of its words.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Waiting => "file-waiting",
            Self::Unanswered => "file-unanswered",
            Self::Infected => "file-infected",
            Self::Redacted => "file-redacted",
        }
    }

    /// The class of its badge.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Unanswered => "asked",
            Self::Infected => "warn",
            Self::Redacted => "stopped",
        }
    }
}

/// Whether files of a type are pictures, of which the public gets a copy without hidden data.
#[must_use]
pub fn is_picture(media_type: &str) -> bool {
    PICTURES.contains(&media_type)
}

/// The types of pictures that are taken.
pub const PICTURES: [&str; 2] = ["image/jpeg", "image/png"];
