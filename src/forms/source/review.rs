//! What moderators check, and what stands between a submission and the public.

use serde::{Deserialize, Serialize};

use super::RawCondition;

#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RawReview {
    #[serde(rename = "criterion", default)]
    pub criteria: Vec<RawCriterion>,
    /// Where it holds, nothing is published before a moderator has recorded how the authority behind it was confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<RawCondition>,
    /// What a change by staff needs.
    #[serde(default, skip_serializing_if = "RawEditing::is_told")]
    pub editing: RawEditing,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RawCriterion {
    pub id: String,
    pub label: String,
}

/// What becomes of a change that staff make.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RawEditing {
    /// It counts at once; the submitter is told and can object.
    #[default]
    Told,
    /// It is a proposal, and counts once the submitter agrees.
    Agreed,
}

impl RawEditing {
    #[allow(clippy::trivially_copy_pass_by_ref)]
    fn is_told(&self) -> bool {
        *self == Self::Told
    }
}
