//! A title and a summary in another language than that of the answers, made by staff.

use sha2::{Digest, Sha256};

use super::event::hex;
use crate::locale::Language;

/// What a translation was made from, or could be: a digest that changes with every word.
#[must_use]
pub fn source_digest(title: &str, summary: &str) -> String {
    let mut hash = Sha256::new();
    for text in [title, summary] {
        hash.update(text.len().to_be_bytes());
        hash.update(text.as_bytes());
    }
    hex(&hash.finalize())
}

/// What the commitment of a translation binds besides its salt.
#[must_use]
pub fn sealed(language: Language, made_from: &str, body: &str) -> String {
    format!("{} {made_from} {body}", language.code())
}
