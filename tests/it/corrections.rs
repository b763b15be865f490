//! A correction of something published, proposed by its submitter: the public page stays as it is until a moderator decides.

use inlet::domain::submission::ReviewState;

use crate::support::answers::{self, but, fill, hand_in, send};
use crate::support::app::decision_form;
use crate::support::{Client, Page, TestApp};

/// What everybody sees.
fn public(app: &TestApp, reference: &str) -> Vec<Vec<u8>> {
    let pages = [format!("/practices/{reference}"), "/practices".to_owned(), "/api/v1/practices".to_owned()];
    pages.iter().map(|path| app.client().get(path).is(200).body).collect()
}

fn own(client: &mut Client, reference: &str) -> Page {
    client.get(&format!("/submissions/{reference}")).is(200)
}

/// Opens the answers from the own page, changes the title, sends.
fn correct(city: &mut Client, reference: &str, title: &str) {
    let form = own(city, reference).form_at("form[action$='/edit']");
    let opened = city.submit(&form);
    let first = city.follow(&opened).is(200);
    let check = fill(city, first, &but(answers::practice(), &[("title", title)]));
    assert_eq!(send(city, &check).reference(), reference);
}

#[test]
fn a_correction_is_proposed_seen_and_published_while_the_public_page_stays() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    app.decide(&mut moderator, &reference, "publish", "");
    let before = public(&app, &reference);

    correct(&mut city, &reference, "A help desk in two places");
    assert_eq!(public(&app, &reference), before, "byte for byte");
    let page = own(&mut city, &reference);
    assert!(page.said().contains("Correction in review") && page.said().contains("What is public stays as it is"));
    assert!(!page.has("form[action$='/edit']"), "one correction at a time");
    let queue = moderator.get("/staff").is(200);
    assert!(queue.one("tbody").contains("Correction"), "{queue:?}");
    let record = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    assert!(record.one("#changes ins").contains("in two places"));
    app.decide(&mut moderator, &reference, "start-review", "");
    assert_eq!(public(&app, &reference), before);
    app.decide(&mut moderator, &reference, "publish", "");
    let page = app.client().get(&format!("/practices/{reference}")).is(200);
    assert_eq!(page.one("h1"), "A help desk in two places");
    let expected = ["submitted", "publish", "resubmitted", "start-review", "publish"];
    assert_eq!(app.events(&reference), expected);
    app.is_whole();
}

#[test]
fn a_correction_that_is_withdrawn_or_declined_leaves_what_is_published() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    app.decide(&mut moderator, &reference, "publish", "");
    let before = public(&app, &reference);

    correct(&mut city, &reference, "A help desk that closed");
    let page = own(&mut city, &reference);
    assert!(page.said().contains("Withdraw the correction"));
    city.submit(&page.form_at("form[action$='/withdrawal']")).is(303);
    assert_eq!(app.submission(&reference).state, ReviewState::Approved);
    assert!(
        own(&mut city, &reference).said().contains("A help desk for newcomers"),
        "the published version is the working one"
    );
    assert_eq!(public(&app, &reference), before);

    correct(&mut city, &reference, "A help desk that moved");
    let mut form = decision_form(&mut moderator, &reference, "decline").unwrap();
    moderator.submit(form.set("reason", "incomplete").set("message", "Please say where to.")).is(303);
    assert_eq!(app.submission(&reference).state, ReviewState::Approved);
    assert_eq!(public(&app, &reference), before);
    assert!(own(&mut city, &reference).has("form[action$='/edit']"), "and it can be proposed again");
    app.is_whole();
}

#[test]
fn what_is_not_published_is_not_open_for_corrections() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut team = app.client();
    let request = hand_in(&mut team, "unct-support", &answers::request()).reference();
    let mut city = app.client();
    let practice = hand_in(&mut city, "practice", &answers::practice()).reference();
    let closed = |client: &mut Client, reference: &str, state: ReviewState| {
        assert_eq!(app.submission(reference).state, state);
        assert!(!own(client, reference).has("form[action$='/edit']"), "{state:?}");
        client.post_form(&format!("/submissions/{reference}/edit"), &[("x", "y")]).is(409);
    };
    closed(&mut city, &practice, ReviewState::Submitted);
    app.decide(&mut moderator, &practice, "approve", "");
    closed(&mut city, &practice, ReviewState::Approved);
    app.decide(&mut moderator, &practice, "publish", "");
    app.decide(&mut moderator, &practice, "unpublish", "The figures are disputed.");
    closed(&mut city, &practice, ReviewState::Approved);
    app.decide(&mut moderator, &request, "approve", "");
    closed(&mut team, &request, ReviewState::Approved);
    app.decide(&mut moderator, &request, "close", "");
    closed(&mut team, &request, ReviewState::Closed);
    let declined = hand_in(&mut city, "practice", &answers::practice()).reference();
    let mut form = decision_form(&mut moderator, &declined, "decline").unwrap();
    moderator.submit(form.set("reason", "duplicate")).is(303);
    closed(&mut city, &declined, ReviewState::Declined);
    assert_eq!(app.count("drafts"), 0);
}
