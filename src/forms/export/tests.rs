use proptest::prelude::*;
use serde_json::{Value, json};

use crate::forms::testing::{any_language, any_pairs, form, known, lists, locale, parse, parse_in};
use crate::forms::{guard_cell, unguard_cell};
use crate::locale::Language;

proptest! {
    #[test]
    fn pairs_parse_to_the_same_answers_in_every_language(sent in any_pairs(), first in any_language(), then in any_language()) {
        let answers = parse_in(first, &sent).answers;
        prop_assert_eq!(parse_in(then, &form().pairs(&answers)).answers, answers);
    }

    #[test]
    fn json_loads_to_the_same_answers(sent in any_pairs()) {
        let answers = parse_in(Language::En, &sent).answers;
        let json = form().to_json(&answers);
        prop_assert_eq!(&form().load(&json).unwrap(), &answers);
        let text = serde_json::to_string(&json).unwrap();
        prop_assert_eq!(form().load(&serde_json::from_str(&text).unwrap()).unwrap(), answers);
    }

    #[test]
    fn json_is_accepted_as_it_was_given(sent in any_pairs(), lang in any_language()) {
        let answers = parse_in(lang, &sent).answers;
        let parsed = form().parse_json(&form().to_json(&answers), &known(), &locale(lang));
        prop_assert_eq!(parsed.answers, answers);
    }

    #[test]
    fn parts_join_to_the_same_answers(sent in any_pairs()) {
        let answers = parse_in(Language::En, &sent).answers;
        let parts: Vec<_> = form().split(&answers).into_iter().map(|(name, value)| (name, Some(value))).collect();
        prop_assert_eq!(form().join(&parts).unwrap(), answers);
    }

    #[test]
    fn no_personal_text_outlives_its_part(sent in any_pairs()) {
        let answers = parse_in(Language::En, &sent).answers;
        let kept = form().split(&answers).into_iter().map(|(name, value)| {
            let erased = name != "answers";
            (name, (!erased).then_some(value))
        });
        let joined = form().join(&kept.collect::<Vec<_>>()).unwrap();
        let text = serde_json::to_string(&form().to_json(&joined)).unwrap();
        prop_assert!(!text.contains("contact_") && !text.contains("\"phone\""), "{}", text);
    }

    #[test]
    fn the_public_sees_nothing_personal(sent in any_pairs()) {
        let public = serde_json::to_string(&form().public_json(&parse_in(Language::En, &sent).answers, &std::collections::BTreeSet::new())).unwrap();
        prop_assert!(!public.contains("contact_") && !public.contains("\"phone\"") && !public.contains("\"budget\""));
    }

    #[test]
    fn a_guarded_cell_is_unguarded_exactly(text in "['=+@\t\r＝－-]{0,4}[0-9.]{0,4}\\PC{0,6}") {
        let guarded = guard_cell(&text);
        prop_assert_eq!(unguard_cell(&guarded), text.as_str());
        let number = text.parse::<f64>().is_ok();
        prop_assert!(number || !guarded.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']), "{}", guarded);
    }
}

#[test]
fn cells_stand_under_their_columns() {
    let answers = parse(&[
        ("title", "=1+1"),
        ("share", "-5"),
        ("budget-amount", "1,000"),
        ("budget-currency", "CHF"),
        ("day-day", "6"),
        ("day-month", "11"),
        ("day-year", "2026"),
        ("objectives", "10"),
        ("objectives", "2"),
        ("partners-3-name", "IOM"),
    ])
    .answers;
    let cells = form().cells(&answers);
    let cell = |name: &str| cells[name].guarded().into_owned();
    assert!(cells.keys().all(|name| form().columns().contains(name)));
    assert_eq!(cell("budget"), "1000.00 CHF");
    assert_eq!(cell("day"), "2026-11-06");
    assert_eq!(cell("objectives"), "2; 10");
    assert_eq!(cell("partners"), r#"[{"name":"IOM"}]"#);
    assert_eq!(cell("title"), "'=1+1");
    assert_eq!(cell("share"), "-5");
}

#[test]
fn facets_count_each_region_once() {
    let sent =
        [("scope", "country"), ("countries", "FRA"), ("countries", "CHE"), ("countries", "XKX"), ("day", "2026-11-06")];
    let answers = parse(&sent).answers;
    let found = form().facet_values(&answers, lists());
    let of = |facet: &str| {
        found.iter().filter(|(name, _)| name == facet).map(|(_, value)| value.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(of("country"), ["FRA", "CHE", "XKX"]);
    // France is a member of ESCAP and ECLAC without lying there.
    assert_eq!(of("region"), ["unece"]);
    assert_eq!(of("year"), ["2026"]);
    assert_eq!(of("scope"), ["country"]);
}

#[test]
fn what_does_not_fit_the_form_is_not_loaded() {
    let load = |value: Value| form().load(value.as_object().unwrap());
    assert_eq!(load(json!({ "colour": "red" })).unwrap_err().field, "colour");
    assert_eq!(load(json!({ "people": "many" })).unwrap_err().field, "people");
    assert_eq!(load(json!({ "partners": [{ "age": 3 }] })).unwrap_err().field, "age");
    assert!(load(json!({ "countries": ["GONE"], "title": null })).is_ok());
    let torn = [
        ("answers".to_owned(), Some(json!({ "partners": [{}] }))),
        ("partners.contact_email".to_owned(), Some(json!([]))),
    ];
    assert_eq!(form().join(&torn).unwrap_err().field, "partners.contact_email");
}

#[test]
fn search_looks_by_weight_at_public_texts() {
    let answers =
        parse(&[("title", "Cards"), ("summary", "Cards for children"), ("scope", "global"), ("contact_name", "Ann")])
            .answers;
    let [a, b, c] = form().search_text(&answers, &locale(Language::En));
    assert_eq!((a.as_str(), b.as_str(), c.as_str()), ("Cards", "Cards for children", "Cards – Global"));
}
