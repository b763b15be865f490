//! What is wrong with what a person sent, said so that they know what to do (ux 27–29).

use rust_decimal::Decimal;

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

#[derive(Debug, Clone, PartialEq)]
pub struct FieldError {
    pub path: FieldPath,
    pub problem: Problem,
}

/// The JSON a field takes, for [`Problem::WrongType`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    Text,
    Number,
    Money,
    Date,
    Month,
    Meeting,
    YesNo,
    Texts,
    Rows,
    Files,
    Consent,
}

impl Face {
    fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Money => "money",
            Self::Date => "date",
            Self::Month => "month",
            Self::Meeting => "meeting",
            Self::YesNo => "yes-no",
            Self::Texts => "texts",
            Self::Rows => "rows",
            Self::Files => "files",
            Self::Consent => "consent",
        }
    }
}

/// Everything that can be wrong with one answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    Missing,
    /// Two different values for a question that takes one.
    Twice,
    TooShort { min: usize, length: usize },
    TooLong { max: usize, over: usize },
    Nul,
    /// An invisible character where it would deceive; its code point.
    Hidden(char),
    NotEmail,
    EmailTooLong,
    NotUrl,
    UrlScheme,
    UrlWithUser,
    NotPhone,
    NotNumber,
    TooManyDigits,
    TooManyDecimals { max: u32 },
    TooSmall { min: Decimal },
    TooLarge { max: Decimal },
    NoCurrency,
    /// A date of which this part is missing.
    NoPart(Part),
    /// This part of a date is not readable.
    NotPart(Part),
    /// There is no such day.
    NotADate,
    NotAMonth,
    YearOutOfRange,
    NotATime,
    NoZone,
    NotAZone,
    /// The clocks skip this time there.
    NoSuchTime,
    NotAnOption,
    TooFew { min: usize },
    TooMany { max: usize },
    UnknownFile,
    UnknownPublication,
    /// A rule over several answers; its own words.
    Check(String),
    UnknownField,
    WrongType(Face),
}

impl Problem {
    /// The name machines know it by.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Twice => "twice",
            Self::TooShort { .. } => "too-short",
            Self::TooLong { .. } => "too-long",
            Self::Nul => "nul",
            Self::Hidden(_) => "hidden-character",
            Self::NotEmail => "not-an-email",
            Self::EmailTooLong => "email-too-long",
            Self::NotUrl => "not-a-url",
            Self::UrlScheme => "url-scheme",
            Self::UrlWithUser => "url-with-user",
            Self::NotPhone => "not-a-phone",
            Self::NotNumber => "not-a-number",
            Self::TooManyDigits => "too-many-digits",
            Self::TooManyDecimals { .. } => "too-many-decimals",
            Self::TooSmall { .. } => "too-small",
            Self::TooLarge { .. } => "too-large",
            Self::NoCurrency => "no-currency",
            Self::NoPart(_) => "date-incomplete",
            Self::NotPart(_) => "date-part",
            Self::NotADate => "not-a-date",
            Self::NotAMonth => "not-a-month",
            Self::YearOutOfRange => "year-out-of-range",
            Self::NotATime => "not-a-time",
            Self::NoZone => "no-zone",
            Self::NotAZone => "not-a-zone",
            Self::NoSuchTime => "no-such-time",
            Self::NotAnOption => "not-an-option",
            Self::TooFew { .. } => "too-few",
            Self::TooMany { .. } => "too-many",
            Self::UnknownFile => "unknown-file",
            Self::UnknownPublication => "unknown-publication",
            Self::Check(_) => "check",
            Self::UnknownField => "unknown-field",
            Self::WrongType(_) => "wrong-type",
        }
    }

    /// What to do about it, in the reader's language. A field's own words stand in for the general ones where the
    /// answer is missing.
    #[must_use]
    pub fn message(&self, field: &Field, locale: &Locale) -> String {
        match (self, &field.missing) {
            (Self::Missing, Some(own)) => own.clone(),
            (Self::Missing, None) => locale.a(missing_key(&field.kind), "label", &field.label),
            _ => self.say(&field.label, things(&field.kind), locale),
        }
    }

    fn say(&self, label: &str, things: &str, locale: &Locale) -> String {
        let key = format!("problem-{}", self.code());
        let say = |name: &str, value: Arg<'_>| {
            locale.with(&key, &[("label", Arg::Text(label)), ("things", Arg::Text(things)), (name, value)])
        };
        let limit = |n: &usize| {
            let text = locale.count(n);
            let values = [("n", Arg::Count(*n)), ("label", Arg::Text(label)), ("things", Arg::Text(things)), ("limit", Arg::Text(&text))];
            locale.with(&key, &values)
        };
        match self {
            Self::Check(own) => own.clone(),
            Self::TooShort { min: n, .. } | Self::TooFew { min: n } | Self::TooMany { max: n } => limit(n),
            Self::TooLong { max, over } => locale.with(
                &key,
                &[
                    ("n", Arg::Count(*over)),
                    ("label", Arg::Text(label)),
                    ("limit", Arg::Text(&locale.count(max))),
                    ("over", Arg::Text(&locale.count(over))),
                ],
            ),
            Self::Hidden(character) => say("character", Arg::Text(&format!("U+{:04X}", u32::from(*character)))),
            Self::TooSmall { min: limit } | Self::TooLarge { max: limit } => say("limit", Arg::Text(&locale.number(limit))),
            Self::TooManyDecimals { max } => say("n", Arg::Count(usize::try_from(*max).unwrap_or_default())),
            Self::NotNumber => say("example", Arg::Text(&locale.number(&Decimal::new(12345, 1)))),
            Self::NoPart(part) | Self::NotPart(part) => say("part", Arg::Text(part.suffix())),
            Self::WrongType(face) => say("face", Arg::Text(face.code())),
            Self::Missing
            | Self::Twice
            | Self::Nul
            | Self::NotEmail
            | Self::EmailTooLong
            | Self::NotUrl
            | Self::UrlScheme
            | Self::UrlWithUser
            | Self::NotPhone
            | Self::TooManyDigits
            | Self::NoCurrency
            | Self::NotADate
            | Self::NotAMonth
            | Self::YearOutOfRange
            | Self::NotATime
            | Self::NoZone
            | Self::NotAZone
            | Self::NoSuchTime
            | Self::NotAnOption
            | Self::UnknownFile
            | Self::UnknownPublication
            | Self::UnknownField => locale.a(&key, "label", label),
        }
    }
}

/// How one asks for an answer of this kind.
fn missing_key(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::YesNo | FieldKind::Choice { .. } | FieldKind::Choices { .. } | FieldKind::Publication { .. } => "problem-missing-choice",
        FieldKind::Rows { .. } => "problem-missing-row",
        FieldKind::File { .. } => "problem-missing-file",
        FieldKind::Consent => "problem-missing-consent",
        FieldKind::Date | FieldKind::Month | FieldKind::Meeting => "problem-missing-date",
        FieldKind::Text { .. }
        | FieldKind::LongText { .. }
        | FieldKind::Email
        | FieldKind::Url
        | FieldKind::Phone
        | FieldKind::Number { .. }
        | FieldKind::Money { .. }
        | FieldKind::Generated { .. } => "problem-missing",
    }
}

/// What is counted in a field of this kind.
fn things(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Rows { .. } => "rows",
        FieldKind::File { .. } => "files",
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
        | FieldKind::Publication { .. }
        | FieldKind::Consent
        | FieldKind::Generated { .. } => "choices",
    }
}

/// What is wrong, in the order of the questions.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FormErrors(Vec<FieldError>);

impl FormErrors {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

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
        (Some(FieldKind::Rows { .. }), None) => return format!("{}-add", path.field),
        (Some(FieldKind::Rows { fields, .. }), Some((_, sub))) => fields.iter().find(|f| f.id == *sub).map(|f| &f.kind),
        (kind, _) => kind,
    };
    let first = asked.and_then(|kind| kind.parts().first().copied());
    FieldPath { part: path.part.or(first), ..path.clone() }.name()
}
