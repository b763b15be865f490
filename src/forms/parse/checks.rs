//! Rules over several answers.

use chrono::NaiveDate;

use crate::forms::answer::Answers;
use crate::forms::errors::{FieldPath, FormErrors, Problem};
use crate::forms::form::{FieldId, Form, Level, Rule};

impl Form {
    /// Adds what breaks a rule to the errors and gives back the warnings.
    pub(super) fn check(&self, answers: &Answers, errors: &mut FormErrors) -> FormErrors {
        let mut warnings = FormErrors::default();
        for check in self.checks() {
            if let Some(field) = check.rule.broken(answers) {
                let problem = Problem::Check(check.message.clone());
                match check.level {
                    Level::Error => errors.push(FieldPath::field(field), problem),
                    Level::Warning => warnings.push(FieldPath::field(field), problem),
                }
            }
        }
        self.sort(&mut warnings);
        warnings
    }
}

impl Rule {
    /// The field to look at again, where the rule is broken. Without answers there is nothing to break.
    fn broken(&self, answers: &Answers) -> Option<&FieldId> {
        match self {
            Self::Order { first, second } => {
                let (from, _) = span(answers, first)?;
                let (_, to) = span(answers, second)?;
                (from > to).then_some(second)
            }
            Self::NotBefore { field, day } => {
                let (_, to) = span(answers, field)?;
                (to < *day).then_some(field)
            }
        }
    }
}

/// A month is compared generously: by its first day as a beginning, by its last as an end.
fn span(answers: &Answers, field: &FieldId) -> Option<(NaiveDate, NaiveDate)> {
    answers.get(field)?.days()
}
