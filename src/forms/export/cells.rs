//! Answers as cells of a table.
//!
//! A spreadsheet takes a text of a CSV file that begins like a formula for one, and runs it. Such a text gets an apostrophe in
//! front ([`guard_cell`]), which reading takes off again ([`unguard_cell`]). Numbers are left alone, and so are the other
//! formats: they say which cells are text.

use std::borrow::Cow;
use std::collections::HashMap;

use rust_decimal::Decimal;

use super::json::face;
use crate::forms::answer::{Answer, Answers};
use crate::forms::form::Form;

/// What stands in one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Text(String),
    Number(Decimal),
}

impl Cell {
    /// The cell as CSV holds it.
    #[must_use]
    pub fn guarded(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => guard_cell(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
        }
    }
}

impl Form {
    /// The heads of the columns: the fields in their order.
    #[must_use]
    pub fn columns(&self) -> Vec<String> {
        self.fields().map(|field| field.id.to_string()).collect()
    }

    /// The cells of what is answered, by column, for machines: values of lists and ISO dates.
    #[must_use]
    pub fn cells(&self, answers: &Answers) -> HashMap<String, Cell> {
        self.fields().filter_map(|field| Some((field.id.to_string(), cell(answers.get(&field.id)?)))).collect()
    }
}

fn cell(answer: &Answer) -> Cell {
    Cell::Text(match answer {
        Answer::Number(number) => return Cell::Number(*number),
        Answer::Text(text) | Answer::Choice(text) => text.clone(),
        Answer::Money(money) => format!("{:.2} {}", money.amount, money.currency),
        Answer::Date(day) => day.to_string(),
        Answer::Month(month) => month.to_string(),
        Answer::Meeting(meeting) => format!("{} {}", meeting.local.format("%Y-%m-%dT%H:%M"), meeting.zone),
        Answer::YesNo(false) => "no".to_owned(),
        Answer::YesNo(true) | Answer::Consent => "yes".to_owned(),
        Answer::Choices(values) => values.join("; "),
        Answer::Rows(_) => face(answer).to_string(),
        Answer::Files(files) => files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join("; "),
        Answer::Publication(publication) => publication.reference.clone(),
    })
}

/// A cell that no spreadsheet takes for a formula: an apostrophe before what would be one. Plain numbers stay numbers.
#[must_use]
pub fn guard_cell(text: &str) -> Cow<'_, str> {
    if needs_guard(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text of a cell that was guarded.
#[must_use]
pub fn unguard_cell(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| needs_guard(rest)).unwrap_or(text)
}

/// Also what looks guarded already, so that taking the guard off is exact.
fn needs_guard(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    bare.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) && !is_negative_number(bare)
}

fn is_negative_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.strip_prefix('-').is_some_and(|rest| match rest.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(rest),
    })
}
