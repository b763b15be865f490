//! A published record as JSON: public answers only, files with their addresses.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};

use crate::domain::facets::Values;
use crate::forms::answer::FileRef;
use crate::forms::export::Marks;
use crate::forms::form::{Field, Form};
use crate::forms::kind::FieldKind;
use crate::store::StoreError;
use crate::store::public::Item;

/// A record. `form` is the one it was given to, `url` where people see it.
///
/// # Errors
/// Where what is stored cannot be read.
pub fn record(item: &Item, form: &Form, values: &Values, url: &str, base: &str) -> Result<Value, StoreError> {
    let mut answers: Map<String, Value> =
        serde_json::from_str(&item.public_json).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    for field in form.fields() {
        if let Some(value) = answers.get_mut(field.id.as_str()) {
            show_files(field, value, base);
        }
    }
    let marks = Marks::take(&mut answers);
    let mut json = json!({
        "reference": item.reference,
        "title": item.title,
        "organization": item.organization,
        "language": item.language.code(),
        "published": instant(item.first_published_at),
        "updated": instant(item.published_at),
        "url": url,
        "facets": values.iter().map(|(facet, of)| (facet.clone(), json!(of))).collect::<Map<_, _>>(),
        "answers": answers,
    });
    if let Some(json) = json.as_object_mut() {
        put(&marks, json);
    }
    Ok(json)
}

/// What the publication says besides its answers; what does not apply is left out.
fn put(marks: &Marks, json: &mut Map<String, Value>) {
    let received = marks.received.as_ref().map(|way| json!(way));
    let translations = (!marks.translations.is_empty()).then(|| json!(marks.translations));
    let edited = marks.edited.then_some(Value::Bool(true));
    let given = [("edited_by_network", edited), ("received", received), ("translations", translations)];
    json.extend(given.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
}

/// Puts the address of a file in the place of its id.
fn show_files(field: &Field, value: &mut Value, base: &str) {
    match &field.kind {
        FieldKind::File { .. } => {
            let files: Vec<FileRef> = serde_json::from_value(value.clone()).unwrap_or_default();
            *value = files.iter().map(|file| self::file(file, base)).collect();
        }
        FieldKind::Rows { fields, .. } => {
            let rows = value.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut);
            for row in rows {
                for field in fields {
                    if let Some(value) = row.get_mut(field.id.as_str()) {
                        show_files(field, value, base);
                    }
                }
            }
        }
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
        | FieldKind::Generated { .. } => {}
    }
}

fn file(file: &FileRef, base: &str) -> Value {
    json!({ "name": file.name, "size": file.size, "media_type": file.media_type, "url": format!("{base}/attachments/{}", file.id) })
}

/// ISO 8601, UTC.
pub fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
