use proptest::prelude::*;

use super::{Segment, smooth, words};
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

/// Some words of six scripts, with and without spaces between them.
fn mixed() -> impl Strategy<Value = String> {
    const WORDS: [&str; 14] = [
        "permit",
        " ",
        "\n",
        "مكتب",
        "الوافدين",
        "服务",
        "台",
        "приём",
        "é",
        "e\u{301}",
        "\u{200f}",
        "2026",
        "カード",
        "👩‍👧",
    ];
    prop::collection::vec(prop::sample::select(&WORDS[..]), 0..20).prop_map(|words| words.concat())
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

    /// Applied to the old text, the difference gives the new one, whatever scripts are mixed.
    #[test]
    fn scripts_may_be_mixed(old in mixed(), new in mixed()) {
        let segments = smooth(words(&old, &new));
        prop_assert_eq!(side(&segments, true), old);
        prop_assert_eq!(side(&segments, false), new);
    }

    #[test]
    fn equal_texts_do_not_differ(text in mixed()) {
        let segments = smooth(words(&text, &text));
        prop_assert!(segments.iter().all(|segment| *segment == Segment::Same(text.clone())));
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

#[test]
fn a_changed_character_of_chinese_is_seen_as_one() {
    let shown = smooth(words("为新移民设立的服务台", "为新移民设立的咨询台"));
    let (removed, added) = (Segment::Removed("服务".to_owned()), Segment::Added("咨询".to_owned()));
    assert_eq!(shown, [Segment::Same("为新移民设立的".to_owned()), removed, added, Segment::Same("台".to_owned())]);
}

#[test]
fn a_changed_word_of_arabic_is_seen_as_a_whole() {
    let shown = smooth(words("مكتب لمساعدة الوافدين", "مكتب لمساعدة العائدين"));
    assert!(shown.contains(&Segment::Removed("الوافدين".to_owned())), "{shown:?}");
    assert!(shown.contains(&Segment::Added("العائدين".to_owned())), "{shown:?}");
}

#[test]
fn what_was_rewritten_reads_as_a_whole() {
    let shown = smooth(words("It is good and we like it here", "It was bad and they left it here"));
    assert!(shown.contains(&Segment::Removed("is good and we like".to_owned())), "{shown:?}");
    assert_eq!(shown.len(), 4, "{shown:?}");
}

#[test]
fn one_character_of_chinese_stands_between_two_changes() {
    let shown = smooth(words("甲乙丙丁戊", "子乙丑丁寅"));
    assert_eq!(shown.iter().filter(|segment| matches!(segment, Segment::Same(_))).count(), 0, "{shown:?}");
}
