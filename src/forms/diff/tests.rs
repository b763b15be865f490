use proptest::prelude::*;

use super::{Segment, words};
use crate::forms::Shown;
use crate::forms::testing::{any_pairs, form, locale, parse, parse_in};
use crate::locale::Language;

fn side(segments: &[Segment], old: bool) -> String {
    let text = |segment: &Segment| match segment {
        Segment::Same(text) => text.clone(),
        Segment::Removed(text) if old => text.clone(),
        Segment::Added(text) if !old => text.clone(),
        Segment::Removed(_) | Segment::Added(_) => String::new(),
    };
    segments.iter().map(text).collect()
}

proptest! {
    #[test]
    fn nothing_differs_from_itself(sent in any_pairs()) {
        let answers = parse_in(Language::En, &sent).answers;
        prop_assert!(form().diff(&answers, &answers, &locale(Language::En)).is_empty());
    }

    #[test]
    fn segments_hold_both_texts(old in "\\PC{0,40}", new in "\\PC{0,40}") {
        let segments = words(&old, &new);
        prop_assert_eq!(side(&segments, true), old);
        prop_assert_eq!(side(&segments, false), new);
    }

    #[test]
    fn changes_are_what_differs(one in any_pairs(), other in any_pairs()) {
        let (one, other) = (parse_in(Language::En, &one).answers, parse_in(Language::En, &other).answers);
        let form = form();
        for change in form.diff(&one, &other, &locale(Language::En)) {
            prop_assert_ne!(one.get(&change.field.id), other.get(&change.field.id));
            prop_assert_eq!(side(&change.words, true), change.before.plain());
            prop_assert_eq!(side(&change.words, false), change.after.plain());
        }
    }
}

#[test]
fn a_changed_word_is_seen_as_one() {
    let (old, new) =
        (parse(&[("title", "Cards for children")]).answers, parse(&[("title", "Cards for all children")]).answers);
    let form = form();
    let changes = form.diff(&old, &new, &locale(Language::En));
    let title = &changes[0];
    assert_eq!(title.before, Shown::Text("Cards for children".to_owned()));
    let added: Vec<_> = title.words.iter().filter(|segment| !matches!(segment, Segment::Same(_))).collect();
    assert_eq!(added, [&Segment::Added("all ".to_owned())]);
}
