//! What speaks for a State becomes public once somebody has said how it is known that the State stands behind it.

use inlet::domain::account::Role;
use serde_json::json;

use crate::support::answers::{self, hand_in};
use crate::support::app::decision_form;
use crate::support::{Client, Page, TestApp};

#[track_caller]
fn record(moderator: &mut Client, reference: &str, means: &str, text: &str) -> Page {
    let mut form = moderator.get(&format!("/staff/submissions/{reference}/authority")).is(200).form();
    form.set("text", text);
    if !means.is_empty() {
        form.set("means", means);
    }
    moderator.submit(&form)
}

#[test]
fn a_pledge_of_a_state_waits_until_its_authority_is_recorded() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.pledge(&json!({}));
    let page = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    assert!(page.one("#authority").contains("record how you know that the State stands behind it"));
    assert!(page.one("#decision-publish").contains("Only possible once the authority behind it is recorded."));
    let publish = decision_form(&mut moderator, &reference, "publish").unwrap();
    let before = app.stored();
    let refused = moderator.submit(&publish).is(409);
    assert!(refused.one("#conflict").contains("nobody has recorded how its authority was confirmed"));
    assert_eq!(app.stored(), before);
    app.client().get(&format!("/pledges/{reference}")).is(404);

    record(&mut moderator, &reference, "", "No. 12/2026").is(422);
    let wordless = record(&mut moderator, &reference, "other", " ").is(422);
    assert_eq!(wordless.errors()[0].0, "#text");
    let done = record(&mut moderator, &reference, "note-verbale", "Note No. 12/2026 of 2 November");
    let page = moderator.follow(&done).is(200);
    assert!(page.one("#authority").contains("By a note verbale. Recorded by Mona"));
    assert!(page.one("#authority").contains("Note No. 12/2026 of 2 November"));
    let publish = decision_form(&mut moderator, &reference, "publish").unwrap();
    moderator.submit(&publish).is(303);
    let public = app.client().get(&format!("/pledges/{reference}")).is(200);
    assert!(!public.text().contains("12/2026"), "how it was confirmed is nobody else's business");
    assert_eq!(app.events(&reference), ["submitted", "authority-confirmed", "publish"]);
    let own = app.mails_to("bela@labour.example").iter().any(|mail| mail.all().contains("12/2026"));
    assert!(!own, "nor does a mail say it");
    app.is_whole();
}

#[test]
fn what_was_confirmed_for_one_address_does_not_hold_for_another() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut pledger = app.client();
    let reference = hand_in(&mut pledger, "pledge", &answers::pledge()).reference();
    record(&mut moderator, &reference, "official-domain", "labour.example").is(303);
    let mut form =
        pledger.get(&format!("/submissions/{reference}/confirmation")).is(200).form_at("form[action$=contact]");
    pledger.submit(form.set("contact_address", "bela@mail.example")).is(303);
    let page = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    assert!(page.one("#authority").contains("has changed since then"), "{}", page.one("#authority"));
    let publish = decision_form(&mut moderator, &reference, "publish").unwrap();
    moderator.submit(&publish).is(409);
    record(&mut moderator, &reference, "other", "Spoke with the mission").is(303);
    let publish = decision_form(&mut moderator, &reference, "publish").unwrap();
    moderator.submit(&publish).is(303);
    app.is_whole();
}

#[test]
fn a_voluntary_report_of_a_state_waits_too_and_nobody_else_does() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let city = app.pledge(&json!({ "entity_type": "local-regional-government" }));
    let practice = app.practice(&json!({}));
    for reference in [&city, &practice] {
        assert!(!moderator.get(&format!("/staff/submissions/{reference}")).is(200).has("#authority"));
        let publish = decision_form(&mut moderator, reference, "publish").unwrap();
        moderator.submit(&publish).is(303);
    }
    let form = app.app.catalog.find("voluntary-report", inlet::locale::Language::En).unwrap();
    assert!(form.authority().is_some());
    let stray = [("means", "note-verbale"), ("version", "2"), ("text", "")];
    moderator.post_form(&format!("/staff/submissions/{practice}/authority"), &stray).is(409);
}

#[test]
fn only_moderators_record_it_and_only_for_what_they_saw() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut observer = app.staff(Role::Observer, "Otto");
    let reference = app.pledge(&json!({}));
    observer.get(&format!("/staff/submissions/{reference}/authority")).is(403);
    let mut form = moderator.get(&format!("/staff/submissions/{reference}/authority")).is(200).form();
    app.decide(&mut moderator, &reference, "start-review", "");
    let late = moderator.submit(form.set("means", "focal-point").set("text", "Known since 2019")).is(409);
    assert!(late.said().contains("Known since 2019"), "nothing typed is lost");
    assert_eq!(app.events(&reference), ["submitted", "start-review"]);
}
