//! A form for programs: what its JSON may hold (JSON Schema 2020-12), and the least that is accepted.

mod example;

pub use example::EXAMPLE_REFERENCE;

use serde_json::{Map, Value, json};

use super::form::{Field, Form, Required};
use super::kind::{FieldKind, Options};
use crate::locale::Locale;

#[cfg(test)]
mod tests;

impl Form {
    /// The schema of what [`parse_json`](Self::parse_json) takes. Conditions it cannot say stand in no schema: the parser
    /// has the last word.
    #[must_use]
    pub fn json_schema(&self, locale: &Locale) -> Value {
        let fields: Vec<_> = self.fields().filter(|field| !matches!(field.kind, FieldKind::Generated { .. })).collect();
        let mut schema = object_of(&fields, locale);
        schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        schema.insert("title".to_owned(), json!(self.words().noun));
        Value::Object(schema)
    }
}

fn object_of(fields: &[&Field], locale: &Locale) -> Map<String, Value> {
    let properties: Map<_, _> = fields.iter().map(|field| (field.id.to_string(), property(field, locale))).collect();
    let required: Vec<_> =
        fields.iter().filter(|field| is_always_required(field)).map(|field| field.id.as_str()).collect();
    Map::from_iter([
        ("type".to_owned(), json!("object")),
        ("properties".to_owned(), Value::Object(properties)),
        ("required".to_owned(), json!(required)),
        ("additionalProperties".to_owned(), json!(false)),
    ])
}

fn is_always_required(field: &Field) -> bool {
    let limited = field.kind.options().is_some_and(|options| options.limited_by().is_some());
    matches!(field.required, Required::Always) && field.show_if.is_none() && !limited
}

fn property(field: &Field, locale: &Locale) -> Value {
    let mut schema = kind_schema(&field.kind, locale);
    schema.insert("title".to_owned(), json!(field.label));
    let words: Vec<_> = field.hint.iter().cloned().chain(field.limits(locale)).collect();
    if !words.is_empty() {
        schema.insert("description".to_owned(), json!(words.join(" ")));
    }
    Value::Object(schema)
}

fn kind_schema(kind: &FieldKind, locale: &Locale) -> Map<String, Value> {
    let schema = match kind {
        FieldKind::Text { min, max } | FieldKind::LongText { min, max } => {
            json!({ "type": "string", "minLength": min, "maxLength": max })
        }
        FieldKind::Email => json!({ "type": "string", "format": "email" }),
        FieldKind::Url => json!({ "type": "string", "format": "uri" }),
        FieldKind::Phone | FieldKind::Generated { .. } => json!({ "type": "string" }),
        FieldKind::Number { min, max, decimals } => {
            let bound = |limit: &Option<rust_decimal::Decimal>| {
                limit.and_then(|limit| limit.to_string().parse::<serde_json::Number>().ok())
            };
            let kind = if *decimals == 0 { "integer" } else { "number" };
            without_null(json!({ "type": kind, "minimum": bound(min), "maximum": bound(max) }))
        }
        FieldKind::Money { currencies } => json!({
            "type": "object",
            "properties": { "amount": { "type": "number", "minimum": 0 }, "currency": { "enum": values(currencies) } },
            "required": ["amount", "currency"],
            "additionalProperties": false,
        }),
        FieldKind::Date => json!({ "type": "string", "format": "date" }),
        FieldKind::Month => json!({ "type": "string", "pattern": "^\\d{4}-\\d{2}$" }),
        FieldKind::Meeting => json!({
            "type": "object",
            "properties": {
                "local": { "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}$" },
                "zone": { "type": "string", "description": "IANA time zone" },
            },
            "required": ["local", "zone"],
            "additionalProperties": false,
        }),
        FieldKind::YesNo => json!({ "type": "boolean" }),
        FieldKind::Choice { options, .. } => json!({ "enum": values(options) }),
        FieldKind::Choices { options, min, max } => without_null(json!({
            "type": "array", "items": { "enum": values(options) }, "uniqueItems": true, "minItems": min, "maxItems": max,
        })),
        FieldKind::Rows { fields, min, max, .. } => {
            let fields: Vec<_> = fields.iter().collect();
            json!({ "type": "array", "items": object_of(&fields, locale), "minItems": min, "maxItems": max })
        }
        FieldKind::File { max } => json!({
            "type": "array",
            "items": { "type": "object", "properties": { "upload": { "type": "string" } }, "required": ["upload"] },
            "maxItems": max,
        }),
        FieldKind::Publication { form } => {
            json!({ "type": "string", "description": format!("Reference of a published {form}") })
        }
        FieldKind::Consent => json!({ "const": true }),
    };
    match schema {
        Value::Object(schema) => schema,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
    }
}

fn values(options: &Options) -> Vec<&str> {
    options.iter().map(|choice| choice.value.as_str()).collect()
}

fn without_null(mut schema: Value) -> Value {
    if let Some(keys) = schema.as_object_mut() {
        keys.retain(|_, value| !value.is_null());
    }
    schema
}
