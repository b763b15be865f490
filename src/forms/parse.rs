//! Pairs → answers.
use std::collections::HashMap;

use serde_json::{Map, Value};

use super::answer::{Answers, FileRef, PublicationRef};
use super::errors::FormErrors;
use super::form::{Form, FormId};
use super::pairs::Pairs;
use crate::locale::Locale;

/// What the caller looked up for [`Wanted`].
#[derive(Debug, Clone, Default)]
pub struct Known {
    pub publications: HashMap<String, PublicationRef>,
    pub files: HashMap<String, FileRef>,
}
/// What parsing needs to know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    pub publications: Vec<(FormId, String)>,
    pub files: Vec<String>,
}
/// Answers and what is wrong.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    pub answers: Answers,
    pub errors: FormErrors,
    pub warnings: FormErrors,
}
#[allow(missing_docs)]
impl Form {
    #[must_use]
    pub fn wanted(&self, _pairs: &Pairs) -> Wanted {
        Wanted::default()
    }
    #[must_use]
    pub fn parse(&self, _pairs: &Pairs, _known: &Known, _locale: &Locale) -> Parsed {
        Parsed::default()
    }
    #[must_use]
    pub fn wanted_json(&self, _json: &Map<String, Value>) -> Wanted {
        Wanted::default()
    }
    #[must_use]
    pub fn parse_json(&self, _json: &Map<String, Value>, _known: &Known, _locale: &Locale) -> Parsed {
        Parsed::default()
    }
}
