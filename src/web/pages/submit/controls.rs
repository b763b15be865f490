//! The controls a question is asked with, ready for `templates/parts/field/`.

use std::borrow::Cow;

use crate::domain::attachment::Hold;
use crate::forms::answer::FileRef;
use crate::web::pages::points::PointView;

/// One question, ready to be drawn. Wording and order: research/ux.md 13 to 29.
#[derive(Debug, Clone, Default)]
pub struct FieldView<'a> {
    /// HTML name, and id of the first control.
    pub name: String,
    pub label: String,
    pub hint: Option<String>,
    pub limits: Vec<String>,
    pub optional: bool,
    /// Starts a group with this heading.
    pub heading: Option<String>,
    pub error: Option<String>,
    /// Id of the control the error is at.
    pub wrong: Option<String>,
    pub warning: Option<String>,
    /// Ids of hint, limits and error, as `aria-describedby` wants them.
    pub described_by: String,
    pub autocomplete: Option<String>,
    pub reveal: Option<Reveal>,
    /// What a moderator asks about it.
    pub points: Vec<PointView>,
    pub control: Control<'a>,
}

/// A question that another one on the same page brings up, for the script.
#[derive(Debug, Clone)]
pub struct Reveal {
    pub field: String,
    pub operator: &'static str,
    /// JSON array of values.
    pub values: String,
}

/// The time zones to choose from.
pub fn zones() -> impl Iterator<Item = &'static str> {
    chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).filter(|zone| zone.contains('/') || *zone == "UTC")
}

/// How it is asked.
#[derive(Debug, Clone)]
pub enum Control<'a> {
    Line {
        kind: &'static str,
        mode: &'static str,
        width: &'static str,
        value: String,
    },
    LongText {
        value: String,
        max: usize,
    },
    Parts(Vec<PartView>),
    Money {
        amount: String,
        currencies: Vec<OptionView<'a>>,
    },
    Meeting {
        date: String,
        time: String,
        zone: String,
        zones: Vec<&'static str>,
    },
    Radios {
        options: Vec<OptionView<'a>>,
        inline: bool,
    },
    Select(Vec<OptionView<'a>>),
    Checks {
        options: Vec<OptionView<'a>>,
        columns: bool,
        filter: bool,
    },
    Consent {
        checked: bool,
    },
    Rows {
        rows: Vec<RowView<'a>>,
        item: String,
        more: bool,
    },
    /// `room`: how many more it takes.
    File {
        kept: Vec<KeptFile>,
        room: usize,
    },
    Lookup {
        query: String,
        results: Vec<OptionView<'a>>,
        searched: bool,
    },
}

impl Default for Control<'_> {
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

/// One thing to choose; of a list, it is lent by the form. The template makes its id from the question's name and its place:
/// the first has the question's own id, so that a link to the question finds it.
#[derive(Debug, Clone)]
pub struct OptionView<'a> {
    pub value: Cow<'a, str>,
    pub label: Cow<'a, str>,
    pub hint: Option<Cow<'a, str>>,
    pub chosen: bool,
    /// Other names to find it by.
    pub also: &'a str,
    /// The label's language where it is not the page's.
    pub lang: Option<&'a str>,
}

/// One row of a repeating group.
#[derive(Debug, Clone)]
pub struct RowView<'a> {
    pub number: usize,
    /// As it stands in names.
    pub index: usize,
    pub fields: Vec<FieldView<'a>>,
}

/// A file that was already sent.
#[derive(Debug, Clone)]
pub struct KeptFile {
    pub file: FileRef,
    pub url: String,
    /// Why nobody can open it, if nobody can.
    pub hold: Option<Hold>,
}

impl FieldView<'_> {
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

    /// The id that links to the question lead to, where none of its controls has it.
    #[must_use]
    pub fn group_id(&self) -> Option<&str> {
        match self.control {
            Control::Parts(_) | Control::Money { .. } | Control::Meeting { .. } | Control::Rows { .. } => {
                Some(&self.name)
            }
            Control::File { room: 0, .. } => Some(&self.name),
            Control::File { .. }
            | Control::Line { .. }
            | Control::LongText { .. }
            | Control::Select(_)
            | Control::Consent { .. }
            | Control::Radios { .. }
            | Control::Checks { .. }
            | Control::Lookup { .. } => None,
        }
    }

    /// Whether the error is at one of its controls.
    #[must_use]
    pub fn is_wrong(&self, part: &str) -> bool {
        self.wrong.as_deref().and_then(|id| id.strip_prefix(self.name.as_str())) == Some(part)
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
