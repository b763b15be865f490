//! Conditions: over earlier fields, with values those fields can have.

use super::{Compiler, Scope, Seen};
use crate::forms::condition::Condition;
use crate::forms::faults::{FaultKind, Place};
use crate::forms::form::FieldId;
use crate::forms::kind::FieldKind;
use crate::forms::source::{OneOrMany, RawCondition};

impl Compiler<'_> {
    pub(super) fn condition(&mut self, raw: &RawCondition, at: &Place, scope: &Scope<'_>) -> Option<Condition> {
        match (said(raw).as_slice(), &raw.field) {
            ([Said::Values(operator, values)], Some(field)) => {
                let values = self.values(field, values, at, scope, *operator)?;
                Some(operator.condition(FieldId::new(field), values))
            }
            ([Said::Answered(yes)], Some(field)) => {
                self.earlier(field, at, scope)?;
                let answered = Condition::Answered(FieldId::new(field));
                Some(if *yes { answered } else { Condition::Not(Box::new(answered)) })
            }
            ([Said::All(parts)], None) => self.parts(parts, &at.key("all"), scope).map(Condition::All),
            ([Said::Any(parts)], None) => self.parts(parts, &at.key("any"), scope).map(Condition::Any),
            ([Said::Not(part)], None) => {
                self.condition(part, &at.key("not"), scope).map(|part| Condition::Not(Box::new(part)))
            }
            _ => {
                self.fault(at.clone(), FaultKind::ConditionOperators);
                None
            }
        }
    }

    fn parts(&mut self, raw: &[RawCondition], at: &Place, scope: &Scope<'_>) -> Option<Vec<Condition>> {
        if raw.is_empty() {
            self.fault(at.clone(), FaultKind::ConditionOperators);
            return None;
        }
        let parts: Vec<_> = raw.iter().enumerate().map(|(i, part)| self.condition(part, &at.at(i), scope)).collect();
        parts.into_iter().collect()
    }

    /// The kind of an earlier field; `None` is a fault that has been said.
    fn earlier<'s>(&mut self, field: &str, at: &Place, scope: &'s Scope<'_>) -> Option<&'s FieldKind> {
        match scope.see(field) {
            Seen::Earlier(kind) => return kind,
            Seen::Later => self.fault(at.key("field"), FaultKind::ConditionLater(field.to_owned())),
            Seen::Nowhere => self.fault(at.key("field"), FaultKind::ConditionUnknown(field.to_owned())),
        }
        None
    }

    fn values(
        &mut self,
        field: &str,
        raw: &OneOrMany,
        at: &Place,
        scope: &Scope<'_>,
        operator: Operator,
    ) -> Option<Vec<String>> {
        let kind = self.earlier(field, at, scope)?;
        let Some(options) = operator.options(kind) else {
            self.fault(at.key(operator.key()), operator.misfit(field));
            return None;
        };
        let values = match raw {
            OneOrMany::One(value) => vec![value.clone()],
            OneOrMany::Many(values) => values.clone(),
        };
        let strange: Vec<_> = values.iter().filter(|value| !options.contains(&value.as_str())).collect();
        for value in &strange {
            let problem = FaultKind::ConditionValue {
                field: field.to_owned(),
                value: (*value).clone(),
                options: some_of(&options),
            };
            self.fault(at.key(operator.key()), problem);
        }
        strange.is_empty().then_some(values)
    }
}

/// One thing a condition says.
enum Said<'a> {
    Values(Operator, &'a OneOrMany),
    Answered(bool),
    All(&'a [RawCondition]),
    Any(&'a [RawCondition]),
    Not(&'a RawCondition),
}

fn said(raw: &RawCondition) -> Vec<Said<'_>> {
    let said = [
        raw.is.as_ref().map(|values| Said::Values(Operator::Is, values)),
        raw.has.as_ref().map(|values| Said::Values(Operator::Has, values)),
        raw.answered.map(Said::Answered),
        raw.all.as_deref().map(Said::All),
        raw.any.as_deref().map(Said::Any),
        raw.not.as_deref().map(Said::Not),
    ];
    said.into_iter().flatten().collect()
}

#[derive(Clone, Copy)]
enum Operator {
    Is,
    Has,
}

impl Operator {
    fn key(self) -> &'static str {
        match self {
            Self::Is => "is",
            Self::Has => "has",
        }
    }

    fn condition(self, field: FieldId, values: Vec<String>) -> Condition {
        match self {
            Self::Is => Condition::Is(field, values),
            Self::Has => Condition::Has(field, values),
        }
    }

    fn misfit(self, field: &str) -> FaultKind {
        match self {
            Self::Is => FaultKind::ConditionIs(field.to_owned()),
            Self::Has => FaultKind::ConditionHas(field.to_owned()),
        }
    }

    /// The values that can be asked for, where the operator fits the kind.
    fn options(self, kind: &FieldKind) -> Option<Vec<&str>> {
        match (self, kind) {
            (Self::Is, FieldKind::Choice { options, .. }) | (Self::Has, FieldKind::Choices { options, .. }) => {
                Some(options.iter().map(|choice| choice.value.as_str()).collect())
            }
            (Self::Is, FieldKind::YesNo) => Some(vec!["yes", "no"]),
            _ => None,
        }
    }
}

/// Enough of the options to see what is meant.
fn some_of(options: &[&str]) -> String {
    let shown: Vec<_> = options.iter().take(12).copied().collect();
    let more = if options.len() > shown.len() { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}
