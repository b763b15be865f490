//! The controls a question is asked with, ready for `templates/parts/field/`.

use crate::forms::answer::FileRef;
use crate::web::pages::points::PointView;

/// One question, ready to be drawn. Wording and order: research/ux.md 13 to 29.
#[derive(Debug, Clone, Default)]
pub struct FieldView {
    /// HTML name, and id of the first control.
    pub name: String,
    pub label: String,
    pub hint: Option<String>,
    pub limits: Vec<String>,
    pub optional: bool,
    /// Starts a group with this heading.
    pub heading: Option<String>,
    pub error: Option<String>,
    pub warning: Option<String>,
    /// Ids of hint, limits and error, as `aria-describedby` wants them.
    pub described_by: String,
    pub autocomplete: Option<String>,
    pub reveal: Option<Reveal>,
    /// What a moderator asks about it.
    pub points: Vec<PointView>,
    pub control: Control,
}

/// A question that another one on the same page brings up, for the script.
#[derive(Debug, Clone)]
pub struct Reveal {
    pub field: String,
    pub operator: &'static str,
    /// JSON array of values.
    pub values: String,
}

/// How it is asked.
#[derive(Debug, Clone)]
pub enum Control {
    Line { kind: &'static str, mode: &'static str, width: &'static str, value: String },
    LongText { value: String, max: usize },
    Parts(Vec<PartView>),
    Money { amount: String, currencies: Vec<OptionView> },
    Meeting { date: String, time: String, zone: String, zones: Vec<&'static str> },
    Radios { options: Vec<OptionView>, inline: bool },
    Select(Vec<OptionView>),
    Checks { options: Vec<OptionView>, columns: bool, filter: bool },
    Consent { checked: bool },
    Rows { rows: Vec<RowView>, item: String, more: bool },
    File { kept: Vec<KeptFile>, more: bool },
    Lookup { query: String, results: Vec<OptionView>, searched: bool },
}

impl Default for Control {
    fn default() -> Self {
        Self::Parts(Vec::new())
    }
}

/// A part of a date.
#[derive(Debug, Clone)]
pub struct PartView {
    pub id: String,
    pub label: String,
    pub value: String,
    pub width: &'static str,
    pub wrong: bool,
}

/// One thing to choose.
#[derive(Debug, Clone)]
pub struct OptionView {
    pub id: String,
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
    pub chosen: bool,
    /// Other names to find it by.
    pub also: String,
    /// The label's language where it is not the page's.
    pub lang: Option<String>,
}

/// One row of a repeating group.
#[derive(Debug, Clone)]
pub struct RowView {
    pub number: usize,
    /// As it stands in names.
    pub index: usize,
    pub fields: Vec<FieldView>,
}

/// A file that was already sent.
#[derive(Debug, Clone)]
pub struct KeptFile {
    pub file: FileRef,
    pub url: String,
}

impl FieldView {
    /// Whether it is a group of controls, which wants a `fieldset` with a `legend`.
    #[must_use]
    pub fn is_group(&self) -> bool {
        match self.control {
            Control::Line { .. } | Control::LongText { .. } | Control::Select(_) | Control::Consent { .. } => false,
            Control::Parts(_)
            | Control::Money { .. }
            | Control::Meeting { .. }
            | Control::Radios { .. }
            | Control::Checks { .. }
            | Control::Rows { .. }
            | Control::File { .. }
            | Control::Lookup { .. } => true,
        }
    }

    /// Puts the points about it above it.
    pub fn stand_below(&mut self, asked: &[PointView]) {
        let mine = asked.iter().filter(|point| point.field.as_ref().is_some_and(|field| field.as_str() == self.name));
        self.points = mine.cloned().collect();
        for point in self.points.clone().iter().rev() {
            self.describe_first(&format!("ask-{}-text", point.id.0));
        }
    }

    /// Has something read before the hint.
    pub fn describe_first(&mut self, id: &str) {
        self.described_by = format!("{id} {}", self.described_by).trim_end().to_owned();
    }

    /// Whether its page must be sent as multipart.
    #[must_use]
    pub fn takes_files(&self) -> bool {
        matches!(self.control, Control::File { .. })
    }
}
