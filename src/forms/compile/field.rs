//! One question: what all kinds have in common.

use super::{Compiler, Scope};
use crate::forms::faults::{FaultKind, Place};
use crate::forms::form::{Field, FieldId, Required, Weight};
use crate::forms::source::{RawField, RawKind, RawLifecycle, RawRequired, RawWeight};

impl<'a> Compiler<'a> {
    /// The fields under the key `field` of a step or of rows.
    pub(super) fn fields(&mut self, raw: &'a [RawField], at: &Place, scope: &mut Scope<'a>) -> Vec<Field> {
        let at = at.key("field");
        raw.iter().enumerate().filter_map(|(index, field)| self.field(field, &at.at(index), scope)).collect()
    }

    fn field(&mut self, raw: &'a RawField, at: &Place, scope: &mut Scope<'a>) -> Option<Field> {
        self.id(&raw.id, '_', at.key("id"));
        if scope.earlier.iter().any(|(id, _)| *id == raw.id) {
            self.fault(at.key("id"), FaultKind::FieldTwice(raw.id.clone()));
        }
        self.text(&raw.label, at.key("label"));
        let kind = self.kind(raw, at, scope);
        let required = self.required(raw, at, scope);
        let show_if = raw.show_if.as_ref().and_then(|show| self.condition(show, &at.key("show_if"), scope));
        self.visibility(raw, at);
        self.uses(raw, at, scope);
        scope.earlier.push((&raw.id, kind.clone()));
        Some(Field {
            id: FieldId::new(&raw.id),
            kind: kind?,
            role: raw.role,
            label: raw.label.clone(),
            hint: raw.hint.clone(),
            missing: raw.missing.clone(),
            heading: raw.heading.clone(),
            required,
            show_if,
            public: raw.public,
            personal: is_personal(raw),
            sitting: raw.sitting,
            facet: raw.facet.clone(),
            search: raw.search.map(weight),
            autocomplete: raw.autocomplete.clone(),
        })
    }

    fn required(&mut self, raw: &RawField, at: &Place, scope: &Scope<'_>) -> Required {
        let at = at.key("required");
        match &raw.required {
            RawRequired::Always(true) => Required::Always,
            RawRequired::Always(false) => {
                if raw.kind == RawKind::Consent {
                    self.fault(at, FaultKind::ConsentOptional);
                }
                Required::Never
            }
            RawRequired::When(when) => self.condition(when, &at, scope).map_or(Required::Never, Required::When),
        }
    }

    /// Publishing is by permission, and never of what is about a person.
    fn visibility(&mut self, raw: &RawField, at: &Place) {
        if raw.public && is_personal(raw) {
            self.fault(at.key("public"), FaultKind::PersonalPublic);
        } else if raw.public && self.raw.lifecycle == RawLifecycle::Request {
            self.fault(at.key("public"), FaultKind::PublicUnpublished);
        }
    }

    /// Facets, search and roles of the field by itself.
    fn uses(&mut self, raw: &RawField, at: &Place, scope: &Scope<'_>) {
        let kind = || raw.kind.name().to_owned();
        if let Some(facet) = &raw.facet {
            if scope.in_row || !can_be_facet(raw.kind) {
                self.fault(at.key("facet"), FaultKind::FacetKind(kind()));
            } else if !raw.public {
                self.fault(at.key("facet"), FaultKind::FacetHidden(facet.clone()));
            }
        }
        if raw.search.is_some() {
            if scope.in_row || !matches!(raw.kind, RawKind::Text | RawKind::LongText | RawKind::Generated) {
                self.fault(at.key("search"), FaultKind::SearchKind(kind()));
            } else if !raw.public {
                self.fault(at.key("search"), FaultKind::SearchHidden);
            }
        }
        if scope.in_row && raw.role.is_some_and(|role| !role.is_of_a_party()) {
            self.fault(at.key("role"), FaultKind::RoleInRow);
        }
        if raw.sitting && (scope.in_row || !can_be_asked_in_a_table(raw.kind)) {
            self.fault(at.key("sitting"), FaultKind::SittingKind(kind()));
        }
    }
}

/// What one knows of a contact is always about a person.
pub(super) fn is_personal(raw: &RawField) -> bool {
    raw.personal || raw.id.starts_with("contact_")
}

fn can_be_facet(kind: RawKind) -> bool {
    matches!(kind, RawKind::Choice | RawKind::Choices | RawKind::YesNo | RawKind::Date | RawKind::Month)
}

/// What has one control or a few, and needs nothing looked up.
fn can_be_asked_in_a_table(kind: RawKind) -> bool {
    match kind {
        RawKind::Text
        | RawKind::LongText
        | RawKind::Email
        | RawKind::Url
        | RawKind::Phone
        | RawKind::Number
        | RawKind::Date
        | RawKind::Month
        | RawKind::YesNo
        | RawKind::Choice => true,
        RawKind::Money
        | RawKind::Meeting
        | RawKind::Choices
        | RawKind::Rows
        | RawKind::File
        | RawKind::Publication
        | RawKind::Consent
        | RawKind::Generated => false,
    }
}

fn weight(raw: RawWeight) -> Weight {
    match raw {
        RawWeight::A => Weight::A,
        RawWeight::B => Weight::B,
        RawWeight::C => Weight::C,
    }
}
