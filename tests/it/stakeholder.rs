//! Somebody outside has something to say: fills in a form, corrects, confirms, and never loses a word.

use inlet::domain::mail::MailStatus;
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
    let own = city.visit(&receipt.own_link()).is(200);
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
        &[("start_month-month", "5"), ("start_month-year", "2015"), ("ongoing", "no"), ("end_month-month", "4"), ("end_month-year", "2015")],
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
fn back_keeps_the_answers_right_or_wrong() {
    let app = TestApp::start();
    let mut city = app.client();
    let first = begin(&mut city, "practice");
    let mut form = first.form();
    form.answer(&answers::practice());
    let second = go_on(&mut city, &form);
    let mut form = second.form();
    form.set("start_month-month", "99").set("donors-0-name", "Lakeview Fund");
    let back = city.press(&form, ("do", "back"));
    let first = city.follow(&back).is(200);
    assert_eq!(first.form().value("title"), "A help desk for newcomers");
    assert_eq!(first.form().values("countries"), ["CHE", "FRA"]);
    let second = go_on(&mut city, &first.form());
    assert_eq!(second.form().value("start_month-month"), "99");
    assert_eq!(second.form().value("donors-0-name"), "Lakeview Fund");
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
fn rows_come_and_go_without_losing_others() {
    let app = TestApp::start();
    let mut city = app.client();
    let first = begin(&mut city, "practice");
    let mut form = first.form();
    form.answer(&answers::practice());
    let mut page = go_on(&mut city, &form);
    for name in ["Harbour Association", "Lake School"] {
        let mut form = page.form();
        form.answer(&answers::practice());
        let row = form.names.iter().filter(|name| name.starts_with("partners-") && name.ends_with("-name")).next_back().cloned().unwrap();
        form.set(&row, name);
        let added = city.press(&form, ("do", "add:partners"));
        page = city.follow(&added).is(200);
    }
    let form = page.form();
    assert_eq!([form.value("partners-0-name"), form.value("partners-1-name"), form.value("partners-2-name")], ["Harbour Association", "Lake School", ""]);
    let removed = city.press(&form, ("do", "remove:partners:0"));
    let page = city.follow(&removed).is(200);
    let partners: Vec<String> = page.form().pairs.into_iter().filter(|(name, _)| name.starts_with("partners-") && name.ends_with("-name")).map(|(_, value)| value).collect();
    assert_eq!(partners[0], "Lake School", "{partners:?}");
    let check = fill(&mut city, page, &answers::but(answers::practice(), &[("partners-0-name", ""), ("partners-0-type", "")]));
    assert!(check.said().contains("Lake School") && !check.said().contains("Harbour Association"));
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
    for dead in [old.own_link(), old.link("/address?key=")] {
        app.client().get(&dead).is(404);
    }
    app.client().visit(&new.own_link()).is(200);
    assert_eq!(app.events(&reference), ["submitted", "address-corrected"]);
    app.is_whole();
}

#[test]
fn a_correction_before_the_first_mail_went_drops_it() {
    let app = TestApp::start();
    let mut city = app.client();
    let confirmation = hand_in(&mut city, "practice", &but(answers::practice(), &[("contact_email", "a@wrong.example")]));
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
    let page = reader.get(&link).is(200);
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
fn a_draft_opens_on_this_device_alone_and_not_for_ever() {
    let app = TestApp::start();
    let mut city = app.client();
    let first = begin(&mut city, "practice");
    let mut form = first.form();
    form.answer(&answers::practice());
    let second = go_on(&mut city, &form);
    app.client().get(&second.path).is(404);
    city.get(&second.path).is(200);
    app.clock.advance(chrono::Duration::days(61));
    city.get(&second.path).is(404);
    let mut typed = second.form();
    typed.set("donors-0-name", "A name that was typed and is longer than sixty characters altogether");
    let gone = city.press(&typed, ("do", "continue")).is(410);
    assert!(gone.text().contains("A name that was typed and is longer than sixty"), "what was typed is shown to be copied");
    app.runtime.block_on(inlet::actions::sweep::sweep(&app.app)).unwrap();
    assert_eq!(app.count("drafts"), 0);
}

#[test]
fn a_lost_cookie_loses_nothing() {
    let app = TestApp::start();
    let mut city = app.client();
    let first = begin(&mut city, "practice");
    let mut form = first.form();
    form.answer(&answers::practice());
    let second = go_on(&mut city, &form);
    let mut form = second.form();
    form.answer(&answers::practice());
    city.forget_cookies();
    let third = go_on(&mut city, &form);
    let check = fill(&mut city, third, &answers::practice());
    send(&mut city, &check).reference();
}

/// FRG-07: the limit is in characters, a line break is one.
#[test]
fn a_text_of_exactly_the_limit_is_taken_however_it_is_counted() {
    let app = TestApp::start();
    let limit = 3000;
    let broken: String = format!("{}\r\n", "x".repeat(594)).repeat(5);
    let exact = format!("{broken}{}", "y".repeat(limit - broken.chars().count() + 5));
    for (text, right) in [
        (exact.clone(), true),
        ("移".repeat(limit), true),
        ("😀".repeat(limit), true),
        (format!("{exact}z"), false),
        ("移".repeat(limit + 1), false),
        ("😀".repeat(limit + 1), false),
    ] {
        let mut city = app.client();
        let first = begin(&mut city, "practice");
        let mut page = first;
        for _ in 0..2 {
            let mut form = page.form();
            form.answer(&answers::practice());
            page = go_on(&mut city, &form);
        }
        let mut form = page.form();
        form.answer(&answers::practice()).set("impact", &text);
        let sent = city.press(&form, ("do", "continue"));
        assert_eq!(sent.status == 303, right, "{sent:?}");
        let api = app.client().api(
            "POST",
            "/api/v1/forms/practice/submissions",
            Some(&json!({ "answers": answers::merged(&answers::practice_json(), &json!({ "impact": text })) })),
        );
        assert_eq!(api.status == 201, right, "the API gives the same verdict: {api:?}");
        if !right {
            assert!(sent.errors()[0].1.contains("3,000"), "the limit is said: {:?}", sent.errors());
            assert!(sent.form().value("impact").chars().count() > limit, "and nothing is cut");
        }
    }
}

/// FRG-08: an answer to a question that is no longer asked is not sent.
#[test]
fn an_answer_that_became_hidden_is_dropped_everywhere() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut city = app.client();
    let hidden = but(
        answers::practice(),
        &[("submitted_for_other", "yes"), ("focal_name", "STALE-7731"), ("focal_role", "STALE-7731"), ("focal_email", "stale7731@example.org")],
    );
    let first = begin(&mut city, "practice");
    let check = fill(&mut city, first, &hidden);
    assert!(check.said().contains("STALE-7731"));
    let change = check.attributes(".act a", "href").into_iter().find(|href| href.ends_with("#submitted_for_other")).unwrap();
    let mut form = city.get(&change).is(200).form();
    form.set("submitted_for_other", "no");
    let check = go_on(&mut city, &form);
    assert!(!check.said().contains("STALE-7731"));
    let reference = send(&mut city, &check).reference();
    let api = json!({ "submitted_for_other": false, "focal_name": "STALE-7731" });
    let by_api = app.client().api("POST", "/api/v1/forms/practice/submissions", Some(&json!({ "answers": answers::merged(&answers::practice_json(), &api) })));
    assert!(matches!(by_api.status, 201 | 422), "{by_api:?}");
    let own = city.get(&format!("/submissions/{reference}")).is(200);
    let staff = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    let mails: String = app.mails().iter().map(crate::support::mail::Mail::all).collect();
    for place in [own.text(), staff.text(), mails, format!("{:?}", app.stored())] {
        assert!(!place.to_lowercase().contains("stale"), "{place}");
    }
}

/// FRG-09: a chosen file survives an error elsewhere on the page.
#[test]
fn a_file_stays_when_something_else_on_the_page_is_wrong() {
    let app = TestApp::start();
    let mut city = app.client();
    let mut page = begin(&mut city, "practice");
    while !page.form().offers("documents") {
        let mut form = page.form();
        form.answer(&answers::practice());
        page = go_on(&mut city, &form);
    }
    let pdf = [b"%PDF-1.4\n".as_slice(), &[b'x'; 20_000], b"\n%%EOF"].concat();
    let mut form = page.form();
    form.set("public_contact_email", "not an address").attach("documents", "report.pdf", &pdf);
    let refused = city.press(&form, ("do", "continue")).is(422);
    assert!(refused.said().contains("report.pdf"), "{refused:?}");
    assert!(refused.has("button[name=do][value^='drop:documents:']"), "with a way to remove it");
    let mut form = refused.form();
    form.set("public_contact_email", "desk@lakeview.example").set("consent_images", "yes");
    let next = go_on(&mut city, &form);
    let check = fill(&mut city, next, &answers::practice());
    let reference = send(&mut city, &check).reference();
    let id = app.submission(&reference).id;
    let hashes = app.read(inlet::store::attachments::hashes);
    let expected = inlet::domain::event::hex(&<sha2::Sha256 as sha2::Digest>::digest(&pdf));
    assert_eq!(hashes.iter().map(|(_, hash)| hash.as_str()).collect::<Vec<_>>(), [expected]);
    assert_eq!(app.count(&format!("submission_attachments WHERE submission_id = {}", id.0)), 1);
    app.is_whole();
}

#[test]
fn a_removed_file_is_not_sent_along() {
    let app = TestApp::start();
    let mut city = app.client();
    let mut page = begin(&mut city, "practice");
    while !page.form().offers("documents") {
        let mut form = page.form();
        form.answer(&answers::practice());
        page = go_on(&mut city, &form);
    }
    let mut form = page.form();
    form.attach("documents", "a.pdf", b"%PDF-1.4\na").attach("documents", "b.pdf", b"%PDF-1.4\nb").set("consent_images", "yes");
    let next = go_on(&mut city, &form);
    let back = city.press(&next.form(), ("do", "back"));
    let page = city.follow(&back).is(200);
    let drop = page.attributes("button[value^='drop:documents:']", "value").remove(0);
    let dropped = city.press(&page.form(), ("do", &drop));
    let page = city.follow(&dropped).is(200);
    assert!(!page.said().contains("a.pdf") && page.said().contains("b.pdf"));
    let check = fill(&mut city, page, &answers::practice());
    let reference = send(&mut city, &check).reference();
    let own = city.get(&format!("/submissions/{reference}")).is(200);
    let link = own.attributes("ul.files a", "href").remove(0);
    let file = city.get(&link).is(200);
    assert_eq!(file.body, b"%PDF-1.4\nb");
    assert!(file.header("content-disposition").unwrap().starts_with("attachment"));
}

#[test]
fn the_least_answers_of_each_form_are_taken_from_a_program() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    app.published_pledge(&mut moderator, &json!({}));
    let program = app.client();
    let forms = program.api("GET", "/api/v1/forms", None).is(200).json();
    let ids: Vec<&str> = forms["forms"].as_array().unwrap().iter().map(|form| form["id"].as_str().unwrap()).collect();
    for wanted in ["practice", "pledge", "pledge-report", "unct-support"] {
        assert!(ids.contains(&wanted), "{ids:?}");
    }
    for id in ids {
        let form = program.api("GET", &format!("/api/v1/forms/{id}"), None).is(200).json();
        let body = json!({ "answers": form["example"], "locale": "en" });
        let created = program.api("POST", &format!("/api/v1/forms/{id}/submissions"), Some(&body)).is(201).json();
        assert_eq!(created["status"], "submitted", "{created}");
        app.client().visit(created["status_url"].as_str().unwrap()).is(200);
        // Without any one of the required answers it is not taken, and the field is named.
        for field in form["schema"]["required"].as_array().unwrap() {
            let mut less = form["example"].as_object().unwrap().clone();
            less.remove(field.as_str().unwrap());
            let refused = program.api("POST", &format!("/api/v1/forms/{id}/submissions"), Some(&json!({ "answers": less }))).is(422).json();
            let named: Vec<&str> = refused["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
            assert!(named.iter().any(|name| name.starts_with(field.as_str().unwrap())), "{id} {field}: {refused}");
        }
    }
    app.is_whole();
}

#[test]
fn an_idempotency_key_answers_once_for_the_same_and_never_for_others() {
    let app = TestApp::start();
    let program = app.client();
    let link = "/api/v1/forms/practice/submissions";
    let body = json!({ "answers": answers::practice_json(), "locale": "en" });
    let made: Vec<serde_json::Value> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..6).map(|_| scope.spawn(|| program.api_keyed("POST", link, Some(&body), Some("key-1")).is(201).json())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(made.iter().all(|one| *one == made[0]), "{made:?}");
    assert_eq!(app.count("submissions"), 1);
    let other = json!({ "answers": answers::merged(&answers::practice_json(), &json!({ "title": "Another" })), "locale": "en" });
    program.api_keyed("POST", link, Some(&other), Some("key-1")).is(422);
    program.api_keyed("POST", link, Some(&other), Some("key-2")).is(201);
    program.api_keyed("POST", link, Some(&body), Some("")).is(400);
    assert_eq!(app.count("submissions"), 2);
    assert_eq!(app.mails().len(), 2);
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
