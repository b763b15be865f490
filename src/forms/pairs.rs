//! What a browser sends: names and values, before anything is known of them. A draft keeps exactly this.
//!
//! The name of a control is its field's id, followed by a part (`budget-amount`) or, in rows, by the number of the row
//! and the question (`partners-0-name`). Ids hold no hyphen, so a name says without doubt which field it belongs to.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::errors::Part;
use super::form::{Field, Form, Step};
use super::kind::FieldKind;

/// Names and values in the order they were sent; a name may stand several times.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pairs(pub Vec<(String, String)>);

impl Pairs {
    /// The first value of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(n, _)| *n == name).map(|(_, value)| value)
    }

    /// Every value of a name.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.iter().filter(|(n, _)| *n == name).map(|(_, value)| value).collect()
    }

    /// All pairs in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether nothing was sent.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts one value in the place of all values of a name.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let name = name.into();
        self.remove(&name);
        self.push(name, value);
    }

    /// Adds a value, keeping those a name already has.
    pub fn push(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    /// Drops every value of a name.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(n, _)| n != name);
    }

    /// Puts what was sent for a step in the place of what was kept of it. Names the step does not know never enter.
    pub fn replace_step(&mut self, step: &Step, sent: &Self) {
        self.0.retain(|(name, _)| !step.owns(name));
        self.0.extend(sent.0.iter().filter(|(name, _)| step.owns(name)).cloned());
    }

    /// What a step says, so that two can be compared: empty answers say nothing, and neither do the order of controls and the
    /// way a browser breaks lines.
    #[must_use]
    pub fn said_in(&self, step: &Step) -> Vec<(&str, String)> {
        self.said(|name| step.owns(name))
    }

    /// The same of all names that `owns` picks.
    #[must_use]
    pub fn said(&self, owns: impl Fn(&str) -> bool) -> Vec<(&str, String)> {
        let said = self.iter().filter(|(name, value)| owns(name) && !value.is_empty());
        let mut said: Vec<(&str, String)> = said.map(|(name, value)| (name, value.replace("\r\n", "\n"))).collect();
        said.sort();
        said
    }

    /// The numbers of the rows that were sent for a field of rows, in their order; gaps are fine.
    #[must_use]
    pub fn rows(&self, field: &Field) -> Vec<usize> {
        let numbers = self.iter().filter(|(name, _)| field.owns(name)).filter_map(|(name, _)| row_of(name, field));
        numbers.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
    }
}

impl From<Vec<(String, String)>> for Pairs {
    fn from(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Pairs {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

impl Form {
    /// Whether a control of this form has that name.
    #[must_use]
    pub fn belongs(&self, name: &str) -> bool {
        self.fields().any(|field| field.owns(name))
    }
}

impl Step {
    /// Whether a control of this step has that name.
    #[must_use]
    pub fn owns(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.owns(name))
    }
}

impl Field {
    /// Whether a control of this field has that name.
    #[must_use]
    pub fn owns(&self, name: &str) -> bool {
        match name.strip_prefix(self.id.as_str()) {
            Some("") => self.kind.has_plain_name(),
            Some(tail) => tail.strip_prefix('-').is_some_and(|tail| self.kind.owns_tail(tail)),
            None => false,
        }
    }
}

impl FieldKind {
    fn has_plain_name(&self) -> bool {
        match self {
            Self::Rows { .. } | Self::Generated { .. } | Self::Money { .. } | Self::Meeting => false,
            Self::Text { .. }
            | Self::LongText { .. }
            | Self::Email
            | Self::Url
            | Self::Phone
            | Self::Number { .. }
            | Self::Date
            | Self::Month
            | Self::YesNo
            | Self::Choice { .. }
            | Self::Choices { .. }
            | Self::File { .. }
            | Self::Publication { .. }
            | Self::Consent => true,
        }
    }

    fn owns_tail(&self, tail: &str) -> bool {
        if let Self::Rows { fields, .. } = self {
            let owns =
                |(row, sub): (&str, &str)| row_number(row).is_some() && fields.iter().any(|field| field.owns(sub));
            return tail.split_once('-').is_some_and(owns);
        }
        self.parts().iter().any(|part| part.suffix() == tail)
    }

    /// The controls a question is asked with, where it takes more than one.
    #[must_use]
    pub fn parts(&self) -> &'static [Part] {
        match self {
            Self::Date => &[Part::Day, Part::Month, Part::Year],
            Self::Month => &[Part::Month, Part::Year],
            Self::Money { .. } => &[Part::Amount, Part::Currency],
            Self::Meeting => &[Part::Date, Part::Time, Part::Zone],
            Self::Text { .. }
            | Self::LongText { .. }
            | Self::Email
            | Self::Url
            | Self::Phone
            | Self::Number { .. }
            | Self::YesNo
            | Self::Choice { .. }
            | Self::Choices { .. }
            | Self::Rows { .. }
            | Self::File { .. }
            | Self::Publication { .. }
            | Self::Consent
            | Self::Generated { .. } => &[],
        }
    }
}

fn row_of(name: &str, field: &Field) -> Option<usize> {
    let tail = name.strip_prefix(field.id.as_str())?.strip_prefix('-')?;
    row_number(tail.split_once('-')?.0)
}

/// At most four digits: nobody fills in ten thousand rows, and nothing is to be gained by pretending so.
fn row_number(text: &str) -> Option<usize> {
    let digits = text.bytes().all(|b| b.is_ascii_digit()) && (1..=4).contains(&text.len());
    if digits { text.parse().ok() } else { None }
}
