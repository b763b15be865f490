//! The choices of a subscription: what, narrowed by what, how often.

use crate::app::App;
use crate::domain::interest::{FACETS, Interest, TO, can_be_followed, value_words};
use crate::domain::pace::Pace;
use crate::forms::lists::List;
use crate::locale::Locale;
use crate::web::extract::Sent;
use crate::web::pages::input::Wrong;
use crate::web::pages::staff::Choice;

/// More values than this get a filter of their own above them.
const MANY: usize = 15;

/// The pace a form says; once a week where it says none.
pub fn pace_of(sent: &Sent) -> Pace {
    Pace::read(sent.text("pace")).unwrap_or(Pace::Weekly)
}

/// All choices.
pub struct Topics {
    pub forms: Vec<Choice>,
    /// Nothing was chosen.
    pub error: Option<String>,
    pub groups: Vec<Group>,
    pub paces: Vec<Choice>,
}

/// The values of a facet.
pub struct Group {
    pub name: &'static str,
    pub label: String,
    pub choices: Vec<Choice>,
}

impl Group {
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.choices.iter().any(|choice| choice.chosen)
    }

    #[must_use]
    pub fn is_long(&self) -> bool {
        self.choices.len() > MANY
    }
}

impl Topics {
    pub fn new(app: &App, l: &Locale, interest: &Interest, pace: Pace) -> Self {
        let forms = app.catalog.all(l.language()).filter(|form| can_be_followed(form)).map(|form| Choice {
            value: form.id().as_str().to_owned(),
            label: form.words().plural.clone(),
            hint: None,
            chosen: interest.has(TO, form.id().as_str()),
        });
        let paces = Pace::ALL.iter().map(|known| {
            let key = format!("subscribe-pace-{}", known.as_str());
            let hint = Some(format!("{key}-hint")).filter(|key| l.knows(key)).map(|key| l.t(&key));
            Choice { value: known.as_str().to_owned(), label: l.t(&key), hint, chosen: *known == pace }
        });
        let groups = FACETS.iter().map(|(name, list)| group(app, l, interest, (name, list)));
        Self { forms: forms.collect(), error: None, groups: groups.collect(), paces: paces.collect() }
    }

    /// Notes what is wrong where nothing is followed.
    pub fn refuse_nothing(&mut self, l: &Locale, interest: &Interest) {
        self.error = interest.is_empty().then(|| l.t("subscribe-to-wrong"));
    }

    pub fn wrong(&self) -> Vec<Wrong> {
        let wrong = self.error.clone().map(|text| Wrong { anchor: "to-1".to_owned(), text });
        wrong.into_iter().collect()
    }
}

fn group(app: &App, l: &Locale, interest: &Interest, (name, list): (&'static str, &str)) -> Group {
    let items = app.catalog.lists().get(list).map(List::items).unwrap_or_default();
    let mut choices: Vec<Choice> = items
        .iter()
        .map(|item| Choice {
            chosen: interest.has(name, &item.value),
            label: value_words(&app.catalog, list, &item.value, l),
            value: item.value.clone(),
            hint: None,
        })
        .collect();
    let numbered = choices.iter().all(|choice| choice.value.bytes().all(|b| b.is_ascii_digit()));
    if !numbered {
        choices.sort_by_key(|choice| choice.label.to_lowercase());
    }
    Group { name, label: l.t(&format!("subscribe-{name}")), choices }
}
