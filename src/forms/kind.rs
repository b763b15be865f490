//! The kinds of question there are, each with its own limits. Closed: a new kind fails to compile in every face it needs.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::form::{Field, FieldId, FormId};

#[derive(Debug, Clone)]
pub enum FieldKind {
    /// One line. Lengths in Unicode code points.
    Text { min: usize, max: usize },
    /// Several lines; a line break counts as one.
    LongText { min: usize, max: usize },
    Email,
    /// http and https only.
    Url,
    Phone,
    Number { min: Option<Decimal>, max: Option<Decimal>, decimals: u32 },
    /// An amount with an ISO 4217 currency.
    Money { currencies: Options },
    Date,
    Month,
    /// A local time with its IANA zone.
    Meeting,
    YesNo,
    Choice { options: Options, style: Style },
    Choices { options: Options, min: usize, max: Option<usize> },
    /// Repeating rows of simple fields.
    Rows { fields: Vec<Field>, item: String, min: usize, max: usize },
    File { max: usize },
    /// A published submission of another form.
    Publication { form: FormId },
    /// A statement to agree to; the label is the statement.
    Consent,
    /// Put together from other answers where nothing better is asked.
    Generated { from: Vec<FieldId> },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Radios,
    Select,
}

/// What may be chosen, in the order it is shown.
#[derive(Debug, Clone)]
pub struct Options {
    pub(super) all: Arc<Vec<Choice>>,
    /// Only what was chosen in this earlier field.
    pub(super) from: Option<FieldId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    /// The full wording.
    pub label: String,
    /// A short label for lists and facets; the label where there is none.
    pub short: String,
    pub hint: Option<String>,
    /// Other spellings that are accepted when read, never shown.
    pub aliases: Vec<String>,
    /// The language the label is in when it is not the page's.
    pub lang: Option<String>,
}

impl Options {
    #[must_use]
    pub fn iter(&self) -> std::slice::Iter<'_, Choice> {
        self.all.iter()
    }

    /// The field that limits these options, if one does.
    #[must_use]
    pub fn limited_by(&self) -> Option<&FieldId> {
        self.from.as_ref()
    }

    #[must_use]
    pub fn find(&self, value: &str) -> Option<&Choice> {
        self.all.iter().find(|choice| choice.value == value)
    }
}
