//! The filters of the queue: what can be chosen, and what is on.

use super::super::alerts::regions;
use super::super::{Choice, View as Link, words};
use super::url;
use crate::app::App;
use crate::domain::account::{Account, Role};
use crate::domain::submission::ReviewState;
use crate::domain::view::{Assignee, Filter, View};
use crate::forms::form::Lifecycle;
use crate::forms::lists::{Item, List};
use crate::locale::{Language, Locale};

/// One list to choose from; its first entry is "any".
pub struct Select {
    pub name: &'static str,
    pub label: String,
    pub choices: Vec<Choice>,
    filter: Filter,
}

impl Select {
    /// The entry that is chosen, unless it is "any".
    fn chosen(&self) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.chosen && !choice.value.is_empty())
    }

    /// Whether something is chosen.
    pub fn is_on(&self) -> bool {
        self.chosen().is_some()
    }
}

/// The ages that are offered, in days.
const AGES: [usize; 6] = [3, 7, 14, 30, 60, 90];

/// Every filter but the words, the form first.
pub fn selects(app: &App, l: &Locale, view: &View, accounts: &[Account]) -> Vec<Select> {
    let lists = [
        (Filter::Form, forms(app, l)),
        (Filter::Status, ReviewState::ALL.iter().map(|s| (s.as_str().to_owned(), words::state(l, *s))).collect()),
        (Filter::Assignee, assignees(l, accounts)),
        (Filter::Age, AGES.iter().map(|days| (days.to_string(), l.n("staff-at-least-days", days))).collect()),
        (Filter::Region, regions(app, l)),
        (Filter::Country, countries(app, l)),
        (Filter::Objective, entries(app, "objectives", |item| item.short_in(l.language()))),
        (Filter::Language, Language::ALL.iter().map(|one| (one.code().to_owned(), words::language(l, *one))).collect()),
    ];
    lists.into_iter().map(|(filter, values)| select(l, view, filter, values)).collect()
}

fn select(l: &Locale, view: &View, filter: Filter, mut values: Vec<(String, String)>) -> Select {
    let chosen = view.value(filter).unwrap_or_default();
    if !chosen.is_empty() && !values.iter().any(|(value, _)| *value == chosen) {
        // Something that is not offered any more: shown as it stands in the address.
        values.push((chosen.clone(), chosen.clone()));
    }
    let any = (String::new(), l.t(&format!("staff-any-{}", filter.as_str())));
    let choice = |(value, label): (String, String)| Choice { chosen: value == chosen, value, label, hint: None };
    Select {
        name: filter.as_str(),
        label: l.t(&format!("staff-filter-{}", filter.as_str())),
        choices: std::iter::once(any).chain(values).map(choice).collect(),
        filter,
    }
}

fn forms(app: &App, l: &Locale) -> Vec<(String, String)> {
    let outside = app.catalog.all(l.language()).filter(|form| form.lifecycle() != Lifecycle::Record);
    outside.map(|form| (form.id().as_str().to_owned(), form.words().plural.clone())).collect()
}

fn assignees(l: &Locale, accounts: &[Account]) -> Vec<(String, String)> {
    let who = deciders(accounts).map(|account| (Assignee::Account(account.id).text(), account.name.clone()));
    std::iter::once((Assignee::Nobody.text(), l.t("staff-assignee-nobody"))).chain(who).collect()
}

/// Those who can be given a record.
pub fn deciders(accounts: &[Account]) -> impl Iterator<Item = &Account> {
    accounts.iter().filter(|account| account.role >= Role::Moderator && !account.disabled)
}

fn countries(app: &App, l: &Locale) -> Vec<(String, String)> {
    let of = |list| entries(app, list, |item| item.short_in(l.language()));
    let mut all = of("countries");
    all.extend(of("areas"));
    all.sort_by(|a, b| a.1.cmp(&b.1));
    all
}

fn entries<'a>(app: &'a App, list: &str, label: impl Fn(&'a Item) -> &'a str) -> Vec<(String, String)> {
    let items = app.catalog.lists().get(list).map(List::items).unwrap_or_default();
    items.iter().map(|item| (item.value.clone(), label(item).to_owned())).collect()
}

/// The filters that are on; each link takes one away.
pub fn active(l: &Locale, view: &View, selects: &[Select]) -> Vec<Link> {
    let without =
        |filter, label| Link { url: url(&view.clone().with(filter, "")), label, count: String::new(), here: false };
    let chosen = selects.iter().filter_map(|select| {
        let label = select.chosen()?.label.clone();
        let named = l.with("staff-filter-on", &[("filter", (&select.label).into()), ("value", (&label).into())]);
        Some(without(select.filter, named))
    });
    let words = view.value(Filter::Words).map(|words| without(Filter::Words, format!("“{words}”")));
    chosen.chain(words).collect()
}

/// The form, and the filters that wait behind "more".
pub fn parted(mut selects: Vec<Select>) -> (Select, Vec<Select>) {
    let form = selects.remove(0);
    (form, selects)
}
