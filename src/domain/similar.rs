//! Whether a record may be another one again, and why one would think so.

use std::collections::BTreeSet;

use super::facets::Values;
use super::projection::organization;
use super::submission::SubmissionId;
use crate::forms::answer::Answers;
use crate::forms::form::{FacetSource, Form, Role};
use crate::forms::lists::Lists;
use crate::forms::words::{fold, terms, words};
use crate::locale::Locale;

/// Of a hundred: from here on two titles are alike, and from there on so much that nothing else need be the same.
const ALIKE: usize = 50;
const SAME: usize = 85;

/// Most records that are named.
const MOST: usize = 3;

/// What is compared of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    pub title: String,
    pub organization: String,
    /// By facet, as the projections hold them.
    pub values: Values,
}

/// A record it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub id: SubmissionId,
    pub reference: String,
    pub likeness: Likeness,
}

/// What two records have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    Title,
    Organization,
    Country,
    Objective,
}

impl Reason {
    /// The end of the key of its words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Organization => "organization",
            Self::Country => "country",
            Self::Objective => "objective",
        }
    }
}

/// A record that looks like this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Similar {
    pub record: Candidate,
    pub reasons: Vec<Reason>,
}

impl Likeness {
    /// What answers are compared by; nothing where the form does not ask for it, or the title is not written yet.
    #[must_use]
    pub fn of(form: &Form, answers: &Answers, lists: &Lists, words: &Locale) -> Option<Self> {
        let (title, _) = form.similar()?;
        let title = answers.text(title)?.to_owned();
        let mut values = Values::new();
        for (facet, value) in form.facet_values(answers, lists) {
            values.entry(facet).or_default().insert(value);
        }
        Some(Self { title, organization: organization(form, answers, words), values })
    }
}

/// Those of the candidates that may be the same, the likeliest first.
#[must_use]
pub fn similar(form: &Form, own: &Likeness, candidates: Vec<Candidate>) -> Vec<Similar> {
    let facet = |role| form.role(role).and_then(|id| facet_of(form, id));
    let (country, objective) = (facet(Role::Country), facet(Role::Objectives));
    let mut found: Vec<(usize, Similar)> = Vec::new();
    for record in candidates {
        let alike = likeness(&own.title, &record.likeness.title);
        let mut reasons = vec![Reason::Title];
        let share =
            |facet: Option<&str>| facet.is_some_and(|facet| shares(&own.values, &record.likeness.values, facet));
        let same_body = !own.organization.is_empty() && key(&own.organization) == key(&record.likeness.organization);
        reasons.extend(same_body.then_some(Reason::Organization));
        reasons.extend(share(country).then_some(Reason::Country));
        reasons.extend(share(objective).then_some(Reason::Objective));
        if alike >= SAME || alike >= ALIKE && reasons.len() > 1 {
            found.push((alike + 10 * reasons.len(), Similar { record, reasons }));
        }
    }
    found.sort_by_key(|(weight, similar)| (std::cmp::Reverse(*weight), similar.record.id.0));
    found.into_iter().map(|(_, similar)| similar).take(MOST).collect()
}

fn facet_of<'f>(form: &'f Form, field: &crate::forms::form::FieldId) -> Option<&'f str> {
    form.facets()
        .iter()
        .find(|facet| facet.source == FacetSource::Field(field.clone()))
        .map(|facet| facet.name.as_str())
}

fn shares(one: &Values, other: &Values, facet: &str) -> bool {
    matches!((one.get(facet), other.get(facet)), (Some(one), Some(other)) if !one.is_disjoint(other))
}

/// Of a hundred: how much of their words two titles share.
fn likeness(one: &str, other: &str) -> usize {
    let (one, other) = (key(one), key(other));
    let both = one.intersection(&other).count();
    (200 * both).checked_div(one.len() + other.len()).unwrap_or(0)
}

fn key(text: &str) -> BTreeSet<String> {
    terms(&words(text), |word| fold(word.raw))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_compared_in_every_script() {
        for (one, other) in [
            ("A help desk for newcomers in Lakeview", "Help desk for newcomers, Lakeview"),
            (
                "Un guichet d’accueil pour les travailleurs saisonniers",
                "Guichet d'accueil des travailleurs saisonniers",
            ),
            ("Ventanilla única para migrantes", "Una ventanilla unica para personas migrantes"),
            ("Служба помощи мигрантам в городе", "Служба помощи мигрантам"),
            ("مكتب مساعدة الوافدين الجدد", "مكتب لمساعدة الوافدين الجدد"),
            ("为新移民设立的一站式服务台", "新移民一站式服务台"),
        ] {
            assert!(likeness(one, other) >= ALIKE, "{one} / {other}: {}", likeness(one, other));
        }
    }

    #[test]
    fn other_titles_are_not_alike() {
        for (one, other) in [
            ("A help desk for newcomers", "Permits for seasonal workers"),
            ("为新移民设立的服务台", "季节工人的许可"),
            ("", ""),
            ("To", "To"),
        ] {
            assert!(likeness(one, other) < ALIKE, "{one} / {other}");
        }
    }
}
