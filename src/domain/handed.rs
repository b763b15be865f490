//! What staff type in for somebody who did not use the service: how and when it reached the Network.

use chrono::NaiveDate;

use super::text_enum;

/// By which way it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    NoteVerbale,
    Email,
    Paper,
}
text_enum!(Way { NoteVerbale = "note-verbale", Email = "email", Paper = "paper" });

/// How it came, without who sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    pub way: Way,
    pub on: NaiveDate,
    /// The attachment that is the paper itself.
    pub source: Option<String>,
}

impl Handed {
    /// What the event that it came with commits to.
    #[must_use]
    pub fn line(&self) -> String {
        format!("handed over {} {} {}", self.way.as_str(), self.on, self.source.as_deref().unwrap_or("-"))
    }
}
