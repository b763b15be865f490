//! Whatever comes, made up by chance: taken or named, never a fault of ours.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::answers::{self, begin};
use crate::support::client::encode;

/// Any JSON value a program could send for an answer.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[a-z]{1,8}".prop_map(Value::from),
        "[0-9]{4}-[0-9]{2}(-[0-9]{2})?".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::hash_map("[a-z_]{1,10}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

#[test]
fn whatever_a_program_answers_is_taken_or_named() {
    let app = TestApp::start();
    let fields: Vec<String> = answers::practice_json().as_object().unwrap().keys().cloned().collect();
    let mut runner = TestRunner::new(cases(200));
    let strategy = (proptest::sample::select(fields), any_value(), any::<bool>());
    let run = runner.run(&strategy, |(field, value, alone)| {
        let answers = if alone {
            json!({ &field: value })
        } else {
            answers::merged(&answers::practice_json(), &json!({ &field: value }))
        };
        let sent = app.client().api("POST", "/api/v1/forms/practice/submissions", Some(&json!({ "answers": answers })));
        prop_assert!(matches!(sent.status, 201 | 422), "{sent:?}");
        Ok(())
    });
    run.unwrap();
    app.is_whole();
}

#[test]
fn whatever_is_typed_into_a_step_is_kept_as_it_was_or_named() {
    let app = TestApp::start();
    let mut city = app.client();
    let first = begin(&mut city, "practice").form();
    let mut runner = TestRunner::new(cases(100));
    let run = runner.run(&(any::<String>(), "\\PC{0,40}", any::<String>()), |(title, place, button)| {
        let mut form = first.clone();
        form.set("title", &title).set("place", &place);
        let sent = city.clone().press(&form, ("do", &button));
        prop_assert!(matches!(sent.status, 303 | 400 | 422), "{sent:?}");
        if sent.status == 422 {
            prop_assert_eq!(sent.form().value("place").to_owned(), place);
        }
        Ok(())
    });
    run.unwrap();
}

/// Addresses that take parameters, or a name at their end.
const OPEN: [&str; 8] = [
    "/practices",
    "/staff",
    "/staff/mail",
    "/staff/audit",
    "/staff/login",
    "/forms/pledge/scope",
    "/api/v1/practices",
    "/practices/",
];

#[test]
fn whatever_stands_in_an_address_is_answered() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    app.published_practice(&mut moderator, &json!({}));
    let mut runner = TestRunner::new(cases(150));
    let strategy = (
        proptest::sample::select(&OPEN[..]),
        "(q|page|sort|tab|status|form|objective|country|answer|next|x)",
        any::<String>(),
    );
    let run = runner.run(&strategy, |(path, name, value)| {
        let link = if path.ends_with('/') {
            format!("{path}{}", encode(&value))
        } else {
            format!("{path}?{name}={}", encode(&value))
        };
        let page = moderator.clone().get(&link);
        prop_assert!(matches!(page.status, 200 | 303 | 400 | 404 | 422), "{page:?}");
        Ok(())
    });
    run.unwrap();
}
