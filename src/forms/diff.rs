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

/// Letters of a word that is too short to stand alone between two changes.
const SHORT_WORD: usize = 4;

impl Change<'_> {
    /// Whether both read alike, as a file does that was replaced by another of the same name.
    #[must_use]
    pub fn is_unseen(&self) -> bool {
        self.words.iter().all(|segment| matches!(segment, Segment::Same(_)))
    }
}

impl Form {
    /// The questions whose answers differ, in their order.
    #[must_use]
    pub fn diff(&self, old: &Answers, new: &Answers, locale: &Locale) -> Vec<Change<'_>> {
        between((self, old), (self, new), locale)
    }
}

/// The questions whose answers differ, each side read by the form it answered: those that are asked now, in their order,
/// then those that are asked no more.
#[must_use]
pub fn between<'a>(
    (old_form, old): (&'a Form, &Answers),
    (new_form, new): (&'a Form, &Answers),
    locale: &Locale,
) -> Vec<Change<'a>> {
    let gone = old_form.fields().filter(|field| new_form.field(&field.id).is_none());
    let differing = new_form.fields().chain(gone).filter(|field| old.get(&field.id) != new.get(&field.id));
    let change = |field: &'a Field| {
        let then = old_form.field(&field.id).unwrap_or(field);
        let (before, after) = (then.show(old.get(&field.id), locale), field.show(new.get(&field.id), locale));
        let words = smooth(words(&before.plain(), &after.plain()));
        Change { field, before, after, words }
    };
    differing.map(change).collect()
}

/// Two texts as one: same and removed words are the old text, same and added words the new one. Words are those of Unicode:
/// where a script puts no spaces between them, as in Chinese, each character is one.
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

/// Draws changes together where only a space or a short word stands between them: what was rewritten reads as a whole.
fn smooth(words: Vec<Segment>) -> Vec<Segment> {
    let (mut smoothed, mut old, mut new) = (Vec::new(), String::new(), String::new());
    let mut rest = words.into_iter().peekable();
    while let Some(segment) = rest.next() {
        match segment {
            Segment::Removed(text) => old.push_str(&text),
            Segment::Added(text) => new.push_str(&text),
            Segment::Same(text) => {
                let between = !(old.is_empty() && new.is_empty()) && rest.peek().is_some();
                if between && weight(text.trim()) <= SHORT_WORD {
                    old.push_str(&text);
                    new.push_str(&text);
                } else {
                    flush(&mut smoothed, &mut old, &mut new);
                    smoothed.push(Segment::Same(text));
                }
            }
        }
    }
    flush(&mut smoothed, &mut old, &mut new);
    smoothed
}

/// How much a text says, in letters: a character of Chinese or Japanese says about as much as a short word.
fn weight(text: &str) -> usize {
    let dense = |c: char| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    text.chars().map(|c| if dense(c) { SHORT_WORD } else { 1 }).sum()
}

fn flush(smoothed: &mut Vec<Segment>, old: &mut String, new: &mut String) {
    smoothed.extend(Some(std::mem::take(old)).filter(|text| !text.is_empty()).map(Segment::Removed));
    smoothed.extend(Some(std::mem::take(new)).filter(|text| !text.is_empty()).map(Segment::Added));
}

#[cfg(test)]
mod tests;
