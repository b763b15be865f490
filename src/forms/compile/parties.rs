//! Rows that hold those who take part besides the submitter, and the table in which many records are reported on at once.

use super::Compiler;
use super::field::is_personal;
use crate::forms::faults::{FaultKind, Place};
use crate::forms::form::{FieldId, PartyFields};
use crate::forms::source::{RawField, RawRole};

impl RawRole {
    /// Whether it is played by a question within rows of parties.
    pub(super) fn is_of_a_party(self) -> bool {
        match self {
            Self::PartyName | Self::PartyType | Self::PartyCountry | Self::PartyEmail => true,
            Self::Title
            | Self::Summary
            | Self::ContactName
            | Self::ContactEmail
            | Self::ContactOrganization
            | Self::Organization
            | Self::Country
            | Self::Objectives
            | Self::Starts
            | Self::Ends
            | Self::About
            | Self::Progress
            | Self::Matched
            | Self::Parties
            | Self::Opens
            | Self::Closes
            | Self::Zone
            | Self::Meeting
            | Self::Length
            | Self::Place
            | Self::Request => false,
        }
    }
}

impl Compiler<'_> {
    /// A role at a kind that can play it.
    pub(super) fn fitting(&mut self, role: RawRole, field: &RawField, at: &Place) {
        let (kinds, fit) = role.fits();
        if !kinds.contains(&field.kind) {
            let (role, kind) = (role.name().to_owned(), field.kind.name().to_owned());
            self.fault(at.key("role"), FaultKind::RoleKind { role, kind, fit });
        }
    }

    /// The rows of parties, if the form has any.
    pub(super) fn parties(&mut self) -> Option<PartyFields> {
        let mut found = None;
        for (at, field) in self.top_fields() {
            if field.role == Some(RawRole::Parties) {
                found = self.party_rows(field, &at);
            } else {
                self.party_roles_elsewhere(field, &at);
            }
        }
        found
    }

    fn party_roles_elsewhere(&mut self, rows: &RawField, at: &Place) {
        for (index, field) in rows.fields.iter().enumerate() {
            if let Some(role) = field.role.filter(|role| role.is_of_a_party()) {
                self.fault(at.key("field").at(index).key("role"), FaultKind::RoleOutsideParties(role.name()));
            }
        }
    }

    fn party_rows(&mut self, rows: &RawField, at: &Place) -> Option<PartyFields> {
        let mut played: Vec<(RawRole, FieldId)> = Vec::new();
        for (index, field) in rows.fields.iter().enumerate() {
            let at = at.key("field").at(index);
            let Some(role) = field.role.filter(|role| role.is_of_a_party()) else { continue };
            self.fitting(role, field, &at);
            if role == RawRole::PartyEmail && !is_personal(field) {
                self.fault(at.key("role"), FaultKind::PartyEmailOpen);
            }
            if played.iter().any(|(known, _)| *known == role) {
                self.fault(at.key("role"), FaultKind::RoleTwice(role.name().to_owned()));
            }
            played.push((role, FieldId::new(&field.id)));
        }
        let mut needed = |role: RawRole| {
            let field = played.iter().find(|(known, _)| *known == role).map(|(_, field)| field.clone());
            if field.is_none() {
                self.fault(at.key("role"), FaultKind::PartyRoleMissing(role.name()));
            }
            field
        };
        let (name, email) = (needed(RawRole::PartyName), needed(RawRole::PartyEmail));
        let own = played.into_iter().filter(|(role, _)| *role != RawRole::PartyEmail).map(|(_, field)| field);
        Some(PartyFields { rows: FieldId::new(&rows.id), name: name?, email: email?, own: own.collect() })
    }

    /// A table of records needs the question that says which record a row is about.
    pub(super) fn sitting(&mut self) {
        let about = self.top_fields().any(|(_, field)| field.role == Some(RawRole::About));
        let first = self.top_fields().find(|(_, field)| field.sitting);
        if let (false, Some((at, _))) = (about, first) {
            self.fault(at.key("sitting"), FaultKind::SittingAlone);
        }
    }
}
