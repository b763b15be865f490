//! The facets of a list in words, with their counts, in the order they are shown.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::listing::{Asked, Listing};
use crate::actions::project::NOT_REPORTED;
use crate::app::App;
use crate::domain::facets::Values;
use crate::forms::form::{Facet, FacetSource, Field, Form, Role};
use crate::forms::kind::{Choice, FieldKind};
use crate::locale::{Language, Locale};

/// More values than this get a filter of their own above them.
const MANY: usize = 15;

/// A facet as it is shown.
pub struct FacetShown {
    /// The query parameter.
    pub name: String,
    pub label: String,
    pub values: Vec<ValueShown>,
}

/// One of its values.
pub struct ValueShown {
    pub value: String,
    pub label: String,
    /// Records after choosing it.
    pub count: usize,
    pub chosen: bool,
}

impl FacetShown {
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.values.iter().any(|value| value.chosen)
    }

    #[must_use]
    pub fn is_long(&self) -> bool {
        self.values.len() > MANY
    }
}

/// A stage of implementation, to be seen at a glance.
pub struct Badge {
    /// How it is drawn.
    pub class: &'static str,
    pub text: String,
}

/// The words of a form's facets for one reader.
pub struct Words<'a> {
    pub app: &'a App,
    pub form: &'a Form,
    pub l: &'a Locale,
}

impl Words<'_> {
    /// All facets that have values.
    #[must_use]
    pub fn shown(&self, listing: &Listing, asked: &Asked) -> Vec<FacetShown> {
        let all = self.form.facets().iter().map(|facet| self.facet(facet, &listing.counts, asked));
        all.filter(|facet| !facet.values.is_empty()).collect()
    }

    fn facet(&self, facet: &Facet, counts: &HashMap<String, BTreeMap<String, usize>>, asked: &Asked) -> FacetShown {
        let mut counted = counts.get(&facet.name).cloned().unwrap_or_default();
        // What is chosen stays in sight, so that it can be taken back.
        for value in asked.chosen.get(&facet.name).into_iter().flatten() {
            counted.entry(value.clone()).or_default();
        }
        let shown = |(value, count): (String, usize)| ValueShown {
            label: self.value(facet, &value),
            chosen: asked.has(&facet.name, &value),
            value,
            count,
        };
        let mut values: Vec<ValueShown> = counted.into_iter().map(shown).collect();
        self.sort(facet, &mut values);
        FacetShown { name: facet.name.clone(), label: self.name(facet), values }
    }

    /// Numbered lists by number, years from the last, all others by what holds most.
    fn sort(&self, facet: &Facet, values: &mut [ValueShown]) {
        let number = |value: &ValueShown| value.value.parse::<u32>().unwrap_or(u32::MAX);
        if self.is_dated(facet) {
            values.sort_by_key(|value| Reverse(value.value.clone()));
        } else if values.iter().all(|value| is_number(&value.value)) {
            values.sort_by_key(number);
        } else {
            values.sort_by_key(|value| (Reverse(value.count), value.label.to_lowercase()));
        }
    }

    fn is_dated(&self, facet: &Facet) -> bool {
        let field = self.field(facet);
        field.is_some_and(|field| matches!(field.kind, FieldKind::Date | FieldKind::Month))
    }

    fn field(&self, facet: &Facet) -> Option<&Field> {
        match &facet.source {
            FacetSource::Field(id) => self.form.field(id),
            FacetSource::Region | FacetSource::Language | FacetSource::Progress => None,
        }
    }

    /// What a facet is called: its own word, or the question it comes from.
    #[must_use]
    pub fn name(&self, facet: &Facet) -> String {
        let key = format!("list-facet-{}", facet.name);
        if self.l.knows(&key) {
            return self.l.t(&key);
        }
        self.field(facet).map_or_else(|| facet.name.clone(), |field| field.label.clone())
    }

    /// What a value is called; the value itself where the list has it no longer.
    #[must_use]
    pub fn value(&self, facet: &Facet, value: &str) -> String {
        let lists = self.app.catalog.lists();
        let listed = |list| lists.label(list, value, self.l.language()).unwrap_or(value).to_owned();
        match &facet.source {
            FacetSource::Field(id) => match self.form.field(id) {
                Some(field) => choice(field, value, self.l),
                None => value.to_owned(),
            },
            FacetSource::Region => listed("regions"),
            FacetSource::Language => listed("languages"),
            FacetSource::Progress => self.stage(value),
        }
    }

    fn stage(&self, value: &str) -> String {
        if value == NOT_REPORTED {
            return self.l.t("list-not-reported");
        }
        let reporting = reporting(self.app, self.form, self.l.language());
        let field = reporting.as_ref().and_then(|form| form.field(form.role(Role::Progress)?));
        field.map_or_else(|| value.to_owned(), |field| choice(field, value, self.l))
    }

    /// How far a record has come, where its list says so.
    #[must_use]
    pub fn badge(&self, values: &Values) -> Option<Badge> {
        let facet = self.form.facets().iter().find(|facet| facet.source == FacetSource::Progress)?;
        let stage = values.get(&facet.name)?.first()?;
        Some(Badge { class: stage_class(stage), text: self.stage(stage) })
    }
}

/// How a stage of `implementation_stages` is drawn.
#[must_use]
pub fn stage_class(stage: &str) -> &'static str {
    match stage {
        "fulfilled" => "done",
        "in-progress" => "waiting",
        _ => "neutral",
    }
}

/// A choice in short: "7. Reduce vulnerabilities".
#[must_use]
pub fn choice(field: &Field, value: &str, l: &Locale) -> String {
    match (field.kind.options(), &field.kind, value) {
        (Some(options), ..) => options.find(value).map_or_else(|| value.to_owned(), short),
        (None, FieldKind::YesNo, "yes") => l.t("answer-yes"),
        (None, FieldKind::YesNo, "no") => l.t("answer-no"),
        _ => value.to_owned(),
    }
}

fn short(choice: &Choice) -> String {
    if is_number(&choice.value) { format!("{}. {}", choice.value, choice.short) } else { choice.short.clone() }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The form whose publications stand with those of another: reports on a pledge, posts in a discussion.
#[must_use]
pub fn reporting(app: &App, on: &Form, language: Language) -> Option<Arc<Form>> {
    app.catalog
        .all(language)
        .find(|form| !form.has_pages() && form.about().is_some_and(|(_, id)| id == on.id()))
        .cloned()
}
