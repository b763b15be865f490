//! Answers as JSON, cells, parts.
use std::borrow::Cow;

use serde_json::{Map, Value};

use super::answer::Answers;
use super::form::Form;
use super::lists::Lists;
use super::pairs::Pairs;
use crate::locale::Locale;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct LoadError {
    pub field: String,
    pub problem: &'static str,
}
#[allow(clippy::missing_errors_doc, missing_docs)]
impl Form {
    #[must_use]
    pub fn columns(&self) -> Vec<String> {
        Vec::new()
    }
    #[must_use]
    pub fn cells(&self, _answers: &Answers) -> Vec<String> {
        Vec::new()
    }
    #[must_use]
    pub fn to_json(&self, _answers: &Answers) -> Map<String, Value> {
        Map::new()
    }
    pub fn load(&self, _json: &Map<String, Value>) -> Result<Answers, LoadError> {
        Ok(Answers::default())
    }
    #[must_use]
    pub fn public_json(&self, _answers: &Answers) -> Map<String, Value> {
        Map::new()
    }
    #[must_use]
    pub fn split(&self, _answers: &Answers) -> Vec<(String, Value)> {
        Vec::new()
    }
    pub fn join(&self, _parts: &[(String, Option<Value>)]) -> Result<Answers, LoadError> {
        Ok(Answers::default())
    }
    #[must_use]
    pub fn facet_values(&self, _answers: &Answers, _lists: &Lists) -> Vec<(String, String)> {
        Vec::new()
    }
    #[must_use]
    pub fn search_text(&self, _answers: &Answers, _locale: &Locale) -> [String; 3] {
        Default::default()
    }
    #[must_use]
    pub fn pairs(&self, _answers: &Answers) -> Pairs {
        Pairs::default()
    }
}
#[must_use]
pub fn guard_cell(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}
#[must_use]
pub fn unguard_cell(text: &str) -> &str {
    text
}
