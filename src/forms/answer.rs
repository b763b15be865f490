//! Answers: what `parse` and `load` make and everything else reads.

use chrono::{DateTime, Months, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::locale::Locale;

use super::form::FieldId;

#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Text, long text, e-mail, URL, phone, generated: trimmed, NFC, line breaks as LF.
    Text(String),
    Number(Decimal),
    Money(Money),
    Date(NaiveDate),
    Month(Month),
    Meeting(Meeting),
    YesNo(bool),
    Choice(String),
    /// In the order of the options.
    Choices(Vec<String>),
    Rows(Vec<Answers>),
    Files(Vec<FileRef>),
    Publication(PublicationRef),
    Consent,
}

impl Answer {
    /// The first and the last day a date or month can mean.
    #[must_use]
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        match self {
            Self::Date(day) => Some((*day, *day)),
            Self::Month(month) => Some((month.first_day(), month.last_day())),
            Self::Text(_)
            | Self::Number(_)
            | Self::Money(_)
            | Self::Meeting(_)
            | Self::YesNo(_)
            | Self::Choice(_)
            | Self::Choices(_)
            | Self::Rows(_)
            | Self::Files(_)
            | Self::Publication(_)
            | Self::Consent => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Money {
    pub amount: Decimal,
    /// ISO 4217.
    pub currency: String,
}

/// A month of a year, ISO 8601 `2024-05`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    /// The first day of it.
    pub(super) first: NaiveDate,
}

impl Month {
    /// `None` where there is no such month.
    #[must_use]
    pub fn new(year: i32, month: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, 1).map(|first| Self { first })
    }

    /// The first day of the month.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        self.first
    }

    /// The last day of the month.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        let next = self.first.checked_add_months(Months::new(1));
        next.and_then(|day| day.pred_opt()).unwrap_or(self.first)
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.first.format("%Y-%m"))
    }
}

/// A local time and the zone it is meant in; the instant is derived (DESIGN 14).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meeting {
    pub local: NaiveDateTime,
    pub zone: Tz,
}

impl Meeting {
    /// The instant it means: where clocks go back and a time is there twice, the first.
    #[must_use]
    pub fn instant(&self) -> DateTime<Utc> {
        // A time that clocks skip is never taken; of one in old data the next best is made.
        self.zone.from_local_datetime(&self.local).earliest().map_or_else(|| self.local.and_utc(), |at| at.to_utc())
    }

    /// "1 February 2027, 09:30 (Africa/Nairobi)".
    #[must_use]
    pub fn text(&self, locale: &Locale) -> String {
        format!("{} ({})", locale.local_time(&self.local), self.zone)
    }
}

/// A stored attachment, as an answer points to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    pub id: String,
    pub name: String,
    /// Bytes.
    pub size: u64,
    pub media_type: String,
}

/// A published submission, as an answer points to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicationRef {
    pub reference: String,
    pub title: String,
}

/// The answers to a form (or to one row), in the order they were asked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers {
    pub(super) entries: Vec<(FieldId, Answer)>,
}

impl Answers {
    #[must_use]
    pub fn get(&self, field: &FieldId) -> Option<&Answer> {
        self.entries.iter().find(|(id, _)| id == field).map(|(_, answer)| answer)
    }

    /// The text of a text-like answer.
    #[must_use]
    pub fn text(&self, field: &FieldId) -> Option<&str> {
        match self.get(field) {
            Some(Answer::Text(text) | Answer::Choice(text)) => Some(text),
            _ => None,
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (&FieldId, &Answer)> {
        self.entries.iter().map(|(id, answer)| (id, answer))
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn push(&mut self, field: FieldId, answer: Answer) {
        self.entries.push((field, answer));
    }
}
