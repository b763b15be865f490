//! Answers to one form carried over into another, as far as they fit.

use std::mem::discriminant;

use super::answer::Answers;
use super::form::{Field, Form};
use super::kind::FieldKind;
use super::pairs::Pairs;
use super::parse::Known;
use crate::locale::Locale;

impl Form {
    /// What was answered to another form that answers this one too: questions with the same role, or with the same name, of
    /// the same kind. What this form would not take is left out.
    #[must_use]
    pub fn refit(&self, from: &Form, answers: &Answers, locale: &Locale) -> Pairs {
        let written = from.pairs(answers);
        let mut carried = Pairs::default();
        for field in self.fields().filter(|field| is_carried(&field.kind)) {
            let Some(source) = source(from, field) else { continue };
            for (name, value) in written.iter().filter(|(name, _)| source.owns(name)) {
                let tail = name.strip_prefix(source.id.as_str()).unwrap_or_default();
                let name = format!("{}{tail}", field.id);
                if field.owns(&name) {
                    carried.push(name, value);
                }
            }
        }
        let errors = self.parse(&carried, &Known::default(), locale).errors;
        let unfit = |field: &&Field| errors.of(&field.id).next().is_some();
        for field in self.fields().filter(unfit) {
            carried.0.retain(|(name, _)| !field.owns(name));
        }
        carried
    }
}

/// The question of the other form that asks the same.
fn source<'f>(from: &'f Form, field: &Field) -> Option<&'f Field> {
    let by_role = field.role.and_then(|role| from.field(from.role(role)?));
    let by_name = from.field(&field.id);
    by_role.into_iter().chain(by_name).find(|source| is_alike(&source.kind, &field.kind))
}

fn is_alike(one: &FieldKind, other: &FieldKind) -> bool {
    let is_text = |kind: &FieldKind| matches!(kind, FieldKind::Text { .. } | FieldKind::LongText { .. });
    discriminant(one) == discriminant(other) || is_text(one) && is_text(other)
}

/// A consent holds for what it was given to; files and records that are named belong to the other submission.
fn is_carried(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Consent | FieldKind::File { .. } | FieldKind::Publication { .. } | FieldKind::Generated { .. } => {
            false
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
        | FieldKind::Rows { .. } => true,
    }
}
