//! What people type into pages with fixed questions: a line, a longer text, and what is wrong with it.

use crate::locale::Locale;

/// Something wrong with what was sent, and the control it is at.
#[derive(Debug, Clone)]
pub struct Wrong {
    pub anchor: String,
    pub text: String,
}

/// One line to type in.
#[derive(Debug, Clone)]
pub struct Input {
    pub name: &'static str,
    /// HTML's `type`.
    pub kind: &'static str,
    pub label: String,
    pub hint: Option<String>,
    pub value: String,
    pub autocomplete: &'static str,
    pub required: bool,
    /// What to do about it, if it was refused.
    pub error: Option<String>,
}

impl Input {
    pub(super) fn new(name: &'static str, kind: &'static str, autocomplete: &'static str, label: String) -> Self {
        Self { name, kind, label, hint: None, value: String::new(), autocomplete, required: true, error: None }
    }

    pub(super) fn holding(self, value: &str) -> Self {
        Self { value: value.to_owned(), ..self }
    }

    pub(super) fn hinting(self, hint: String) -> Self {
        Self { hint: Some(hint), ..self }
    }

    pub(super) fn refused(self, error: Option<String>) -> Self {
        Self { error, ..self }
    }
}

/// The errors of some inputs, for the summary on top.
pub(super) fn wrong_of(inputs: &[Input]) -> Vec<Wrong> {
    let wrong = |input: &Input| input.error.clone().map(|text| Wrong { anchor: input.name.to_owned(), text });
    inputs.iter().filter_map(wrong).collect()
}

/// A box for several lines, with its limit.
#[derive(Debug, Clone)]
pub struct Writing {
    pub name: &'static str,
    pub label: String,
    pub hint: String,
    pub value: String,
    pub max: usize,
    /// The limit in words.
    pub limit: String,
    /// What to do about it, if it was refused.
    pub error: Option<String>,
}

impl Writing {
    /// A box with its texts: `key` names the label, `key.hint` the hint.
    pub(super) fn new(l: &Locale, name: &'static str, key: &str, max: usize) -> Self {
        Self {
            name,
            label: l.t(key),
            hint: l.t(&format!("{key}.hint")),
            value: String::new(),
            max,
            limit: l.a("count-limit", "max", l.count(&max)),
            error: None,
        }
    }

    /// What was typed, and what is wrong with it.
    pub(super) fn refused(self, typed: &str, error: String) -> Self {
        Self { value: typed.to_owned(), error: Some(error), ..self }
    }

    pub(super) fn wrong(&self) -> Option<Wrong> {
        self.error.clone().map(|text| Wrong { anchor: self.name.to_owned(), text })
    }
}
