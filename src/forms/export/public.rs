//! What the public may see, filter by and search in: only fields whose form says so.

use std::collections::BTreeSet;

use chrono::Datelike;
use serde_json::{Map, Value};

use super::json::{LoadError, face};
use super::marks::Marks;
use crate::forms::answer::{Answer, Answers};
use crate::forms::form::{FacetSource, Field, FieldId, Form, Role, Weight};
use crate::forms::kind::FieldKind;
use crate::forms::lists::Lists;
use crate::locale::Locale;

/// Ends the name under which the number of those stands who take part and are not named. Ids hold no dot.
const UNNAMED: &str = ".unconfirmed";

impl Form {
    /// The public answers, of rows the public questions. Of those who take part only the rows in `named` are shown; how
    /// many more there are stands beside them, under a name that no question can have.
    #[must_use]
    pub fn public_json(&self, answers: &Answers, named: &BTreeSet<usize>) -> Map<String, Value> {
        let shown = self.with_named(answers, named);
        let public = self.fields().filter(|field| is_public(field));
        let mut json: Map<String, Value> = public
            .filter_map(|field| Some((field.id.to_string(), public_face(field, shown.get(&field.id)?))))
            .collect();
        let unnamed = self.party_rows(answers).len().saturating_sub(self.party_rows(&shown).len());
        if let (Some(parties), true) = (self.parties(), unnamed > 0) {
            json.insert(format!("{}{UNNAMED}", parties.rows), Value::from(unnamed));
        }
        json
    }

    /// The rows of those who take part.
    #[must_use]
    pub fn party_rows<'a>(&self, answers: &'a Answers) -> &'a [Answers] {
        match self.parties().and_then(|parties| answers.get(&parties.rows)) {
            Some(Answer::Rows(rows)) => rows,
            _ => &[],
        }
    }

    fn with_named(&self, answers: &Answers, named: &BTreeSet<usize>) -> Answers {
        let Some(parties) = self.parties() else { return answers.clone() };
        let mut shown = Answers::default();
        for (id, answer) in answers.iter() {
            if *id != parties.rows {
                shown.push(id.clone(), answer.clone());
                continue;
            }
            let kept = self.party_rows(answers).iter().enumerate().filter(|(at, _)| named.contains(at));
            let kept: Vec<Answers> = kept.map(|(_, row)| row.clone()).collect();
            if !kept.is_empty() {
                shown.push(id.clone(), Answer::Rows(kept));
            }
        }
        shown
    }

    /// Reads what [`public_json`](Self::public_json) gave, marks included: the answers, how many that take part are not
    /// named, and the marks.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn load_public(&self, mut json: Map<String, Value>) -> Result<(Answers, usize, Marks), LoadError> {
        let marks = Marks::take(&mut json);
        let unnamed = self.parties().and_then(|parties| json.remove(&format!("{}{UNNAMED}", parties.rows)));
        let unnamed = unnamed.and_then(|count| count.as_u64()).and_then(|count| usize::try_from(count).ok());
        Ok((self.load(&json)?, unnamed.unwrap_or(0), marks))
    }

    /// What a publication is found by: (facet, value), each once. The language and the progress are known to the store.
    #[must_use]
    pub fn facet_values(&self, answers: &Answers, lists: &Lists) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for facet in self.facets() {
            let values = match &facet.source {
                FacetSource::Field(id) => values(answers.get(id)),
                FacetSource::Region => self.regions(answers, lists),
                FacetSource::Language | FacetSource::Progress => Vec::new(),
            };
            found.extend(values.into_iter().map(|value| (facet.name.clone(), value)));
        }
        found
    }

    /// What staff filter by: the facets of the public list; and regions, countries and objectives of whatever form asks for them.
    #[must_use]
    pub fn desk_facets(&self, answers: &Answers, lists: &Lists) -> BTreeSet<(String, String)> {
        let in_role = |role| self.role(role).map(|id| values(answers.get(id))).unwrap_or_default();
        let more = [
            ("region", self.regions(answers, lists)),
            ("country", in_role(Role::Country)),
            ("objective", in_role(Role::Objectives)),
        ];
        let named = |(name, found): (&str, Vec<String>)| {
            let name = name.to_owned();
            found.into_iter().map(move |value| (name.clone(), value)).collect::<Vec<_>>()
        };
        self.facet_values(answers, lists).into_iter().chain(more.into_iter().flat_map(named)).collect()
    }

    /// The regions of the countries; each once, however many of its countries are named.
    #[must_use]
    pub fn regions(&self, answers: &Answers, lists: &Lists) -> Vec<String> {
        let countries = self.role(Role::Country).map(|id| values(answers.get(id))).unwrap_or_default();
        let regions: BTreeSet<_> = countries.iter().flat_map(|country| lists.regions_of(country)).collect();
        regions.into_iter().map(str::to_owned).collect()
    }

    /// The texts full-text search looks in, by weight: A, B, C.
    #[must_use]
    pub fn search_text(&self, answers: &Answers, locale: &Locale) -> [String; 3] {
        [Weight::A, Weight::B, Weight::C].map(|weight| {
            let fields = self.fields().filter(|field| is_public(field) && field.search == Some(weight));
            let texts = fields.map(|field| field.show(answers.get(&field.id), locale).plain());
            texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
        })
    }
}

fn is_public(field: &Field) -> bool {
    field.public && !field.personal
}

fn public_face(field: &Field, answer: &Answer) -> Value {
    let (FieldKind::Rows { fields, .. }, Answer::Rows(rows)) = (&field.kind, answer) else { return face(answer) };
    let public: Vec<&FieldId> = fields.iter().filter(|field| is_public(field)).map(|field| &field.id).collect();
    let row = |row: &Answers| -> Map<String, Value> {
        public.iter().filter_map(|id| Some((id.to_string(), face(row.get(id)?)))).collect()
    };
    rows.iter().map(row).filter(|row| !row.is_empty()).map(Value::Object).collect()
}

fn values(answer: Option<&Answer>) -> Vec<String> {
    let Some(answer) = answer else { return Vec::new() };
    match answer {
        Answer::Choice(value) => vec![value.clone()],
        Answer::Choices(values) => values.clone(),
        Answer::YesNo(yes) => vec![if *yes { "yes" } else { "no" }.to_owned()],
        Answer::Date(day) => vec![day.year().to_string()],
        Answer::Month(month) => vec![month.first_day().year().to_string()],
        Answer::Text(_)
        | Answer::Number(_)
        | Answer::Money(_)
        | Answer::Meeting(_)
        | Answer::Rows(_)
        | Answer::Files(_)
        | Answer::Publication(_)
        | Answer::Consent => Vec::new(),
    }
}
