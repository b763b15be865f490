//! A form that is known to be whole. Only `compile` makes one; everything else reads it.
//!
//! Texts here are in one language; the [`Catalog`](super::catalog::Catalog) holds one `Form` a language.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::answer::{Answer, Answers, Meeting};
use super::condition::Condition;
use super::kind::FieldKind;
use super::source::{RawCriterion, RawEditing, RawForm, RawRole};
use super::window::Window;
use super::words::WordList;

/// A form's id, as in URLs and file names: `practice`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FormId(Arc<str>);

impl FormId {
    /// Only for ids that come from a compiled form or from a stored row.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self(id.into())
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for FormId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A field's id: `name` in HTML, key in JSON, column in CSV.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FieldId(Arc<str>);

impl FieldId {
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self(id.into())
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for FieldId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifecycle {
    Publication,
    Request,
    Record,
}

/// What a field means to the rest of Inlet, so that Rust never writes a field's name (DESIGN 2).
pub type Role = RawRole;

/// What a change by staff needs.
pub type Editing = RawEditing;

#[derive(Debug, Clone)]
pub struct Form {
    pub(super) id: FormId,
    pub(super) version: String,
    pub(super) lifecycle: Lifecycle,
    pub(super) raw: Arc<RawForm>,
    pub(super) steps: Vec<Step>,
    pub(super) checks: Vec<Check>,
    pub(super) facets: Vec<Facet>,
    pub(super) roles: HashMap<Role, FieldId>,
    pub(super) parties: Option<PartyFields>,
    pub(super) window: Option<Window>,
    pub(super) authority: Option<Condition>,
}

/// Where a form names those who take part besides the submitter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyFields {
    /// The question with a row for each.
    pub rows: FieldId,
    pub name: FieldId,
    /// The address of its contact person, never public.
    pub email: FieldId,
    /// What a party knows best of itself: name, type and country, as far as they are asked.
    pub own: Vec<FieldId>,
}

#[derive(Debug, Clone)]
pub struct Step {
    pub id: String,
    pub title: String,
    pub intro: Option<String>,
    pub fields: Vec<Field>,
}

#[derive(Debug, Clone)]
pub struct Field {
    pub id: FieldId,
    pub kind: FieldKind,
    pub role: Option<Role>,
    pub label: String,
    pub hint: Option<String>,
    pub missing: Option<String>,
    pub heading: Option<String>,
    pub required: Required,
    pub show_if: Option<Condition>,
    pub public: bool,
    pub personal: bool,
    /// Asked for each record where many are reported on at once.
    pub sitting: bool,
    pub facet: Option<String>,
    pub search: Option<Weight>,
    pub autocomplete: Option<String>,
}

#[derive(Debug, Clone)]
pub enum Required {
    Never,
    Always,
    When(Condition),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    A,
    B,
    C,
}

/// A facet of the public list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The query parameter: `objective`.
    pub name: String,
    pub source: FacetSource,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FacetSource {
    /// The values of this field (of a date or month: the year).
    Field(FieldId),
    /// The regions of the countries in the field with role `country` (DESIGN 12).
    Region,
    /// The language it was written in.
    Language,
    /// The stage said by the newest published report on it, or `not-reported`.
    Progress,
}

/// A rule over several answers.
#[derive(Debug, Clone)]
pub struct Check {
    pub rule: Rule,
    pub level: Level,
    pub message: String,
}

#[derive(Debug, Clone)]
pub enum Rule {
    /// `first` is not after `second`.
    Order { first: FieldId, second: FieldId },
    /// `field` is not before `day`.
    NotBefore { field: FieldId, day: NaiveDate },
    /// None of these words stands in the texts, unless one of the others stands anywhere.
    Mentions { texts: Texts, words: WordList, unless: WordList },
    /// Short forms in capitals are written out once, but for those that everybody knows.
    Acronyms { texts: Texts, known: WordList },
    /// No phone number and no e-mail address stands in the texts.
    Addresses { texts: Texts },
    /// No single person can be recognized: by the number of a paper, or by name and age.
    Persons { texts: Texts, signs: Signs },
    /// Nothing with a title like this one is there already. Needs what is stored, so it is not looked at here.
    Similar { title: FieldId },
}

/// The texts a rule reads.
#[derive(Debug, Clone)]
pub enum Texts {
    /// All that becomes public.
    Public,
    These(Vec<FieldId>),
}

/// The words that give a person away.
#[derive(Debug, Clone)]
pub struct Signs {
    /// Papers that have a number.
    pub papers: WordList,
    /// "years old".
    pub ages: WordList,
    /// "is", between a name and an age.
    pub being: WordList,
    /// "named".
    pub names: WordList,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Error,
    Warning,
}

impl Form {
    #[must_use]
    pub fn id(&self) -> &FormId {
        &self.id
    }

    /// SHA-256 (hex) of the form's structure and texts in all languages.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    #[must_use]
    pub fn lifecycle(&self) -> Lifecycle {
        self.lifecycle
    }

    /// The words of the form that stand outside its questions: title, noun, start page, criteria.
    #[must_use]
    pub fn words(&self) -> &RawForm {
        &self.raw
    }

    /// Path and API name of what is published.
    #[must_use]
    pub fn collection(&self) -> Option<&str> {
        self.raw.collection.as_deref()
    }

    /// When something takes place and for how many minutes, where the form asks for it; an hour where nobody said.
    #[must_use]
    pub fn takes_place(&self, answers: &Answers) -> Option<(Meeting, i64)> {
        let Answer::Meeting(start) = answers.get(self.role(Role::Meeting)?)? else { return None };
        let said = self.role(Role::Length).and_then(|field| answers.get(field));
        let minutes = if let Some(Answer::Number(minutes)) = said { i64::try_from(*minutes).ok() } else { None };
        Some((*start, minutes.filter(|minutes| *minutes > 0).unwrap_or(60)))
    }

    /// The form of records that the delivered support can become.
    #[must_use]
    pub fn becomes(&self) -> Option<&str> {
        self.raw.becomes.as_deref()
    }

    /// Whether what is published of it has a list and pages of its own. What has none stands with what it is about.
    #[must_use]
    pub fn has_pages(&self) -> bool {
        self.collection().is_some() && !self.facets.is_empty()
    }

    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    #[must_use]
    pub fn checks(&self) -> &[Check] {
        &self.checks
    }

    /// The rule that looks for records with a title like this one's, if the form has it.
    #[must_use]
    pub fn similar(&self) -> Option<(&FieldId, &str)> {
        self.checks.iter().find_map(|check| match &check.rule {
            Rule::Similar { title } => Some((title, check.message.as_str())),
            Rule::Order { .. }
            | Rule::NotBefore { .. }
            | Rule::Mentions { .. }
            | Rule::Acronyms { .. }
            | Rule::Addresses { .. }
            | Rule::Persons { .. } => None,
        })
    }

    #[must_use]
    pub fn facets(&self) -> &[Facet] {
        &self.facets
    }

    /// All fields, in the order they are asked.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.steps.iter().flat_map(|step| step.fields.iter())
    }

    #[must_use]
    pub fn field(&self, id: &FieldId) -> Option<&Field> {
        self.fields().find(|field| field.id == *id)
    }

    /// The question in which a record names what it is about, and the form that is of.
    #[must_use]
    pub fn about(&self) -> Option<(&FieldId, &FormId)> {
        let field = self.field(self.role(Role::About)?)?;
        let FieldKind::Publication { form } = &field.kind else { return None };
        Some((&field.id, form))
    }

    /// The field that plays a role, if this form has one.
    #[must_use]
    pub fn role(&self, role: Role) -> Option<&FieldId> {
        self.roles.get(&role)
    }

    /// Where this holds, the authority behind an answer is confirmed before it is published.
    #[must_use]
    pub fn authority(&self) -> Option<&Condition> {
        self.authority.as_ref()
    }

    /// What staff must do to change answers.
    #[must_use]
    pub fn editing(&self) -> Editing {
        self.raw.review.editing
    }

    /// The criteria that moderators look at, in their order.
    #[must_use]
    pub fn criteria(&self) -> &[RawCriterion] {
        &self.raw.review.criteria
    }

    /// Where it names those who take part, if it does.
    #[must_use]
    pub fn parties(&self) -> Option<&PartyFields> {
        self.parties.as_ref()
    }
}
