//! JSON takes the same way as a page: each value becomes the pairs a browser would have sent, and those are parsed.
//! What is left for here is that every value has the type its question takes, and that every key is a question.

use std::collections::HashSet;

use rust_decimal::Decimal;
use serde_json::{Map, Number, Value};

use super::number::plain_number;
use super::{Known, Parsed, Wanted};
use crate::forms::errors::{Face, FieldError, FieldPath, FormErrors, Part, Problem};
use crate::forms::form::{Field, FieldId, Form};
use crate::forms::kind::FieldKind;
use crate::forms::pairs::Pairs;
use crate::locale::Locale;

impl Form {
    /// What [`parse_json`](Self::parse_json) must be told about this object.
    #[must_use]
    pub fn wanted_json(&self, json: &Map<String, Value>) -> Wanted {
        self.wanted(&Spread::of(self, json).pairs)
    }

    /// Reads answers from JSON. Unlike a page, JSON may hold nothing the form does not ask.
    #[must_use]
    pub fn parse_json(&self, json: &Map<String, Value>, known: &Known, locale: &Locale) -> Parsed {
        let Spread { pairs, mut errors } = Spread::of(self, json);
        let mut parsed = self.parse(&pairs, known, locale);
        let said: HashSet<FieldId> = errors.iter().map(|error| error.path.field.clone()).collect();
        errors.extend(parsed.errors.into_iter().filter(|error| !said.contains(&error.path.field)));
        self.sort(&mut errors);
        parsed.errors = errors;
        parsed
    }
}

#[derive(Default)]
struct Spread {
    pairs: Pairs,
    errors: FormErrors,
}

impl Spread {
    fn of(form: &Form, json: &Map<String, Value>) -> Self {
        let mut spread = Self::default();
        for (key, value) in json {
            let id = FieldId::new(key);
            match form.field(&id) {
                Some(field) => spread.field(field, value),
                None => spread.errors.push(FieldPath::field(&id), Problem::UnknownField),
            }
        }
        spread
    }

    fn field(&mut self, field: &Field, value: &Value) {
        let path = FieldPath::field(&field.id);
        let FieldKind::Rows { fields, max, .. } = &field.kind else { return self.question(&field.kind, value, path) };
        match value {
            Value::Null => {}
            Value::Array(rows) if rows.len() > *max => self.errors.push(path, Problem::TooMany { max: *max }),
            Value::Array(rows) => {
                rows.iter().enumerate().for_each(|(number, row)| self.row(&field.id, fields, number, row));
            }
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
                self.errors.push(path, Problem::WrongType(Face::Rows));
            }
        }
    }

    fn row(&mut self, rows: &FieldId, fields: &[Field], number: usize, row: &Value) {
        let Value::Object(row) = row else {
            return self.errors.push(FieldPath::field(rows), Problem::WrongType(Face::Rows));
        };
        for (key, value) in row {
            let id = FieldId::new(key);
            let path = FieldPath { field: rows.clone(), row: Some((number, id.clone())), part: None };
            match fields.iter().find(|field| field.id == id) {
                Some(field) => self.question(&field.kind, value, path),
                None => self.errors.push(path, Problem::UnknownField),
            }
        }
    }

    fn question(&mut self, kind: &FieldKind, value: &Value, path: FieldPath) {
        if value.is_null() {
            return;
        }
        match spread(kind, value) {
            Ok(values) => {
                let name = |part| FieldPath { part, ..path.clone() }.name();
                self.pairs.0.extend(values.into_iter().map(|(part, value)| (name(part), value)));
            }
            Err(face) => self.errors.extend([FieldError { path, problem: Problem::WrongType(face) }]),
        }
    }
}

type Values = Vec<(Option<Part>, String)>;

/// The values of one question's controls, or the type it takes.
fn spread(kind: &FieldKind, value: &Value) -> Result<Values, Face> {
    let plain = |text: &str| vec![(None, text.to_owned())];
    match (kind, value) {
        // Sent back as it was read; it is put together anew.
        (FieldKind::Generated { .. }, _) => Ok(Vec::new()),
        (FieldKind::Number { .. }, Value::Number(number)) => Ok(plain(&digits(number))),
        (FieldKind::YesNo, Value::Bool(yes)) => Ok(plain(if *yes { "yes" } else { "no" })),
        (FieldKind::Consent, Value::Bool(true)) => Ok(plain("yes")),
        (FieldKind::Consent, Value::Bool(false)) => Ok(Vec::new()),
        (FieldKind::Money { .. }, Value::Object(money)) => self::money(money).ok_or(Face::Money),
        (FieldKind::Meeting, Value::Object(meeting)) => self::meeting(meeting).ok_or(Face::Meeting),
        (FieldKind::Publication { .. }, Value::Object(found)) => {
            found.get("reference").and_then(Value::as_str).map(plain).ok_or(Face::Text)
        }
        (FieldKind::Choices { .. }, Value::Array(values)) => values
            .iter()
            .map(|value| value.as_str().map(|text| (None, text.to_owned())))
            .collect::<Option<_>>()
            .ok_or(Face::Texts),
        (FieldKind::File { .. }, Value::Array(files)) => {
            files.iter().map(file).collect::<Option<_>>().ok_or(Face::Files)
        }
        (kind, Value::String(text))
            if kind.face() == Face::Text || matches!(kind, FieldKind::Date | FieldKind::Month) =>
        {
            Ok(plain(text))
        }
        (kind, _) => Err(kind.face()),
    }
}

impl FieldKind {
    /// The type of its JSON.
    fn face(&self) -> Face {
        match self {
            Self::Number { .. } => Face::Number,
            Self::Money { .. } => Face::Money,
            Self::Date => Face::Date,
            Self::Month => Face::Month,
            Self::Meeting => Face::Meeting,
            Self::YesNo => Face::YesNo,
            Self::Choices { .. } => Face::Texts,
            Self::Rows { .. } => Face::Rows,
            Self::File { .. } => Face::Files,
            Self::Consent => Face::Consent,
            Self::Text { .. }
            | Self::LongText { .. }
            | Self::Email
            | Self::Url
            | Self::Phone
            | Self::Choice { .. }
            | Self::Publication { .. }
            | Self::Generated { .. } => Face::Text,
        }
    }
}

fn digits(number: &Number) -> String {
    let text = number.to_string();
    let read = text.parse().or_else(|_| Decimal::from_scientific(&text));
    read.map_or(text, |number| plain_number(&number))
}

fn money(object: &Map<String, Value>) -> Option<Values> {
    if object.keys().any(|key| key != "amount" && key != "currency") {
        return None;
    }
    let amount = object.get("amount")?.as_number().map(digits)?;
    let mut values = vec![(Some(Part::Amount), amount)];
    if let Some(currency) = object.get("currency") {
        values.push((Some(Part::Currency), currency.as_str()?.to_owned()));
    }
    Some(values)
}

fn meeting(object: &Map<String, Value>) -> Option<Values> {
    if object.keys().any(|key| key != "local" && key != "zone") {
        return None;
    }
    let (date, time) = object.get("local")?.as_str()?.split_once('T')?;
    let zone = object.get("zone")?.as_str()?;
    let parts = [(Part::Date, date), (Part::Time, time), (Part::Zone, zone)];
    Some(parts.into_iter().map(|(part, text)| (Some(part), text.to_owned())).collect())
}

/// `{"upload": id}` as it is sent, or the stored description sent back.
fn file(value: &Value) -> Option<(Option<Part>, String)> {
    let id = value.get("upload").or_else(|| value.get("id"))?.as_str()?;
    Some((None, id.to_owned()))
}
