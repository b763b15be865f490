//! When a question is asked or required: one shape, over earlier answers, no expressions.

use super::answer::{Answer, Answers};
use super::form::{Field, FieldId, Required};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// The one choice (or yes/no) is one of these.
    Is(FieldId, Vec<String>),
    /// Among the many choices is one of these.
    Has(FieldId, Vec<String>),
    /// There is an answer at all.
    Answered(FieldId),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
}

impl Condition {
    /// Whether it holds for these answers. A field without an answer is and has nothing.
    #[must_use]
    pub fn holds(&self, answers: &Answers) -> bool {
        match self {
            Self::Is(field, values) | Self::Has(field, values) => answers
                .get(field)
                .is_some_and(|answer| chosen(answer).iter().any(|one| values.iter().any(|v| v == one))),
            Self::Answered(field) => answers.get(field).is_some(),
            Self::All(parts) => parts.iter().all(|part| part.holds(answers)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(answers)),
            Self::Not(part) => !part.holds(answers),
        }
    }

    /// The fields it looks at.
    #[must_use]
    pub fn fields(&self) -> Vec<&FieldId> {
        match self {
            Self::Is(field, _) | Self::Has(field, _) | Self::Answered(field) => vec![field],
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::fields).collect(),
            Self::Not(part) => part.fields(),
        }
    }
}

/// The option values an answer stands for.
fn chosen(answer: &Answer) -> Vec<&str> {
    match answer {
        Answer::Choice(value) => vec![value.as_str()],
        Answer::Choices(values) => values.iter().map(String::as_str).collect(),
        Answer::YesNo(true) | Answer::Consent => vec!["yes"],
        Answer::YesNo(false) => vec!["no"],
        Answer::Text(_)
        | Answer::Number(_)
        | Answer::Money(_)
        | Answer::Date(_)
        | Answer::Month(_)
        | Answer::Meeting(_)
        | Answer::Rows(_)
        | Answer::Files(_)
        | Answer::Publication(_) => Vec::new(),
    }
}

impl Field {
    /// Whether the question is asked at all after these answers: its condition holds, and where it is limited by an
    /// earlier choice there is something left to choose.
    #[must_use]
    pub fn is_asked(&self, answers: &Answers) -> bool {
        let limited = self.kind.options().filter(|options| options.limited_by().is_some());
        self.show_if.as_ref().is_none_or(|show| show.holds(answers))
            && limited.is_none_or(|options| !options.available(answers).is_empty())
    }

    /// Whether it must be answered after these answers.
    #[must_use]
    pub fn is_required(&self, answers: &Answers) -> bool {
        match &self.required {
            Required::Never => false,
            Required::Always => true,
            Required::When(when) => when.holds(answers),
        }
    }
}
