//! Somebody outside has something to say: fills in a form, corrects, confirms, and never loses a word.

use inlet::domain::submission::ReviewState;
use serde_json::json;

use crate::support::answers::{self, begin, but, fill, go_on, hand_in, send};
use crate::support::page::Primary;
use crate::support::{Page, TestApp};

#[test]
fn a_city_submits_a_practice_from_the_front_door_to_the_receipt() {
    let app = TestApp::start();
    let mut city = app.client();
    let home = city.get("/").is(200);
    assert!(home.attributes("a", "href").contains(&"/forms/practice".to_owned()));
    let start = city.get("/forms/practice").is(200);
    for promised in ["10 working days", "A summary of 300 to 3,000 characters", "never published", "About 30 minutes"] {
        assert!(start.said().contains(promised), "{promised}: {}", start.said());
    }
    assert!(start.has("a[href='/forms/practice/questions']"));

    let confirmation = hand_in(&mut city, "practice", &answers::practice());
    let reference = confirmation.reference();
    assert!(reference.starts_with("PRA-"), "{reference}");
    assert_eq!(app.events(&reference), ["submitted"]);
    assert_eq!(app.count("drafts"), 0, "a draft that was sent is gone");

    let mails = app.mails();
    let [receipt] = mails.as_slice() else { panic!("one receipt: {mails:?}") };
    assert_eq!(receipt.envelope, "amina@lakeview.example");
    assert!(receipt.subject.contains(&reference) && receipt.subject.contains("A help desk for newcomers"));
    assert!(!receipt.all().contains("Interpreters"), "no answers before the address is confirmed");
    assert!(!receipt.text.contains(&format!("{reference}?key=")), "whoever sits at a mistyped address opens nothing");
    app.client().visit(&receipt.link("/address?key=")).is(200);
    let own = city.get(&format!("/submissions/{reference}")).is(200);
    assert!(own.said().contains("Waiting for review") && own.said().contains("not confirmed yet"));
    app.is_whole();
}

#[test]
fn every_page_on_the_way_has_one_element_that_leads_on() {
    let app = TestApp::start();
    let mut city = app.client();
    let mut page = begin(&mut city, "practice");
    while !page.path.ends_with("/check") {
        assert_eq!(page.primary(), Primary::Button);
        let mut form = page.form();
        form.answer(&answers::practice());
        page = go_on(&mut city, &form);
    }
    assert_eq!(page.primary(), Primary::Button);
    let confirmation = send(&mut city, &page);
    assert_eq!(confirmation.primary(), Primary::Link(format!("/submissions/{}", confirmation.reference())));
    for path in ["/forms/practice", "/forms/pledge", "/forms/pledge-report", "/forms/unct-support"] {
        city.get(path).primary_link();
    }
}

#[test]
fn the_printable_list_has_every_question_and_its_limits() {
    let app = TestApp::start();
    let page = app.client().get("/forms/practice/questions").is(200);
    let said = page.said();
    for form in app.app.catalog.all(inlet::locale::Language::En).filter(|form| form.id().as_str() == "practice") {
        for field in form.fields().filter(|field| !matches!(field.kind, inlet::forms::FieldKind::Generated { .. })) {
            assert!(said.contains(&field.label), "{}", field.label);
        }
    }
    assert!(said.contains("3,000") && said.contains("Member State") && said.contains("Local"));
}

#[test]
fn a_ministry_makes_a_pledge_after_the_scope_question() {
    let app = TestApp::start();
    let mut ministry = app.client();
    let scope = ministry.visit("/forms/pledge/scope").is(200);
    let mut form = scope.form_at("main form");
    let unanswered = ministry.submit(&form).is(422);
    assert_eq!(unanswered.errors().len(), 1);
    let elsewhere = ministry.submit(form.set("answer", "help-protection")).is(200);
    assert!(elsewhere.attributes("main a", "href").contains(&"https://help.unhcr.org".to_owned()), "a signpost");
    assert!(elsewhere.said().contains("nobody who reads it can help"));

    let reference = hand_in(&mut ministry, "pledge", &answers::pledge()).reference();
    assert!(reference.starts_with("PLE-"));
    app.is_whole();
}

#[test]
fn a_report_looks_its_pledge_up_among_the_published_ones() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let public = app.published_pledge(&mut moderator, &json!({ "title": "Permits for orchard workers" }));
    let waiting = app.pledge(&json!({ "title": "Permits for orchard owners" }));

    let mut ministry = app.client();
    let mut form = begin(&mut ministry, "pledge-report").form();
    form.answer(&answers::report());
    let searched = ministry.press(form.set("pledge-q", "orchard"), ("do", "find:pledge"));
    let found = ministry.follow(&searched).is(200);
    assert!(found.said().contains("Permits for orchard workers") && !found.said().contains("orchard owners"));
    let mut chosen = found.form();
    assert_eq!(chosen.value("entity_name"), "Ministry of Labour of Examplia", "looking up keeps what was typed");
    let next = go_on(&mut ministry, chosen.set("pledge", &public));
    let check = fill(&mut ministry, next, &answers::report());
    assert!(check.said().contains("Permits for orchard workers"));
    let reference = send(&mut ministry, &check).reference();
    assert!(reference.starts_with("REP-"));

    app.decide(&mut moderator, &reference, "publish", "");
    let page = ministry.get(&format!("/pledges/{public}")).is(200);
    assert!(page.said().contains("120 permits were issued") && page.said().contains("In progress"), "{page:?}");
    // A typed reference of what is not public is no pledge.
    let mut form = begin(&mut ministry, "pledge-report").form();
    form.answer(&answers::report()).set("pledge", &waiting);
    assert_eq!(ministry.press(&form, ("do", "continue")).is(422).errors()[0].0, "#pledge");
    app.is_whole();
}

#[test]
fn a_link_on_the_pledges_page_brings_the_pledge_along() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let pledge = app.published_pledge(&mut moderator, &json!({}));
    let mut ministry = app.client();
    let page = ministry.get(&format!("/pledges/{pledge}")).is(200);
    let link = page.attributes("main a", "href").into_iter().find(|href| href.starts_with("/forms/pledge-report"));
    let start = ministry.get(&link.expect("a way to report")).is(200);
    let first = ministry.visit(&start.primary_link()).is(200);
    assert_eq!(first.form().value("pledge"), pledge);
}

#[test]
fn a_country_team_asks_for_support() {
    let app = TestApp::start();
    let mut team = app.client();
    let confirmation = hand_in(&mut team, "unct-support", &answers::request());
    let reference = confirmation.reference();
    assert!(reference.starts_with("UNS-"));
    let mails = app.mails();
    assert!(mails[0].subject.contains("Kenya"), "a title is made where none is asked: {}", mails[0].subject);
    assert!(mails[0].text.contains("5 working days"), "{}", mails[0].text);
    app.is_whole();
}

#[test]
fn everything_wrong_is_said_at_once_and_nothing_typed_is_lost() {
    let app = TestApp::start();
    let mut city = app.client();
    let first = begin(&mut city, "practice");
    let mut form = first.form();
    form.set("title", "A help desk").set("place", "By the lake");
    let refused = city.press(&form, ("do", "continue")).is(422);
    let errors = refused.errors();
    let anchors: Vec<&str> = errors.iter().map(|(anchor, _)| anchor.as_str()).collect();
    assert_eq!(anchors, ["#implementer", "#implementer_type", "#scope", "#countries"]);
    assert!(errors[0].1.contains("Enter the organization that carries out the practice"), "{errors:?}");
    assert!(refused.title().starts_with("Error"), "{}", refused.title());
    let beside = refused.all(".error-message");
    for (anchor, text) in &errors {
        assert!(beside.iter().any(|message| message.contains(text)), "{text} stands beside its question too");
        let id = anchor.trim_start_matches('#');
        let ids = refused.attributes("input, select, textarea", "id");
        assert_eq!(ids.iter().filter(|known| *known == id).count(), 1, "{anchor} leads to one control");
    }
    let kept = refused.form();
    assert_eq!((kept.value("title"), kept.value("place")), ("A help desk", "By the lake"));
    assert!(!refused.has("[id=title][aria-invalid]") && refused.has("[id=implementer][aria-invalid]"));
}

#[test]
fn wrong_answers_are_named_with_what_to_do_about_them() {
    let app = TestApp::start();
    let mut city = app.client();
    let first = begin(&mut city, "practice");
    let mut form = first.form();
    form.answer(&answers::practice());
    let page = go_on(&mut city, &form);
    let mut form = page.form();
    form.answer(&answers::practice());
    form.set("start_month-month", "13").set("ongoing", "no").set("partners-0-name", "");
    let refused = city.press(&form, ("do", "continue")).is(422);
    let said: String = refused.errors().into_iter().map(|(anchor, text)| format!("{anchor} {text}\n")).collect();
    assert!(said.contains("#start_month-month") && said.contains("from 1 to 12"), "{said}");
    assert!(said.contains("Enter the month and the year in which the practice ended"), "{said}");
    assert!(said.contains("#partners-0-name") && said.contains("name of the partner"), "{said}");
    assert_eq!(refused.form().value("start_month-month"), "13");
}

#[test]
fn a_check_over_two_answers_leads_to_one_of_them_and_a_warning_never_blocks() {
    let app = TestApp::start();
    let mut city = app.client();
    let early = but(
        answers::practice(),
        &[
            ("start_month-month", "5"),
            ("start_month-year", "2015"),
            ("ongoing", "no"),
            ("end_month-month", "4"),
            ("end_month-year", "2015"),
        ],
    );
    let first = begin(&mut city, "practice");
    let mut form = first.form();
    form.answer(&early);
    let second = go_on(&mut city, &form);
    let mut form = second.form();
    form.answer(&early);
    let refused = city.press(&form, ("do", "continue")).is(422);
    assert!(refused.errors().iter().any(|(_, text)| text.contains("not before the start")), "{refused:?}");
    let mut form = refused.form();
    form.set("end_month-year", "2020");
    let next = go_on(&mut city, &form);
    let check = fill(&mut city, next, &early);
    assert!(check.one(".warning-summary").contains("adopted in December 2018"));
    send(&mut city, &check).reference();
}

#[test]
fn a_change_link_leads_to_the_question_and_straight_back() {
    let app = TestApp::start();
    let mut city = app.client();
    let first = begin(&mut city, "practice");
    let check = fill(&mut city, first, &answers::practice());
    let links = check.attributes(".act a", "href");
    let change = links.iter().find(|href| href.ends_with("#place")).expect("each answer can be changed");
    let mut form = city.get(change).is(200).form();
    let back = go_on(&mut city, form.set("place", "Old Harbour"));
    assert!(back.path.ends_with("/check") && back.said().contains("Old Harbour"));
    send(&mut city, &back).reference();
}

#[test]
fn a_double_click_and_a_reload_make_one_submission() {
    let app = TestApp::start();
    let mut city = app.client();
    let first = begin(&mut city, "practice");
    let form = fill(&mut city, first, &answers::practice()).form();
    let clicks: Vec<Page> = std::thread::scope(|scope| {
        let click = |mut city: crate::support::Client| {
            let form = &form;
            scope.spawn(move || city.submit(form))
        };
        let both = [click(city.clone()), click(city.clone())];
        both.map(|thread| thread.join().unwrap()).into()
    });
    assert_eq!(clicks[0].location(), clicks[1].location(), "{clicks:?}");
    let confirmation = city.clone();
    let again = city.submit(&form);
    let reference = city.follow(&again).reference();
    for _ in 0..3 {
        assert_eq!(city.get(&format!("/submissions/{reference}/confirmation")).is(200).reference(), reference);
    }
    assert_eq!(app.count("submissions"), 1);
    assert_eq!(app.mails().len(), 1);
    drop(confirmation);
    app.is_whole();
}

#[test]
fn two_tabs_that_press_submit_in_turn_make_one_submission() {
    let app = TestApp::start();
    let mut city = app.client();
    let first = begin(&mut city, "unct-support");
    let check = fill(&mut city, first, &answers::request());
    let one = send(&mut city, &check).reference();
    let two = send(&mut city, &check).reference();
    assert_eq!(one, two);
}

#[test]
fn what_fills_in_the_trap_is_held_and_mails_nobody() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut robot = app.client();
    let first = begin(&mut robot, "practice");
    let mut form = fill(&mut robot, first, &answers::practice()).form();
    form.set("homepage_confirm", "http://spam.example");
    let sent = robot.submit(&form);
    let reference = robot.follow(&sent).is(200).reference();
    assert_eq!(app.submission(&reference).state, ReviewState::Held);
    assert!(app.mails().is_empty() && app.outbox().is_empty());
    let queue = moderator.get("/staff").is(200);
    assert!(!queue.text().contains(&reference), "suspected spam does not stand in the way");
    assert!(moderator.get("/staff?tab=held").is(200).text().contains(&reference), "nor is it lost");
}
