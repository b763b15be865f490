//! Reference lists: countries, objectives, currencies … from `content/reference/*.toml`, each with its languages.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rust_embed::RustEmbed;
use serde::Deserialize;

use super::faults::{FaultKind, Place, SourceFault};
use super::kind::Choice;
use super::words::WordList;
use crate::locale::Language;

#[derive(RustEmbed)]
#[folder = "content/reference"]
struct Files;

/// A text in the languages it was found in; English is always there.
pub type Texts = HashMap<Language, String>;

/// All lists. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Lists(Arc<BTreeMap<String, List>>);

/// One list.
#[derive(Debug, Default)]
pub struct List {
    items: Vec<Item>,
    unofficial: Vec<Language>,
    choices: HashMap<Language, Arc<Vec<Choice>>>,
}

/// One entry of a list.
#[derive(Debug, Clone, Deserialize)]
pub struct Item {
    /// What answers store; never changes.
    pub value: String,
    pub label: Texts,
    #[serde(default)]
    pub short: Texts,
    #[serde(default)]
    pub hint: Texts,
    /// Other spellings that are accepted when read, never shown.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Values of `regions`: the regional commissions a country belongs to.
    #[serde(default)]
    pub commissions: Vec<String>,
    /// Those of them in whose region the country does not lie.
    #[serde(default)]
    pub non_regional_commissions: Vec<String>,
    /// Value of `networks`: the regional Network that serves a country.
    pub network: Option<String>,
    pub iso2: Option<String>,
    /// Value of `legal_notes`: the formula that goes with the name.
    pub note: Option<String>,
    /// Words to look for in texts, by language.
    #[serde(default)]
    pub words: HashMap<Language, Vec<String>>,
    /// What only few lists have.
    #[serde(flatten)]
    pub more: BTreeMap<String, toml::Value>,
}

#[derive(Deserialize)]
struct RawList {
    #[serde(default)]
    unofficial: Vec<Language>,
    #[serde(rename = "item", default)]
    items: Vec<Item>,
}

impl Lists {
    /// Reads the lists that are built in.
    ///
    /// # Errors
    /// Every fault of every file.
    pub fn load() -> Result<Self, Vec<SourceFault>> {
        let names = Files::iter().filter(|name| name.ends_with(".toml"));
        let files = names.filter_map(|name| Files::get(&name).map(|file| (name, file)));
        Self::read(files.map(|(name, file)| (name.into_owned(), String::from_utf8_lossy(&file.data).into_owned())))
    }

    /// Reads lists from (file name, text).
    ///
    /// # Errors
    /// Every fault of every file.
    pub fn read(files: impl IntoIterator<Item = (String, String)>) -> Result<Self, Vec<SourceFault>> {
        let (mut lists, mut faults) = (BTreeMap::new(), Vec::new());
        for (name, text) in files {
            match read_list(&name, &text) {
                Ok(list) => drop(lists.insert(name.trim_end_matches(".toml").to_owned(), list)),
                Err(mut found) => faults.append(&mut found),
            }
        }
        if faults.is_empty() { Ok(Self(Arc::new(lists))) } else { Err(faults) }
    }

    /// A list by the name of its file.
    #[must_use]
    pub fn get(&self, list: &str) -> Option<&List> {
        self.0.get(list)
    }

    /// The names of all lists.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The items of one or several lists as choices in a language; `None` where a list is not known.
    #[must_use]
    pub fn choices<S: AsRef<str>>(&self, names: &[S], lang: Language) -> Option<Arc<Vec<Choice>>> {
        if let [one] = names {
            return self.get(one.as_ref())?.choices.get(&lang).cloned();
        }
        let mut joined = Vec::new();
        for name in names {
            joined.extend_from_slice(self.get(name.as_ref())?.choices.get(&lang)?);
        }
        Some(Arc::new(joined))
    }

    /// An entry of a list.
    #[must_use]
    pub fn item(&self, list: &str, value: &str) -> Option<&Item> {
        self.get(list)?.items.iter().find(|item| item.value == value)
    }

    /// The full wording of an entry, in English where the language has none.
    #[must_use]
    pub fn label(&self, list: &str, value: &str, lang: Language) -> Option<&str> {
        self.item(list, value).map(|item| text_in(&item.label, lang))
    }

    /// An entry of `words.toml`, in all languages at once: people write as they like.
    #[must_use]
    pub fn words(&self, value: &str) -> Option<WordList> {
        let item = self.item("words", value)?;
        Some(WordList::new(item.words.values().flatten().map(String::as_str)))
    }

    /// The regions a country (or area) counts in: its regional commissions without those it belongs to from outside.
    #[must_use]
    pub fn regions_of(&self, country: &str) -> Vec<&str> {
        let item = self.item("countries", country).or_else(|| self.item("areas", country));
        let regions = item.into_iter().flat_map(Item::regions);
        regions.collect()
    }
}

impl List {
    /// The entries in their order.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Whether the wording in this language was not seen officially.
    #[must_use]
    pub fn is_unofficial(&self, lang: Language) -> bool {
        self.unofficial.contains(&lang)
    }
}

impl Item {
    /// The commissions in whose region the country lies.
    pub fn regions(&self) -> impl Iterator<Item = &str> {
        let regional = self.commissions.iter().filter(|one| !self.non_regional_commissions.contains(one));
        regional.map(String::as_str)
    }

    /// The full wording, in English where the language has none.
    #[must_use]
    pub fn label_in(&self, lang: Language) -> &str {
        text_in(&self.label, lang)
    }

    /// The short wording; the full one where there is none.
    #[must_use]
    pub fn short_in(&self, lang: Language) -> &str {
        let short = self.short.get(&lang).or_else(|| self.label.get(&lang)).or_else(|| self.short.get(&Language::En));
        short.map_or_else(|| self.label_in(lang), String::as_str)
    }

    fn choice(&self, lang: Language) -> Choice {
        Choice {
            short: self.short_in(lang).to_owned(),
            hint: self.hint.get(&lang).or_else(|| self.hint.get(&Language::En)).cloned(),
            lang: (!self.label.contains_key(&lang)).then(|| Language::En.tag().to_owned()),
            ..Choice::new(&self.value, self.label_in(lang), &self.aliases)
        }
    }
}

fn text_in(texts: &Texts, lang: Language) -> &str {
    texts.get(&lang).or_else(|| texts.get(&Language::En)).map_or("", String::as_str)
}

fn read_list(name: &str, text: &str) -> Result<List, Vec<SourceFault>> {
    let raw: RawList = toml::from_str(text).map_err(|error| vec![SourceFault::from_toml(name, text, &error)])?;
    let faults = list_faults(&raw);
    if !faults.is_empty() {
        return Err(faults.into_iter().map(|(place, kind)| SourceFault::new(name, text, &place, kind)).collect());
    }
    let choices = |lang| Arc::new(raw.items.iter().map(|item| item.choice(lang)).collect());
    let choices = Language::ALL.into_iter().map(|lang| (lang, choices(lang))).collect();
    Ok(List { items: raw.items, unofficial: raw.unofficial, choices })
}

fn list_faults(raw: &RawList) -> Vec<(Place, FaultKind)> {
    let mut faults = Vec::new();
    if raw.items.is_empty() {
        faults.push((Place::default(), FaultKind::EmptyList));
    }
    for (index, item) in raw.items.iter().enumerate() {
        let at = Place::default().key("item").at(index);
        if item.label.get(&Language::En).is_none_or(|text| text.trim().is_empty()) {
            faults.push((at.key("label"), FaultKind::EmptyText));
        }
        if raw.items.iter().take(index).any(|earlier| earlier.value == item.value) {
            faults.push((at.key("value"), FaultKind::OptionTwice(item.value.clone())));
        }
    }
    faults
}
