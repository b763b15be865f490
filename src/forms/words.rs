//! The words of a text, comparable across spellings and scripts: small letters without marks. Where a script puts no
//! spaces between words, each character is one.

use std::collections::BTreeSet;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One word as it stands in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'t> {
    pub raw: &'t str,
    /// Comparable with other words.
    pub folded: String,
    /// What stands between it and the word before.
    pub gap: &'t str,
    /// Where it begins in the text, in bytes.
    start: usize,
}

/// Scripts written without spaces between words: Han, Hiragana, Katakana, Hangul, Thai, Lao, Khmer, Myanmar.
#[must_use]
pub fn is_wordless(letter: char) -> bool {
    matches!(u32::from(letter), 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x2FA1F)
}

/// Letters, digits and marks; words are parted at everything else.
#[must_use]
pub fn is_token(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter)
}

/// All words of a text.
#[must_use]
pub fn words(text: &str) -> Vec<Word<'_>> {
    let (mut found, mut begun, mut end) = (Vec::new(), None::<usize>, 0);
    let mut take = |from: usize, to: usize| {
        let (raw, gap) = (text.get(from..to).unwrap_or_default(), text.get(end..from).unwrap_or_default());
        found.push(Word { raw, folded: fold(raw), gap, start: from });
        end = to;
    };
    for (at, letter) in text.char_indices() {
        let alone = is_wordless(letter);
        if let Some(from) = begun.filter(|_| alone || !is_token(letter)) {
            take(from, at);
            begun = None;
        }
        if alone {
            take(at, at + letter.len_utf8());
        } else if is_token(letter) && begun.is_none() {
            begun = Some(at);
        }
    }
    if let Some(from) = begun {
        take(from, text.len());
    }
    found
}

/// What a text can be compared by: its words as `said`, and of characters written without spaces each two neighbours.
pub fn terms(words: &[Word<'_>], said: impl Fn(&Word<'_>) -> String) -> BTreeSet<String> {
    let bare = |word: &&Word<'_>| !word.raw.chars().all(is_wordless);
    let long = |word: &&Word<'_>| word.folded.chars().count() > 2;
    let whole = words.iter().filter(bare).filter(long).map(&said);
    let pairs = words.windows(2).filter_map(|pair| match pair {
        [one, two] if !bare(&one) && !bare(&two) && two.gap.is_empty() => Some(format!("{} {}", said(one), said(two))),
        _ => None,
    });
    whole.chain(pairs).collect()
}

/// Small letters without marks.
#[must_use]
pub fn fold(word: &str) -> String {
    word.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// Words and phrases to look for, in any language. One that ends in `*` stands for all that begin so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordList(Arc<Vec<Phrase>>);

#[derive(Debug, PartialEq, Eq)]
struct Phrase {
    words: Vec<String>,
    /// The last word may go on.
    open: bool,
}

impl Phrase {
    fn stands(&self, words: &[Word<'_>]) -> bool {
        let same = |(at, wanted): (usize, &String)| {
            words.get(at).is_some_and(|word| match self.open && at + 1 == self.words.len() {
                true => word.folded.starts_with(wanted),
                false => word.folded == *wanted,
            })
        };
        !self.words.is_empty() && self.words.iter().enumerate().all(same)
    }
}

impl WordList {
    /// The list of these words and phrases.
    pub fn new<'a>(entries: impl IntoIterator<Item = &'a str>) -> Self {
        let phrase = |entry: &str| Phrase {
            words: words(entry).into_iter().map(|word| word.folded).collect(),
            open: entry.ends_with('*'),
        };
        Self(Arc::new(entries.into_iter().map(phrase).collect()))
    }

    /// How many words the longest phrase has that stands at the beginning of these; none where there is none.
    #[must_use]
    pub fn begins(&self, words: &[Word<'_>]) -> Option<usize> {
        self.0.iter().filter(|phrase| phrase.stands(words)).map(|phrase| phrase.words.len()).max()
    }

    /// The first of them that stands in a text, as it is written there.
    #[must_use]
    pub fn find<'t>(&self, text: &'t str) -> Option<&'t str> {
        let all = words(text);
        let (at, count) = (0..all.len()).find_map(|at| Some((at, self.begins(all.get(at..)?)?)))?;
        let (first, last) = (all.get(at)?, all.get(at + count - 1)?);
        text.get(first.start..last.start + last.raw.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_into_words_in_every_script() {
        let raw = |text| words(text).into_iter().map(|word| word.raw).collect::<Vec<_>>();
        assert_eq!(raw("Multi-agency, 2nd try"), ["Multi", "agency", "2nd", "try"]);
        assert_eq!(raw("支持GIZ难民"), ["支", "持", "GIZ", "难", "民"]);
        assert_eq!(raw("دعم اللاجئين."), ["دعم", "اللاجئين"]);
        assert_eq!(fold("Élan"), "elan");
        assert_eq!(words("Amina, 23").last().unwrap().gap, ", ");
    }

    #[test]
    fn phrases_are_found_as_they_are_written() {
        let list = WordList::new(["refugee*", "asylum seeker*", "беженц*", "难民"]);
        assert_eq!(list.find("Help for Refugees here"), Some("Refugees"));
        assert_eq!(list.find("an Asylum-Seeker’s permit"), Some("Asylum-Seeker"));
        assert_eq!(list.find("Помощь беженцам"), Some("беженцам"));
        assert_eq!(list.find("支持难民的项目"), Some("难民"));
        assert_eq!(list.find("asylum, and seekers"), None);
        assert_eq!(list.find("migrants"), None);
    }
}
