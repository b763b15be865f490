//! What a publication says besides its answers, under names that no question can have: ids hold no dot.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

const EDITED: &str = ".edited";
const RECEIVED: &str = ".received";
const TRANSLATIONS: &str = ".translations";

/// All of it; what does not apply is not there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// Staff changed words of it.
    pub edited: bool,
    /// How it reached the Network, where staff typed it in.
    pub received: Option<String>,
    /// Title and summary as staff put them into other languages, by the language's code.
    pub translations: BTreeMap<String, Translation>,
}

/// A title and a summary in another language than that of the answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translation {
    pub title: String,
    pub summary: String,
}

impl Marks {
    /// Writes them beside public answers.
    pub fn put(&self, json: &mut Map<String, Value>) {
        if self.edited {
            json.insert(EDITED.to_owned(), Value::Bool(true));
        }
        if let Some(received) = &self.received {
            json.insert(RECEIVED.to_owned(), Value::from(received.as_str()));
        }
        if !self.translations.is_empty() {
            json.insert(TRANSLATIONS.to_owned(), json!(self.translations));
        }
    }

    /// Takes them from what [`put`](Self::put) wrote.
    pub fn take(json: &mut Map<String, Value>) -> Self {
        let translations = json.remove(TRANSLATIONS).and_then(|value| serde_json::from_value(value).ok());
        Self {
            edited: json.remove(EDITED).is_some(),
            received: json.remove(RECEIVED).and_then(|value| value.as_str().map(str::to_owned)),
            translations: translations.unwrap_or_default(),
        }
    }
}
