//! The same forms, filled in by programs.

use serde_json::json;

use crate::support::TestApp;
use crate::support::answers;

#[test]
fn the_least_answers_of_each_form_are_taken_from_a_program() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    app.published_pledge(&mut moderator, &json!({}));
    app.record("discussion-space", &answers::discussion_space_json());
    let program = app.client();
    let forms = program.api("GET", "/api/v1/forms", None).is(200).json();
    let ids: Vec<&str> = forms["forms"].as_array().unwrap().iter().map(|form| form["id"].as_str().unwrap()).collect();
    for wanted in ["practice", "pledge", "pledge-report", "unct-support"] {
        assert!(ids.contains(&wanted), "{ids:?}");
    }
    for id in ids {
        let form = program.api("GET", &format!("/api/v1/forms/{id}"), None).is(200).json();
        let body = json!({ "answers": form["example"], "locale": "en" });
        let created = program.api("POST", &format!("/api/v1/forms/{id}/submissions"), Some(&body)).is(201).json();
        assert_eq!(created["status"], "submitted", "{created}");
        app.client().visit(created["status_url"].as_str().unwrap()).is(200);
        // Without any one of the required answers it is not taken, and the field is named.
        for field in form["schema"]["required"].as_array().unwrap() {
            let mut less = form["example"].as_object().unwrap().clone();
            less.remove(field.as_str().unwrap());
            let refused = program
                .api("POST", &format!("/api/v1/forms/{id}/submissions"), Some(&json!({ "answers": less })))
                .is(422)
                .json();
            let named: Vec<&str> =
                refused["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
            assert!(named.iter().any(|name| name.starts_with(field.as_str().unwrap())), "{id} {field}: {refused}");
        }
    }
    app.is_whole();
}

#[test]
fn an_idempotency_key_answers_once_for_the_same_and_never_for_others() {
    let app = TestApp::start();
    let program = app.client();
    let link = "/api/v1/forms/practice/submissions";
    let body = json!({ "answers": answers::practice_json(), "locale": "en" });
    let made: Vec<serde_json::Value> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..6)
            .map(|_| scope.spawn(|| program.api_keyed("POST", link, Some(&body), Some("key-1")).is(201).json()))
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(made.iter().all(|one| *one == made[0]), "{made:?}");
    assert_eq!(app.count("submissions"), 1);
    let other = json!({ "answers": answers::merged(&answers::practice_json(), &json!({ "title": "Another" })), "locale": "en" });
    program.api_keyed("POST", link, Some(&other), Some("key-1")).is(422);
    program.api_keyed("POST", link, Some(&other), Some("key-2")).is(201);
    program.api_keyed("POST", link, Some(&body), Some("")).is(400);
    assert_eq!(app.count("submissions"), 2);
    assert_eq!(app.mails().len(), 2);
}

#[test]
fn a_retry_is_answered_as_before_even_if_what_it_names_is_gone() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let pledge = app.published_pledge(&mut moderator, &json!({}));
    let (program, link) = (app.client(), "/api/v1/forms/pledge-report/submissions");
    let body = json!({ "answers": answers::report_json(&pledge) });
    let first = program.api_keyed("POST", link, Some(&body), Some("report-1")).is(201).json();
    app.decide(&mut moderator, &pledge, "unpublish", "The Government asked for it.");
    assert_eq!(program.api_keyed("POST", link, Some(&body), Some("report-1")).is(201).json(), first);
    program.api_keyed("POST", link, Some(&body), Some("report-2")).is(422);
}
