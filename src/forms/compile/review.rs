//! What moderators check: criteria with ids of their own, and where authority is asked for.

use super::{Compiler, Scope};
use crate::forms::condition::Condition;
use crate::forms::faults::{FaultKind, Place};
use crate::forms::form::Step;

impl Compiler<'_> {
    /// Looks at the criteria; gives where the authority behind an answer is confirmed before it is published.
    pub(super) fn review(&mut self, steps: &[Step]) -> Option<Condition> {
        let (review, at) = (&self.raw.review, Place::default().key("review"));
        for (index, criterion) in review.criteria.iter().enumerate() {
            let at = at.key("criterion").at(index);
            self.id(&criterion.id, '-', at.key("id"));
            self.text(&criterion.label, at.key("label"));
            if review.criteria.iter().take(index).any(|earlier| earlier.id == criterion.id) {
                self.fault(at.key("id"), FaultKind::CriterionTwice(criterion.id.clone()));
            }
        }
        let fields = self.raw.steps.iter().flat_map(|step| &step.fields);
        let mut scope = Scope::new(fields.clone(), false);
        let kind = |id: &str| {
            let mut known = steps.iter().flat_map(|step| &step.fields);
            known.find(|field| field.id.as_str() == id).map(|field| field.kind.clone())
        };
        scope.earlier = fields.map(|field| (field.id.as_str(), kind(&field.id))).collect();
        review.authority.as_ref().and_then(|when| self.condition(when, &at.key("authority"), &scope))
    }
}
