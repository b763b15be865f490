//! One record on the desk: what changed in it, what it is like on paper.

use inlet::domain::account::Role;
use serde_json::json;

use crate::support::answers::{self, fill, hand_in, send};
use crate::support::{Client, Page, TestApp};

/// Changes are asked for and made; gives nothing, the record has one revision more.
fn improve(app: &TestApp, moderator: &mut Client, city: &mut Client, reference: &str, changes: &[(&str, &str)]) {
    app.decide(moderator, reference, "request-changes", "Please say more.");
    let own = city.get(&format!("/submissions/{reference}")).is(200);
    let opened = city.submit(&own.form());
    let first = city.follow(&opened).is(200);
    let check = fill(city, first, &answers::but(answers::practice(), changes));
    send(city, &check);
}

fn record(client: &mut Client, reference: &str) -> Page {
    client.get(&format!("/staff/submissions/{reference}")).is(200)
}

#[test]
fn any_two_revisions_are_compared_word_by_word() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    improve(&app, &mut moderator, &mut city, &reference, &[("impact", "一个为新移民设立的服务台。")]);
    let changes = [("impact", "一个为新移民设立的咨询台。"), ("contact_role", "Director")];
    improve(&app, &mut moderator, &mut city, &reference, &changes);

    let page = record(&mut moderator, &reference);
    let mut form = page.form_at("form[action$='/difference']");
    assert_eq!((form.value("from"), form.value("to")), ("2", "3"), "the last two stand first");
    assert!(page.all("#changes ins").join(" ").contains("Director"));
    let compared = moderator.submit(form.set("from", "1").set("to", "2")).is(200);
    assert!(compared.one("h1").contains("Revision 1 and revision 2"));
    assert!(compared.all("del").join(" ").contains("12,000") && !compared.said().contains("Director"));
    let newest = moderator.get(&format!("/staff/submissions/{reference}/difference?from=2&to=3")).is(200);
    assert!(newest.all("del").iter().any(|text| text.contains("服务") && !text.contains("新移民")));
    assert!(newest.one("#changes").contains("Not published"), "a private answer is marked");
    let same = moderator.get(&format!("/staff/submissions/{reference}/difference?from=2&to=2")).is(200);
    assert!(!same.has("ins") && !same.has("del"));
    for wrong in ["from=0&to=2", "from=1&to=9", "from=x&to=2"] {
        moderator.get(&format!("/staff/submissions/{reference}/difference?{wrong}")).is(404);
    }
}

#[test]
fn a_record_is_printed_with_all_that_happened() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.practice(&json!({}));
    app.decide(&mut moderator, &reference, "request-changes", "Please name the partners.");
    let before = app.submission(&reference).version;
    let page = record(&mut moderator, &reference);
    assert!(page.text().contains(&format!("/staff/submissions/{reference}/print")));
    let paper = moderator.get(&format!("/staff/submissions/{reference}/print")).is(200);
    assert!(paper.said().contains("Amina Okello") && paper.one("#history").contains("Please name the partners."));
    assert!(paper.said().contains(&reference) && !paper.has("main form"), "paper has no buttons");
    assert_eq!(app.submission(&reference).version, before);
    app.client().get(&format!("/staff/submissions/{reference}/print")).is(303);
}

/// A moderator says that a record is another one again; gives the answer.
fn link(moderator: &mut Client, reference: &str, original: &str) -> Page {
    let mut form = record(moderator, reference).form_at("#link-box form");
    moderator.submit(form.set("original", original))
}

#[test]
fn a_duplicate_is_linked_both_ways_and_parted_again() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let first = app.practice(&json!({}));
    let second = app.practice(&json!({}));
    app.mails();
    // From the list of likely ones, with one press.
    let form = record(&mut moderator, &second).form_at(".alike form");
    let page = moderator.submit(&form);
    assert!(moderator.follow(&page).is(200).one(".flash").contains("linked"));
    let page = record(&mut moderator, &second);
    assert!(page.one("#related").contains("duplicate of") && page.one("#related").contains(&first));
    assert!(!page.has("#link-box"), "of one only");
    assert!(record(&mut moderator, &first).one("#related").contains(&second));
    assert!(app.mails().is_empty());
    assert_eq!(app.submission(&second).state.as_str(), "submitted", "nothing is decided");

    let unlink = page.form_at("#related form");
    let done = moderator.submit(&unlink);
    moderator.follow(&done).is(200);
    assert!(!record(&mut moderator, &second).has("#related") && !record(&mut moderator, &first).has("#related"));
    moderator.submit(&unlink).is(409);
    assert_eq!(app.events(&second), ["submitted", "linked-duplicate", "unlinked-duplicate"]);
    app.is_whole();
}

#[test]
fn what_cannot_be_the_original_is_refused_with_what_was_typed() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let first = app.practice(&json!({}));
    let second = app.practice(&json!({}));
    for wrong in ["", "PRA-0000-0000", "nothing", &second] {
        let refused = link(&mut moderator, &second, wrong).is(422);
        assert_eq!(refused.errors()[0].0, "#original");
        assert_eq!(refused.form_at("#link-box form").value("original"), wrong);
    }
    // Typed in small letters and without dashes.
    link(&mut moderator, &second, &first.to_lowercase().replace('-', "")).is(303);
    let circle = link(&mut moderator, &first, &second).is(422);
    assert!(circle.errors()[0].1.contains("duplicate itself"));
    assert_eq!(app.count("relations"), 1);
}

#[test]
fn a_record_is_declined_as_a_duplicate_of_another() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let first = app.practice(&json!({}));
    let second = app.practice(&json!({}));
    let mut form = record(&mut moderator, &second).form_at("#form-decline");
    form.set("reason", "duplicate").set("message", "It is here already.").set("original", "PRA-NONE");
    let refused = moderator.submit(&form).is(422);
    assert_eq!(refused.errors()[0].0, "#original-decline");
    let mut form = refused.form_at("#form-decline");
    assert_eq!((form.value("message").trim(), form.value("original")), ("It is here already.", "PRA-NONE"));
    let done = moderator.submit(form.set("original", &first));
    moderator.follow(&done).is(200);
    assert!(record(&mut moderator, &first).one("#related").contains(&second));
    assert_eq!(app.events(&second), ["submitted", "decline"]);
    app.is_whole();
}

#[test]
fn a_file_that_should_not_be_here_is_deleted_and_leaves_its_trace() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut city = app.client();
    let photo = app.attach("desk.png", b"\x89PNG\r\n\x1a\n\0\0\0\0IEND\xaeB`\x82");
    let plan = app.attach("plan.pdf", b"%PDF-1.4\nthe plan");
    let files = json!([{ "upload": plan }, { "upload": photo }]);
    let reference = app.practice(&json!({ "documents": files, "consent_images": true }));
    app.decide(&mut moderator, &reference, "publish", "");
    city.get(&format!("/attachments/{plan}")).is(200);
    let box_of = |moderator: &mut Client| record(moderator, &reference).form_at("#redact-box form");

    let mut form = box_of(&mut moderator);
    let refused = moderator.submit(form.set("file", &plan)).is(422);
    assert_eq!(refused.errors()[0].0, "#redact-why", "it needs a reason");
    assert_eq!(refused.form_at("#redact-box form").value("file"), plan);
    let mut form = box_of(&mut moderator);
    let refused = moderator.submit(form.set("redact-why", "It names a child.")).is(422);
    assert_eq!(refused.errors()[0].0, "#redact-file");

    for id in [&plan, &photo] {
        let mut form = box_of(&mut moderator);
        let done = moderator.submit(form.set("file", id).set("redact-why", "It names a child."));
        moderator.follow(&done).is(200);
    }
    let left = std::fs::read_dir(app.folder.path().join("attachments")).unwrap().count();
    assert_eq!(left, 0, "nor is there a copy for the public");
    for (client, link) in [
        (&mut city, format!("/attachments/{plan}")),
        (&mut moderator, format!("/staff/attachments/{plan}")),
        (&mut app.client(), format!("/attachments/{photo}")),
    ] {
        client.get(&link).is(410);
    }
    let page = record(&mut moderator, &reference);
    assert!(page.said().contains("“plan.pdf” was deleted by Mona") && page.said().contains("It names a child."));
    assert!(!page.has("#redact-box") && !page.has(".files a"), "nothing is left to delete or to open");
    let public = city.get(&format!("/practices/{reference}")).is(200);
    assert!(public.said().contains("Deleted by the Network") && !public.has(".files a"));
    assert_eq!(app.events(&reference), ["submitted", "publish", "attachment-redacted", "attachment-redacted"]);
    app.is_whole();
    // It can be published again; a file that is gone keeps nothing back.
    app.decide(&mut moderator, &reference, "unpublish", "For a moment.");
    app.decide(&mut moderator, &reference, "publish", "");
    app.is_whole();
}

#[test]
fn a_file_that_is_missing_without_a_word_is_found_out() {
    use diesel::connection::SimpleConnection;
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let plan = app.attach("plan.pdf", b"%PDF-1.4\nthe plan");
    let reference = app.practice(&json!({ "documents": [{ "upload": plan }], "consent_images": true }));
    app.decide(&mut moderator, &reference, "start-review", "");
    let mut conn = inlet::store::db::connect(&app.database().display().to_string()).unwrap();
    conn.batch_execute(&format!("INSERT INTO redactions VALUES ('{plan}', 2)")).unwrap();
    assert!(app.fault(None).unwrap().contains("event 2 does not commit"));
}

#[test]
fn staff_see_what_opens_with_an_attachment_only_as_a_download() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let plan = app.attach("plan.txt", b"<script>alert(1)</script>");
    app.practice(&json!({ "documents": [{ "upload": plan }], "consent_images": true }));
    let file = moderator.get(&format!("/staff/attachments/{plan}")).is(200);
    assert!(file.header("content-disposition").unwrap().starts_with("attachment;"));
    assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
    assert!(file.header("content-security-policy").unwrap().contains("sandbox"));
    assert!(!file.is_html());
}

#[test]
fn colleagues_who_are_mentioned_in_a_note_are_told_and_nobody_else() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    app.staff(Role::Observer, "Olga");
    app.staff(Role::Moderator, "Jonas");
    let reference = app.practice(&json!({}));
    app.mails();
    let page = record(&mut moderator, &reference);
    assert!(page.one("#note-box").contains("@olga Olga"), "who can be mentioned stands under the box");
    let mut form = page.form_at("form[action$='/notes']");
    let text = "@Olga, is this the city of last year? I am not sure (@mona). Ask jonas@unmigration.example.";
    let done = moderator.submit(form.set("readers", "internal").set("note", text));
    let flash = moderator.follow(&done).is(200).one(".flash");
    assert!(flash.contains("By mail it goes to: Olga."), "{flash}");
    let mails = app.mails();
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    assert_eq!(mail.envelope, "olga@unmigration.example");
    assert!(mail.subject.contains("You are mentioned") && mail.text.contains("Mona mentioned you"));
    assert!(
        mail.text.contains("the city of last year") && mail.text.contains(&format!("/staff/submissions/{reference}"))
    );
    // What goes to the submitter mentions nobody.
    let mut form = record(&mut moderator, &reference).form_at("form[action$='/notes']");
    let done = moderator.submit(form.set("readers", "submitter").set("note", "Thank you. @olga"));
    moderator.follow(&done).is(200);
    let to: Vec<String> = app.mails().into_iter().map(|mail| mail.envelope).collect();
    assert_eq!(to, ["amina@lakeview.example"]);
}

#[test]
fn a_text_to_begin_with_is_put_behind_what_was_typed() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let body = json!({ "answers": answers::practice_json(), "locale": "fr" });
    let created = app.client().api("POST", "/api/v1/forms/practice/submissions", Some(&body)).is(201).json();
    let reference = created["reference"].as_str().unwrap().to_owned();
    let page = record(&mut moderator, &reference);
    let groups = page.attributes("#form-request-changes optgroup", "label");
    assert_eq!(groups, ["French", "English"], "the submitter's language stands first");
    let mut form = page.form_at("#form-request-changes");
    form.set("message", "Chère Amina,\r\n").set("reply", "fr/say-what-came-of-it");
    let again = moderator.press(&form, ("do", "insert-reply")).is(200);
    let mut form = again.form_at("#form-request-changes");
    let message = form.value("message").trim().to_owned();
    assert!(message.starts_with("Chère Amina,\n\nMerci de nous avoir présenté"), "{message}");
    assert!(again.errors().is_empty());
    assert_eq!(app.events(&reference), ["submitted"], "nothing is decided by it");
    let done = moderator.submit(form.set("reply", "xx/none"));
    moderator.follow(&done).is(200);
    assert_eq!(app.events(&reference), ["submitted", "request-changes"]);

    let mut form = record(&mut moderator, &reference).form_at("form[action$='/notes']");
    form.set("readers", "submitter").set("note", "").set("reply", "en/we-look-into-it");
    let again = moderator.press(&form, ("do", "insert-reply")).is(200);
    let form = again.form_at("form[action$='/notes']");
    assert!(form.value("note").contains("five working days") && form.value("readers") == "submitter");
    assert!(!again.has(".error-summary"));
}

#[test]
fn what_was_sent_in_the_wrong_form_is_begun_anew_in_the_right_one() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let old = app.practice(&json!({ "title": "Permits for harvest workers" }));
    app.mails();
    let page = record(&mut moderator, &old);
    let mut form = page.form_at("#refile-box form");
    let refused = moderator.submit(form.set("form", "pledge")).is(422);
    assert_eq!(refused.errors()[0].0, "#refile-why");
    let mut form = refused.form_at("#refile-box form");
    assert_eq!(form.value("form"), "pledge");
    let refused = moderator.submit(form.set("form", "practice").set("refile-why", "It promises something.")).is(422);
    assert_eq!(refused.errors()[0].0, "#refile-form", "not the form it was sent in");
    let mut form = refused.form_at("#refile-box form");
    let done = moderator.submit(form.set("form", "pledge"));
    assert!(moderator.follow(&done).is(200).one(".flash").contains("One mail to amina@lakeview.example"));
    assert_eq!(app.submission(&old).state.as_str(), "declined");

    let mails = app.mails();
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    assert!(mail.subject.contains("Please use another form") && mail.text.contains("It promises something."));
    let mut city = app.client();
    let door = city.visit(&mail.link("/drafts/")).is(200);
    let opened = city.submit(&door.form());
    let first = city.follow(&opened).is(200);
    let carried = first.form();
    assert_eq!(
        (carried.value("title"), carried.value("entity_name")),
        ("Permits for harvest workers", "City of Lakeview")
    );
    let check = fill(&mut city, first, &answers::but(answers::pledge(), &[("title", "Permits for harvest workers")]));
    let new = send(&mut city, &check).reference();
    assert!(new.starts_with("PLE"));
    let (page, other) = (record(&mut moderator, &old), record(&mut moderator, &new));
    assert!(page.one("#related").contains(&new) && other.one("#related").contains(&old));
    assert_eq!(app.events(&old), ["submitted", "decline"]);
    app.is_whole();
    // What is decided is not begun anew.
    assert!(!page.has("#refile-box"));
    let late = [("form", "pledge"), ("refile-why", "x"), ("version", "2")];
    moderator.post_form(&format!("/staff/submissions/{old}/refilings"), &late).is(422);
}

#[test]
fn what_a_decision_linked_or_began_goes_with_it_when_it_is_taken_back() {
    let app = TestApp::with(&[("INLET_HOLD", "2m")]);
    let mut moderator = app.moderator();
    let first = app.practice(&json!({}));
    let second = app.practice(&json!({}));
    app.mails();
    let undo = |moderator: &mut Client| {
        let form = record(moderator, &second).form_at("form[action$='/undo']");
        let done = moderator.submit(&form);
        moderator.follow(&done).is(200);
    };
    let mut form = record(&mut moderator, &second).form_at("#form-decline");
    let done = moderator.submit(form.set("reason", "duplicate").set("original", &first));
    moderator.follow(&done).is(200);
    assert!(record(&mut moderator, &first).has("#related"));
    undo(&mut moderator);
    assert!(!record(&mut moderator, &first).has("#related") && !record(&mut moderator, &second).has("#related"));

    let mut form = record(&mut moderator, &second).form_at("#refile-box form");
    let done = moderator.submit(form.set("form", "pledge").set("refile-why", "It promises something."));
    moderator.follow(&done).is(200);
    assert_eq!(app.count("drafts"), 1);
    undo(&mut moderator);
    assert_eq!(app.count("drafts"), 0, "nobody has its link");
    assert_eq!(app.submission(&second).state.as_str(), "submitted");
    app.clock.advance(chrono::Duration::hours(1));
    assert!(app.mails().is_empty());
    app.is_whole();
}
