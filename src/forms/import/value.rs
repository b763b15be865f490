//! The text of a cell as the JSON that its question takes. What cannot be read stays text, and is refused as such later.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Number, Value, json};

use crate::forms::kind::{FieldKind, Options};

/// Reads a value for a question.
pub(super) fn read(kind: &FieldKind, value: Value) -> Value {
    let Value::String(text) = value else {
        // A publication is named by its reference, however much more of it is told.
        let reference =
            matches!(kind, FieldKind::Publication { .. }).then(|| value.get("reference").cloned()).flatten();
        return reference.unwrap_or(value);
    };
    let read = text_of(kind, text.trim());
    read.unwrap_or(Value::String(text))
}

fn text_of(kind: &FieldKind, text: &str) -> Option<Value> {
    match kind {
        FieldKind::Text { .. }
        | FieldKind::LongText { .. }
        | FieldKind::Email
        | FieldKind::Url
        | FieldKind::Phone
        | FieldKind::Date
        | FieldKind::Publication { .. }
        | FieldKind::Generated { .. }
        | FieldKind::File { .. } => None,
        FieldKind::Number { .. } => number(text).map(Value::Number),
        FieldKind::Money { .. } => money(text),
        FieldKind::Month => month(text),
        FieldKind::Meeting => meeting(text),
        FieldKind::YesNo => yes_no(text).map(Value::Bool),
        FieldKind::Consent => yes_no(text).filter(|yes| *yes).map(Value::Bool),
        FieldKind::Choice { options, .. } => Some(json!(chosen(options, text))),
        FieldKind::Choices { options, .. } => Some(choices(options, text)),
        FieldKind::Rows { .. } => serde_json::from_str(text).ok().filter(Value::is_array),
    }
}

fn number(text: &str) -> Option<Number> {
    let number: Decimal = text.parse().ok()?;
    number.normalize().to_string().parse().ok()
}

/// "1000.00 CHF".
fn money(text: &str) -> Option<Value> {
    let (amount, currency) = text.rsplit_once(' ')?;
    Some(json!({ "amount": number(amount.trim())?, "currency": currency }))
}

/// A spreadsheet makes a day of a month.
fn month(text: &str) -> Option<Value> {
    let day: NaiveDate = text.parse().ok()?;
    Some(json!(day.format("%Y-%m").to_string()))
}

/// "2026-11-06T10:00 Africa/Nairobi".
fn meeting(text: &str) -> Option<Value> {
    let (local, zone) = text.split_once(' ')?;
    Some(json!({ "local": local, "zone": zone }))
}

fn yes_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "1" => Some(true),
        "no" | "false" | "0" => Some(false),
        _ => None,
    }
}

/// Values, or what pages call them, between semicolons.
fn choices(options: &Options, text: &str) -> Value {
    text.split(';').map(str::trim).filter(|one| !one.is_empty()).map(|one| chosen(options, one)).collect()
}

/// The value that is meant: by itself, by another spelling of it, or by its label.
fn chosen(options: &Options, text: &str) -> String {
    let by_label = |choice: &&crate::forms::kind::Choice| {
        [&choice.label, &choice.short, &choice.numbered].iter().any(|label| label.to_lowercase() == text.to_lowercase())
    };
    let found = options.read(text).or_else(|| options.iter().find(by_label));
    found.map_or_else(|| text.to_owned(), |choice| choice.value.clone())
}
