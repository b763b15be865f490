//! Why something is declined.

use super::text_enum;

/// Why something was declined. `Spam` mails nobody; `PersonalPlea` gets signposts instead of a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeclineReason {
    OutsideScope,
    NotWithinDates,
    Incomplete,
    Duplicate,
    Spam,
    /// Somebody asks for help for themselves.
    PersonalPlea,
    /// It was sent in the wrong form; a draft in the right one was begun from it.
    Misfiled,
    Other,
}
text_enum!(DeclineReason {
    OutsideScope = "outside-scope",
    NotWithinDates = "not-within-dates",
    Incomplete = "incomplete",
    Duplicate = "duplicate",
    Spam = "spam",
    PersonalPlea = "personal-plea",
    Misfiled = "misfiled",
    Other = "other",
});

impl DeclineReason {
    /// Whether it is chosen from a list; the other comes with beginning anew.
    #[must_use]
    pub fn is_chosen(self) -> bool {
        match self {
            Self::Misfiled => false,
            Self::OutsideScope
            | Self::NotWithinDates
            | Self::Incomplete
            | Self::Duplicate
            | Self::Spam
            | Self::PersonalPlea
            | Self::Other => true,
        }
    }
}
