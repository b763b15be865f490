//! What the engine's tests share: the form with every kind, and answers nobody thought of.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;

use super::{Catalog, FileRef, Form, Known, Lists, Pairs, Parsed, PublicationRef};
use crate::locale::{Language, Locale, Locales};

static LOCALES: LazyLock<Locales> = LazyLock::new(|| Locales::load().unwrap());
static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::load().unwrap());
static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/all_kinds.toml");
    let files = BTreeMap::from([("all-kinds.toml".to_owned(), std::fs::read_to_string(path).unwrap())]);
    Catalog::read(&LISTS, &files).unwrap()
});

pub(super) fn lists() -> &'static Lists {
    &LISTS
}

pub(super) fn locale(lang: Language) -> Locale {
    LOCALES.get(lang)
}

/// The form of `tests/fixtures/all_kinds.toml`.
pub(super) fn form() -> Arc<Form> {
    Arc::clone(CATALOG.find("all-kinds", Language::En).unwrap())
}

pub(super) fn known() -> Known {
    let file = |id: &str| FileRef {
        id: id.to_owned(),
        name: format!("{id}.pdf"),
        size: 9,
        media_type: "application/pdf".to_owned(),
    };
    let publication = PublicationRef { reference: "ALL-7K3F".to_owned(), title: "Before".to_owned() };
    Known {
        infected: [].into(),
        publications: [("ALL-7K3F".to_owned(), publication)].into(),
        files: ["f1", "f2", "f3"].map(|id| (id.to_owned(), file(id))).into(),
    }
}

pub(super) fn pairs(pairs: &[(&str, &str)]) -> Pairs {
    pairs.iter().copied().collect()
}

pub(super) fn parse_in(lang: Language, sent: &Pairs) -> Parsed {
    form().parse(sent, &known(), &locale(lang))
}

pub(super) fn parse(sent: &[(&str, &str)]) -> Parsed {
    parse_in(Language::En, &pairs(sent))
}

/// The codes of what is wrong with one control.
pub(super) fn problems(sent: &[(&str, &str)], name: &str) -> Vec<&'static str> {
    let errors = parse(sent).errors;
    errors.iter().filter(|error| error.path.name() == name).map(|error| error.problem.code()).collect()
}

pub(super) fn any_language() -> impl Strategy<Value = Language> {
    prop::sample::select(Language::ALL.to_vec())
}

/// What somebody might send: mostly sense, sometimes not.
pub(super) fn any_pairs() -> impl Strategy<Value = Pairs> {
    let fields: Vec<BoxedStrategy<Vec<(String, String)>>> = vec![
        sent("title", any::<String>()),
        sent("summary", "(\\PC|\r\n|\r|\n){0,80}"),
        sent("website", "(https?://)?[a-z]{1,8}\\.org(/[a-zé?=&#]{0,5})?"),
        sent("phone", "\\+?[0-9 ()-]{5,18}"),
        sent("people", "-?[0-9]{1,10}"),
        sent("share", "-?[0-9]{1,2}(\\.[0-9]{1,4})?"),
        parts("budget", &["amount", "currency"], vec!["[0-9]{1,12}(\\.[0-9]{1,3})?", "(CHF|USD|XXX)?"]),
        parts("day", &["day", "month", "year"], vec!["[0-9]{0,2}", "(1?[0-9]|may|Nov\\.)", "(19|20)[0-9]{2}"]),
        parts("until", &["month", "year"], vec!["1?[0-9]", "20[0-9]{2}"]),
        parts(
            "meeting",
            &["date", "time", "zone"],
            vec!["20[0-9]{2}-03-[123][0-9]", "0?[0-9]:[0-5][0-9]", "(Europe/Zurich|UTC)"],
        ),
        sent("ongoing", "(yes|no)?"),
        sent("ended_why", "\\PC{0,20}"),
        sent("scope", "(global|country|nowhere)"),
        many("countries", "(CHE|FRA|XKX|BRA)"),
        many("objectives", "[1-9]"),
        sent("main_objective", "[1-9]"),
        rows(),
        many("files", "f[1-4]"),
        sent("builds_on", "( all-7k3f|ALL-0000)?"),
        sent("contact_name", "\\PC{0,30}"),
        sent("contact_email", "[a-z.+]{1,8}@(bücher|un)\\.(org|example)"),
        sent("consent", "(yes)?"),
    ];
    fields.prop_map(|fields| Pairs(fields.into_iter().flatten().collect()))
}

fn sent(name: &'static str, value: impl Strategy<Value = String> + 'static) -> BoxedStrategy<Vec<(String, String)>> {
    value.prop_map(move |value| vec![(name.to_owned(), value)]).boxed()
}

fn many(name: &'static str, value: &'static str) -> BoxedStrategy<Vec<(String, String)>> {
    prop::collection::vec(value, 0..4)
        .prop_map(move |all| all.into_iter().map(|value| (name.to_owned(), value)).collect())
        .boxed()
}

fn parts(name: &str, parts: &'static [&str], values: Vec<&'static str>) -> BoxedStrategy<Vec<(String, String)>> {
    let name = name.to_owned();
    let named = move |values: Vec<String>| parts.iter().map(|part| format!("{name}-{part}")).zip(values).collect();
    values.prop_map(named).boxed()
}

fn rows() -> BoxedStrategy<Vec<(String, String)>> {
    let row = (0_usize..6, "\\PC{0,12}", "(state|other)?", "[a-z]{0,5}", "[0-9]{0,4}", "[a-z]{0,3}(@un\\.org)?");
    let row = row.prop_map(|(n, name, kind, which, amount, email)| {
        let values =
            [("name", name), ("kind", kind), ("which", which), ("money-amount", amount), ("contact_email", email)];
        let mut row: Vec<_> = values.into_iter().map(|(sub, value)| (format!("partners-{n}-{sub}"), value)).collect();
        row.push((format!("partners-{n}-money-currency"), "CHF".to_owned()));
        row
    });
    prop::collection::vec(row, 0..4).prop_map(|rows| rows.into_iter().flatten().collect()).boxed()
}
