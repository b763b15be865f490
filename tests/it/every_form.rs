//! Every form there is, filled in page by page to its end, once with the least and once with everything; what was answered
//! stands wherever it is to be read.

use std::collections::BTreeSet;

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use inlet::forms::condition::Condition;
use inlet::forms::form::{Field, Form, Lifecycle};
use inlet::forms::kind::{Choice, FieldKind};
use inlet::forms::{Answers, Pairs, Shown};
use inlet::locale::Language;
use serde_json::{Value, json};

use crate::support::answers::{self, begin, call_json, discussion_space_json};
use crate::support::program;
use crate::support::{Client, Page, TestApp};

/// A service with something published of every form that another one names.
struct World {
    app: TestApp,
    moderator: Client,
    /// By form: the reference of what is published.
    published: HashMap<&'static str, String>,
}

impl World {
    fn new() -> Self {
        let app = TestApp::start();
        let mut moderator = app.moderator();
        let pledge = app.published_pledge(&mut moderator, &json!({}));
        let space = app.record("discussion-space", &discussion_space_json());
        let post = app.submit("discussion-post", &answers::post_json(&space));
        app.decide(&mut moderator, &post, "publish", "");
        let call = app.record("call", &call_json());
        let published = [("pledge", pledge), ("discussion-space", space), ("discussion-post", post), ("call", call)];
        Self { app, moderator, published: published.into() }
    }

    fn forms(&self) -> Vec<std::sync::Arc<Form>> {
        self.app.app.catalog.all(Language::En).cloned().collect()
    }

    /// What a person types who answers only what must be answered.
    fn least(&self, form: &Form) -> Pairs {
        let mut example = form.example();
        for field in form.fields() {
            if let (FieldKind::Publication { form }, Some(value)) = (&field.kind, example.get_mut(field.id.as_str())) {
                *value = self.published[form.as_str()].clone().into();
            }
        }
        let known = inlet::forms::Known {
            publications: self
                .published
                .values()
                .map(|reference| {
                    (
                        reference.clone(),
                        inlet::forms::PublicationRef { reference: reference.clone(), title: String::new() },
                    )
                })
                .collect(),
            ..inlet::forms::Known::default()
        };
        let parsed = form.parse_json(example.as_object().unwrap(), &known, &self.app.app.locale(Language::En));
        form.pairs(&parsed.answers)
    }

    /// What a person types who answers everything.
    fn all(&self, form: &Form) -> Pairs {
        let mut pairs = Pairs::default();
        for (at, field) in form.fields().enumerate() {
            self.answer(form, field, field.id.as_str(), at, &mut pairs);
        }
        pairs
    }

    fn answer(&self, form: &Form, field: &Field, name: &str, at: usize, pairs: &mut Pairs) {
        let day = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap() + Days::new(40 * u64::try_from(at).unwrap());
        let mut put = |part: &str, value: String| pairs.push(format!("{name}{part}"), value);
        match &field.kind {
            FieldKind::Text { min, max } | FieldKind::LongText { min, max } => put("", text(name, *min, *max)),
            FieldKind::Email => put("", format!("{}@example.org", name.replace('_', "."))),
            FieldKind::Url => put("", format!("https://example.org/{name}")),
            FieldKind::Phone => put("", format!("+41 22 555 {at:02} 00")),
            FieldKind::Number { .. } => put("", (30 + at).to_string()),
            FieldKind::Money { .. } => {
                put("-amount", (1_000 + at).to_string());
                put("-currency", "CHF".to_owned());
            }
            FieldKind::Date => {
                put("-day", day.format("%-d").to_string());
                put("-month", day.format("%-m").to_string());
                put("-year", day.format("%Y").to_string());
            }
            FieldKind::Month => {
                put("-month", day.format("%-m").to_string());
                put("-year", day.format("%Y").to_string());
            }
            FieldKind::Meeting => {
                put("-date", day.to_string());
                put("-time", "09:30".to_owned());
                put("-zone", "Africa/Nairobi".to_owned());
            }
            FieldKind::YesNo => put("", wanted_by_others(form, field).unwrap_or_else(|| "yes".to_owned())),
            FieldKind::Choice { options, .. } => {
                let first = options.iter().next().unwrap().value.clone();
                put("", wanted_by_others(form, field).unwrap_or(first));
            }
            FieldKind::Choices { options, max, .. } => {
                // What is limited to earlier choices is limited in the form too.
                let several: Vec<&Choice> = options.iter().take(max.unwrap_or(usize::MAX)).collect();
                several.into_iter().for_each(|choice| put("", choice.value.clone()));
            }
            FieldKind::Rows { fields, .. } => {
                for sub in fields {
                    self.answer(form, sub, &format!("{name}-0-{}", sub.id), at, pairs);
                }
            }
            FieldKind::Publication { form } => put("", self.published[form.as_str()].clone()),
            FieldKind::Consent => put("", "yes".to_owned()),
            FieldKind::File { .. } | FieldKind::Generated { .. } => {}
        }
    }

    /// From the first page to the page on which everything is checked.
    fn fill(&self, client: &mut Client, form: &Form, pairs: &Pairs, with_files: bool) -> Page {
        let mut page = match form.lifecycle() {
            Lifecycle::Publication | Lifecycle::Request => begin(client, form.id().as_str()),
            Lifecycle::Record => client.get(&format!("/staff/forms/{}/begin", form.id())).is(200),
        };
        for _ in 0..8 {
            let mut sent = page.form();
            sent.answer(&pairs.0);
            // A publication is chosen from what a search finds; its control is there once it was looked for.
            for field in form.fields().filter(|field| matches!(field.kind, FieldKind::Publication { .. })) {
                let name = field.id.as_str();
                if let Some(chosen) = pairs.get(name).filter(|_| sent.offers(&format!("{name}-q"))) {
                    sent.set(name, chosen);
                }
            }
            for field in form.fields().filter(|field| matches!(field.kind, FieldKind::File { .. })) {
                if with_files && sent.multipart && sent.offers(field.id.as_str()) {
                    sent.attach(field.id.as_str(), &format!("{}.txt", field.id), b"A text.");
                }
            }
            page = answers::go_on(client, &sent);
            if page.path.ends_with("/check") {
                return page;
            }
        }
        panic!("{} has no end: {page:?}", form.id());
    }

    /// Walks a form to its end and finds the answers everywhere.
    fn walk(&mut self, form: &Form, pairs: &Pairs, with_files: bool) -> Answers {
        let kept = form.lifecycle() == Lifecycle::Record;
        let mut client = if kept { self.moderator.clone() } else { self.app.client() };
        let check = self.fill(&mut client, form, pairs, with_files);
        let done = client.submit(&check.form());
        let page = client.follow(&done).is(200);
        let reference = if kept { page.one("main .caption .reference") } else { page.reference() };
        let stored = self.app.submission(&reference);
        let app = self.app.app.clone();
        let (_, answers) = self.app.read(move |conn| app.answers(conn, stored.id, stored.head_revision, Language::En));
        let words = self.words(form, &answers);
        holds(&check, &words, form);
        holds(&self.moderator.get(&format!("/staff/submissions/{reference}")).is(200), &words, form);
        if !kept {
            holds(&client.get(&format!("/submissions/{reference}")).is(200), &words, form);
        }
        self.exported(form, &answers);
        answers
    }

    /// Everything that was answered, as it is read; what was put together is left to its sources.
    fn words(&self, form: &Form, answers: &Answers) -> Vec<String> {
        let l = self.app.app.locale(Language::En);
        let asked = form.fields().filter(|field| !matches!(field.kind, FieldKind::Generated { .. }));
        let shown = asked.filter_map(|field| Some(field.show(Some(answers.get(&field.id)?), &l)));
        shown.flat_map(leaves).collect()
    }

    /// The export has a cell for every answer.
    fn exported(&self, form: &Form, answers: &Answers) {
        let output = program::run(self.app.folder.path(), &["export", form.id().as_str(), "--format", "csv"]);
        assert!(output.status.success(), "{}", program::said(&output));
        let mut reader = csv::Reader::from_reader(output.stdout.as_slice());
        let names = reader.headers().unwrap().clone();
        let last = reader.records().last().expect("a row").unwrap();
        for (id, _) in answers.iter() {
            let begins = |name: &str| {
                name == id.as_str() || name.starts_with(&format!("{id}_")) || name.starts_with(&format!("{id}."))
            };
            let cells: Vec<&str> =
                names.iter().zip(&last).filter(|(name, _)| begins(name)).map(|(_, cell)| cell).collect();
            assert!(cells.iter().any(|cell| !cell.is_empty()), "{}: {id} in {names:?}", form.id());
        }
    }
}

/// A text that can be told from all others.
fn text(name: &str, min: usize, max: usize) -> String {
    let start: String = format!("Answer to {name}").chars().take(max).collect();
    if start.chars().count() >= min { start } else { answers::long(&start, min + 20) }
}

/// The value on which most other questions depend.
fn wanted_by_others(form: &Form, field: &Field) -> Option<String> {
    let mut wanted: HashMap<String, usize> = HashMap::new();
    for other in form.fields() {
        if let Some(Condition::Is(id, values)) = &other.show_if
            && *id == field.id
        {
            values.iter().for_each(|value| *wanted.entry(value.clone()).or_default() += 1);
        }
    }
    wanted.into_iter().max_by_key(|(value, count)| (*count, value.clone())).map(|(value, _)| value)
}

fn leaves(shown: Shown) -> Vec<String> {
    match shown {
        Shown::Nothing => Vec::new(),
        Shown::Text(text) | Shown::Prose(text) | Shown::Email(text) => vec![text],
        Shown::List(items) => items,
        Shown::Link { text, .. } => vec![text],
        Shown::Files(files) => files.into_iter().map(|file| file.name).collect(),
        Shown::Rows(rows) => rows.into_iter().flatten().flat_map(|(_, cell)| leaves(cell)).collect(),
        Shown::Publication(named) => vec![named.reference],
    }
}

#[track_caller]
fn holds(page: &Page, words: &[String], form: &Form) {
    let said = page.said();
    for words in words {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(&words), "{}: “{words}” on {page:?}", form.id());
    }
}

#[test]
fn every_form_is_walked_to_its_end_with_the_least_answers() {
    let mut world = World::new();
    for form in world.forms() {
        let pairs = world.least(&form);
        world.walk(&form, &pairs, false);
    }
    world.app.is_whole();
}

#[test]
fn every_form_is_walked_to_its_end_with_everything_answered() {
    let mut world = World::new();
    for form in world.forms() {
        let pairs = world.all(&form);
        let answers = world.walk(&form, &pairs, true);
        let open: Vec<&str> = form
            .fields()
            .filter(|field| field.is_asked(&answers) && answers.get(&field.id).is_none())
            .map(|field| field.id.as_str())
            .collect();
        assert!(open.is_empty(), "{}: {open:?} stayed open", form.id());
    }
    world.app.is_whole();
}

#[test]
fn every_collection_shows_what_was_published_in_it() {
    let mut world = World::new();
    for form in world.forms().into_iter().filter(|form| form.has_pages()) {
        let pairs = world.all(&form);
        let answers = world.walk(&form, &pairs, true);
        if form.lifecycle() == Lifecycle::Publication {
            let reference = world.app.read({
                let id = form.id().clone();
                move |conn| {
                    let ids = inlet::store::submissions::ids_of(conn, &id, None)?;
                    Ok(inlet::store::submissions::get(conn, *ids.last().unwrap())?.reference)
                }
            });
            let mut moderator = world.moderator.clone();
            world.app.decide(&mut moderator, &reference, "publish", "");
        }
        let collection = form.collection().unwrap();
        let list = world.app.client().get(&format!("/{collection}")).is(200);
        let link = list.attributes("ol.cards h2 a", "href").remove(0);
        let item = world.app.client().get(&link).is(200);
        // None of those who are asked whether they take part has confirmed.
        let public = Value::Object(form.public_json(&answers, &BTreeSet::new())).to_string();
        let public = inlet::actions::project::load(&form, &public).unwrap();
        let words = world.words(&form, &public);
        holds(&item, &words, &form);
        for page in [&item, &list] {
            // A practice may name an address for the public besides.
            let text = page.text().replace("public.contact.email@", "");
            assert!(!text.contains("contact.email@example.org"), "{collection}");
        }
    }
    for path in ["networks", "discussions", "voluntary-reports", "fund", "reviews", "calls", "talks"] {
        world.app.client().get(&format!("/{path}")).is(200);
        world.app.client().api("GET", &format!("/api/v1/{path}"), None).is(200);
    }
    world.app.is_whole();
}
