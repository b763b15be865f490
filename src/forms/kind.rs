//! The kinds of question there are, each with its own limits. Closed: a new kind fails to compile in every face it needs.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::answer::{Answer, Answers};
use super::form::{Field, FieldId, FormId};

/// A kind of question with its limits.
#[derive(Debug, Clone)]
pub enum FieldKind {
    /// One line. Lengths in Unicode code points.
    Text {
        min: usize,
        max: usize,
    },
    /// Several lines; a line break counts as one.
    LongText {
        min: usize,
        max: usize,
    },
    Email,
    /// http and https only.
    Url,
    Phone,
    Number {
        min: Option<Decimal>,
        max: Option<Decimal>,
        decimals: u32,
    },
    /// An amount with an ISO 4217 currency.
    Money {
        currencies: Options,
    },
    Date,
    Month,
    /// A local time with its IANA zone.
    Meeting,
    YesNo,
    Choice {
        options: Options,
        style: Style,
    },
    Choices {
        options: Options,
        min: usize,
        max: Option<usize>,
    },
    /// Repeating rows of simple fields.
    Rows {
        fields: Vec<Field>,
        item: String,
        min: usize,
        max: usize,
    },
    File {
        max: usize,
    },
    /// A published submission of another form.
    Publication {
        form: FormId,
    },
    /// A statement to agree to; the label is the statement.
    Consent,
    /// Put together from other answers where nothing better is asked.
    Generated {
        from: Vec<FieldId>,
    },
}

impl FieldKind {
    /// What can be chosen in a choice or several.
    #[must_use]
    pub fn options(&self) -> Option<&Options> {
        match self {
            Self::Choice { options, .. } | Self::Choices { options, .. } => Some(options),
            Self::Text { .. }
            | Self::LongText { .. }
            | Self::Email
            | Self::Url
            | Self::Phone
            | Self::Number { .. }
            | Self::Money { .. }
            | Self::Date
            | Self::Month
            | Self::Meeting
            | Self::YesNo
            | Self::Rows { .. }
            | Self::File { .. }
            | Self::Publication { .. }
            | Self::Consent
            | Self::Generated { .. } => None,
        }
    }
}

/// How one choice is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Radios,
    Select,
}

/// What may be chosen, in the order it is shown.
#[derive(Debug, Clone)]
pub struct Options {
    pub(super) all: Arc<Vec<Choice>>,
    /// Only what was chosen in this earlier field of kind choices.
    pub(super) from: Option<FieldId>,
}

/// One option, with all that pages write of it put together once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    /// The full wording.
    pub label: String,
    /// The full wording, after its number where the entries of the list are numbered: "7. Address and reduce …".
    pub numbered: String,
    /// A short label for lists and facets; the label where there is none.
    pub short: String,
    pub hint: Option<String>,
    /// Other spellings that are accepted when read, never shown.
    pub aliases: Vec<String>,
    /// Value and aliases in one line: what else it is found by.
    pub also: String,
    /// The language the label is in when it is not the page's.
    pub lang: Option<String>,
}

impl Choice {
    /// An option in the page's language, without a short wording and hint of its own.
    #[must_use]
    pub fn new(value: &str, label: &str, aliases: &[String]) -> Self {
        let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
        let names: Vec<&str> = std::iter::once(value).chain(aliases.iter().map(String::as_str)).collect();
        Self {
            value: value.to_owned(),
            label: label.to_owned(),
            numbered: if is_number { format!("{value}. {label}") } else { label.to_owned() },
            short: label.to_owned(),
            hint: None,
            aliases: aliases.to_vec(),
            also: names.join(" "),
            lang: None,
        }
    }
}

impl<'a> IntoIterator for &'a Options {
    type Item = &'a Choice;
    type IntoIter = std::slice::Iter<'a, Choice>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Options {
    /// All choices in their order.
    pub fn iter(&self) -> std::slice::Iter<'_, Choice> {
        self.all.iter()
    }

    /// The field that limits these options, if one does.
    #[must_use]
    pub fn limited_by(&self) -> Option<&FieldId> {
        self.from.as_ref()
    }

    /// What may be chosen after these answers.
    #[must_use]
    pub fn available(&self, answers: &Answers) -> Vec<&Choice> {
        let Some(from) = &self.from else { return self.iter().collect() };
        match answers.get(from) {
            Some(Answer::Choices(chosen)) => self.iter().filter(|choice| chosen.contains(&choice.value)).collect(),
            _ => Vec::new(),
        }
    }

    /// The choice with this value.
    #[must_use]
    pub fn find(&self, value: &str) -> Option<&Choice> {
        self.all.iter().find(|choice| choice.value == value)
    }
}
