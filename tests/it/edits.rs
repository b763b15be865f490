//! Staff change somebody's words: with a reason, with the difference sent, and never a State's without its word.

use inlet::domain::account::Role;
use inlet::domain::submission::ReviewState;
use serde_json::json;

use crate::support::answers::{self, fill, hand_in, send};
use crate::support::app::decision_form;
use crate::support::{Client, Page, TestApp};

const CITY: &str = "amina@lakeview.example";

#[track_caller]
fn edit(moderator: &mut Client, reference: &str, name: &str, value: &str, reason: &str) -> Page {
    let mut form = moderator.get(&format!("/staff/submissions/{reference}/edit")).is(200).form();
    form.set(name, value).set("reason", reason);
    moderator.press(&form, ("do", "save"))
}

/// The city hands in and confirms its address; gives its browser and the reference.
fn handed_in(app: &TestApp, form: &str, answers: &answers::Answers) -> (Client, String) {
    let mut city = app.client();
    let reference = hand_in(&mut city, form, answers).reference();
    let link = app.mails_to(CITY)[0].link(&format!("/submissions/{reference}/address"));
    let page = city.visit(&link).is(200);
    city.submit(&page.form()).is(200);
    app.mails();
    (city, reference)
}

#[test]
fn a_moderator_mends_a_title_and_the_submitter_sees_the_difference_and_objects() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let (mut city, reference) = handed_in(&app, "practice", &answers::practice());
    let page = moderator.get(&format!("/staff/submissions/{reference}/edit")).is(200);
    for private in [CITY, "name=\"contact_email", "name=\"consent_publication"] {
        assert!(!page.text().contains(private), "{private} is not for staff to change");
    }
    edit(&mut moderator, &reference, "title", "A desk for newcomers", "").is(422);
    let same = edit(&mut moderator, &reference, "title", "A help desk for newcomers", "Shorter").is(422);
    assert!(same.said().contains("Change an answer first"));
    let wrong = edit(&mut moderator, &reference, "title", "", "Shorter").is(422);
    assert_eq!(wrong.errors()[0].0, "#title");
    let done = edit(&mut moderator, &reference, "title", "A desk for newcomers", "Shorter <titles> are found.").is(303);
    let record = moderator.follow(&done).is(200);
    assert!(record.said().contains("The change is saved") && record.one("#changes").contains("help"));

    let mails = app.mails_to(CITY);
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    assert!(mail.text.contains("Shorter <titles> are found.") && mail.text.contains("[removed: help"), "{}", mail.text);
    app.decide(&mut moderator, &reference, "publish", "");
    let public = app.client().get(&format!("/practices/{reference}")).is(200);
    assert!(public.said().contains("By the Network, after it was submitted") && !public.text().contains("Shorter"));
    let json = app.client().api("GET", &format!("/api/v1/practices/{reference}"), None).is(200).json();
    assert_eq!((&json["title"], &json["edited_by_network"]), (&json!("A desk for newcomers"), &json!(true)));

    let own = city.get(&format!("/submissions/{reference}")).is(200);
    assert!(own.one("#edit").contains("Edited by the Network") && own.one("#edit").contains("Shorter <titles>"));
    let mut objection = own.form_at("#edit form");
    city.press(&objection, ("verdict", "object")).is(422);
    city.press(&objection, ("verdict", "agree")).is(409);
    objection.set("text", "It is a help desk, and known as that.");
    let said = city.press(&objection, ("verdict", "object")).is(303);
    assert!(city.follow(&said).is(200).said().contains("Your answer has reached the Network"));
    city.press(&objection, ("verdict", "object")).is(409);
    let queue = moderator.get("/staff").is(200);
    assert!(queue.said().contains("Objection") && queue.text().contains(&reference), "it is back at the desk");
    let record = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    assert!(record.one("#history").contains("known as that"));

    // The city writes its own version: the words are its own again.
    let opened = city.submit(&city.clone().get(&format!("/submissions/{reference}")).form_at("form[action$=edit]"));
    let first = city.follow(&opened).is(200);
    assert_eq!(first.form().value("title"), "A desk for newcomers");
    let check = fill(&mut city, first, &answers::practice());
    send(&mut city, &check);
    app.decide(&mut moderator, &reference, "publish", "");
    let public = app.client().get(&format!("/practices/{reference}")).is(200);
    assert!(public.said().contains("A help desk for newcomers") && !public.said().contains("By the Network, after"));
    assert_eq!(app.events(&reference)[2..], ["edited", "publish", "objected", "resubmitted", "publish"]);
    app.is_whole();
}

#[test]
fn a_pledge_is_changed_only_with_the_word_of_the_entity() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let (mut ministry, reference) = handed_in(&app, "pledge", &answers::pledge());
    app.decide(&mut moderator, &reference, "publish", "");
    app.mails();
    edit(&mut moderator, &reference, "measure", "600 permits a year.", "You wrote 600 to us.").is(303);
    let record = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    assert!(record.one("#edits").contains("waits for the submitter"));
    assert!(decision_form(&mut moderator, &reference, "publish").is_none(), "there is nothing to publish yet");
    assert_eq!(app.submission(&reference).head_revision, 1);
    app.is_whole();
    let mail = app.mails_to(CITY).remove(0);
    assert!(mail.text.contains("Nothing changes unless you agree") && mail.text.contains("600"), "{}", mail.text);

    let own = ministry.get(&format!("/submissions/{reference}")).is(200);
    assert!(own.one("#edit").contains("asks you to agree"));
    ministry.press(&own.form_at("#edit form"), ("verdict", "refuse")).is(303);
    assert!(moderator.get("/staff").is(200).said().contains("Objection"));
    edit(&mut moderator, &reference, "measure", "550 permits a year.", "Is this right?").is(303);
    let own = ministry.get(&format!("/submissions/{reference}")).is(200);
    ministry.press(&own.form_at("#edit form"), ("verdict", "agree")).is(303);
    assert_eq!(app.submission(&reference).state, ReviewState::Submitted);
    let public = |app: &TestApp| app.client().get(&format!("/pledges/{reference}")).is(200).said();
    assert!(public(&app).contains("500 permits"), "public only once it is published");
    app.is_whole();
    app.decide(&mut moderator, &reference, "publish", "");
    assert!(public(&app).contains("550 permits") && public(&app).contains("By the Network, after"));
    let events = app.events(&reference);
    assert_eq!(events[4..], ["edit-proposed", "edit-refused", "edit-proposed", "edit-agreed", "publish"]);
    app.is_whole();
}

#[test]
fn a_proposal_lapses_when_another_version_comes() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let (mut ministry, reference) = handed_in(&app, "pledge", &answers::pledge());
    edit(&mut moderator, &reference, "measure", "600 permits a year.", "You wrote 600 to us.").is(303);
    let proposal = ministry.get(&format!("/submissions/{reference}")).is(200).form_at("#edit form");
    app.decide(&mut moderator, &reference, "request-changes", "Please say how many.");
    let opened = ministry.get(&format!("/submissions/{reference}")).is(200).form_at("form[action$=edit]");
    ministry.press(&proposal, ("verdict", "agree")).is(409);
    let opened = ministry.submit(&opened);
    let first = ministry.follow(&opened).is(200);
    let better = answers::but(answers::pledge(), &[("measure", "700 permits a year.")]);
    let check = fill(&mut ministry, first, &better);
    send(&mut ministry, &check);
    ministry.press(&proposal, ("verdict", "agree")).is(409);
    assert!(!ministry.get(&format!("/submissions/{reference}")).is(200).has("#edit"));
    app.is_whole();
}

/// FRG-12 a: the second to save loses nothing and overwrites nothing.
#[test]
fn two_moderators_who_edit_at_once_both_see_both_texts() {
    let app = TestApp::start();
    let mut mona = app.moderator();
    let mut otto = app.staff(Role::Moderator, "Otto");
    let reference = app.practice(&json!({}));
    let mut late = otto.get(&format!("/staff/submissions/{reference}/edit")).is(200).form();
    edit(&mut mona, &reference, "impact", "13,000 questions answered.", "Said on the phone").is(303);
    late.set("impact", "About 12,000 questions answered.").set("reason", "Plainer");
    let both = otto.press(&late, ("do", "save")).is(409);
    let conflict = both.one("#conflict");
    assert!(conflict.contains("13,000 questions") && conflict.contains("About 12,000"), "{conflict}");
    assert_eq!(both.form().value("impact"), "About 12,000 questions answered.");
    assert_eq!(app.submission(&reference).head_revision, 2);
    otto.press(&both.form(), ("do", "save")).is(303);
    assert_eq!(app.events(&reference), ["submitted", "edited", "edited"]);
    app.is_whole();
}

#[test]
fn rows_are_added_and_taken_out_without_saving_and_observers_change_nothing() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut observer = app.staff(Role::Observer, "Otto");
    let reference = app.practice(&json!({ "partners": [{ "name": "Harbour Association", "type": "civil-society" }] }));
    observer.get(&format!("/staff/submissions/{reference}/edit")).is(403);
    let mut form = moderator.get(&format!("/staff/submissions/{reference}/edit")).is(200).form();
    form.set("title", "Half typed").set("reason", "A reason");
    let more = moderator.press(&form, ("do", "add:partners")).is(200).form();
    assert!(
        more.offers("partners-1-name") && more.value("title") == "Half typed" && more.value("reason") == "A reason"
    );
    let less = moderator.press(&more, ("do", "remove:partners:1")).is(200).form();
    assert!(!less.offers("partners-1-name"));
    assert_eq!(app.submission(&reference).head_revision, 1);
    // It is the submitter's turn: nobody writes into the answers.
    app.decide(&mut moderator, &reference, "request-changes", "Please name the partners.");
    moderator.get(&format!("/staff/submissions/{reference}/edit")).is(409);
    moderator.press(&less, ("do", "save")).is(409);
}
