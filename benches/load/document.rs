//! What is handed in: practices of about 4 kB, each with words of its own.

use inlet::forms::catalog::Catalog;
use inlet::forms::lists::Lists;
use inlet::locale::Language;
use serde_json::{Map, Value, json};

use crate::Fallible;

/// How many different practices there are; clients take them in turn.
pub const VARIANTS: usize = 64;

/// One practice, as the API takes it and as the steps of the form take it.
pub struct Document {
    /// The body of an API request.
    pub json: String,
    /// The urlencoded answers of each step, in the form's order, ready to be posted.
    pub steps: Vec<String>,
}

/// Makes the practices from the example that the API gives: the least that is accepted, made longer.
pub fn make(example: &Map<String, Value>) -> Fallible<Vec<Document>> {
    let lists = Lists::load().map_err(|_| "the reference lists have faults")?;
    let catalog = Catalog::load(&lists, None).map_err(|_| "the form files have faults")?;
    let form = catalog.find("practice", Language::En).ok_or("there is no form `practice`")?;
    let documents = (0..VARIANTS).map(|number| {
        let answers = extend(example.clone(), number);
        let steps = form.steps().iter().map(|step| {
            let mut body = format!("step={}&do=continue", step.id);
            for field in &step.fields {
                if let Some(value) = answers.get(field.id.as_str()) {
                    push_pairs(&mut body, field.id.as_str(), value);
                }
            }
            body
        });
        let steps = steps.collect();
        Document { json: json!({ "answers": answers, "locale": "en" }).to_string(), steps }
    });
    Ok(documents.collect())
}

fn extend(mut answers: Map<String, Value>, number: usize) -> Map<String, Value> {
    let mut words = Words(u64::try_from(number).unwrap_or(0) + 1);
    for (name, value) in [
        ("title", json!(format!("Practice {number}: {}", words.take(60)))),
        ("scope", json!(["national", "local"])),
        ("countries", json!(["KEN", "UGA", "ETH"])),
        ("place", json!(words.take(30))),
        ("practice_type", json!(["service", "training"])),
        ("summary", json!(words.take(900))),
        ("impact", json!(words.take(800))),
        ("lessons", json!(words.take(600))),
        ("replication", json!(words.take(600))),
        ("innovation", json!(words.take(300))),
        ("objectives", json!(["3", "7", "15"])),
        ("principles", json!(["people-centred", "human-rights"])),
        ("sdgs", json!(["8", "10"])),
        ("submitted_for_other", json!(false)),
    ] {
        answers.insert(name.to_owned(), value);
    }
    answers.retain(|name, _| !name.starts_with("focal_"));
    answers
}

/// A value as a browser sends it.
fn push_pairs(body: &mut String, name: &str, value: &Value) {
    match value {
        Value::Bool(yes) => push(body, name, if *yes { "yes" } else { "no" }),
        Value::String(text) => push(body, name, text),
        Value::Array(several) => several.iter().for_each(|one| push_pairs(body, name, one)),
        Value::Null | Value::Number(_) | Value::Object(_) => push(body, name, &value.to_string()),
    }
}

fn push(body: &mut String, name: &str, value: &str) {
    let value = percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC);
    body.push_str(&format!("&{name}={value}"));
}

/// Words without meaning, always the same for one seed; a few common ones and many rare ones, as in a text.
struct Words(u64);

impl Words {
    const SYLLABLES: [&str; 16] =
        ["mi", "gra", "ti", "on", "wor", "ker", "ser", "vice", "com", "mu", "ni", "ty", "sup", "port", "la", "bour"];

    /// A text of about `length` characters.
    fn take(&mut self, length: usize) -> String {
        let mut text = String::with_capacity(length + 16);
        while text.len() < length {
            if !text.is_empty() {
                text.push(' ');
            }
            for _ in 0..2 + self.next(3) {
                text.push_str(Self::SYLLABLES.get(self.next(16)).copied().unwrap_or_default());
            }
        }
        text
    }

    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % below
    }
}
