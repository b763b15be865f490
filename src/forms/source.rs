//! The shape of a form file: TOML in, nothing decided yet.
//!
//! Everything here is what an author wrote, unknown keys refused. `compile` turns it into a [`Form`](super::form::Form)
//! or says what is wrong. The same shape, as JSON, is what `form_versions` stores, so an answer can always be read with
//! the form it was given to. Imports nothing of Inlet.

mod check;
mod review;

use serde::{Deserialize, Serialize};

pub use check::{RawCheck, RawCheckKind, RawLevel};
pub use review::{RawCriterion, RawEditing, RawReview};

/// One file `content/forms/<id>.toml`.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RawForm {
    pub id: String,
    /// Letters before the random part of a reference: `PRA`.
    pub prefix: String,
    /// The act, as a heading: "Submit a practice".
    pub title: String,
    /// One submission of this form, as a noun: "Practice". Stands in mail subjects and lists.
    pub noun: String,
    /// The same noun for several: "Practices".
    pub plural: String,
    /// One short sentence for the front door; the purpose on the start page stands in where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tagline: Option<String>,
    /// The label of the last button: "Submit the practice".
    pub act: String,
    pub lifecycle: RawLifecycle,
    /// Path and API name of what is published: `practices`. Not with lifecycle `request`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collection: Option<String>,
    /// The collection among whose lists this one's is shown: `fund`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<String>,
    /// The form of records that a delivered request can become: `unct-workshop`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub becomes: Option<String>,
    /// The place among the main choices of the front door, from 1; other forms follow below them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub front: Option<u32>,
    /// The promise made on the start page: "10 working days". Staff promise themselves nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub answer_within: String,
    /// By when the desk is reminded of that promise: days in which somebody waits for the Network, weekends counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_days: Option<RawTargets>,
    /// When the form can be submitted; always, where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<RawWindow>,
    /// Facets of the public list, in their order; each a field's `facet` or one of the computed ones
    /// (`region`, `language`, `progress`).
    #[serde(default)]
    pub facets: Vec<String>,
    pub start: RawStart,
    #[serde(rename = "step", default)]
    pub steps: Vec<RawStep>,
    #[serde(rename = "check", default)]
    pub checks: Vec<RawCheck>,
    #[serde(default)]
    pub review: RawReview,
}

impl RawForm {
    /// What the front door says of the form.
    #[must_use]
    pub fn pitch(&self) -> &str {
        self.tagline.as_deref().unwrap_or(&self.start.purpose)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RawTargets {
    /// Until it is decided.
    pub review: u16,
    /// Until an accepted request is delivered and closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<u16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RawLifecycle {
    /// Reviewed, then shown to the public.
    Publication,
    /// A case for the Network; never shown to the public.
    Request,
    /// Kept by staff.
    Record,
}

/// `opens` and `closes` are ISO dates in the IANA time zone `zone`; the last day counts to its end.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RawWindow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes: Option<String>,
    pub zone: String,
}

/// What the start page says before the first question. Of what staff keep, only the purpose is read.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RawStart {
    /// What the form is for.
    pub purpose: String,
    /// Who may submit.
    #[serde(default)]
    pub who: String,
    /// What to have ready, one thing a line.
    #[serde(default)]
    pub ready: Vec<String>,
    /// About how long it takes.
    #[serde(default)]
    pub minutes: u32,
    /// What happens next, in order.
    #[serde(default)]
    pub next: Vec<String>,
    /// Who sees which data.
    #[serde(default)]
    pub privacy: String,
    #[serde(default)]
    pub guides: Vec<RawGuide>,
    /// Asked before the first step, for people who are in the wrong place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<RawScope>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RawGuide {
    pub label: String,
    pub url: String,
}

/// One question with ways on: the way without `href` leads into the form.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RawScope {
    pub question: String,
    pub hint: String,
    pub answers: Vec<RawScopeAnswer>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RawScopeAnswer {
    pub value: String,
    pub label: String,
    /// Shown instead of the form: where this person should go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signpost: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RawStep {
    pub id: String,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intro: Option<String>,
    #[serde(rename = "field", default)]
    pub fields: Vec<RawField>,
}

/// One question. Which keys fit which kind is decided by `compile`.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RawField {
    pub id: String,
    pub kind: RawKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<RawRole>,
    pub label: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Said when the answer is missing; a general sentence with the label otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
    #[serde(default)]
    pub required: RawRequired,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_if: Option<RawCondition>,
    /// Shown to the public once published.
    #[serde(default)]
    pub public: bool,
    /// Asked for each record in the table in which all records of a contact are reported on at once.
    #[serde(default, skip_serializing_if = "is_not")]
    pub sitting: bool,
    /// About a person: stored apart so that it can be erased, never public.
    #[serde(default)]
    pub personal: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facet: Option<String>,
    /// Weight in full-text search, only for public text: `A` before `B` before `C`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<RawWeight>,
    /// Characters, a number, choices, rows or files, as the kind counts them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// Digits after the point (`number`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimals: Option<u32>,
    /// A reference list (`content/reference/<list>.toml`); several are joined in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<String>,
    #[serde(rename = "option", default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<RawOption>,
    /// Only what was chosen in this earlier field may be chosen here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options_from: Option<String>,
    /// How a choice is drawn; by the number of options otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<RawStyle>,
    /// HTML `autocomplete` token (WCAG 1.3.5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub autocomplete: Option<String>,
    /// The form whose publications can be chosen (`publication`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// The fields a `generated` text is put together from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    /// One row as a noun: "Partner" (`rows`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The questions of a row (`rows`).
    #[serde(rename = "field", default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<RawField>,
    /// Starts a group within a step with this heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RawKind {
    Text,
    LongText,
    Email,
    Url,
    Phone,
    Number,
    Money,
    Date,
    Month,
    Meeting,
    YesNo,
    Choice,
    Choices,
    Rows,
    File,
    Publication,
    Consent,
    Generated,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RawRole {
    Title,
    Summary,
    ContactName,
    ContactEmail,
    ContactOrganization,
    Organization,
    Country,
    Objectives,
    Starts,
    Ends,
    /// The published record it is about: the pledge of a report, the call of a practice. Stored forms may say `pledge`.
    #[serde(alias = "pledge")]
    About,
    Progress,
    /// The published record that this one supports.
    Matched,
    /// Rows of those who take part besides the submitter.
    Parties,
    /// Within such rows.
    PartyName,
    PartyType,
    PartyCountry,
    PartyEmail,
    /// First and last day on which a record can be answered, and the time zone of both.
    Opens,
    Closes,
    Zone,
    /// When something takes place, for how many minutes, and where.
    Meeting,
    Length,
    Place,
    /// The reference of the request that a record came from.
    Request,
}

/// Leaves what is not marked out of what is stored.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_not(marked: &bool) -> bool {
    !marked
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum RawWeight {
    A,
    B,
    C,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RawStyle {
    Radios,
    Select,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RawOption {
    pub value: String,
    pub label: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// `required = true | false | { condition }`.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(untagged)]
pub enum RawRequired {
    Always(bool),
    When(RawCondition),
}

impl Default for RawRequired {
    fn default() -> Self {
        Self::Always(false)
    }
}

/// `{ field, is | has | answered }`, `{ all | any = [..] }` or `{ not = .. }`.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RawCondition {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<OneOrMany>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub has: Option<OneOrMany>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub all: Option<Vec<RawCondition>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub any: Option<Vec<RawCondition>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not: Option<Box<RawCondition>>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(untagged)]
pub enum OneOrMany {
    One(String),
    Many(Vec<String>),
}
