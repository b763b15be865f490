//! An answer as a page shows it.
use super::answer::{Answer, Answers, FileRef, PublicationRef};
use super::form::{Field, Form, Step};
use crate::locale::Locale;

/// What is to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    Nothing,
    Text(String),
    Prose(String),
    List(Vec<String>),
    Link { href: String, text: String },
    Email(String),
    Files(Vec<FileRef>),
    Rows(Vec<Vec<(String, Shown)>>),
    Publication(PublicationRef),
}
impl Field {
    #[must_use]
    pub fn show(&self, _answer: Option<&Answer>, _locale: &Locale) -> Shown {
        Shown::Nothing
    }
}
impl Shown {
    #[must_use]
    pub fn plain(&self) -> String {
        String::new()
    }
}
impl Form {
    #[must_use]
    pub fn answered<'a>(&'a self, _answers: &'a Answers) -> Vec<(&'a Step, Vec<(&'a Field, Option<&'a Answer>)>)> {
        Vec::new()
    }
}
