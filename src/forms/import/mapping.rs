//! How a table that was made elsewhere fits a form: a TOML file beside it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

/// What the columns and values of a file are called here.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// By the name of a column: the question it answers.
    #[serde(default)]
    columns: BTreeMap<String, String>,
    /// By question: what stands there, and what is meant.
    #[serde(default)]
    values: BTreeMap<String, BTreeMap<String, String>>,
    /// By question: the answer in every row that has none of its own.
    #[serde(default)]
    constants: BTreeMap<String, Value>,
    /// Columns that are not looked at.
    #[serde(default)]
    ignore: BTreeSet<String>,
}

/// A mapping that cannot be read; says where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadMapping(String);

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    /// Where it is no TOML or says something that is not known.
    pub fn read(text: &str) -> Result<Self, BadMapping> {
        toml::from_str(text).map_err(|error| BadMapping(error.to_string()))
    }

    pub(super) fn column<'a>(&'a self, name: &'a str) -> &'a str {
        self.columns.get(name).map_or(name, String::as_str)
    }

    pub(super) fn ignores(&self, name: &str) -> bool {
        self.ignore.contains(name.trim())
    }

    pub(super) fn constants(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.constants.iter()
    }

    /// What is meant under a question; of several values between semicolons, each is looked up.
    pub(super) fn meant(&self, question: &str, value: Value) -> Value {
        let Some(known) = self.values.get(question) else { return value };
        let one = |text: &str| known.get(text.trim()).cloned();
        match value {
            Value::String(text) => {
                let each =
                    || text.split(';').map(|part| one(part).unwrap_or_else(|| part.to_owned())).collect::<Vec<_>>();
                Value::String(one(&text).unwrap_or_else(|| each().join(";")))
            }
            Value::Array(values) => values.into_iter().map(|value| self.meant(question, value)).collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => value,
        }
    }
}
