//! Rows of a file as answers: the way back from [`export`](super::export), and the way in for tables of other people's making.
//!
//! Each value becomes what the API would have been sent, and takes the same way from there ([`Form::parse_json`]).

mod mapping;
mod value;

pub use mapping::{BadMapping, Mapping};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde_json::{Map, Value};

use super::export::unguard_cell;
use super::form::{FieldId, Form};
use super::kind::FieldKind;
use crate::locale::Language;

/// What an export writes beside the answers and an import leaves to itself.
const OURS: [&str; 5] = ["reference", "form", "status", "publication", "received"];

/// What is before the name of an answer that is called like a column of ours.
const ANSWER: &str = "answers.";

/// What a column of a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Column {
    Answer(FieldId),
    /// By what a row is known when it comes again.
    ImportId,
    Language,
    /// Since when it is published.
    Published,
    /// Not an answer, and not looked at.
    Passed,
}

/// One row as it is given, before it is checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    pub answers: Map<String, Value>,
    pub import_id: Option<String>,
    pub language: Language,
    pub published: Option<DateTime<Utc>>,
    /// Questions for files that something stood under: a file does not travel in a table.
    pub left_out: Vec<String>,
    pub faults: Vec<Fault>,
}

/// What is wrong with a row, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub column: String,
    pub text: String,
}

impl Fault {
    fn new(column: &str, text: &str) -> Self {
        Self { column: column.to_owned(), text: text.to_owned() }
    }
}

/// Reads the rows of one file for one form.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// In English: labels are known besides values.
    pub form: &'a Form,
    pub mapping: &'a Mapping,
}

impl Reader<'_> {
    /// The columns that are neither a question nor anything else that is known.
    #[must_use]
    pub fn unknown<'n>(&self, names: &'n [String]) -> Vec<&'n str> {
        names.iter().map(String::as_str).filter(|name| self.column(name).is_none()).collect()
    }

    /// One row: each value by the name of its column. Nothing, blanks and nulls are no answers.
    #[must_use]
    pub fn row(&self, cells: impl IntoIterator<Item = (String, Value)>) -> Given {
        let mut given = Given {
            answers: Map::new(),
            import_id: None,
            language: Language::En,
            published: None,
            left_out: Vec::new(),
            faults: Vec::new(),
        };
        let constants = self.mapping.constants().map(|(name, value)| (name.clone(), value.clone()));
        for (name, value) in constants.chain(cells) {
            if !is_blank(&value) {
                self.cell(&mut given, &name, value);
            }
        }
        given
    }

    fn cell(&self, given: &mut Given, name: &str, value: Value) {
        match self.column(name) {
            Some(Column::Answer(field)) => self.answer(given, &field, value),
            Some(Column::ImportId) => given.import_id = Some(plain(&value)),
            Some(Column::Language) => match Language::read(&plain(&value)) {
                Some(language) => given.language = language,
                None => given.faults.push(Fault::new(name, "write en, fr, es, ru, ar or zh")),
            },
            Some(Column::Published) => match instant(&plain(&value)) {
                Some(at) => given.published = Some(at),
                None => given.faults.push(Fault::new(name, "write a day as 2026-11-06")),
            },
            Some(Column::Passed) => {}
            None => given.faults.push(Fault::new(name, "is no question of the form")),
        }
    }

    fn answer(&self, given: &mut Given, id: &FieldId, value: Value) {
        let Some(field) = self.form.field(id) else { return };
        match field.kind {
            FieldKind::File { .. } => return given.left_out.push(id.to_string()),
            // Is put together anew.
            FieldKind::Generated { .. } => return,
            FieldKind::Text { .. }
            | FieldKind::LongText { .. }
            | FieldKind::Email
            | FieldKind::Url
            | FieldKind::Phone
            | FieldKind::Number { .. }
            | FieldKind::Money { .. }
            | FieldKind::Date
            | FieldKind::Month
            | FieldKind::Meeting
            | FieldKind::YesNo
            | FieldKind::Choice { .. }
            | FieldKind::Choices { .. }
            | FieldKind::Rows { .. }
            | FieldKind::Publication { .. }
            | FieldKind::Consent => {}
        }
        let meant = value::read(&field.kind, self.mapping.meant(id.as_str(), value));
        given.answers.insert(id.to_string(), meant);
    }

    /// What a column is. A question that is called like something else is preferred where exports prefer it.
    fn column(&self, name: &str) -> Option<Column> {
        if self.mapping.ignores(name) {
            return Some(Column::Passed);
        }
        let name = self.mapping.column(name.trim());
        let question = |name: &str| {
            let id = FieldId::new(name);
            self.form.field(&id).is_some().then_some(Column::Answer(id))
        };
        match name {
            name if OURS.contains(&name) => Some(Column::Passed),
            "language" => Some(Column::Language),
            "import_id" => Some(Column::ImportId),
            name => question(name.strip_prefix(ANSWER).unwrap_or(name))
                .or((name == "published").then_some(Column::Published)),
        }
    }
}

/// The text of a cell of a CSV file, without the guard against formulas.
#[must_use]
pub fn csv_cell(text: &str) -> Value {
    Value::String(unguard_cell(text).to_owned())
}

fn is_blank(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

/// A value as text, without quotes.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), |text| text.trim().to_owned())
}

/// A moment, or the beginning of a day.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    let moment = DateTime::parse_from_rfc3339(text).map(|at| at.to_utc());
    moment.ok().or_else(|| Some(text.parse::<NaiveDate>().ok()?.and_time(NaiveTime::MIN).and_utc()))
}

#[cfg(test)]
mod tests;
