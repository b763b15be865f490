//! Rules over several answers, and over what stands in texts.

use chrono::NaiveDate;

use super::Compiler;
use crate::forms::faults::{FaultKind, Place};
use crate::forms::form::{Check, FieldId, Level, Rule, Signs, Texts};
use crate::forms::source::{RawCheck, RawCheckKind, RawField, RawKind, RawLevel, RawLifecycle};
use crate::forms::words::WordList;

/// Entries of `words.toml` that the check for persons reads.
const PAPERS: &str = "papers";
const AGES: &str = "ages";
const BEING: &str = "being";
const NAMES: &str = "names";

impl Compiler<'_> {
    pub(super) fn checks(&mut self) -> Vec<Check> {
        let (raw, at) = (self.raw, Place::default().key("check"));
        raw.checks.iter().enumerate().filter_map(|(index, check)| self.check(check, &at.at(index))).collect()
    }

    fn check(&mut self, raw: &RawCheck, at: &Place) -> Option<Check> {
        self.text(&raw.message, at.key("message"));
        self.strays(raw, at);
        let rule = match raw.kind {
            RawCheckKind::Order => self.order(raw, at),
            RawCheckKind::NotBefore => self.not_before(raw, at),
            RawCheckKind::Mentions => Some(Rule::Mentions {
                texts: self.texts(raw, at)?,
                words: self.words(raw.words.as_deref().unwrap_or_default(), at.key("words"))?,
                unless: match &raw.unless {
                    Some(unless) => self.words(unless, at.key("unless"))?,
                    None => WordList::default(),
                },
            }),
            RawCheckKind::Acronyms => Some(Rule::Acronyms {
                texts: self.texts(raw, at)?,
                known: self.words(raw.words.as_deref().unwrap_or_default(), at.key("words"))?,
            }),
            RawCheckKind::Addresses => Some(Rule::Addresses { texts: self.texts(raw, at)? }),
            RawCheckKind::Persons => Some(Rule::Persons { texts: self.texts(raw, at)?, signs: self.signs(at)? }),
            RawCheckKind::Similar => self.similar(raw, at),
        };
        let message = self.message(raw, at)?;
        Some(Check { rule: rule?, level: self.level(raw, at), message })
    }

    fn order(&mut self, raw: &RawCheck, at: &Place) -> Option<Rule> {
        match self.dates(raw, at)?.as_slice() {
            [first, second] => Some(Rule::Order { first: first.clone(), second: second.clone() }),
            fields => self.wrong_count("two fields", fields.len(), at),
        }
    }

    fn not_before(&mut self, raw: &RawCheck, at: &Place) -> Option<Rule> {
        match self.dates(raw, at)?.as_slice() {
            [field] => Some(Rule::NotBefore { field: field.clone(), day: self.day(raw, at)? }),
            fields => self.wrong_count("one field", fields.len(), at),
        }
    }

    fn similar(&mut self, raw: &RawCheck, at: &Place) -> Option<Rule> {
        let [title] = raw.fields.as_slice() else { return self.wrong_count("one field", raw.fields.len(), at) };
        let published = self.raw.lifecycle == RawLifecycle::Publication;
        match self.top_field(title) {
            Some(field) if published && matches!(field.kind, RawKind::Text | RawKind::Generated) => {
                Some(Rule::Similar { title: FieldId::new(title) })
            }
            Some(_) => self.none(at.key("fields"), FaultKind::CheckText(title.clone())),
            None => self.none(at.key("fields"), FaultKind::CheckUnknown(title.clone())),
        }
    }

    /// Keys that another kind of check has.
    fn strays(&mut self, raw: &RawCheck, at: &Place) {
        let (mentions, acronyms) = (raw.kind == RawCheckKind::Mentions, raw.kind == RawCheckKind::Acronyms);
        if let Some(date) = raw.date.as_ref().filter(|_| raw.kind != RawCheckKind::NotBefore) {
            self.fault(at.key("date"), FaultKind::CheckDate(date.clone()));
        }
        if raw.words.is_some() && !mentions && !acronyms {
            self.fault(at.key("words"), FaultKind::CheckStray("words"));
        }
        if raw.unless.is_some() && !mentions {
            self.fault(at.key("unless"), FaultKind::CheckStray("unless"));
        }
    }

    /// What is read in a text can be misread, so it never blocks.
    fn level(&mut self, raw: &RawCheck, at: &Place) -> Level {
        let certain = matches!(raw.kind, RawCheckKind::Order | RawCheckKind::NotBefore);
        match raw.level {
            RawLevel::Warning => Level::Warning,
            RawLevel::Error => {
                if !certain {
                    self.fault(at.key("level"), FaultKind::CheckLevel);
                }
                Level::Error
            }
        }
    }

    /// The message, with the words of its legal note.
    fn message(&mut self, raw: &RawCheck, at: &Place) -> Option<String> {
        let Some(note) = &raw.note else { return Some(raw.message.clone()) };
        match self.lists.label("legal_notes", note, self.lang) {
            Some(words) => Some(raw.message.replace("{note}", words)),
            None => self.none(at.key("note"), FaultKind::CheckNote(note.clone())),
        }
    }

    fn texts(&mut self, raw: &RawCheck, at: &Place) -> Option<Texts> {
        if raw.fields.is_empty() {
            let public = self.top_fields().any(|(_, field)| holds_public_text(field));
            return if public { Some(Texts::Public) } else { self.none(at.key("kind"), FaultKind::CheckNothing) };
        }
        let texts: Option<Vec<_>> = raw.fields.iter().map(|name| self.text_field(name, at)).collect();
        texts.map(Texts::These)
    }

    fn text_field(&mut self, name: &str, at: &Place) -> Option<FieldId> {
        match self.top_field(name).map(|field| field.kind) {
            Some(RawKind::Text | RawKind::LongText) => Some(FieldId::new(name)),
            Some(_) => self.none(at.key("fields"), FaultKind::CheckText(name.to_owned())),
            None => self.none(at.key("fields"), FaultKind::CheckUnknown(name.to_owned())),
        }
    }

    fn words(&mut self, value: &str, at: Place) -> Option<WordList> {
        let words = self.lists.words(value);
        if words.is_none() {
            self.fault(at, FaultKind::CheckWords(value.to_owned()));
        }
        words
    }

    fn signs(&mut self, at: &Place) -> Option<Signs> {
        Some(Signs {
            papers: self.words(PAPERS, at.key("kind"))?,
            ages: self.words(AGES, at.key("kind"))?,
            being: self.words(BEING, at.key("kind"))?,
            names: self.words(NAMES, at.key("kind"))?,
        })
    }

    fn dates(&mut self, raw: &RawCheck, at: &Place) -> Option<Vec<FieldId>> {
        raw.fields.iter().map(|name| self.dated(name, at)).collect()
    }

    fn dated(&mut self, name: &str, at: &Place) -> Option<FieldId> {
        match self.top_field(name).map(|field| field.kind) {
            Some(RawKind::Date | RawKind::Month) => Some(FieldId::new(name)),
            Some(_) => self.none(at.key("fields"), FaultKind::CheckKind(name.to_owned())),
            None => self.none(at.key("fields"), FaultKind::CheckUnknown(name.to_owned())),
        }
    }

    fn day(&mut self, raw: &RawCheck, at: &Place) -> Option<NaiveDate> {
        let written = raw.date.clone().unwrap_or_default();
        let day = written.parse().ok();
        if day.is_none() {
            self.fault(at.key("date"), FaultKind::CheckDate(written));
        }
        day
    }

    fn wrong_count<T>(&mut self, expected: &'static str, found: usize, at: &Place) -> Option<T> {
        self.none(at.key("fields"), FaultKind::CheckCount { expected, found })
    }

    fn none<T>(&mut self, at: Place, problem: FaultKind) -> Option<T> {
        self.fault(at, problem);
        None
    }
}

/// Whether something somebody writes here becomes public.
fn holds_public_text(field: &RawField) -> bool {
    field.public
        && (matches!(field.kind, RawKind::Text | RawKind::LongText) || field.fields.iter().any(holds_public_text))
}
