//! Answers as the parts a revision is kept in: one for all that is not about a person, and one for each personal answer,
//! so that it can be erased by itself.

use serde_json::{Map, Value};

use super::json::LoadError;
use crate::forms::answer::Answers;
use crate::forms::form::{Field, Form};
use crate::forms::kind::FieldKind;

/// The part of all answers that are not personal.
const ANSWERS: &str = "answers";

impl Form {
    /// The parts, `answers` first, then the personal ones that are answered: `contact_name`, or `partners.contact` with
    /// one entry for each row.
    #[must_use]
    pub fn split(&self, answers: &Answers) -> Vec<(String, Value)> {
        let mut rest = self.to_json(answers);
        let personal: Vec<_> = self.fields().flat_map(|field| take_personal(field, &mut rest)).collect();
        std::iter::once((ANSWERS.to_owned(), Value::Object(rest))).chain(personal).collect()
    }

    /// Puts parts together again. A part that was erased is simply not answered any more.
    ///
    /// # Errors
    /// Where the parts are not those of an answer to this form.
    pub fn join(&self, parts: &[(String, Option<Value>)]) -> Result<Answers, LoadError> {
        let mut whole = Map::new();
        for (name, value) in parts {
            match (name.as_str(), value) {
                (_, None | Some(Value::Null)) => {}
                (ANSWERS, Some(Value::Object(rest))) => whole.extend(rest.clone()),
                (ANSWERS, Some(_)) => return Err(LoadError::new(ANSWERS, "is not an object")),
                (name, Some(value)) => put_personal(name, value, &mut whole)?,
            }
        }
        self.load(&whole)
    }
}

fn take_personal(field: &Field, rest: &mut Map<String, Value>) -> Vec<(String, Value)> {
    let id = field.id.as_str();
    if field.personal {
        return rest.remove(id).map(|value| (id.to_owned(), value)).into_iter().collect();
    }
    let FieldKind::Rows { fields, .. } = &field.kind else { return Vec::new() };
    let Some(Value::Array(rows)) = rest.get_mut(id) else { return Vec::new() };
    let parts = fields.iter().filter(|sub| sub.personal).map(|sub| {
        let column = rows.iter_mut().map(|row| take(row, sub.id.as_str())).collect();
        (format!("{id}.{}", sub.id), Value::Array(column))
    });
    parts
        .filter(|(_, column)| column.as_array().is_some_and(|column| column.iter().any(|value| !value.is_null())))
        .collect()
}

fn take(row: &mut Value, key: &str) -> Value {
    row.as_object_mut().and_then(|row| row.remove(key)).unwrap_or_default()
}

fn put_personal(name: &str, value: &Value, whole: &mut Map<String, Value>) -> Result<(), LoadError> {
    let Some((rows, sub)) = name.split_once('.') else {
        whole.insert(name.to_owned(), value.clone());
        return Ok(());
    };
    let misfit = || LoadError::new(name, "does not fit the rows it belongs to");
    let column = value.as_array().ok_or_else(misfit)?;
    let rows = whole.get_mut(rows).and_then(Value::as_array_mut).ok_or_else(misfit)?;
    if rows.len() != column.len() {
        return Err(misfit());
    }
    for (row, value) in rows.iter_mut().zip(column).filter(|(_, value)| !value.is_null()) {
        row.as_object_mut().ok_or_else(misfit)?.insert(sub.to_owned(), value.clone());
    }
    Ok(())
}
