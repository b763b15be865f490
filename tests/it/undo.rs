//! A moderator takes a decision back before anybody was told: all stands as before, in public too. Or is too late.

use chrono::Duration;
use inlet::domain::account::Role;
use inlet::domain::mail::MailStatus;
use inlet::domain::submission::{DeclineReason, ReviewState, Visibility};
use serde_json::json;

use crate::support::answers::{self, fill, hand_in, request_json, send};
use crate::support::app::{changed, decision_form};
use crate::support::{Client, Page, TestApp};

fn held() -> TestApp {
    TestApp::with(&[("INLET_HOLD", "2m")])
}

fn record(moderator: &mut Client, reference: &str) -> Page {
    moderator.get(&format!("/staff/submissions/{reference}")).is(200)
}

/// Decides, and gives the page one lands on.
#[track_caller]
fn decide(moderator: &mut Client, reference: &str, decision: &str, more: &[(&str, &str)]) -> Page {
    let mut form = decision_form(moderator, reference, decision).expect("an offer");
    for (name, value) in more {
        form.set(name, value);
    }
    let sent = moderator.submit(&form);
    moderator.follow(&sent).is(200)
}

/// Presses "Undo".
#[track_caller]
fn undo(moderator: &mut Client, page: &Page) -> Page {
    let sent = moderator.submit(&page.form_at("form[action$='/undo']"));
    moderator.follow(&sent).is(200)
}

fn status_of(app: &TestApp, kind: &str) -> Vec<MailStatus> {
    app.outbox().into_iter().filter(|(known, ..)| known == kind).map(|(.., status)| status).collect()
}

#[test]
fn a_publication_that_was_a_slip_vanishes_and_nobody_hears_of_it() {
    let app = held();
    let mut moderator = app.moderator();
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    app.mails();
    let before = app.submission(&reference);
    app.clock.advance(Duration::minutes(20));
    let page = decide(&mut moderator, &reference, "publish", &[("message", "Thank you for this.")]);
    assert!(
        page.one(".flash").contains("is public. One mail to amina@lakeview.example goes at 09:22 UTC."),
        "{page:?}"
    );
    assert_eq!(page.all("#undo button"), ["Undo", "Send now"]);
    app.client().get(&format!("/practices/{reference}")).is(200);

    let page = undo(&mut moderator, &page);
    assert!(page.one(".flash").contains("Taken back"));
    assert!(page.said().contains("Mona took the last decision back."), "history says so");
    app.client().get(&format!("/practices/{reference}")).is(404);
    assert_eq!(app.client().api("GET", "/api/v1/practices", None).is(200).json()["total"], 0);
    let after = app.submission(&reference);
    assert_eq!(
        (after.state, after.visibility, after.published_revision),
        (ReviewState::Submitted, Visibility::None, None)
    );
    assert_eq!(
        (after.head_revision, after.state_since),
        (before.head_revision, before.state_since),
        "it waits as long"
    );
    let words = decision_form(&mut moderator, &reference, "publish").unwrap();
    assert_eq!(words.value("message"), "Thank you for this.", "what was typed is still there");
    let own = city.get(&format!("/submissions/{reference}")).is(200);
    assert!(own.said().contains("Waiting for review") && !own.said().contains("published on"), "{own:?}");
    assert!(!own.said().contains("Thank you for this.") && !own.said().contains("It was published"), "{own:?}");

    app.clock.advance(Duration::minutes(10));
    assert_eq!(app.mails(), [], "no mail ever goes");
    assert_eq!(status_of(&app, "published"), [MailStatus::Dropped]);
    assert_eq!(app.events(&reference), ["submitted", "publish", "undone"]);
    app.is_whole();

    decide(&mut moderator, &reference, "publish", &[]);
    app.clock.advance(Duration::minutes(2));
    assert_eq!(app.mails_to("amina@lakeview.example").len(), 1, "decided again, it is told once");
    let shown = app.client().api("GET", &format!("/api/v1/practices/{reference}"), None).is(200).json();
    assert!(!shown.to_string().contains("09:20"), "it was first published when it was meant: {shown}");
    app.is_whole();
}

#[test]
fn a_correction_published_by_mistake_gives_way_to_what_was_public() {
    let app = held();
    let mut moderator = app.moderator();
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    decide(&mut moderator, &reference, "publish", &[]);
    app.clock.advance(Duration::days(40));
    let mut moderator = app.sign_in("mona@unmigration.example");
    let asked = [("point_text-0", "Please say how many people came."), ("point_field-0", "impact")];
    decide(&mut moderator, &reference, "request-changes", &asked);
    app.clock.advance(Duration::minutes(5));
    app.mails();
    let own = city.get(&format!("/submissions/{reference}")).is(200);
    let opened = city.submit(&own.form());
    let first = city.follow(&opened).is(200);
    let better = answers::but(answers::practice(), &[("impact", "In 2025 it was 4,512.")]);
    let check = fill(&mut city, first, &better);
    send(&mut city, &check);
    let public = |app: &TestApp| app.client().get(&format!("/practices/{reference}")).is(200);
    let (before, stood) = (public(&app), app.submission(&reference));
    let page = decide(&mut moderator, &reference, "publish", &[]);
    assert!(public(&app).said().contains("In 2025 it was 4,512."));
    assert!(page.said().contains("Accepted"), "publishing is content with the point: {page:?}");

    let page = undo(&mut moderator, &page);
    assert_eq!(public(&app).text(), before.text(), "the same page as before, dates and all");
    assert!(page.has("form[action*='/points/']"), "the point is to be looked at again: {page:?}");
    let after = app.submission(&reference);
    assert_eq!((after.state, after.head_revision), (ReviewState::Submitted, stood.head_revision));
    assert_eq!((after.published_revision, after.visibility), (stood.published_revision, stood.visibility));
    app.is_whole();
    decide(&mut moderator, &reference, "publish", &[]);
    assert!(public(&app).said().contains("In 2025 it was 4,512."));
    app.is_whole();
}

#[test]
fn what_was_taken_off_by_mistake_is_back_at_the_same_place() {
    let app = held();
    let mut moderator = app.moderator();
    let reference = app.published_practice(&mut moderator, &json!({}));
    app.clock.advance(Duration::days(3));
    let mut moderator = app.sign_in("mona@unmigration.example");
    let before = app.client().get(&format!("/practices/{reference}")).is(200);
    let page = decide(&mut moderator, &reference, "unpublish", &[("message", "The city asked us to.")]);
    app.client().get(&format!("/practices/{reference}")).is(404);
    undo(&mut moderator, &page);
    assert_eq!(app.client().get(&format!("/practices/{reference}")).is(200).text(), before.text());
    app.clock.advance(Duration::minutes(5));
    assert_eq!(app.mails_to("amina@lakeview.example").iter().filter(|mail| mail.text.contains("asked us")).count(), 0);
    app.is_whole();
}

#[test]
fn changes_that_nobody_meant_to_ask_are_not_asked() {
    let app = held();
    let mut moderator = app.moderator();
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    app.mails();
    let asked = [("message", "So much to do."), ("point_text-0", "How many?"), ("point_field-0", "impact")];
    let page = decide(&mut moderator, &reference, "request-changes", &asked);
    let page = undo(&mut moderator, &page);
    let form = page.form_at("form:has(input[name=decision][value=request-changes])");
    assert_eq!([form.value("message"), form.value("point_text-0")], ["So much to do.", "How many?"], "to be put right");
    let own = city.get(&format!("/submissions/{reference}")).is(200);
    for untold in ["So much to do.", "How many?", "asked for changes", "It is your turn"] {
        assert!(!own.said().contains(untold), "{untold}: {own:?}");
    }
    app.clock.advance(Duration::minutes(5));
    assert_eq!(app.mails(), []);
    app.is_whole();
}

#[test]
fn a_refused_correction_waits_again() {
    let app = held();
    let mut moderator = app.moderator();
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    decide(&mut moderator, &reference, "publish", &[]);
    app.clock.advance(Duration::minutes(3));
    app.mails();
    let own = city.get(&format!("/submissions/{reference}")).is(200);
    let opened = city.submit(&own.form_at("form[action$='/edit']"));
    let first = city.follow(&opened).is(200);
    let check = fill(&mut city, first, &answers::but(answers::practice(), &[("title", "A better desk")]));
    send(&mut city, &check);
    let page = decide(&mut moderator, &reference, "decline", &[("reason", "incomplete")]);
    assert_eq!(app.submission(&reference).head_revision, 1);
    undo(&mut moderator, &page);
    let after = app.submission(&reference);
    assert_eq!((after.state, after.head_revision, after.published_revision), (ReviewState::Submitted, 2, Some(1)));
    app.is_whole();
}

#[test]
fn it_is_too_late_once_a_mail_has_left_or_something_else_happened() {
    let app = held();
    let mut moderator = app.moderator();
    let decline = [("reason", "outside-scope")];
    let [waited, sent, moved] = [app.practice(&json!({})), app.practice(&json!({})), app.practice(&json!({}))];
    app.mails();

    let page = decide(&mut moderator, &waited, "decline", &decline);
    app.clock.advance(Duration::minutes(2));
    app.mails();
    assert!(!record(&mut moderator, &waited).has("#undo"));
    let before = app.stored();
    let late = moderator.submit(&page.form_at("form[action$='/undo']")).is(409);
    assert!(late.one("#conflict").contains("cannot be undone any more"), "{late:?}");
    assert_eq!(changed(&before, &app.stored()), Vec::<String>::new());

    let page = decide(&mut moderator, &sent, "decline", &decline);
    let gone = moderator.submit(&page.form_at("form[action$='/mails']"));
    let gone = moderator.follow(&gone).is(200);
    assert!(gone.one(".flash").contains("is on its way") && !gone.has("#undo"), "{gone:?}");
    assert_eq!(app.mails_to("amina@lakeview.example").len(), 1, "at once");
    moderator.submit(&page.form_at("form[action$='/undo']")).is(409);

    let page = decide(&mut moderator, &moved, "request-changes", &[("message", "More, please.")]);
    decide(&mut moderator, &moved, "reopen", &[]);
    moderator.submit(&page.form_at("form[action$='/undo']")).is(409);
    app.is_whole();
}

#[test]
fn a_decision_that_mails_nobody_can_be_undone_for_as_long() {
    let app = held();
    let mut moderator = app.moderator();
    let reference = app.practice(&json!({}));
    let page = decide(&mut moderator, &reference, "decline", &[("reason", "spam")]);
    assert_eq!(page.all("#undo button"), ["Undo"], "nothing waits to be sent");
    undo(&mut moderator, &page);
    assert_eq!(app.submission(&reference).state, ReviewState::Submitted);
    let page = decide(&mut moderator, &reference, "start-review", &[]);
    app.clock.advance(Duration::minutes(2));
    moderator.submit(&page.form_at("form[action$='/undo']")).is(409);
    app.is_whole();
}

#[test]
fn a_colleague_can_undo_it_too_an_observer_cannot_and_twice_is_once() {
    let app = held();
    let mut mona = app.moderator();
    let (mut igor, mut olga) = (app.staff(Role::Moderator, "Igor"), app.staff(Role::Observer, "Olga"));
    let reference = app.practice(&json!({}));
    let form = decide(&mut mona, &reference, "publish", &[]).form_at("form[action$='/undo']");
    assert!(!record(&mut olga, &reference).has("#undo"));
    olga.submit(&form).is(403);
    let page = record(&mut igor, &reference);
    assert!(page.one("#undo").contains("Mona published it. One mail to amina@lakeview.example goes at"), "{page:?}");
    undo(&mut igor, &page);
    mona.submit(&form).is(303);
    assert_eq!(app.events(&reference), ["submitted", "publish", "undone"]);
    assert!(!record(&mut mona, &reference).has("#undo"), "what was undone is decided anew");
}

#[test]
fn where_mails_go_at_once_nothing_can_be_undone() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.practice(&json!({}));
    assert!(!decide(&mut moderator, &reference, "publish", &[]).has("#undo"));
}

/// FRG-12.
#[test]
fn words_for_an_overtaken_decision_can_be_sent_as_a_note() {
    let app = TestApp::start();
    let mut mona = app.moderator();
    let mut igor = app.staff(Role::Moderator, "Igor");
    let reference = app.practice(&json!({}));
    let mut form = decision_form(&mut mona, &reference, "request-changes").unwrap();
    app.decide(&mut igor, &reference, "publish", "");
    app.mails();
    let conflict = mona.submit(form.set("message", "Who paid for it?")).is(409);
    assert!(conflict.one("#conflict").contains("Igor published it."), "what happened since is said");
    let sent = mona.submit(&conflict.form_at(".as-note"));
    mona.follow(&sent).is(200);
    let [mail] = app.mails_to("amina@lakeview.example").try_into().expect("one mail");
    assert!(mail.text.contains("Who paid for it?"));
    assert_eq!(app.events(&reference), ["submitted", "publish", "note-sent"]);
}

#[test]
fn each_reason_is_told_courteously() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut told = Vec::new();
    for form in ["practice", "unct-support"] {
        for reason in DeclineReason::ALL.iter().filter(|reason| reason.is_chosen()) {
            let request = form == "unct-support";
            let reference = if request { app.submit(form, &request_json()) } else { app.practice(&json!({})) };
            app.mails();
            decide(&mut moderator, &reference, "decline", &[("reason", reason.as_str())]);
            let said = app.mails().into_iter().map(|mail| {
                let body = mail.text.split("Form:").next().unwrap_or_default().to_owned();
                format!("{}\n{body}", mail.subject.replace(&reference, "(reference)"))
            });
            let said: String = said.collect();
            told.push(format!(
                "== {form}, {}\n{}",
                reason.as_str(),
                if said.is_empty() { "(no mail)\n" } else { &said }
            ));
        }
    }
    insta::assert_snapshot!(told.join("\n"));
}
