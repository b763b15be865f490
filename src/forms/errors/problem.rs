//! Everything that can be wrong with one answer, and what to say about it.

use rust_decimal::Decimal;

use super::Part;
use crate::forms::form::Field;
use crate::forms::kind::FieldKind;
use crate::locale::{Arg, Locale};

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
    TooShort {
        min: usize,
        length: usize,
    },
    TooLong {
        max: usize,
        over: usize,
    },
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
    /// Could be this many, or a thousandth of it.
    TwoWays {
        whole: Decimal,
    },
    TooManyDigits,
    TooManyDecimals {
        max: u32,
    },
    TooSmall {
        min: Decimal,
    },
    TooLarge {
        max: Decimal,
    },
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
    TooFew {
        min: usize,
    },
    TooMany {
        max: usize,
    },
    UnknownFile,
    InfectedFile {
        name: String,
    },
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
            Self::TwoWays { .. } => "number-two-ways",
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
            Self::InfectedFile { .. } => "infected-file",
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

    /// The same outside a form, about what is called so.
    #[must_use]
    pub fn about(&self, label: &str, locale: &Locale) -> String {
        self.say(label, "", locale)
    }

    pub(super) fn say(&self, label: &str, things: &str, locale: &Locale) -> String {
        let key = format!("problem-{}", self.code());
        let say = |name: &str, value: Arg<'_>| {
            locale.with(&key, &[("label", Arg::Text(label)), ("things", Arg::Text(things)), (name, value)])
        };
        let limit = |n: &usize| {
            let text = locale.count(n);
            let values = [
                ("n", Arg::Count(*n)),
                ("label", Arg::Text(label)),
                ("things", Arg::Text(things)),
                ("limit", Arg::Text(&text)),
            ];
            locale.with(&key, &values)
        };
        match self {
            Self::Check(own) => own.clone(),
            Self::TooShort { min: n, .. } | Self::TooFew { min: n } | Self::TooMany { max: n } => limit(n),
            Self::TooLong { max, over } => too_long(&key, label, (*max, *over), locale),
            Self::Hidden(character) => say("character", Arg::Text(&format!("U+{:04X}", u32::from(*character)))),
            Self::TooSmall { min: limit } | Self::TooLarge { max: limit } => {
                say("limit", Arg::Text(&locale.number(limit)))
            }
            Self::TooManyDecimals { max } => say("n", Arg::Count(usize::try_from(*max).unwrap_or_default())),
            Self::InfectedFile { name } => say("name", Arg::Text(name)),
            Self::NotNumber => say("example", Arg::Text(&locale.number(&Decimal::new(12345, 1)))),
            Self::TwoWays { whole } => two_ways(&key, label, whole, locale),
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

fn too_long(key: &str, label: &str, (max, over): (usize, usize), locale: &Locale) -> String {
    let (limit, text) = (locale.count(&max), locale.count(&over));
    let values = [
        ("n", Arg::Count(over)),
        ("label", Arg::Text(label)),
        ("limit", Arg::Text(&limit)),
        ("over", Arg::Text(&text)),
    ];
    locale.with(key, &values)
}

/// Says how to write the thousand, and how its thousandth.
fn two_ways(key: &str, label: &str, whole: &Decimal, locale: &Locale) -> String {
    let (thousand, decimal) = (locale.number(whole), locale.number(&(whole / Decimal::ONE_THOUSAND)));
    let values = [("label", label), ("whole", &thousand), ("decimal", &decimal)];
    locale.with(key, &values.map(|(name, text)| (name, Arg::Text(text))))
}

/// How one asks for an answer of this kind.
fn missing_key(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::YesNo | FieldKind::Choice { .. } | FieldKind::Choices { .. } | FieldKind::Publication { .. } => {
            "problem-missing-choice"
        }
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
