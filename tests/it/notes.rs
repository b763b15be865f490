//! Notes: the submitter and the Network write to each other; colleagues write for themselves.

use inlet::domain::account::Role;
use serde_json::json;

use crate::support::answers::{self, call_json, hand_in};
use crate::support::{Client, Page, TestApp};

fn own(client: &mut Client, reference: &str) -> Page {
    client.get(&format!("/submissions/{reference}")).is(200)
}

fn write(client: &mut Client, reference: &str, text: &str) -> Page {
    let mut form = own(client, reference).form_at("form[action$='/notes']");
    client.submit(form.set("note", text))
}

/// A moderator writes; gives the answer.
fn staff_writes(moderator: &mut Client, reference: &str, readers: &str, text: &str) -> Page {
    let page = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    let mut form = page.form_at("form[action$='/notes']");
    moderator.submit(form.set("readers", readers).set("note", text))
}

#[test]
fn a_submitter_writes_and_a_moderator_answers() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    app.mails();

    let sent = write(&mut city, &reference, "May we add\r\na second <photograph>?\0");
    let page = city.follow(&sent).is(200);
    assert!(page.one("[role=status]").contains("Your note has arrived"));
    assert!(page.one(".timeline").contains("You wrote a note May we add a second <photograph>?"));
    let alerts = app.mails();
    let [alert] = alerts.as_slice() else { panic!("{alerts:?}") };
    assert_eq!((alert.envelope.as_str(), alert.first_line()), ("mona@unmigration.example", "Needs a moderator"));
    assert!(alert.subject.starts_with("[Practice] A note: «") && alert.subject.ends_with(&reference));
    assert!(!alert.all().contains("photograph"), "what people write is read on the desk");
    let queue = moderator.get("/staff").is(200);
    assert!(queue.one("tbody .badge.asked:not(:last-child)").contains("Note"), "{queue:?}");
    let record = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    assert!(record.one("#history").contains("second <photograph>?"));

    let done = staff_writes(&mut moderator, &reference, "submitter", "Yes, please send it by March.");
    assert!(moderator.follow(&done).is(200).one(".flash").contains("on its way to the submitter"));
    let mails = app.mails();
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    assert_eq!(mail.envelope, "amina@lakeview.example");
    assert!(mail.subject.starts_with("[Practice] A note to you: «") && mail.text.contains("send it by March."));
    assert!(app.client().visit(&mail.own_link()).is(200).one(".timeline").contains("send it by March."));
    assert!(!moderator.get("/staff").is(200).one("tbody").contains("Note"), "somebody answered");
    assert_eq!(app.events(&reference), ["submitted", "note-received", "note-sent"]);
    app.is_whole();
}

#[test]
fn a_note_for_colleagues_is_never_mailed_and_never_shown_to_the_submitter() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut observer = app.staff(Role::Observer, "Olga");
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    app.mails();
    let before = own(&mut city, &reference).one(".timeline");
    let done = staff_writes(&mut moderator, &reference, "internal", "SECRETNOTE: they applied last year too.");
    moderator.follow(&done).is(200);
    assert!(app.mails().is_empty());
    let page = own(&mut city, &reference);
    assert!(!page.text().contains("SECRETNOTE"));
    assert_eq!(page.one(".timeline"), before);
    app.decide(&mut moderator, &reference, "publish", "");
    assert!(app.mails().iter().all(|mail| !mail.all().contains("SECRETNOTE")));
    assert!(!app.client().get(&format!("/practices/{reference}")).is(200).text().contains("SECRETNOTE"));
    let record = observer.get(&format!("/staff/submissions/{reference}")).is(200);
    assert!(record.text().contains("SECRETNOTE") && !record.has("form[action$='/notes']"));
    observer
        .post_form(&format!("/staff/submissions/{reference}/notes"), &[("readers", "internal"), ("note", "x")])
        .is(403);
    app.is_whole();
}

#[test]
fn a_note_of_the_staff_needs_words_and_readers_and_loses_neither() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.practice(&json!({}));
    app.mails();
    let long = answers::long("Please look at this.", 4005);
    for (readers, text, at) in
        [("", "Who reads this?", "#readers"), ("submitter", " ", "#note"), ("internal", &long, "#note")]
    {
        let refused = staff_writes(&mut moderator, &reference, readers, text).is(422);
        assert_eq!(refused.errors()[0].0, at);
        let form = refused.form_at("form[action$='/notes']");
        assert_eq!((form.value("note").trim(), form.value("readers")), (text.trim(), readers));
    }
    let held = app.held_practice();
    let page = moderator.get(&format!("/staff/submissions/{held}")).is(200);
    assert!(!page.has("input[name=readers][value=submitter]"), "suspected spam is told nothing");
    staff_writes(&mut moderator, &held, "submitter", "Hello").is(422);
    assert!(app.mails().is_empty());
    assert_eq!(app.events(&reference), ["submitted"]);
}

#[test]
fn a_note_is_taken_once_and_ten_a_day_until_somebody_answers() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    write(&mut city, &reference, "  \n ").is(422);
    let long = answers::long("The office counts.", 4001);
    let refused = write(&mut city, &reference, &long).is(422);
    assert_eq!(refused.form_at("form[action$='/notes']").value("note").trim(), long);

    let mut form = own(&mut city, &reference).form_at("form[action$='/notes']");
    form.set("note", "Note 1");
    city.submit(&form).is(303);
    city.submit(&form).is(303);
    assert_eq!(app.count("notes"), 1, "a double click is one note");
    city.submit(form.set("note", "Note 2")).is(303);
    assert_eq!(app.count("notes"), 2, "other words after the browser's Back are another one");
    for number in 3..=10 {
        write(&mut city, &reference, &format!("Note {number}")).is(303);
    }
    let refused = write(&mut city, &reference, "Note 11").is(429);
    assert!(refused.errors()[0].1.contains("ten notes within a day"));
    assert_eq!(refused.form_at("form[action$='/notes']").value("note").trim(), "Note 11");
    staff_writes(&mut moderator, &reference, "submitter", "We read all of it.").is(303);
    write(&mut city, &reference, "Note 11").is(303);
    app.is_whole();
}

#[test]
fn a_note_on_something_done_comes_back_to_the_queue_until_somebody_acts() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    app.decide(&mut moderator, &reference, "publish", "");
    assert!(!moderator.get("/staff").is(200).text().contains(&reference));
    write(&mut city, &reference, "The link to the report is dead.").is(303);
    assert!(moderator.get("/staff").is(200).text().contains(&reference));
    assert_eq!(app.submission(&reference).state, inlet::domain::submission::ReviewState::Approved);
    staff_writes(&mut moderator, &reference, "internal", "Told the web team.").is(303);
    assert!(!moderator.get("/staff").is(200).text().contains(&reference));
    app.is_whole();
}

/// A record of the Network has no submitter: what is written about it is for colleagues.
#[test]
fn a_note_on_what_staff_keep_is_for_colleagues_alone() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.record("call", &call_json());
    let page = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    let mut form = page.form_at("form[action$='/notes']");
    assert_eq!(page.attributes("input[name=readers]", "value"), ["internal"]);
    let refused = moderator.submit(form.set("readers", "submitter").set("note", "Dear nobody"));
    assert!(refused.is(422).said().contains("There is nobody to tell"));
    staff_writes(&mut moderator, &reference, "internal", "Dates agreed with Geneva.").is(303);
    assert_eq!(app.outbox(), [], "nobody gets a mail");
    app.is_whole();
}
