//! Moderators say what they find on each criterion; a decision may tell the submitter which fell short.

use inlet::domain::account::Role;
use serde_json::json;

use crate::support::TestApp;
use crate::support::app::decision_form;

#[test]
fn two_moderators_fill_in_sheets_and_one_has_an_interest() {
    let app = TestApp::start();
    let mut mona = app.moderator();
    let mut omar = app.staff(Role::Moderator, "Omar");
    let reference = app.practice(&json!({}));
    let url = format!("/staff/submissions/{reference}/review");
    let sheet = mona.get(&url).is(200).form();
    mona.submit(&sheet).is(422);
    let mut form = sheet.clone();
    let unsaid = mona.submit(form.set("conflict", "no")).is(422);
    assert_eq!(unsaid.errors()[0].0, "#opinions");
    form.set("opinion-innovative", "met")
        .set("opinion-replicable", "not-met")
        .set("comment-replicable", "Only in ports?");
    let done = mona.submit(&form).is(303);
    let record = mona.follow(&done).is(200);
    let review = record.one("#review");
    assert!(review.contains("Mona filled in a review sheet.") && review.contains("Only in ports?"), "{review}");
    assert!(review.contains("Not met: 1."), "{review}");
    assert_eq!(mona.get(&url).is(200).form().value("comment-replicable"), "Only in ports?", "to be filled in again");

    let mut interested = omar.get(&url).is(200).form();
    interested.set("conflict", "yes").set("opinion-replicable", "met");
    let wordless = omar.submit(&interested).is(422);
    assert_eq!(wordless.errors()[0].0, "#interest");
    omar.submit(interested.set("interest", "My sister runs the desk.")).is(303);
    let review = omar.get(&format!("/staff/submissions/{reference}")).is(200).one("#review");
    assert!(review.contains("Omar has an interest in this matter and is not counted."), "{review}");
    assert!(!review.contains("Met: 2."));
    assert_eq!(app.events(&reference), ["submitted", "review-kept", "review-kept"]);
    let told: Vec<String> = app.mails().iter().map(crate::support::mail::Mail::all).collect();
    assert!(!told.iter().any(|mail| mail.contains("Only in ports")), "sheets are for colleagues");
    app.is_whole();
}

#[test]
fn a_refusal_names_the_criteria_that_fell_short_in_the_mail() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.practice(&json!({}));
    app.mails();
    let mut form = decision_form(&mut moderator, &reference, "decline").unwrap();
    form.set("reason", "incomplete").push("criterion", "replicable");
    form.push("criterion", "replicable");
    moderator.submit(&form).is(303);
    let mail = app.mails_to("amina@lakeview.example").remove(0);
    assert!(mail.text.contains("we could not yet see that it meets these criteria"), "{}", mail.text);
    assert!(mail.text.contains("Can be repeated elsewhere") && !mail.text.contains("Is innovative"));
    app.is_whole();
    let other = app.practice(&json!({}));
    let mut form = decision_form(&mut moderator, &other, "decline").unwrap();
    form.set("reason", "incomplete").push("criterion", "no-such");
    moderator.submit(&form).is(422);
    assert_eq!(app.events(&other), ["submitted"]);
}

#[test]
fn observers_fill_in_nothing_and_a_sheet_is_about_what_was_read() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut observer = app.staff(Role::Observer, "Otto");
    let reference = app.practice(&json!({}));
    let url = format!("/staff/submissions/{reference}/review");
    observer.get(&url).is(403);
    let mut form = moderator.get(&url).is(200).form();
    let mut edit = moderator.get(&format!("/staff/submissions/{reference}/edit")).is(200).form();
    edit.set("title", "A desk for all").set("reason", "As asked");
    moderator.press(&edit, ("do", "save")).is(303);
    form.set("conflict", "no").set("opinion-innovative", "met").set("comment-innovative", "New to me");
    let late = moderator.submit(&form).is(409);
    assert_eq!(late.form().value("comment-innovative"), "New to me");
}
