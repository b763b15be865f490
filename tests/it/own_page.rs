//! A submitter's own submission: its link, its address confirmed or put right, taken back.

use inlet::domain::mail::MailStatus;
use inlet::domain::submission::ReviewState;
use serde_json::json;

use crate::support::TestApp;
use crate::support::answers::{self, but, hand_in};

#[test]
fn a_mistyped_address_is_corrected_and_the_old_link_dies() {
    let app = TestApp::start();
    let mut city = app.client();
    let wrong = but(answers::practice(), &[("contact_email", "amina@lakevew.example")]);
    let confirmation = hand_in(&mut city, "practice", &wrong);
    let reference = confirmation.reference();
    let old = app.mails().remove(0);

    let mut form = confirmation.form_at("form[action$='/contact']");
    let refused = city.submit(form.set("contact_address", "amina at lakeview")).is(422);
    assert_eq!(refused.errors()[0].0, "#contact_address");
    assert_eq!(refused.form_at("form[action$='/contact']").value("contact_address"), "amina at lakeview");
    let corrected = city.submit(form.set("contact_address", "amina@lakeview.example"));
    let page = city.follow(&corrected).is(200);
    assert_eq!(page.reference(), reference);
    assert!(page.said().contains("amina@lakeview.example"));

    let new = app.mails().remove(0);
    assert_eq!(new.envelope, "amina@lakeview.example");
    app.client().get(&old.link("/address?key=")).is(404);
    app.client().visit(&new.link("/address?key=")).is(200);
    assert_eq!(app.events(&reference), ["submitted", "address-corrected"]);
    app.is_whole();
}

#[test]
fn a_correction_before_the_first_mail_went_drops_it() {
    let app = TestApp::start();
    let mut city = app.client();
    let confirmation =
        hand_in(&mut city, "practice", &but(answers::practice(), &[("contact_email", "a@wrong.example")]));
    let mut form = confirmation.form_at("form[action$='/contact']");
    city.submit(form.set("contact_address", "a@right.example")).is(303);
    let to: Vec<String> = app.mails().into_iter().map(|mail| mail.envelope).collect();
    assert_eq!(to, ["a@right.example"]);
    let statuses: Vec<MailStatus> = app.outbox().into_iter().map(|(_, _, status)| status).collect();
    assert_eq!(statuses, [MailStatus::Dropped, MailStatus::Accepted]);
}

#[test]
fn looking_at_the_mailed_link_confirms_nothing_and_the_button_does() {
    let app = TestApp::start();
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    let link = app.mails().remove(0).link("/address?key=");
    let before = app.stored();
    let mut reader = app.client();
    let page = reader.visit(&link).is(200);
    reader.send("HEAD", &link, &[], None);
    assert_eq!(app.stored(), before, "mail scanners open links too");

    let done = reader.submit(&page.form()).is(200);
    assert!(done.said().contains("The address is confirmed"));
    reader.submit(&page.form()).is(200);
    assert_eq!(app.events(&reference), ["submitted", "address-confirmed"], "twice is once");
    let mails = app.mails();
    let [copy] = mails.as_slice() else { panic!("{mails:?}") };
    assert!(copy.all().contains("Interpreters must be there each day") && copy.subject.contains(&reference));
    assert!(app.client().get(&link.replace("key=", "key=x")).status == 404);
    app.is_whole();
}

#[test]
fn the_key_leaves_the_address_and_opens_this_one_alone() {
    let app = TestApp::start();
    let mut city = app.client();
    let mine = hand_in(&mut city, "practice", &answers::practice()).reference();
    let other = app.practice(&json!({}));
    let receipt = app.mails().into_iter().find(|mail| mail.subject.contains(&mine)).unwrap();
    let mut reader_of_mail = app.client();
    let button = reader_of_mail.visit(&receipt.link("/address?key=")).is(200).form_at("form[action$='/address']");
    reader_of_mail.submit(&button).is(200);
    let link = app.mails().iter().find(|mail| mail.subject.contains(&mine)).unwrap().own_link();
    let mut reader = app.client();
    let sent_on = reader.get(&link).is(303);
    assert_eq!(sent_on.location(), Some(format!("/submissions/{mine}")));
    reader.get(&format!("/submissions/{mine}")).is(200);
    let theirs = reader.get(&format!("/submissions/{other}")).is(404);
    let nobodys = reader.get("/submissions/PRA-0000-0000").is(404);
    assert_eq!(theirs.one("h1"), nobodys.one("h1"), "one answer for a wrong key and for no such submission");
    let key = link.split("key=").nth(1).unwrap();
    reader.get(&format!("/submissions/{other}?key={key}")).is(404);
    let mistyped = mine.chars().rev().collect::<String>();
    reader.get(&format!("/submissions/{mistyped}")).is(404);
    reader.get(&format!("/submissions/{}", mine.to_lowercase().replace('-', ""))).is(404);
}

#[test]
fn a_submission_is_taken_back() {
    let app = TestApp::start();
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    let own = city.get(&format!("/submissions/{reference}")).is(200);
    let mut form = own.form_at("form[action$='/withdrawal']");
    let withdrawn = city.submit(form.set("reason", "We found an error in the figures."));
    let page = city.follow(&withdrawn).is(200);
    assert!(page.said().contains("Withdrawn") && page.said().contains("error in the figures"));
    assert!(!page.has("form[action$='/withdrawal']"));
    city.submit(&form).is(409);
    assert_eq!(app.submission(&reference).state, ReviewState::Withdrawn);
    assert_eq!(app.events(&reference), ["submitted", "withdrawn"]);
    app.is_whole();
}

#[test]
fn a_reason_that_is_too_long_is_given_back() {
    let app = TestApp::start();
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    let mut form = city.get(&format!("/submissions/{reference}")).is(200).form_at("form[action$='/withdrawal']");
    let reason = answers::long("The figures are wrong.", 4001);
    let refused = city.submit(form.set("reason", &reason)).is(422);
    assert_eq!(refused.errors()[0].0, "#reason");
    assert_eq!(refused.form_at("form[action$='/withdrawal']").value("reason").trim(), reason);
    assert_eq!(app.events(&reference), ["submitted"]);
}

#[test]
fn the_page_says_by_when_an_answer_comes_and_admits_when_it_is_late() {
    let app = TestApp::start();
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    let page = |city: &mut crate::support::Client| city.get(&format!("/submissions/{reference}")).is(200).said();
    assert!(page(&mut city).contains("You hear from us by 20 November 2026."), "ten working days from a Friday");
    app.clock.advance(chrono::Duration::days(15));
    assert!(page(&mut city).contains("We are late, and sorry"));
    let mut moderator = app.moderator();
    app.decide(&mut moderator, &reference, "publish", "");
    let said = page(&mut city);
    assert!(!said.contains("20 November") && said.contains("Everybody can read it."));
}

#[test]
fn on_paper_stand_reference_date_and_address_and_no_key() {
    let app = TestApp::start();
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    let page = city.get(&format!("/submissions/{reference}")).is(200);
    let line = page.one(".on-paper");
    assert!(line.contains(&format!("{}/submissions/{reference}", app.app.base())), "{line}");
    assert!(line.contains("6 November 2026") && !page.text().contains("key="));
}

/// What the hidden field catches must not see that it was caught.
#[test]
fn suspected_spam_gets_the_page_that_all_get_and_can_correct_its_address() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let send = |trap: &str| {
        let mut client = app.client();
        let first = answers::begin(&mut client, "practice");
        let mut form = answers::fill(&mut client, first, &answers::practice()).form();
        form.set("homepage_confirm", trap);
        let sent = client.submit(&form);
        let page = client.follow(&sent).is(200);
        (client, page)
    };
    let (_, fine) = send("");
    let (mut caught, held) = send("http://spam.example");
    let reference = held.reference();
    assert_eq!(app.submission(&reference).state, ReviewState::Held);
    assert_eq!(held.said().replace(&reference, "X"), fine.said().replace(&fine.reference(), "X"));
    app.mails();
    let mut form = held.form_at("form[action$='/contact']");
    let corrected = caught.submit(form.set("contact_address", "amina@harbour.example"));
    assert!(caught.follow(&corrected).is(200).said().contains("amina@harbour.example"));
    assert!(app.mails().is_empty(), "nobody is told before a moderator has looked");
    app.decide(&mut moderator, &reference, "release", "");
    assert_eq!(app.mails_to("amina@harbour.example").len(), 1);
    app.is_whole();
}
