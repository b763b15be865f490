//! `[[check]]`: rules over several answers, and over what stands in texts, as a form file writes them.

use serde::{Deserialize, Serialize};

/// A rule over several answers.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RawCheck {
    pub kind: RawCheckKind,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// ISO date, for `not-before`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// An entry of `content/reference/words.toml`: what `mentions` looks for, what `acronyms` leaves alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Another one: where such a word stands, `mentions` says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unless: Option<String>,
    /// An entry of `content/reference/legal_notes.toml`, put in the place of `{note}` in the message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    pub level: RawLevel,
    /// What to do about it; `{words}` stands for what was found.
    pub message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RawCheckKind {
    /// The first of two dates or months is not after the second.
    Order,
    /// A date or month is not before a given day.
    NotBefore,
    /// Words that need a second look.
    Mentions,
    /// Short forms in capitals that are not written out.
    Acronyms,
    /// Phone numbers and e-mail addresses.
    Addresses,
    /// A single person who can be recognized.
    Persons,
    /// A record with a title like this one.
    Similar,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RawLevel {
    Error,
    Warning,
}
