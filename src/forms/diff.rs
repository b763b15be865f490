//! What changed between two revisions.
use super::answer::Answers;
use super::form::{Field, Form};
use super::show::Shown;
use crate::locale::Locale;

#[derive(Debug, Clone)]
pub struct Change<'a> {
    pub field: &'a Field,
    pub before: Shown,
    pub after: Shown,
    pub words: Vec<Segment>,
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    Same(String),
    Removed(String),
    Added(String),
}
impl Form {
    #[must_use]
    pub fn diff(&self, _old: &Answers, _new: &Answers, _locale: &Locale) -> Vec<Change<'_>> {
        Vec::new()
    }
}
