//! What is wrong with what a person sent, said so that they know what to do (ux 27–29).

mod problem;
#[cfg(test)]
mod tests;

pub use problem::{Face, Problem};

use super::form::{Field, FieldId, Form, Step};
use super::kind::FieldKind;
use crate::locale::{Arg, Locale};

/// One control of a question that takes several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    Day,
    Month,
    Year,
    Amount,
    Currency,
    Date,
    Time,
    Zone,
}

impl Part {
    /// The end of the control's name: `start_date-day`.
    #[must_use]
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
            Self::Amount => "amount",
            Self::Currency => "currency",
            Self::Date => "date",
            Self::Time => "time",
            Self::Zone => "zone",
        }
    }
}

/// The control an error is at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FieldPath {
    pub field: FieldId,
    /// The number of the row as it was sent, and the question in it.
    pub row: Option<(usize, FieldId)>,
    pub part: Option<Part>,
}

impl FieldPath {
    /// A whole field.
    #[must_use]
    pub fn field(id: &FieldId) -> Self {
        Self { field: id.clone(), row: None, part: None }
    }

    /// The name of the control in HTML: `partners-0-budget-amount`.
    #[must_use]
    pub fn name(&self) -> String {
        let mut name = self.question();
        if let Some(part) = self.part {
            name.push('-');
            name.push_str(part.suffix());
        }
        name
    }

    /// The name without the part: `partners-0-budget`.
    fn question(&self) -> String {
        match &self.row {
            Some((row, sub)) => format!("{}-{row}-{sub}", self.field),
            None => self.field.to_string(),
        }
    }
}

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldError {
    pub path: FieldPath,
    pub problem: Problem,
}

/// What is wrong, in the order of the questions.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FormErrors(Vec<FieldError>);

impl FormErrors {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many things are wrong.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them in their order.
    pub fn iter(&self) -> std::slice::Iter<'_, FieldError> {
        self.0.iter()
    }

    /// Those of one field, its rows included.
    pub fn of<'a>(&'a self, field: &'a FieldId) -> impl Iterator<Item = &'a FieldError> {
        self.iter().filter(move |error| error.path.field == *field)
    }

    /// Those of one step.
    #[must_use]
    pub fn of_step(&self, step: &Step) -> Self {
        self.iter().filter(|error| step.fields.iter().any(|field| field.id == error.path.field)).cloned().collect()
    }

    /// Adds an error.
    pub fn push(&mut self, path: FieldPath, problem: Problem) {
        self.0.push(FieldError { path, problem });
    }
}

impl FromIterator<FieldError> for FormErrors {
    fn from_iter<I: IntoIterator<Item = FieldError>>(errors: I) -> Self {
        Self(errors.into_iter().collect())
    }
}

impl Extend<FieldError> for FormErrors {
    fn extend<I: IntoIterator<Item = FieldError>>(&mut self, errors: I) {
        self.0.extend(errors);
    }
}

impl IntoIterator for FormErrors {
    type Item = FieldError;
    type IntoIter = std::vec::IntoIter<FieldError>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a FormErrors {
    type Item = &'a FieldError;
    type IntoIter = std::slice::Iter<'a, FieldError>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// An error as a page or the API says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The name of the control: `start_date-day`.
    pub name: String,
    /// The HTML id of the first bad control, for the link in the summary.
    pub anchor: String,
    pub code: &'static str,
    pub text: String,
}

impl Form {
    /// The errors in words, in their order.
    #[must_use]
    pub fn messages(&self, errors: &FormErrors, locale: &Locale) -> Vec<Message> {
        errors.iter().map(|error| self.message(error, locale)).collect()
    }

    fn message(&self, error: &FieldError, locale: &Locale) -> Message {
        let FieldError { path, problem } = error;
        let field = self.field(&path.field);
        let text = match (field, &path.row) {
            (Some(field), None) => problem.message(field, locale),
            (Some(field), Some((row, sub))) => in_row(field, *row, sub, problem, locale),
            (None, _) => problem.say(path.field.as_str(), "choices", locale),
        };
        Message { name: path.name(), anchor: anchor(field, path), code: problem.code(), text }
    }
}

/// "Partner 2: Enter the name."
fn in_row(field: &Field, row: usize, sub: &FieldId, problem: &Problem, locale: &Locale) -> String {
    let FieldKind::Rows { fields, item, .. } = &field.kind else {
        return problem.message(field, locale);
    };
    let text = match fields.iter().find(|field| field.id == *sub) {
        Some(field) => problem.message(field, locale),
        None => problem.say(sub.as_str(), "choices", locale),
    };
    let number = locale.count(&row.saturating_add(1));
    locale.with("problem-in-row", &[("item", Arg::from(item)), ("row", Arg::Text(&number)), ("text", Arg::Text(&text))])
}

/// The HTML id of the control an error leads to; of a question with several controls without a wrong one, the first.
fn anchor(field: Option<&Field>, path: &FieldPath) -> String {
    let asked = match (field.map(|f| &f.kind), &path.row) {
        (Some(FieldKind::Rows { fields, .. }), Some((_, sub))) => fields.iter().find(|f| f.id == *sub).map(|f| &f.kind),
        (kind, _) => kind,
    };
    let first = asked.and_then(|kind| kind.parts().first().copied());
    FieldPath { part: path.part.or(first), ..path.clone() }.name()
}
