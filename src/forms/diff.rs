//! What changed between two revisions, question by question and word by word.

use similar::{ChangeTag, TextDiff};

use super::answer::Answers;
use super::form::{Field, Form};
use super::show::Shown;
use crate::locale::Locale;

/// A question that is answered differently now.
#[derive(Debug, Clone)]
pub struct Change<'a> {
    pub field: &'a Field,
    pub before: Shown,
    pub after: Shown,
    /// Both as one text: what stayed, what went, what came.
    pub words: Vec<Segment>,
}

/// A piece of two texts laid over each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    Same(String),
    Removed(String),
    Added(String),
}

impl Form {
    /// The questions whose answers differ, in their order.
    #[must_use]
    pub fn diff(&self, old: &Answers, new: &Answers, locale: &Locale) -> Vec<Change<'_>> {
        let differs = |field: &&Field| old.get(&field.id) != new.get(&field.id);
        self.fields().filter(differs).map(|field| field.change(old, new, locale)).collect()
    }
}

impl Field {
    fn change(&self, old: &Answers, new: &Answers, locale: &Locale) -> Change<'_> {
        let (before, after) = (self.show(old.get(&self.id), locale), self.show(new.get(&self.id), locale));
        let words = words(&before.plain(), &after.plain());
        Change { field: self, before, after, words }
    }
}

/// Two texts as one: same and removed words are the old text, same and added words the new one.
#[must_use]
pub fn words(old: &str, new: &str) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for change in TextDiff::from_unicode_words(old, new).iter_all_changes() {
        match (change.tag(), segments.last_mut()) {
            (ChangeTag::Equal, Some(Segment::Same(text)))
            | (ChangeTag::Delete, Some(Segment::Removed(text)))
            | (ChangeTag::Insert, Some(Segment::Added(text))) => text.push_str(change.value()),
            (ChangeTag::Equal, _) => segments.push(Segment::Same(change.value().to_owned())),
            (ChangeTag::Delete, _) => segments.push(Segment::Removed(change.value().to_owned())),
            (ChangeTag::Insert, _) => segments.push(Segment::Added(change.value().to_owned())),
        }
    }
    segments
}

#[cfg(test)]
mod tests;
