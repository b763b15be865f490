//! A note verbale is typed in by staff, and a title is put into the reader's language.

use inlet::domain::account::Role;
use serde_json::json;

use crate::support::answers::{self, fill};
use crate::support::{Client, Page, TestApp};

fn details(moderator: &mut Client, form: &str) -> crate::support::Form {
    let mut page = moderator.get(&format!("/staff/new/{form}")).is(200).form_at("form[action^='/staff/new']");
    page.set("way", "note-verbale")
        .set("sender", "Permanent Mission of Examplia, No. 12/2026")
        .set("day", "2026-11-03");
    page
}

#[test]
fn a_note_verbale_is_entered_by_the_same_form_and_its_contact_gets_the_receipt() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut form = details(&mut moderator, "pledge");
    form.attach("source", "note.txt", b"The Permanent Mission presents its compliments.");
    let begun = moderator.submit(&form).is(303);
    let first = moderator.follow(&begun).is(200);
    let check = fill(&mut moderator, first, &answers::pledge());
    let sent = moderator.submit(&check.form()).is(303);
    let record: Page = moderator.follow(&sent).is(200);
    let reference = record.path.split(['/', '?']).nth(3).unwrap().to_owned();
    assert!(
        record.said().contains("It is entered.")
            && record.one("#handed").contains("By note verbale, received 3 November 2026")
    );
    assert!(record.one("#handed").contains("No. 12/2026") && record.one("#handed").contains("note.txt"));
    let file = record.attributes("#handed a", "href").remove(0);
    moderator.get(&file).is(200);
    app.client().get(&file.replace("/staff", "")).is(404);

    let mail = app.mails_to("amina@lakeview.example").remove(0);
    assert!(
        mail.text.contains("The Network has entered this for you") && !mail.text.contains("12/2026"),
        "{}",
        mail.text
    );
    let link = mail.link(&format!("/submissions/{reference}/address"));
    let mut mission = app.client();
    let page = mission.visit(&link).is(200);
    mission.submit(&page.form()).is(200);
    let own = app.mails_to("amina@lakeview.example").remove(0).own_link();
    let own = mission.visit(&own).is(200);
    assert!(
        own.said().contains("The Network entered it for you") && own.said().contains("Permanent Mission of Examplia")
    );
    app.decide(&mut moderator, &reference, "publish", "");
    let public = app.client().get(&format!("/pledges/{reference}")).is(200);
    assert!(public.said().contains("By note verbale; entered by the Network") && !public.text().contains("12/2026"));
    app.is_whole();
}

#[test]
fn what_is_missing_is_said_and_nothing_typed_is_lost() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut observer = app.staff(Role::Observer, "Otto");
    observer.get("/staff/new/pledge").is(403);
    moderator.get("/staff/new/nothing").is(404);
    moderator.get("/staff/forms/pledge/begin").is(404);
    let mut form = details(&mut moderator, "practice");
    form.set("day", "2027-01-01").attach("source", "note.txt", b"A letter.");
    let wrong = moderator.submit(&form).is(422);
    assert_eq!(wrong.errors()[0].0, "#day");
    let mut again = wrong.form_at("form[action^='/staff/new']");
    assert_eq!(again.value("sender"), "Permanent Mission of Examplia, No. 12/2026");
    assert!(wrong.said().contains("note.txt"), "the paper is kept");
    let begun = moderator.submit(again.set("day", "2026-11-06")).is(303);
    moderator.follow(&begun).is(200);
    let mut forged = details(&mut moderator, "practice");
    forged.set("draft_key", "x");
    moderator.submit(&forged).is(410);
    assert_eq!(app.count("submissions"), 0);
}

#[track_caller]
fn translate(moderator: &mut Client, reference: &str, title: &str, summary: &str) -> Page {
    let mut form = moderator.get(&format!("/staff/submissions/{reference}/translations")).is(200).form();
    form.set("language", "en").set("title", title).set("summary", summary);
    moderator.submit(&form)
}

const FRENCH: &str = "Un guichet pour les arrivants";

#[test]
fn a_translated_title_is_shown_to_readers_of_that_language_from_the_next_publication_on() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let answers = answers::merged(&answers::practice_json(), &json!({ "title": FRENCH }));
    let body = json!({ "answers": answers, "locale": "fr" });
    let made = app.client().api("POST", "/api/v1/forms/practice/submissions", Some(&body)).is(201).json();
    let reference = made["reference"].as_str().unwrap().to_owned();
    translate(&mut moderator, &reference, " ", "x").is(422);
    let done = translate(&mut moderator, &reference, "A desk for newcomers", "The desk explains permits.").is(303);
    assert!(moderator.follow(&done).is(200).one("#translations").contains("A desk for newcomers"));
    app.client().get(&format!("/practices/{reference}")).is(404);
    app.decide(&mut moderator, &reference, "publish", "");
    let page = app.client().get(&format!("/practices/{reference}")).is(200);
    let translation = page.one("#translation");
    assert!(translation.contains("A desk for newcomers") && translation.contains("translated by the Network"));
    assert!(page.one("h1").contains(FRENCH), "the original stays");
    let list = app.client().get("/practices").is(200);
    assert!(list.said().contains("A desk for newcomers") && list.said().contains("The desk explains permits."));
    let json = app.client().api("GET", &format!("/api/v1/practices/{reference}"), None).is(200).json();
    assert_eq!(
        (&json["title"], &json["translations"]["en"]["title"]),
        (&json!(FRENCH), &json!("A desk for newcomers"))
    );
    app.is_whole();
    // Once the original says something else, the translation is marked, and not shown with it.
    let mut form = moderator.get(&format!("/staff/submissions/{reference}/edit")).is(200).form();
    form.set("title", "Un guichet pour tous").set("reason", "As asked");
    moderator.press(&form, ("do", "save")).is(303);
    let record = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    assert!(record.one("#translations").contains("The original has changed"));
    app.decide(&mut moderator, &reference, "publish", "");
    assert!(!app.client().get(&format!("/practices/{reference}")).is(200).has("#translation"));
    app.is_whole();
}
