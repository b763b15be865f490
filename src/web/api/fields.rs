//! The questions of a form as JSON.

use serde_json::{Map, Value, json};

use crate::forms::form::{Field, Form, Required, Step};
use crate::forms::kind::FieldKind;
use crate::locale::Locale;

/// All steps with their questions.
pub fn steps(form: &Form, l: &Locale) -> Vec<Value> {
    let step = |step: &Step| json!({ "id": step.id, "title": step.title, "intro": step.intro, "fields": fields(&step.fields, l) });
    form.steps().iter().map(step).collect()
}

/// Generated texts are nobody's to give.
fn fields(fields: &[Field], l: &Locale) -> Vec<Value> {
    let asked = fields.iter().filter(|field| !matches!(field.kind, FieldKind::Generated { .. }));
    asked.map(|field| Value::Object(self::field(field, l))).collect()
}

fn field(field: &Field, l: &Locale) -> Map<String, Value> {
    let mut shown = Map::from_iter([
        ("id".to_owned(), json!(field.id.as_str())),
        ("kind".to_owned(), json!(kind(&field.kind))),
        ("label".to_owned(), json!(field.label)),
        ("hint".to_owned(), json!(field.hint)),
        ("required".to_owned(), required(field)),
        ("public".to_owned(), json!(field.public && !field.personal)),
        ("limits".to_owned(), json!(field.limits(l))),
    ]);
    if let Some(options) = field.kind.options() {
        let option = |choice: &crate::forms::kind::Choice| json!({ "value": choice.value, "label": choice.label });
        shown.insert("options".to_owned(), options.iter().map(option).collect());
        shown.extend(options.limited_by().map(|from| ("options_from".to_owned(), json!(from.as_str()))));
    }
    match &field.kind {
        FieldKind::Rows { fields, .. } => drop(shown.insert("fields".to_owned(), json!(self::fields(fields, l)))),
        FieldKind::Publication { form } => drop(shown.insert("form".to_owned(), json!(form.as_str()))),
        FieldKind::Money { currencies } => {
            let values: Value =
                currencies.iter().map(|choice| json!({ "value": choice.value, "label": choice.label })).collect();
            shown.insert("currencies".to_owned(), values);
        }
        FieldKind::Text { .. }
        | FieldKind::LongText { .. }
        | FieldKind::Email
        | FieldKind::Url
        | FieldKind::Phone
        | FieldKind::Number { .. }
        | FieldKind::Date
        | FieldKind::Month
        | FieldKind::Meeting
        | FieldKind::YesNo
        | FieldKind::Choice { .. }
        | FieldKind::Choices { .. }
        | FieldKind::File { .. }
        | FieldKind::Consent
        | FieldKind::Generated { .. } => {}
    }
    shown
}

/// `"conditional"`: earlier answers decide whether it is asked or must be answered.
fn required(field: &Field) -> Value {
    match (&field.required, &field.show_if) {
        (Required::Never, _) => json!(false),
        (Required::Always, None) => json!(true),
        (Required::Always, Some(_)) | (Required::When(_), _) => json!("conditional"),
    }
}

/// As form files name it.
fn kind(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Text { .. } => "text",
        FieldKind::LongText { .. } => "long-text",
        FieldKind::Email => "email",
        FieldKind::Url => "url",
        FieldKind::Phone => "phone",
        FieldKind::Number { .. } => "number",
        FieldKind::Money { .. } => "money",
        FieldKind::Date => "date",
        FieldKind::Month => "month",
        FieldKind::Meeting => "meeting",
        FieldKind::YesNo => "yes-no",
        FieldKind::Choice { .. } => "choice",
        FieldKind::Choices { .. } => "choices",
        FieldKind::Rows { .. } => "rows",
        FieldKind::File { .. } => "file",
        FieldKind::Publication { .. } => "publication",
        FieldKind::Consent => "consent",
        FieldKind::Generated { .. } => "generated",
    }
}
