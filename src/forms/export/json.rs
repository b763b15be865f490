//! Answers as the JSON object that is stored and that the API gives, and back.

use chrono::{NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use serde_json::{Map, Number, Value, json};

use crate::forms::answer::{Answer, Answers, Meeting, Money, Month};
use crate::forms::form::{Field, Form};
use crate::forms::kind::FieldKind;

const LOCAL: &str = "%Y-%m-%dT%H:%M";

/// Stored answers that are not answers to this form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("stored answers: “{field}” {problem}")]
pub struct LoadError {
    pub field: String,
    pub problem: &'static str,
}

impl LoadError {
    pub(super) fn new(field: impl Into<String>, problem: &'static str) -> Self {
        Self { field: field.into(), problem }
    }
}

impl Form {
    /// The answers as one object, a key for each field.
    #[must_use]
    pub fn to_json(&self, answers: &Answers) -> Map<String, Value> {
        object(answers)
    }

    /// Reads what [`to_json`](Self::to_json) gave. Values of lists are not looked up: lists change, answers do not.
    ///
    /// # Errors
    /// Where a key is no field, or a value is not of its kind.
    pub fn load(&self, json: &Map<String, Value>) -> Result<Answers, LoadError> {
        let fields: Vec<_> = self.fields().collect();
        load(&fields, json)
    }
}

fn load(fields: &[&Field], json: &Map<String, Value>) -> Result<Answers, LoadError> {
    if let Some(key) = json.keys().find(|key| !fields.iter().any(|field| field.id.as_str() == *key)) {
        return Err(LoadError::new(key, "is not a field of the form"));
    }
    let mut answers = Answers::default();
    for field in fields {
        let Some(value) = json.get(field.id.as_str()).filter(|value| !value.is_null()) else { continue };
        answers.push(field.id.clone(), answer(field, value)?);
    }
    Ok(answers)
}

fn answer(field: &Field, value: &Value) -> Result<Answer, LoadError> {
    if let FieldKind::Rows { fields, .. } = &field.kind {
        return rows(field, fields, value);
    }
    simple(&field.kind, value).ok_or_else(|| LoadError::new(field.id.as_str(), "is not of its kind"))
}

fn rows(field: &Field, fields: &[Field], value: &Value) -> Result<Answer, LoadError> {
    let misfit = || LoadError::new(field.id.as_str(), "is not of its kind");
    let fields: Vec<_> = fields.iter().collect();
    let row = |row: &Value| load(&fields, row.as_object().ok_or_else(misfit)?);
    value.as_array().ok_or_else(misfit)?.iter().map(row).collect::<Result<_, _>>().map(Answer::Rows)
}

fn simple(kind: &FieldKind, value: &Value) -> Option<Answer> {
    let text = || value.as_str().map(str::to_owned);
    match kind {
        FieldKind::Text { .. }
        | FieldKind::LongText { .. }
        | FieldKind::Email
        | FieldKind::Url
        | FieldKind::Phone
        | FieldKind::Generated { .. } => text().map(Answer::Text),
        FieldKind::Number { .. } => value.as_number().and_then(decimal).map(Answer::Number),
        FieldKind::Money { .. } => money(value).map(Answer::Money),
        FieldKind::Date => value.as_str()?.parse().ok().map(Answer::Date),
        FieldKind::Month => month(value.as_str()?).map(Answer::Month),
        FieldKind::Meeting => meeting(value).map(Answer::Meeting),
        FieldKind::YesNo => value.as_bool().map(Answer::YesNo),
        FieldKind::Choice { .. } => text().map(Answer::Choice),
        FieldKind::Choices { .. } => typed(value).map(Answer::Choices),
        FieldKind::File { .. } => typed(value).map(Answer::Files),
        FieldKind::Publication { .. } => typed(value).map(Answer::Publication),
        FieldKind::Consent => (*value == Value::Bool(true)).then_some(Answer::Consent),
        // Read by the caller, which knows their fields.
        FieldKind::Rows { .. } => None,
    }
}

fn typed<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(value).ok()
}

fn decimal(number: &Number) -> Option<Decimal> {
    let text = number.to_string();
    text.parse().or_else(|_| Decimal::from_scientific(&text)).ok().map(|number: Decimal| number.normalize())
}

fn money(value: &Value) -> Option<Money> {
    let amount = value.get("amount")?.as_number().and_then(decimal)?;
    Some(Money { amount, currency: value.get("currency")?.as_str()?.to_owned() })
}

fn month(text: &str) -> Option<Month> {
    let first: NaiveDate = format!("{text}-01").parse().ok()?;
    Some(Month { first })
}

fn meeting(value: &Value) -> Option<Meeting> {
    let local = NaiveDateTime::parse_from_str(value.get("local")?.as_str()?, LOCAL).ok()?;
    Some(Meeting { local, zone: value.get("zone")?.as_str()?.parse().ok()? })
}

fn object(answers: &Answers) -> Map<String, Value> {
    answers.iter().map(|(id, answer)| (id.to_string(), face(answer))).collect()
}

/// One answer as JSON.
pub(super) fn face(answer: &Answer) -> Value {
    match answer {
        Answer::Text(text) | Answer::Choice(text) => json!(text),
        Answer::Number(number) => json_number(number),
        Answer::Money(money) => json!({ "amount": json_number(&money.amount), "currency": money.currency }),
        Answer::Date(day) => json!(day.to_string()),
        Answer::Month(month) => json!(month.to_string()),
        Answer::Meeting(meeting) => {
            json!({ "local": meeting.local.format(LOCAL).to_string(), "zone": meeting.zone.name() })
        }
        Answer::YesNo(yes) => json!(yes),
        Answer::Choices(values) => json!(values),
        Answer::Rows(rows) => rows.iter().map(|row| Value::Object(object(row))).collect(),
        Answer::Files(files) => json!(files),
        Answer::Publication(publication) => json!(publication),
        Answer::Consent => json!(true),
    }
}

/// At most 15 digits, so that the number is the same in every reader.
fn json_number(number: &Decimal) -> Value {
    number.normalize().to_string().parse().map_or(Value::Null, Value::Number)
}
