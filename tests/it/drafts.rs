//! While a form is being filled in: nothing typed is lost, and nothing is sent that is not asked.

use serde_json::json;

use crate::support::TestApp;
use crate::support::answers::{self, begin, but, fill, go_on, send, up_to};

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
    assert_eq!(first.form().values("countries").len(), 2);
    let second = go_on(&mut city, &first.form());
    assert_eq!(second.form().value("start_month-month"), "99");
    assert_eq!(second.form().value("donors-0-name"), "Lakeview Fund");
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
        let row =
            form.names.iter().rfind(|name| name.starts_with("partners-") && name.ends_with("-name")).cloned().unwrap();
        form.set(&row, name);
        let added = city.press(&form, ("do", "add:partners"));
        page = city.follow(&added).is(200);
    }
    let form = page.form();
    assert_eq!(
        [form.value("partners-0-name"), form.value("partners-1-name"), form.value("partners-2-name")],
        ["Harbour Association", "Lake School", ""]
    );
    let removed = city.press(&form, ("do", "remove:partners:0"));
    let page = city.follow(&removed).is(200);
    let partners: Vec<String> = page
        .form()
        .pairs
        .into_iter()
        .filter(|(name, _)| name.starts_with("partners-") && name.ends_with("-name"))
        .map(|(_, value)| value)
        .collect();
    assert_eq!(partners[0], "Lake School", "{partners:?}");
    let check =
        fill(&mut city, page, &answers::but(answers::practice(), &[("partners-0-name", ""), ("partners-0-type", "")]));
    assert!(check.said().contains("Lake School") && !check.said().contains("Harbour Association"));
}

/// W02: back, a word changed, sent again.
#[test]
fn what_is_typed_into_a_sent_draft_is_shown_to_be_copied_and_changes_nothing() {
    let app = TestApp::start();
    let mut team = app.client();
    let first = begin(&mut team, "unct-support");
    let mut form = first.form();
    form.answer(&answers::request());
    let second = go_on(&mut team, &form);
    let check = fill(&mut team, second.clone(), &answers::request());
    let reference = send(&mut team, &check).reference();
    let mut late = second.form();
    late.answer(&answers::request()).set("process_stage", "evaluation");
    late.push("process_other", &answers::long("Something that was thought of too late:", 90));
    let gone = team.press(&late, ("do", "continue")).is(410);
    assert!(gone.text().contains("thought of too late"));
    assert_eq!((app.count("submissions"), app.events(&reference).len()), (1, 1));
    assert!(!team.get(&format!("/submissions/{reference}")).is(200).said().contains("Evaluation"));
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
    assert!(
        gone.text().contains("A name that was typed and is longer than sixty"),
        "what was typed is shown to be copied"
    );
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
        &[
            ("submitted_for_other", "yes"),
            ("focal_name", "STALE-7731"),
            ("focal_role", "STALE-7731"),
            ("focal_email", "stale7731@example.org"),
        ],
    );
    let first = begin(&mut city, "practice");
    let check = fill(&mut city, first, &hidden);
    assert!(check.said().contains("STALE-7731"));
    let change =
        check.attributes(".act a", "href").into_iter().find(|href| href.ends_with("#submitted_for_other")).unwrap();
    let mut form = city.get(&change).is(200).form();
    form.set("submitted_for_other", "no");
    let check = go_on(&mut city, &form);
    assert!(!check.said().contains("STALE-7731"));
    let reference = send(&mut city, &check).reference();
    let api = json!({ "submitted_for_other": false, "focal_name": "STALE-7731" });
    let by_api = app.client().api(
        "POST",
        "/api/v1/forms/practice/submissions",
        Some(&json!({ "answers": answers::merged(&answers::practice_json(), &api) })),
    );
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
    let page = up_to(&mut city, "practice", "documents", &answers::practice());
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
    let page = up_to(&mut city, "practice", "documents", &answers::practice());
    let mut form = page.form();
    form.attach("documents", "a.pdf", b"%PDF-1.4\na")
        .attach("documents", "b.pdf", b"%PDF-1.4\nb")
        .set("consent_images", "yes");
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
