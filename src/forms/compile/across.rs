//! Rules over the whole form: roles, facets, generated texts.

use std::collections::HashMap;

use super::Compiler;
use super::field::is_personal;
use crate::forms::faults::{FaultKind, Place};
use crate::forms::form::{Facet, FacetSource, FieldId, Role};
use crate::forms::source::{RawField, RawKind, RawLifecycle, RawRole};

impl RawRole {
    /// As a form file writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Summary => "summary",
            Self::ContactName => "contact-name",
            Self::ContactEmail => "contact-email",
            Self::ContactOrganization => "contact-organization",
            Self::Organization => "organization",
            Self::Country => "country",
            Self::Objectives => "objectives",
            Self::Starts => "starts",
            Self::Ends => "ends",
            Self::About => "about",
            Self::Progress => "progress",
            Self::Matched => "matched",
            Self::Parties => "parties",
            Self::PartyName => "party-name",
            Self::PartyType => "party-type",
            Self::PartyCountry => "party-country",
            Self::PartyEmail => "party-email",
            Self::Opens => "opens",
            Self::Closes => "closes",
            Self::Zone => "zone",
            Self::Meeting => "meeting",
            Self::Length => "length",
            Self::Place => "place",
            Self::Request => "request",
        }
    }

    /// The kinds that can play it.
    pub(super) fn fits(self) -> (&'static [RawKind], &'static str) {
        match self {
            Self::Title => (&[RawKind::Text, RawKind::Generated], "text or generated"),
            Self::Summary => (&[RawKind::Text, RawKind::LongText], "text or long-text"),
            Self::ContactName => (&[RawKind::Text], "text"),
            Self::ContactEmail => (&[RawKind::Email], "email"),
            Self::ContactOrganization | Self::Organization => {
                (&[RawKind::Text, RawKind::Choice, RawKind::Generated], "text, choice or generated")
            }
            Self::Country | Self::Objectives => (&[RawKind::Choice, RawKind::Choices], "choice or choices"),
            Self::Starts | Self::Ends => (&[RawKind::Date, RawKind::Month], "date or month"),
            Self::About | Self::Matched => (&[RawKind::Publication], "publication"),
            Self::Progress | Self::PartyType | Self::PartyCountry | Self::Zone => (&[RawKind::Choice], "choice"),
            Self::Parties => (&[RawKind::Rows], "rows"),
            Self::PartyName => (&[RawKind::Text], "text"),
            Self::PartyEmail => (&[RawKind::Email], "email"),
            Self::Opens | Self::Closes => (&[RawKind::Date], "date"),
            Self::Meeting => (&[RawKind::Meeting], "meeting"),
            Self::Length => (&[RawKind::Number], "number"),
            Self::Place | Self::Request => (&[RawKind::Text], "text"),
        }
    }
}

impl Compiler<'_> {
    pub(super) fn roles(&mut self) -> HashMap<Role, FieldId> {
        let mut roles = HashMap::new();
        for (at, field) in self.top_fields() {
            let Some(role) = field.role else { continue };
            if role.is_of_a_party() {
                self.fault(at.key("role"), FaultKind::RoleOutsideParties(role.name()));
                continue;
            }
            self.fitting(role, field, &at);
            if roles.insert(role, FieldId::new(&field.id)).is_some() {
                self.fault(at.key("role"), FaultKind::RoleTwice(role.name().to_owned()));
            }
        }
        let asks = self.top_fields().next().is_some();
        let dated = [RawRole::Opens, RawRole::Closes].iter().any(|role| roles.contains_key(role));
        let needed: &[RawRole] = if asks { needed(self.raw.lifecycle) } else { &[] };
        let needed = needed.iter().chain(dated.then_some(&RawRole::Zone));
        for role in needed.filter(|role| !roles.contains_key(role)) {
            self.fault(Place::default(), FaultKind::RoleMissing(role.name()));
        }
        roles
    }

    pub(super) fn facets(&mut self) -> Vec<Facet> {
        let (raw, at) = (self.raw, Place::default().key("facets"));
        let mut facets: Vec<Facet> = Vec::new();
        for (index, name) in raw.facets.iter().enumerate() {
            let at = at.at(index);
            if facets.iter().any(|facet| facet.name == *name) {
                self.fault(at, FaultKind::FacetTwice(name.clone()));
            } else if let Some(source) = self.facet(name, at) {
                facets.push(Facet { name: name.clone(), source });
            }
        }
        self.field_facets();
        facets
    }

    fn facet(&mut self, name: &str, at: Place) -> Option<FacetSource> {
        match name {
            "language" => return Some(FacetSource::Language),
            "progress" => return Some(FacetSource::Progress),
            "region" if self.top_fields().any(|(_, field)| field.role == Some(RawRole::Country)) => {
                return Some(FacetSource::Region);
            }
            "region" => self.fault(at, FaultKind::FacetNeedsCountry),
            _ => {
                let field = self.top_fields().find(|(_, field)| field.facet.as_deref() == Some(name));
                match field {
                    Some((_, field)) => return Some(FacetSource::Field(FieldId::new(&field.id))),
                    None => self.fault(at, FaultKind::FacetUnknown(name.to_owned())),
                }
            }
        }
        None
    }

    fn field_facets(&mut self) {
        let mut seen: Vec<&str> = Vec::new();
        for (at, field) in self.top_fields() {
            let Some(facet) = &field.facet else { continue };
            if seen.contains(&facet.as_str()) {
                self.fault(at.key("facet"), FaultKind::FacetTwice(facet.clone()));
            } else if !self.raw.facets.contains(facet) {
                self.fault(at.key("facet"), FaultKind::FacetUnlisted(facet.clone()));
            }
            seen.push(facet);
        }
    }

    /// A text put together must not show or keep what its sources may not.
    pub(super) fn generated(&mut self) {
        for (at, field) in self.top_fields().filter(|(_, field)| field.kind == RawKind::Generated) {
            if field.from.is_empty() {
                self.fault(at.clone(), FaultKind::NoFrom);
            }
            for name in &field.from {
                if let Some(problem) = leak(field, name, self.top_field(name)) {
                    self.fault(at.key("from"), problem);
                }
            }
        }
    }
}

fn leak(text: &RawField, name: &str, source: Option<&RawField>) -> Option<FaultKind> {
    let name = name.to_owned();
    match source {
        None => Some(FaultKind::FromUnknown(name)),
        Some(source) if matches!(source.kind, RawKind::Generated | RawKind::Rows) => Some(FaultKind::FromUnknown(name)),
        Some(source) if text.public && !source.public => Some(FaultKind::FromHidden(name)),
        Some(source) if is_personal(source) && !is_personal(text) => Some(FaultKind::FromPersonal(name)),
        Some(_) => None,
    }
}

/// Who sent it and what it is called must be known of everything that comes from outside.
fn needed(lifecycle: RawLifecycle) -> &'static [RawRole] {
    match lifecycle {
        RawLifecycle::Publication | RawLifecycle::Request => {
            &[RawRole::Title, RawRole::ContactName, RawRole::ContactEmail]
        }
        RawLifecycle::Record => &[RawRole::Title],
    }
}
