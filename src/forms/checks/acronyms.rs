//! Short forms in capitals that are nowhere written out.

use super::Text;
use crate::forms::words::{Word, WordList, words};

/// Letters of a short form.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=8;

/// Those of a text that nobody explained, each said once: neither `Something Long (ABC)` nor `ABC (Something Long)`
/// stands in any of the texts.
pub(super) fn unexplained<'a>(
    text: &'a str,
    known: &WordList,
    all: &[Text<'_>],
    seen: &mut Vec<&'a str>,
) -> Vec<&'a str> {
    let words = words(text);
    let short: Vec<&'a str> = words.iter().filter_map(|word| short_form(word.raw)).collect();
    // A text in capitals altogether has no short forms that stand out.
    if short.len() * 2 > words.len() && words.len() > 1 {
        return Vec::new();
    }
    let mut found = Vec::new();
    for form in short {
        let fine =
            known.find(form).is_some() || seen.contains(&form) || all.iter().any(|text| explains(text.text, form));
        if !fine {
            seen.push(form);
            found.push(form);
        }
    }
    found
}

/// The short form a word is, without the s of its plural.
fn short_form(word: &str) -> Option<&str> {
    let form = word.strip_suffix('s').unwrap_or(word);
    let letters = form.chars().count();
    let numeral = form.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    (LETTERS.contains(&letters) && form.bytes().all(|b| b.is_ascii_uppercase()) && !numeral).then_some(form)
}

fn explains(text: &str, form: &str) -> bool {
    let words = words(text);
    words.iter().enumerate().any(|(at, word)| {
        short_form(word.raw) == Some(form)
            && (after_its_words(text, &words, at) || before_its_words(words.get(at + 1..).unwrap_or_default()))
    })
}

/// `Something Long (ABC)`
fn after_its_words(text: &str, words: &[Word<'_>], at: usize) -> bool {
    let (Some(word), Some(before)) = (words.get(at), at.checked_sub(1).and_then(|at| words.get(at))) else {
        return false;
    };
    let opened = word.gap.trim_end().ends_with(['(', '（']);
    let closed = words.get(at + 1).map_or_else(
        || text.trim_end().ends_with([')', '）', '.']),
        |next| next.gap.contains([')', '）', ',', ';', '/']),
    );
    opened && closed && short_form(before.raw).is_none()
}

/// `ABC (Something Long)`
fn before_its_words(after: &[Word<'_>]) -> bool {
    match after {
        [one, two, ..] => {
            one.gap.trim_start().starts_with(['(', '（'])
                && !two.gap.contains([')', '）'])
                && [one, two].iter().all(|word| short_form(word.raw).is_none())
        }
        [] | [_] => false,
    }
}
