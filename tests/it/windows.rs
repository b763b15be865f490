//! Windows: what opens with one day and closes with another, in a time zone of its own.

use chrono::Duration;
use serde_json::json;

use crate::support::answers::{
    self, begin, call_json, discussion_space_json, fill, go_on, merged, post_json, practice, send,
};
use crate::support::{Client, Page, TestApp};

/// The test's clock stands at 6 November 2026, 9:00 UTC.
fn at(app: &TestApp, instant: &str) {
    let then: chrono::DateTime<chrono::Utc> = instant.parse().unwrap();
    app.clock.advance(then - app.app.clock.now());
}

fn call(app: &TestApp, zone: &str) -> String {
    app.record("call", &merged(&call_json(), &json!({ "zone": zone })))
}

/// From the call on the practice form's start page to the page on which everything is checked.
fn answering(client: &mut Client, call: &str) -> Page {
    let start = client.get("/forms/practice").is(200);
    let link = start.attributes(".calls a", "href").remove(0);
    assert_eq!(link, format!("/forms/practice/begin?call={call}"));
    let first = client.get(&link).is(200);
    let only: answers::Answers = practice().into_iter().filter(|(name, _)| name != "objectives").collect();
    fill(client, first, &only)
}

#[test]
fn a_practice_for_a_call_begins_with_its_objectives_and_remembers_it() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let call = call(&app, "Europe/Zurich");
    let mut client = app.client();
    let check = answering(&mut client, &call);
    assert!(check.said().contains("6. Facilitate fair and ethical recruitment"), "{check:?}");
    assert!(check.said().contains(&call), "{check:?}");
    let reference = send(&mut client, &check).reference();
    app.decide(&mut moderator, &reference, "publish", "");
    let page = app.client().get(&format!("/calls/{call}")).is(200);
    assert!(page.said().contains("A help desk for newcomers"), "what answers a call stands on its page: {page:?}");
    assert!(app.client().get(&format!("/practices/{reference}")).is(200).said().contains(&call));
    app.is_whole();
}

/// The last day counts to its end where the call is at home, wherever the server and the reader are.
#[test]
fn the_last_day_of_a_call_is_its_last_day_in_its_own_zone() {
    for (zone, last_moment, too_late) in [
        ("Pacific/Honolulu", "2026-12-01T09:59:59Z", "2026-12-01T10:00:00Z"),
        ("Pacific/Auckland", "2026-11-30T10:59:59Z", "2026-11-30T11:00:00Z"),
    ] {
        let app = TestApp::start();
        app.moderator();
        let call = call(&app, zone);
        let (mut early, mut late) = (app.client(), app.client());
        let in_time = answering(&mut early, &call);
        let not_in_time = answering(&mut late, &call);
        for path in [format!("/calls/{call}"), "/forms/practice".to_owned()] {
            let page = app.client().get(&path).is(200);
            assert!(page.said().contains("Open until the end of 30 November 2026"), "{zone}: {page:?}");
            assert!(page.said().contains(&format!("({zone})")), "{page:?}");
        }
        at(&app, last_moment);
        send(&mut early, &in_time).reference();
        at(&app, too_late);
        let refused = late.submit(&not_in_time.form()).is(422);
        assert!(refused.errors()[0].1.contains("closed at the end of 30 November 2026"), "{refused:?}");
        assert_eq!(app.count("submissions"), 2, "the call and one practice");
        assert!(
            app.client().get(&format!("/calls/{call}")).is(200).said().contains("Closed at the end of 30 November")
        );
        assert!(!app.client().get("/forms/practice").is(200).has(".calls a"));
        app.is_whole();
    }
}

#[test]
fn a_kept_draft_is_sent_once_staff_have_moved_the_last_day() {
    let app = TestApp::start();
    app.moderator();
    let call = call(&app, "Europe/Zurich");
    let mut client = app.client();
    let check = answering(&mut client, &call);
    at(&app, "2026-12-02T08:00:00Z");
    let refused = client.submit(&check.form()).is(422);
    assert!(refused.said().contains("A help desk for newcomers"), "nothing typed is lost: {refused:?}");
    assert!(client.get(&check.path).is(200).said().contains("cannot be sent"), "it is said before sending too");
    // Staff correct the call.
    let mut moderator = app.sign_in("mona@unmigration.example");
    let page = moderator.get(&format!("/staff/submissions/{call}")).is(200);
    let opened = moderator.submit(&page.form_at("form[action$='/revisions']"));
    let mut form = moderator.follow(&opened).is(200).form();
    form.set("closes-day", "10").set("closes-month", "12");
    let corrected = go_on(&mut moderator, &form);
    assert_eq!(moderator.submit(&corrected.form()).status, 303);
    send(&mut client, &refused).reference();
    app.is_whole();
}

#[test]
fn a_practice_can_be_sent_without_the_call_that_has_closed() {
    let app = TestApp::start();
    app.moderator();
    let call = call(&app, "Europe/Zurich");
    let mut client = app.client();
    let check = answering(&mut client, &call);
    at(&app, "2026-12-02T08:00:00Z");
    let refused = client.submit(&check.form()).is(422);
    let step = refused.errors()[0].0.clone();
    let mut form = client.get(&step).is(200).form();
    form.clear("call");
    let check = go_on(&mut client, &form);
    send(&mut client, &check).reference();
}

#[test]
fn a_discussion_takes_posts_while_it_is_open() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let space = app.record("discussion-space", &discussion_space_json());
    let first = app.submit("discussion-post", &post_json(&space));
    app.decide(&mut moderator, &first, "publish", "");
    let reply = merged(&post_json(&space), &json!({ "reply_to": first, "text": "I agree with that." }));
    let reply = app.submit("discussion-post", &reply);
    app.decide(&mut moderator, &reply, "publish", "");
    let page = app.client().get(&format!("/discussions/{space}")).is(200);
    assert_eq!(page.attributes("section.answers[id^=DIS-]", "id"), [first.clone(), reply]);
    assert!(page.has(".reply"), "{page:?}");
    assert!(page.has("a[href^='/forms/discussion-post?about=']"), "{page:?}");
    at(&app, "2026-11-30T23:00:00Z");
    let body = json!({ "answers": post_json(&space), "locale": "en" });
    let refused = app.client().api("POST", "/api/v1/forms/discussion-post/submissions", Some(&body)).is(422).json();
    assert_eq!(refused["errors"][0]["field"], "space", "{refused}");
    assert_eq!(refused["errors"][0]["code"], "not-open", "{refused}");
    let page = app.client().get(&format!("/discussions/{space}")).is(200);
    assert!(!page.has("a[href^='/forms/discussion-post?about=']"), "{page:?}");
    app.is_whole();
}

#[test]
fn a_form_with_a_window_says_when_it_opens_and_takes_nothing_after_it_closed() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string("content/forms/training.toml").unwrap();
    let window = "[window]\nopens = \"2026-11-10\"\ncloses = \"2026-11-20\"\nzone = \"America/New_York\"\n\n[start]";
    std::fs::write(folder.path().join("training.toml"), text.replacen("[start]", window, 1)).unwrap();
    let app = TestApp::with(&[("INLET_FORMS_DIR", folder.path().to_str().unwrap())]);
    let mut client = app.client();
    let start = client.get("/forms/training").is(200);
    assert!(start.said().contains("Opens when 10 November 2026 begins"), "{start:?}");
    assert!(start.said().contains("10 November 2026, 05:00 UTC") && !start.has("a.primary"), "{start:?}");
    assert_eq!(start.attributes("time[data-local]", "datetime"), ["2026-11-10T05:00:00Z"]);
    assert_eq!(client.get("/forms/training/begin").is(303).location().as_deref(), Some("/forms/training"));
    let answers: answers::Answers = {
        let form = app.app.catalog.find("training", inlet::locale::Language::En).unwrap().clone();
        let known = inlet::forms::Known::default();
        let example = form.example();
        let parsed =
            form.parse_json(example.as_object().unwrap(), &known, &app.app.locale(inlet::locale::Language::En));
        form.pairs(&parsed.answers).0
    };
    at(&app, "2026-11-21T04:59:00Z");
    let first = begin(&mut client, "training");
    let check = fill(&mut client, first, &answers);
    app.clock.advance(Duration::minutes(1));
    let refused = client.submit(&check.form()).is(422);
    assert!(refused.errors()[0].1.contains("closed at the end of 20 November 2026"), "{refused:?}");
    assert_eq!(app.count("submissions"), 0);
    assert!(client.get("/forms/training").is(200).said().contains("Closed at the end of 20 November 2026"));
}
