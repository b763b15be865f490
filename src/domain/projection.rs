//! The two projections as values, made from a submission and its answers by one function each. The same functions write
//! them, rebuild them and check them (DESIGN 8).

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::account::AccountId;
use super::clock::{self, Clock, Phase};
use super::submission::{ReviewState, SubmissionId, Visibility, Waits};
use crate::forms::answer::{Answer, Answers};
use crate::forms::form::{FacetSource, Form, Role};
use crate::forms::lists::Lists;
use crate::locale::{Language, Locale};

/// What the projections need to know of a submission besides its answers.
#[derive(Debug, Clone)]
pub struct Facts {
    pub id: SubmissionId,
    pub reference: String,
    pub language: Language,
    pub state: ReviewState,
    pub visibility: Visibility,
    pub address_confirmed: bool,
    /// It came back from its submitter.
    pub resubmitted: bool,
    /// Since when words of the submitter wait for an answer.
    pub unanswered: Option<DateTime<Utc>>,
    /// The submitter said no to a change by staff.
    pub disputed: bool,
    pub created_at: DateTime<Utc>,
    pub state_since: DateTime<Utc>,
    pub clock: Clock,
    /// Who looks after it.
    pub assignee: Option<AccountId>,
    /// What was written about it, to search in.
    pub notes: Vec<String>,
}

/// One line of the queue, with all fields to search and filter by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskRecord {
    pub submission: SubmissionId,
    pub reference: String,
    pub form: String,
    pub title: String,
    pub organization: String,
    /// Names of countries, in words.
    pub country: String,
    pub language: Language,
    pub state: ReviewState,
    pub visibility: Visibility,
    pub waits: Waits,
    pub resubmitted: bool,
    pub address_confirmed: bool,
    /// The submitter wrote, and nobody answered.
    pub unanswered: bool,
    /// The submitter said no to a change by staff, and nobody has acted on it.
    pub disputed: bool,
    /// Since when it stands as it does. While it waits for the Network: from when its days count, without what others took.
    pub waiting_since: DateTime<Utc>,
    /// Until when the Network is to act.
    pub due_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub assignee: Option<AccountId>,
    pub facets: BTreeSet<(String, String)>,
    /// How long somebody waited for each answer of the Network.
    pub answers: Vec<clock::Answer>,
    /// Everything answered and noted, to search in.
    pub text: String,
}

/// Makes the desk's record. `words` are English: staff read one language together.
#[must_use]
pub fn desk(form: &Form, facts: &Facts, answers: &Answers, lists: &Lists, words: &Locale) -> DeskRecord {
    let text: Vec<String> = form
        .answered(answers)
        .into_iter()
        .flat_map(|(_, fields)| fields)
        .map(|(field, answer)| field.show(answer, words).plain())
        .chain(facts.notes.iter().cloned())
        .filter(|text| !text.is_empty())
        .collect();
    let waits = facts.state.waits_for(form.lifecycle());
    let by_note = facts.unanswered.filter(|_| waits != Waits::Network);
    // Who wrote is to be answered as soon as who submitted.
    let wait = facts.clock.wait().or(by_note.map(|since| (Phase::Review, since)));
    DeskRecord {
        submission: facts.id,
        reference: facts.reference.clone(),
        form: form.id().as_str().to_owned(),
        title: role_text(form, answers, Role::Title, words),
        organization: organization(form, answers, words),
        country: role_text(form, answers, Role::Country, words),
        language: facts.language,
        state: facts.state,
        visibility: facts.visibility,
        // Who wrote waits for an answer, wherever the submission stands.
        waits: if by_note.is_some() { Waits::Network } else { waits },
        resubmitted: facts.resubmitted,
        address_confirmed: facts.address_confirmed,
        unanswered: facts.unanswered.is_some(),
        disputed: facts.disputed,
        waiting_since: wait.map_or(facts.state_since, |(_, since)| since),
        due_at: wait.and_then(|(phase, since)| Some(since + clock::target(form, phase)?)),
        created_at: facts.created_at,
        assignee: facts.assignee,
        facets: form.desk_facets(answers, lists),
        answers: facts.clock.answers().to_vec(),
        text: text.join("\n"),
    }
}

/// What the public sees of a publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicRecord {
    pub submission: SubmissionId,
    pub publication: i64,
    pub reference: String,
    pub form: String,
    pub form_version: String,
    pub title: String,
    pub organization: String,
    pub language: Language,
    pub first_published_at: DateTime<Utc>,
    pub published_at: DateTime<Utc>,
    pub public_json: String,
    /// Without those that other records decide (`progress`).
    pub facets: BTreeSet<(String, String)>,
    /// References it points to.
    pub links: BTreeSet<String>,
    pub attachments: BTreeSet<String>,
    /// By weight.
    pub search: [String; 3],
}

/// A publication before it is projected.
#[derive(Debug, Clone)]
pub struct Shown {
    pub publication: i64,
    pub first_published_at: DateTime<Utc>,
    pub published_at: DateTime<Utc>,
    pub public_json: String,
}

/// Makes the public record from public answers only.
#[must_use]
pub fn public(
    form: &Form,
    facts: &Facts,
    shown: Shown,
    answers: &Answers,
    lists: &Lists,
    words: &Locale,
) -> PublicRecord {
    let mut facets: BTreeSet<(String, String)> = form.facet_values(answers, lists).into_iter().collect();
    for facet in form.facets() {
        match facet.source {
            FacetSource::Language => {
                facets.insert((facet.name.clone(), facts.language.code().to_owned()));
            }
            FacetSource::Field(_) | FacetSource::Region | FacetSource::Progress => {}
        }
    }
    PublicRecord {
        submission: facts.id,
        publication: shown.publication,
        reference: facts.reference.clone(),
        form: form.id().as_str().to_owned(),
        form_version: form.version().to_owned(),
        title: role_text(form, answers, Role::Title, words),
        organization: organization(form, answers, words),
        language: facts.language,
        first_published_at: shown.first_published_at,
        published_at: shown.published_at,
        public_json: shown.public_json,
        facets,
        links: pointed_to(answers),
        attachments: files(answers),
        search: form.search_text(answers, words),
    }
}

/// The organization a submission speaks for; the contact's where the form asks no other.
pub fn organization(form: &Form, answers: &Answers, words: &Locale) -> String {
    let named = role_text(form, answers, Role::Organization, words);
    if named.is_empty() { role_text(form, answers, Role::ContactOrganization, words) } else { named }
}

/// The answer in a role, in words; empty where there is none.
#[must_use]
pub fn role_text(form: &Form, answers: &Answers, role: Role, words: &Locale) -> String {
    let field = form.role(role).and_then(|id| form.field(id));
    field.map(|field| field.show(answers.get(&field.id), words).line()).unwrap_or_default()
}

/// Ids of all files in the answers.
#[must_use]
pub fn files(answers: &Answers) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for (_, answer) in answers.iter() {
        if let Answer::Files(files) = answer {
            ids.extend(files.iter().map(|file| file.id.clone()));
        }
    }
    ids
}

fn pointed_to(answers: &Answers) -> BTreeSet<String> {
    let mut references = BTreeSet::new();
    for (_, answer) in answers.iter() {
        if let Answer::Publication(target) = answer {
            references.insert(target.reference.clone());
        }
    }
    references
}
