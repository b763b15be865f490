//! Submitters are reminded of what waits for them: once for each occasion, and not any more once it is done.

use chrono::Duration;
use inlet::actions::sweep::sweep;
use serde_json::json;

use crate::support::TestApp;
use crate::support::answers;
use crate::support::mail::Mail;

const AMINA: &str = "amina@lakeview.example";

/// The days go by; gives what Amina is reminded of.
fn after(app: &TestApp, days: i64) -> Vec<Mail> {
    app.clock.advance(Duration::days(days));
    app.runtime.block_on(sweep(&app.app)).unwrap();
    app.runtime.block_on(sweep(&app.app)).unwrap();
    app.mails_to(AMINA)
}

/// Opens the link in the receipt and presses the button.
fn confirm(app: &TestApp) {
    let mut amina = app.client();
    for receipt in app.mails_to(AMINA).iter().filter(|mail| mail.text.contains("/address?key=")) {
        let form = amina.visit(&receipt.link("/address")).is(200).form();
        amina.submit(&form).is(200);
    }
    app.mails();
}

#[test]
fn changes_that_nobody_makes_are_reminded_of_twice() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.practice(&json!({}));
    confirm(&app);
    app.decide(&mut moderator, &reference, "request-changes", "Please name the partners.");
    app.mails();
    assert_eq!(after(&app, 13).len(), 0);
    let first = after(&app, 2);
    let [mail] = first.as_slice() else { panic!("{first:?}") };
    assert!(mail.subject.contains("Changes still open"), "{}", mail.subject);
    assert!(mail.text.contains("Please name the partners.") && mail.own_link().contains(&reference));
    assert_eq!(after(&app, 1).len(), 0);
    assert_eq!(after(&app, 12).len(), 1);
    assert_eq!(after(&app, 60).len(), 0);
}

#[test]
fn what_is_not_asked_any_more_is_not_reminded_of() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.practice(&json!({}));
    confirm(&app);
    app.decide(&mut moderator, &reference, "request-changes", "Please name the partners.");
    app.decide(&mut moderator, &reference, "reopen", "");
    app.mails();
    assert_eq!(after(&app, 30).len(), 0);
}

#[test]
fn an_address_that_nobody_confirmed_is_never_reminded() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.practice(&json!({}));
    app.decide(&mut moderator, &reference, "request-changes", "Please name the partners.");
    app.mails();
    assert_eq!(after(&app, 30).len(), 0);
}

#[test]
fn a_pledge_without_a_report_is_reminded_of_after_a_year() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    app.published_pledge(&mut moderator, &json!({ "contact_email": AMINA }));
    let second = json!({ "title": "We open a second office for newcomers", "contact_email": AMINA });
    app.published_pledge(&mut moderator, &second);
    confirm(&app);
    assert_eq!(after(&app, 364).len(), 0);
    let first = after(&app, 2);
    // Two pledges of one contact, one mail.
    let [mail] = first.as_slice() else { panic!("{first:?}") };
    assert!(mail.subject.contains("Please report") && mail.text.contains("/pledges/sitting"), "{}", mail.text);
    assert_eq!(after(&app, 30).len(), 0);
}

#[test]
fn a_pledge_that_was_reported_on_is_left_alone_for_another_year() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let pledge = app.published_pledge(&mut moderator, &json!({ "contact_email": AMINA }));
    confirm(&app);
    assert_eq!(after(&app, 300).len(), 0);
    let report = app.submit("pledge-report", &answers::report_json(&pledge));
    app.decide(&mut app.sign_in("mona@unmigration.example"), &report, "publish", "");
    app.mails();
    assert_eq!(after(&app, 70).len(), 0);
    assert_eq!(after(&app, 300).len(), 1);
}

#[test]
fn reports_are_asked_for_before_a_review() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    app.published_pledge(&mut moderator, &json!({ "contact_email": AMINA }));
    confirm(&app);
    app.record(
        "review-event",
        &json!({
            "title": "Regional review of the Global Compact", "review": "unece-2024", "start": "2027-04-10", "end": "2027-04-12",
            "format": "online", "summary": "A hearing on the pledges of the region."
        }),
    );
    assert_eq!(after(&app, 80).len(), 0, "the review is far");
    assert_eq!(after(&app, 30).len(), 1, "it is near, and there is no report");
    assert_eq!(after(&app, 10).len(), 0);
}

#[test]
fn a_practice_that_went_on_is_asked_after_a_year_later() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.published_practice(&mut moderator, &json!({}));
    confirm(&app);
    assert_eq!(after(&app, 360).len(), 0);
    let first = after(&app, 10);
    let [mail] = first.as_slice() else { panic!("{first:?}") };
    assert!(mail.subject.contains("Is this still up to date?") && mail.subject.contains(&reference));
    assert_eq!(after(&app, 30).len(), 0);
}
