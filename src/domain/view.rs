//! A view of the queue: which records, told apart by what. The whole of it is a query string, and back.

use chrono::{DateTime, Duration, Utc};
use url::form_urlencoded;

use super::account::AccountId;
use super::submission::ReviewState;
use super::text_enum;
use crate::locale::Language;

/// A heap of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Heap {
    /// The Network must act.
    #[default]
    Waiting,
    /// The same, looked after by the reader.
    Mine,
    /// The same, looked after by nobody.
    Unassigned,
    /// The same, longer than was promised.
    Overdue,
    /// The submitter must act.
    Submitter,
    /// Suspected spam.
    Held,
    /// Nobody must act.
    Done,
    All,
}
text_enum!(Heap {
    Waiting = "waiting",
    Mine = "mine",
    Unassigned = "unassigned",
    Overdue = "overdue",
    Submitter = "submitter",
    Held = "held",
    Done = "done",
    All = "all",
});

/// Who looks after a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Assignee {
    Nobody,
    Account(AccountId),
}

impl Assignee {
    /// The text form: an account's number, or `none`.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::Nobody => "none".to_owned(),
            Self::Account(AccountId(id)) => id.to_string(),
        }
    }

    fn read(text: &str) -> Option<Self> {
        match text {
            "none" => Some(Self::Nobody),
            number => number.parse().ok().filter(|id| *id > 0).map(|id| Self::Account(AccountId(id))),
        }
    }
}

/// Longest search and longest name of a list's value that are read, in characters.
const WORDS: usize = 200;
const VALUE: usize = 60;

/// Most days that an age is asked for.
const MOST_DAYS: i64 = 3650;

/// One filter of a view; each takes one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    Form,
    Status,
    Region,
    Country,
    Objective,
    Language,
    Assignee,
    Age,
    Words,
}
text_enum!(Filter {
    Form = "form",
    Status = "status",
    Region = "region",
    Country = "country",
    Objective = "objective",
    Language = "language",
    Assignee = "assignee",
    Age = "days",
    Words = "q",
});

/// Which records the queue shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct View {
    heap: Heap,
    form: Option<String>,
    status: Option<ReviewState>,
    region: Option<String>,
    country: Option<String>,
    objective: Option<String>,
    language: Option<Language>,
    assignee: Option<Assignee>,
    /// They wait at least so many days.
    days: Option<i64>,
    words: String,
}

impl View {
    /// A heap without filters.
    #[must_use]
    pub fn of(heap: Heap) -> Self {
        Self { heap, ..Self::default() }
    }

    /// All records of a form.
    #[must_use]
    pub fn of_form(form: &str) -> Self {
        Self::of(Heap::All).with(Filter::Form, form)
    }

    /// Reads a query string. What it does not know or cannot read says nothing.
    #[must_use]
    pub fn read(query: &str) -> Self {
        let mut view = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match Filter::read(&name) {
                Some(filter) => view = view.with(filter, &value),
                None if name == "tab" => view.heap = Heap::read(&value).unwrap_or_default(),
                None => {}
            }
        }
        view
    }

    /// The query string; what is as usual is left out.
    #[must_use]
    pub fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if self.heap != Heap::default() {
            query.append_pair("tab", self.heap.as_str());
        }
        for filter in Filter::ALL {
            if let Some(value) = self.value(*filter) {
                query.append_pair(filter.as_str(), &value);
            }
        }
        query.finish()
    }

    /// The value of a filter, if it is on.
    #[must_use]
    pub fn value(&self, filter: Filter) -> Option<String> {
        match filter {
            Filter::Form => self.form.clone(),
            Filter::Status => self.status.map(|status| status.as_str().to_owned()),
            Filter::Region => self.region.clone(),
            Filter::Country => self.country.clone(),
            Filter::Objective => self.objective.clone(),
            Filter::Language => self.language.map(|language| language.code().to_owned()),
            Filter::Assignee => self.assignee.map(Assignee::text),
            Filter::Age => self.days.map(|days| days.to_string()),
            Filter::Words => Some(self.words.clone()).filter(|words| !words.is_empty()),
        }
    }

    /// The same with a filter set; off where the value is empty or cannot be read.
    #[must_use]
    pub fn with(mut self, filter: Filter, value: &str) -> Self {
        let value = value.trim();
        let code = || Some(value.to_owned()).filter(|code| is_code(code));
        match filter {
            Filter::Form => self.form = code(),
            Filter::Status => self.status = ReviewState::read(value),
            Filter::Region => self.region = code(),
            Filter::Country => self.country = code(),
            Filter::Objective => self.objective = code(),
            Filter::Language => self.language = Language::read(value),
            Filter::Assignee => self.assignee = Assignee::read(value),
            Filter::Age => self.days = value.parse().ok().filter(|days| (1..=MOST_DAYS).contains(days)),
            Filter::Words => value.chars().take(WORDS).collect::<String>().trim().clone_into(&mut self.words),
        }
        self
    }

    /// The same filters on another heap.
    #[must_use]
    pub fn on(mut self, heap: Heap) -> Self {
        self.heap = heap;
        self
    }

    #[must_use]
    pub fn heap(&self) -> Heap {
        self.heap
    }

    #[must_use]
    pub fn form(&self) -> Option<&str> {
        self.form.as_deref()
    }

    #[must_use]
    pub fn status(&self) -> Option<ReviewState> {
        self.status
    }

    /// Values that a record has among its facets, by the facet's name.
    #[must_use]
    pub fn facets(&self) -> Vec<(Filter, &str)> {
        let all =
            [(Filter::Region, &self.region), (Filter::Country, &self.country), (Filter::Objective, &self.objective)];
        all.into_iter().filter_map(|(filter, value)| Some((filter, value.as_deref()?))).collect()
    }

    #[must_use]
    pub fn language(&self) -> Option<Language> {
        self.language
    }

    #[must_use]
    pub fn assignee(&self) -> Option<Assignee> {
        self.assignee
    }

    /// They wait since then at the latest.
    #[must_use]
    pub fn waiting_before(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.days.map(|days| now - Duration::days(days))
    }

    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Whether any filter is on.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        *self != Self::of(self.heap)
    }
}

/// What a form or an entry of a list can be called.
fn is_code(text: &str) -> bool {
    !text.is_empty() && text.len() <= VALUE && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn some_view() -> impl Strategy<Value = View> {
        let heap = proptest::sample::select(Heap::ALL);
        let values = proptest::collection::vec(
            (proptest::sample::select(Filter::ALL), "\\PC{0,30}|[a-z0-9_]{1,12}|none|held|fr"),
            0..8,
        );
        (heap, values).prop_map(|(heap, values)| {
            values.into_iter().fold(View::of(heap), |view, (filter, value)| view.with(filter, &value))
        })
    }

    proptest! {
        #[test]
        fn a_view_is_its_query_string(view in some_view()) {
            prop_assert_eq!(View::read(&view.query()), view);
        }

        #[test]
        fn any_text_is_some_view(text in "\\PC{0,80}") {
            let view = View::read(&text);
            prop_assert_eq!(View::read(&view.query()), view);
        }
    }

    #[test]
    fn what_makes_no_sense_says_nothing() {
        let view = View::read("tab=nowhere&form=<b>&status=lost&days=-3&language=xx&assignee=0&page=4&q=++");
        assert_eq!(view, View::default());
        assert!(!view.is_filtered() && View::read("q=mine").is_filtered());
        assert_eq!(view.query(), "");
    }
}
