//! What changed between two revisions of a record, and which two are compared.

use chrono::{DateTime, Utc};

use super::Choice;
use super::record::{Compared, Loaded};
use crate::forms::diff::Segment;
use crate::locale::{Arg, Locale};

/// Letters of a word that is too short to stand alone between two changes.
const SHORT_WORD: usize = 4;

/// A question that is answered differently now.
pub struct Difference {
    pub label: String,
    pub words: Vec<Segment>,
}

/// What changed between two revisions.
pub struct Comparison {
    pub heading: String,
    pub differences: Vec<Difference>,
}

/// Two lists of revisions to choose from.
pub struct Revisions {
    pub new: Vec<Choice>,
    pub old: Vec<Choice>,
}

/// What changed.
pub(super) fn comparison(l: &Locale, compared: &Compared) -> Comparison {
    let changes = compared.form.diff(&compared.old, &compared.new, l);
    let differences =
        changes.into_iter().map(|change| Difference { label: change.field.label.clone(), words: smooth(change.words) });
    Comparison {
        heading: l.a("staff-changed-since", "when", l.instant(&compared.since)),
        differences: differences.collect(),
    }
}

/// Draws changes together where only a space or a short word stands between them: what was rewritten reads as a whole.
pub(in crate::web::pages) fn smooth(words: Vec<Segment>) -> Vec<Segment> {
    let (mut smoothed, mut old, mut new) = (Vec::new(), String::new(), String::new());
    let mut rest = words.into_iter().peekable();
    while let Some(segment) = rest.next() {
        match segment {
            Segment::Removed(text) => old.push_str(&text),
            Segment::Added(text) => new.push_str(&text),
            Segment::Same(text) => {
                let between = !(old.is_empty() && new.is_empty()) && rest.peek().is_some();
                if between && text.trim().chars().count() <= SHORT_WORD {
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

fn flush(smoothed: &mut Vec<Segment>, old: &mut String, new: &mut String) {
    smoothed.extend(Some(std::mem::take(old)).filter(|text| !text.is_empty()).map(Segment::Removed));
    smoothed.extend(Some(std::mem::take(new)).filter(|text| !text.is_empty()).map(Segment::Added));
}

/// All revisions with their dates, where there are several.
pub(super) fn revisions(l: &Locale, loaded: &Loaded) -> Option<Revisions> {
    let brought = loaded.events.iter().map(|logged| &logged.event).filter(|event| event.kind.brings_revision());
    let all: Vec<(i32, DateTime<Utc>)> = brought.map(|event| (event.revision, event.at)).collect();
    let (new, old) = loaded.compared.as_ref()?.numbers;
    let choices = |chosen: i32| {
        let choice = |(number, at): &(i32, DateTime<Utc>)| {
            let values = [("number", number.to_string()), ("when", l.instant(at))];
            let values: Vec<(&str, Arg<'_>)> = values.iter().map(|(name, text)| (*name, Arg::from(text))).collect();
            Choice {
                value: number.to_string(),
                label: l.with("staff-revision", &values),
                hint: None,
                chosen: *number == chosen,
            }
        };
        all.iter().map(choice).collect()
    };
    Some(Revisions { new: choices(new), old: choices(old) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::diff::words;

    #[test]
    fn what_was_rewritten_reads_as_a_whole() {
        let shown = smooth(words("It is good and we like it here", "It was bad and they left it here"));
        let removed = Segment::Removed("is good and we like".to_owned());
        assert!(shown.contains(&removed), "{shown:?}");
        assert_eq!(shown.len(), 4, "{shown:?}");
    }

    #[test]
    fn both_texts_can_be_read_from_it() {
        let (old, new) = ("One two three, four five", "One 2 three; four 5 six");
        let shown = smooth(words(old, new));
        let before = |segment: &Segment| match segment {
            Segment::Same(text) | Segment::Removed(text) => Some(text.clone()),
            Segment::Added(_) => None,
        };
        let after = |segment: &Segment| match segment {
            Segment::Same(text) | Segment::Added(text) => Some(text.clone()),
            Segment::Removed(_) => None,
        };
        assert_eq!(shown.iter().filter_map(before).collect::<String>(), old);
        assert_eq!(shown.iter().filter_map(after).collect::<String>(), new);
    }
}
