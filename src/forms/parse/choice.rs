//! What is chosen: options, yes or no, consent, files, publications.

use std::collections::BTreeSet;

use super::number::fold;
use super::text::{Lines, clean};
use super::{Read, Sent, Trouble};
use crate::forms::answer::{Answer, Answers};
use crate::forms::errors::Problem;
use crate::forms::kind::{Choice, Options};

impl Options {
    /// The choice somebody means: by its value, or by another spelling that is accepted.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<&Choice> {
        let alias = |choice: &&Choice| choice.aliases.iter().any(|alias| alias.to_lowercase() == text.to_lowercase());
        self.find(text).or_else(|| self.iter().find(alias))
    }

    fn allowed(&self, text: &str, earlier: &Answers) -> Result<&Choice, Problem> {
        let choice = self.read(text).ok_or(Problem::NotAnOption)?;
        let chosen_before =
            |from| matches!(earlier.get(from), Some(Answer::Choices(before)) if before.contains(&choice.value));
        if self.from.as_ref().is_none_or(chosen_before) { Ok(choice) } else { Err(Problem::NotAnOption) }
    }
}

impl Sent<'_> {
    pub(super) fn yes_no(&self) -> Read {
        match self.line(None)?.as_deref() {
            None => Ok(None),
            Some("yes") => Ok(Some(Answer::YesNo(true))),
            Some("no") => Ok(Some(Answer::YesNo(false))),
            Some(_) => Err(Problem::NotAnOption.into()),
        }
    }

    /// What a box sends that is ticked.
    pub(super) fn consent(&self) -> Read {
        match self.line(None)?.as_deref() {
            None => Ok(None),
            Some("yes") => Ok(Some(Answer::Consent)),
            Some(_) => Err(Problem::NotAnOption.into()),
        }
    }

    pub(super) fn choice(&self, options: &Options, earlier: &Answers) -> Read {
        let Some(text) = self.line(None)? else { return Ok(None) };
        Ok(Some(Answer::Choice(options.allowed(&text, earlier)?.value.clone())))
    }

    pub(super) fn choices(&self, options: &Options, min: usize, max: Option<usize>, earlier: &Answers) -> Read {
        let mut chosen = BTreeSet::new();
        for text in self.several()? {
            chosen.insert(options.allowed(&text, earlier)?.value.as_str());
        }
        if chosen.is_empty() {
            return Ok(None);
        }
        if chosen.len() < min {
            return Err(Problem::TooFew { min }.into());
        }
        if let Some(max) = max.filter(|max| chosen.len() > *max) {
            return Err(Problem::TooMany { max }.into());
        }
        let in_order = options.iter().filter(|choice| chosen.contains(choice.value.as_str()));
        Ok(Some(Answer::Choices(in_order.map(|choice| choice.value.clone()).collect())))
    }

    pub(super) fn files(&self, max: usize) -> Read {
        let mut files = Vec::new();
        for id in self.several()? {
            let file = self.reader.known.files.get(&id).ok_or(Problem::UnknownFile)?;
            if self.reader.known.infected.contains(&id) {
                return Err(Problem::InfectedFile { name: file.name.clone() }.into());
            }
            files.push(file.clone());
        }
        if files.len() > max {
            return Err(Problem::TooMany { max }.into());
        }
        Ok(if files.is_empty() { None } else { Some(Answer::Files(files)) })
    }

    pub(super) fn publication(&self) -> Read {
        let Some(text) = self.line(None)? else { return Ok(None) };
        let found = self.reader.known.publications.get(&reference(&text));
        Ok(Some(Answer::Publication(found.cloned().ok_or(Problem::UnknownPublication)?)))
    }

    /// The different values, cleaned, in the order they came.
    fn several(&self) -> Result<Vec<String>, Trouble> {
        let (mut seen, mut several) = (BTreeSet::new(), Vec::new());
        for value in self.values(None).iter().filter(|value| seen.insert(**value)) {
            several.push(clean(value, Lines::One)?);
        }
        several.retain(|value| !value.is_empty());
        Ok(several)
    }
}

/// A reference as it is stored: people copy it in small letters, with spaces around and in it.
pub(super) fn reference(text: &str) -> String {
    let text = clean(text, Lines::One).unwrap_or_default();
    fold(&text).chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase()
}
