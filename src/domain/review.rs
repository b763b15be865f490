//! What a moderator finds on the criteria of a form.

use super::text_enum;

/// Whether a criterion is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opinion {
    Met,
    Partly,
    NotMet,
    CannotSay,
}
text_enum!(Opinion { Met = "met", Partly = "partly", NotMet = "not-met", CannotSay = "cannot-say" });

/// What the commitment of an opinion binds besides its salt.
#[must_use]
pub fn sealed(criterion: &str, opinion: Opinion, comment: &str) -> String {
    format!("{criterion} {} {comment}", opinion.as_str())
}

/// What the event commits to of a declared interest.
#[must_use]
pub fn interest_line(conflict: bool) -> String {
    format!("interest {}", if conflict { "yes" } else { "no" })
}

/// What a decision commits to of a criterion that it says is not met.
#[must_use]
pub fn short_line(criterion: &str) -> String {
    format!("short of {criterion}")
}
