//! A record in a list: enough to decide whether to open it.

use super::facets::{Badge, Words, choice};
use super::listing::Asked;
use super::record::Record;
use crate::forms::form::{FacetSource, Role};
use crate::web::frame::Frame;

/// Most characters of a teaser.
const TEASER: usize = 240;

/// Most countries that are named.
const COUNTRIES: usize = 5;

/// One card.
pub struct Card {
    pub url: String,
    pub title: String,
    /// The language it was written in.
    pub lang: &'static str,
    pub dir: &'static str,
    pub organization: String,
    pub countries: String,
    pub published: String,
    /// For programs: `2026-11-06`.
    pub day: String,
    pub badge: Option<Badge>,
    pub teaser: String,
    /// The title in the reader's language, by staff.
    pub translated: Option<String>,
    pub tags: Vec<Tag>,
}

/// An objective, with the list of all that relates to it.
pub struct Tag {
    pub label: String,
    pub url: String,
}

impl Card {
    /// Makes the card of a record.
    #[must_use]
    pub fn new(f: &Frame, words: &Words<'_>, record: &Record) -> Self {
        let item = &record.item;
        let day = item.first_published_at.date_naive();
        let translation = record.marks.translations.get(f.l.language().code());
        Self {
            url: f.url(record.path()),
            title: item.title.clone(),
            lang: item.language.tag(),
            dir: item.language.dir(),
            organization: item.organization.clone(),
            countries: countries(f, record),
            published: f.l.date(&day),
            day: day.to_string(),
            badge: words.badge(&record.values),
            teaser: translation.map_or_else(|| summary(record), |translation| teaser(&translation.summary)),
            translated: translation.map(|translation| translation.title.clone()),
            tags: tags(f, words, record),
        }
    }
}

/// The beginning of a record's summary.
#[must_use]
pub fn summary(record: &Record) -> String {
    let field = record.form.role(Role::Summary);
    teaser(field.and_then(|field| record.answers.text(field)).unwrap_or_default())
}

/// The names of its countries, the first few where there are many.
fn countries(f: &Frame, record: &Record) -> String {
    let Some((field, _)) = record.role(Role::Country) else { return String::new() };
    let chosen = record.chosen(Role::Country);
    let shown = if chosen.len() > COUNTRIES { COUNTRIES - 1 } else { chosen.len() };
    let mut names: Vec<String> = chosen.iter().take(shown).map(|value| choice(field, value, &f.l)).collect();
    if chosen.len() > shown {
        names.push(f.l.n("list-more", &(chosen.len() - shown)));
    }
    names.join(", ")
}

fn tags(f: &Frame, words: &Words<'_>, record: &Record) -> Vec<Tag> {
    let Some((field, _)) = record.role(Role::Objectives) else { return Vec::new() };
    let facet = words.form.facets().iter().find(|facet| facet.source == FacetSource::Field(field.id.clone()));
    let Some((facet, collection)) = facet.zip(words.form.collection()) else { return Vec::new() };
    let tag = |value: &String| {
        let mut only = Asked::default();
        only.chosen.entry(facet.name.clone()).or_default().insert(value.clone());
        Tag { label: choice(field, value, &f.l), url: only.address(&f.url(format!("/{collection}"))) }
    };
    record.chosen(Role::Objectives).iter().map(tag).collect()
}

/// The beginning of a text on one line, cut between words where the script has any.
fn teaser(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = line.char_indices().nth(TEASER) else { return line };
    let cut = line.get(..end).unwrap_or_default();
    let at_word = cut.rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    let kept = cut.get(..at_word).unwrap_or(cut).trim_end_matches([' ', ',', ';', ':', '.', '–', '-']);
    format!("{kept}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_teaser_ends_between_words_and_cuts_no_character() {
        assert_eq!(teaser("  One\n\ntwo. "), "One two.");
        let long = teaser(&"seasonal workers ".repeat(30));
        assert!(long.ends_with("workers…") || long.ends_with("seasonal…"), "{long}");
        assert!(long.chars().count() <= TEASER + 1);
        assert_eq!(teaser(&"移民".repeat(200)).chars().count(), TEASER + 1);
    }
}
