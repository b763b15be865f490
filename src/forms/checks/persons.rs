//! Signs that a text speaks of one person who can be recognized. Cautious: what is only perhaps a person is left alone.

use crate::forms::form::Signs;
use crate::forms::parse::fold;
use crate::forms::words::{Word, is_wordless, words};

/// Words between a paper and its number: "passport no. 123456".
const BETWEEN: usize = 2;
/// Fewest digits of the number of a paper.
const DIGITS: usize = 5;
const OLDEST: u32 = 120;

/// The first number of a paper, and the first age that stands with a name.
pub(super) fn recognized<'a>(text: &'a str, signs: &Signs) -> Vec<&'a str> {
    let words = words(text);
    let papers = words.iter().enumerate().find(|(at, word)| is_paper(&words, *at, word, signs));
    let ages = words.iter().enumerate().find(|(at, word)| is_named_age(&words, *at, word, signs));
    let person = ages.map(|(at, word)| match at.checked_sub(1).and_then(|at| words.get(at)) {
        Some(name) if is_name(name) => name.raw,
        _ => word.raw,
    });
    papers.map(|(_, word)| word.raw).into_iter().chain(person).collect()
}

/// `AB1234567`, or a number soon after the word for a paper.
fn is_paper(words: &[Word<'_>], at: usize, word: &Word<'_>, signs: &Signs) -> bool {
    let folded = fold(word.raw);
    let digits = folded.chars().filter(char::is_ascii_digit).count();
    let letters: String = folded.chars().take_while(char::is_ascii_uppercase).collect();
    let bare = (1..=3).contains(&letters.len()) && (6..=9).contains(&digits) && letters.len() + digits == folded.len();
    let named = || {
        (0..at).rev().take(BETWEEN + 3).any(|from| {
            let length = signs.papers.begins(words.get(from..).unwrap_or_default());
            length.is_some_and(|length| from + length <= at && at - (from + length) <= BETWEEN)
        })
    };
    bare || digits >= DIGITS && named()
}

/// A number of years that is somebody's age, with their name before it or a word like "named" in the same sentence.
fn is_named_age(words: &[Word<'_>], at: usize, word: &Word<'_>, signs: &Signs) -> bool {
    let years = fold(word.raw).parse::<u32>().is_ok_and(|years| (1..=OLDEST).contains(&years));
    let Some(length) = signs.ages.begins(words.get(at + 1..).unwrap_or_default()).filter(|_| years) else {
        return false;
    };
    let before = |back: usize| at.checked_sub(back).and_then(|at| words.get(at));
    // One word like "ans" also counts years of work; after a comma or with "years old" it is an age.
    let apart = word.gap.contains([',', '(', '，', '（', '،']) && before(1).is_some_and(is_name);
    let joined = before(1).is_some_and(|word| signs.being.begins(std::slice::from_ref(word)).is_some());
    let said = length > 1 && before(if joined { 2 } else { 1 }).is_some_and(is_name);
    apart || said || is_introduced(words, at, signs)
}

fn is_introduced(words: &[Word<'_>], at: usize, signs: &Signs) -> bool {
    let same_sentence = |word: &&Word<'_>| !word.gap.contains(['.', '!', '?', '。', '؟', '\n']);
    let back = words.get(..=at).unwrap_or_default().iter().rev().take_while(same_sentence).count();
    (at.saturating_sub(back)..at).any(|from| signs.names.begins(words.get(from..).unwrap_or_default()).is_some())
}

/// A word with a capital, of more than one letter.
fn is_name(word: &Word<'_>) -> bool {
    let mut letters = word.raw.chars();
    let capital = letters.next().is_some_and(|c| c.is_uppercase() && !is_wordless(c));
    capital && letters.next().is_some_and(char::is_lowercase)
}
