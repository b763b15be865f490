//! Robots, floods, and people in need who came to the wrong door.

use chrono::Duration;
use inlet::domain::account::Role;
use inlet::domain::submission::ReviewState;
use serde_json::json;

use crate::support::answers::{self, begin, fill, merged, send};
use crate::support::app::decision_form;
use crate::support::{Page, TestApp};

const LIMITED: &[(&str, &str)] = &[("INLET_RATE_LIMIT", "on")];

#[test]
fn a_form_faster_than_anybody_types_is_held_and_its_sender_sees_nothing_unusual() {
    let app = TestApp::with(LIMITED);
    let confirm = |wait: i64| {
        let mut sender = app.client();
        let first = begin(&mut sender, "practice");
        let check = fill(&mut sender, first, &answers::practice());
        app.clock.advance(Duration::seconds(wait));
        send(&mut sender, &check)
    };
    let (robot, person) = (confirm(4).is(200), confirm(5).is(200));
    assert_eq!(app.submission(&robot.reference()).state, ReviewState::Held);
    assert_eq!(app.submission(&person.reference()).state, ReviewState::Submitted);
    let receipts = app.mails();
    assert!(receipts.iter().all(|mail| mail.subject.contains(&person.reference())), "{receipts:?}");
    let mut moderator = app.moderator();
    app.decide(&mut moderator, &robot.reference(), "release", "");
    assert_eq!(app.submission(&robot.reference()).state, ReviewState::Submitted, "no word of a person is lost");
}

#[test]
fn nobody_floods_a_mailbox_through_the_service() {
    let app = TestApp::with(LIMITED);
    let program = app.client();
    let submit = |title: &str| {
        let answers = merged(&answers::practice_json(), &json!({ "title": title }));
        let created = program.api("POST", "/api/v1/forms/practice/submissions", Some(&json!({ "answers": answers })));
        created.is(201).json()["status"].as_str().unwrap().to_owned()
    };
    let states: Vec<String> = (0..8).map(|n| submit(&format!("Practice number {n} of many"))).collect();
    assert_eq!(states.iter().filter(|state| *state == "submitted").count(), 5, "{states:?}");
    assert!(states.iter().skip(5).all(|state| state == "held"), "{states:?}");
    let mails = app.mails();
    assert_eq!(mails.len(), 5);
    for hour in 0..4 {
        app.clock.advance(Duration::minutes(61));
        let more: Vec<String> = (0..5).map(|n| submit(&format!("Practice {n} of hour {hour}"))).collect();
        let taken = more.iter().filter(|state| *state == "submitted").count();
        assert_eq!(taken, if hour < 3 { 5 } else { 0 }, "at most twenty a day");
    }
    // Who proves to read the mailbox may have as many as there is to tell.
    let mut reader = app.client();
    let page = reader.visit(&mails[0].link("/address?key=")).is(200);
    reader.submit(&page.form()).is(200);
    assert_eq!(submit("A ninth practice"), "submitted");
    app.is_whole();
}

#[test]
fn a_plea_for_help_is_answered_with_signposts_in_one_press_and_told_to_nobody() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    app.account(Role::Observer, "Olga", "olga@unmigration.example");
    let plea = json!({ "title": "Please help my stranded family", "contact_name": "Amina Example" });
    let reference = app.practice(&plea);
    let mut form = decision_form(&mut moderator, &reference, "decline").expect("a form");
    form.push("plea", "1");
    let done = moderator.submit(&form);
    moderator.follow(&done).is(200);
    assert_eq!(app.submission(&reference).state, ReviewState::Declined);
    app.clock.advance(Duration::minutes(3));
    let mails = app.mails();
    let signposts = mails.iter().find(|mail| mail.subject.contains("find help")).expect("an answer");
    assert_eq!(signposts.envelope, "amina@lakeview.example");
    for service in ["https://help.unhcr.org", "https://www.iom.int/contact-us", "emergency number"] {
        assert!(signposts.text.contains(service) && signposts.html.contains(service), "{}", signposts.text);
    }
    assert!(!signposts.text.contains("?key="), "nothing to come back for");
    for alert in mails.iter().filter(|mail| mail.envelope.ends_with("@unmigration.example")) {
        assert!(alert.subject.contains(&reference) && alert.subject.contains("Personal plea"), "{}", alert.subject);
        assert!(!alert.all().contains("stranded") && !alert.all().contains("Lakeview"), "{}", alert.text);
    }
    app.client().get(&format!("/practices/{reference}")).is(404);
    let record = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    assert!(record.said().contains("A personal plea for help"), "{}", record.said());
    app.is_whole();
}

#[test]
fn every_door_shows_people_in_need_where_to_go() {
    let app = TestApp::start();
    let mut visitor = app.client();
    let home = visitor.get("/").is(200);
    let forms: Vec<String> =
        home.attributes("a", "href").into_iter().filter(|href| href.starts_with("/forms/")).collect();
    assert!(forms.len() >= 4, "{forms:?}");
    for door in forms.iter().map(String::as_str).chain(["/"]) {
        let page = visitor.get(door).is(200);
        assert!(page.has("a[href='/need-help']"), "{door}");
    }
    let help = visitor.get("/need-help").is(200);
    for link in ["https://help.unhcr.org", "https://familylinks.icrc.org", "https://childhelplineinternational.org"] {
        assert!(help.has(&format!("a[href='{link}']")), "{link}");
    }
}

#[test]
fn a_stranger_who_guesses_passwords_locks_out_himself_alone() {
    let app = TestApp::with(&[("INLET_TRUSTED_PROXIES", "127.0.0.1/32")]);
    app.account(Role::Moderator, "Mona", "mona@unmigration.example");
    let attempt = |from: &str, email: &str, password: &str| -> Page {
        let mut browser = app.client().with("X-Forwarded-For", from);
        let mut form = browser.get("/staff/login").is(200).form();
        form.set("email", email).set("password", password);
        browser.submit(&form)
    };
    for _ in 0..20 {
        attempt("192.0.2.7", "mona@unmigration.example", "wrong").is(422);
    }
    attempt("192.0.2.7", "mona@unmigration.example", crate::support::app::PASSWORD).is(429);
    attempt("198.51.100.7", "mona@unmigration.example", crate::support::app::PASSWORD).is(303);
    // Many addresses from one network are a guess too.
    for n in 0..80 {
        attempt("192.0.2.7", &format!("nobody{n}@unmigration.example"), "wrong").is(422);
    }
    attempt("192.0.2.7", "somebody@unmigration.example", "wrong").is(429);
}
