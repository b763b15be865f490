//! A draft is left and found again: by its link, on another device, in print, after a reminder.

use chrono::Duration;
use inlet::domain::mail::MailStatus;

use crate::support::answers::{self, begin, fill, go_on, hand_in, send};
use crate::support::client::From;
use crate::support::{Client, Page, TestApp};

const ADDRESS: &str = "amina@lakeview.example";

/// The second step of a practice, with half an answer typed, left by "Save and come back later".
fn left_halfway(city: &mut Client) -> Page {
    let mut form = begin(city, "practice").form();
    form.answer(&answers::practice());
    let mut form = go_on(city, &form).form();
    form.set("start_month-month", "99").set("donors-0-name", "Lakeview Fund");
    let sent = city.press(&form, ("do", "later"));
    city.follow(&sent).is(200)
}

fn ask_for_link(city: &mut Client, saved: &Page, address: &str) -> Page {
    let mut form = saved.form_at("form[action$='/link']");
    city.submit(form.set("draft_address", address))
}

/// What stands behind "Copy this link": the one to read, the one to edit.
fn links(saved: &Page) -> (String, String) {
    let all = saved.all(".link-text code");
    (all[0].clone(), all[1].clone())
}

fn sweep(app: &TestApp) {
    app.runtime.block_on(inlet::actions::sweep::sweep(&app.app)).unwrap();
}

#[test]
fn half_an_answer_is_kept_and_found_again_on_another_device_by_the_mailed_link() {
    let app = TestApp::start();
    let mut city = app.client();
    let saved = left_halfway(&mut city);
    assert!(saved.said().contains("Saved at 09:00 UTC") && saved.said().contains("5 January 2027"), "{saved:?}");
    let sent = ask_for_link(&mut city, &saved, ADDRESS);
    assert!(city.follow(&sent).is(200).one(".flash").contains("sent the link"));

    let mail = app.mails_to(ADDRESS).remove(0);
    assert_eq!(mail.subject, "[Practice] Your draft");
    assert!(mail.text.contains("5 January 2027"));
    for typed in ["Lakeview Fund", "help desk", "City of Lakeview"] {
        assert!(!mail.all().contains(typed), "{typed} is told to an address nobody confirmed");
    }
    let mut other = app.client();
    let link = mail.link("/drafts/");
    let door = other.get(&link).is(200);
    assert!(!door.text().contains("Lakeview Fund"), "a mail scanner opens the link and sees a button");
    let draft = door.path.split('?').next().unwrap().to_owned();
    other.get(&draft).is(404);
    let entered = other.submit(&door.form());
    let step = other.follow(&entered).is(200);
    assert!(!entered.location().unwrap().contains("key="), "the key stays out of the address");
    assert!(step.path.ends_with("/steps/facts"), "the step that was open last: {step:?}");
    assert_eq!(step.form().value("start_month-month"), "99");
    assert_eq!(step.form().value("donors-0-name"), "Lakeview Fund");
    let check = fill(&mut other, step, &answers::practice());
    send(&mut other, &check).reference();
    app.is_whole();
}

#[test]
fn a_mistyped_address_is_said_and_no_more_than_three_mails_an_hour_go_out() {
    let app = TestApp::start();
    let mut city = app.client();
    let saved = left_halfway(&mut city);
    let refused = ask_for_link(&mut city, &saved, "amina at lakeview").is(422);
    assert_eq!(refused.errors()[0].0, "#draft_address");
    assert_eq!(refused.form_at("form[action$='/link']").value("draft_address"), "amina at lakeview");
    let answers: Vec<String> = (0..5)
        .map(|_| {
            let sent = ask_for_link(&mut city, &saved, ADDRESS);
            city.follow(&sent).is(200).one(".flash")
        })
        .collect();
    assert!(answers.iter().all(|answer| *answer == answers[0]), "the answer tells nothing: {answers:?}");
    assert_eq!(app.mails_to(ADDRESS).len(), 3);
    app.clock.advance(Duration::minutes(61));
    ask_for_link(&mut city, &saved, ADDRESS).is(303);
    assert_eq!(app.mails_to(ADDRESS).len(), 1);
}

#[test]
fn nobody_floods_a_stranger_with_the_links_of_many_drafts() {
    let app = TestApp::start();
    for _ in 0..8 {
        let mut city = app.client();
        let saved = left_halfway(&mut city);
        ask_for_link(&mut city, &saved, ADDRESS).is(303);
    }
    assert_eq!(app.mails_to(ADDRESS).len(), 5);
}

#[test]
fn links_that_were_given_out_can_be_ended() {
    let app = TestApp::start();
    let mut city = app.client();
    let saved = left_halfway(&mut city);
    ask_for_link(&mut city, &saved, ADDRESS).is(303);
    let mailed = app.mails_to(ADDRESS).remove(0).link("/drafts/");
    let (read, edit) = links(&saved);
    let mut colleague = app.client();
    colleague.visit(&read).is(200);
    let mut other = app.client();
    let entered = other.get(&edit).is(200).form();
    let sent = other.submit(&entered);
    let open = other.follow(&sent).is(200);

    let ended = city.submit(&saved.form_at("form[action$='/revocation']"));
    let after = city.follow(&ended).is(200);
    for link in [&mailed, &read, &edit] {
        app.client().get(link).is(404);
    }
    colleague.get(read.split('?').next().unwrap()).is(404);
    other.get(&open.path).is(404);
    other.press(&open.form(), ("do", "continue")).is(410);
    // The one who ended them goes on, even from a page that was open before.
    city.get(&open.path).is(200);
    city.submit(&saved.form_at("form[action$='/revocation']")).is(303);
    app.client().visit(&links(&after).0).is(404);
}

#[test]
fn a_colleague_reads_everything_and_changes_nothing() {
    let app = TestApp::start();
    let mut city = app.client();
    let saved = left_halfway(&mut city);
    let (read, _) = links(&saved);
    let mut colleague = app.client();
    let page = colleague.visit(&read).is(200);
    assert!(!page.path.contains("key="), "the key stays out of the address");
    let printed = city.get(&format!("{}/print", page.path.trim_end_matches("/read"))).is(200);
    for shown in [&page, &printed] {
        let said = shown.said();
        assert!(said.contains("Draft, not submitted"), "{said}");
        assert!(said.contains("A help desk for newcomers") && said.contains("Lakeview Fund"), "{said}");
        assert!(said.contains("99"), "half an answer is there as it was typed: {said}");
        assert!(said.contains("Not answered yet"), "{said}");
        assert!(!shown.has("main form"), "nothing to press");
    }
    let step = page.path.replace("/read", "/steps/facts");
    colleague.get(&step).is(404);
    colleague.get(&page.path.replace("/read", "/saved")).is(404);
    colleague.get(&page.path.replace("/read", "/print")).is(404);
    let key = read.split("key=").nth(1).unwrap().to_owned();
    colleague.get(&format!("{}?key={key}", page.path.replace("/read", ""))).is(404);
    colleague.post_form(&step, &[("draft_key", key.as_str()), ("donors-0-name", "Mine")]).is(410);
}

#[test]
fn a_reminder_comes_a_week_before_a_draft_goes_and_then_it_is_gone() {
    let app = TestApp::start();
    let mut city = app.client();
    let saved = left_halfway(&mut city);
    ask_for_link(&mut city, &saved, ADDRESS).is(303);
    let mut silent = app.client();
    left_halfway(&mut silent);
    app.mails();
    app.clock.advance(Duration::days(52));
    sweep(&app);
    assert!(app.mails().is_empty(), "too early");
    app.clock.advance(Duration::days(2));
    sweep(&app);
    sweep(&app);
    let reminders = app.mails();
    assert_eq!(reminders.len(), 1, "once, and nobody who left no address");
    assert!(reminders[0].subject.contains("will be deleted soon") && reminders[0].text.contains("5 January 2027"));
    // Saved once more it lives on, and is reminded of its new end.
    let door = city.get(&reminders[0].link("/drafts/")).is(200).form();
    let sent = city.submit(&door);
    let step = city.follow(&sent).is(200);
    city.press(&step.form(), ("do", "later")).is(303);
    app.clock.advance(Duration::days(30));
    sweep(&app);
    assert_eq!((app.count("drafts"), app.mails().len()), (1, 0));
    app.clock.advance(Duration::days(24));
    sweep(&app);
    assert_eq!(app.mails().len(), 1);
    app.clock.advance(Duration::days(7));
    sweep(&app);
    assert_eq!(app.count("drafts"), 0);
    city.get(&step.path).is(404);
}

#[test]
fn a_mail_about_a_draft_that_was_sent_meanwhile_is_not_sent_any_more() {
    let app = TestApp::start();
    let mut admin = app.staff(inlet::domain::account::Role::Admin, "Ada");
    let mut city = app.client();
    let saved = left_halfway(&mut city);
    ask_for_link(&mut city, &saved, "other@lakeview.example").is(303);
    let step = city.get(&saved.primary_link()).is(200);
    let check = fill(&mut city, step, &answers::practice());
    send(&mut city, &check).reference();
    assert!(app.mails_to("other@lakeview.example").is_empty());
    assert!(app.outbox().iter().all(|(_, _, status)| *status != MailStatus::Refused));
    admin.get("/staff/mail").is(200);
}

#[test]
fn staff_see_that_a_link_was_mailed_and_not_the_link() {
    let app = TestApp::start();
    let mut admin = app.staff(inlet::domain::account::Role::Admin, "Ada");
    let mut city = app.client();
    let saved = left_halfway(&mut city);
    ask_for_link(&mut city, &saved, ADDRESS).is(303);
    for _ in 0..2 {
        let list = admin.get("/staff/mail").is(200);
        let mail = admin.get(&list.attributes("main .queue a[href^='/staff/mail/']", "href").remove(0)).is(200);
        assert!(mail.said().contains("[link]") && !mail.text().contains("key="), "{mail:?}");
        app.mails();
    }
}

/// The first page sent twice, by a double click or after the browser's Back, is one draft.
#[test]
fn the_first_page_sent_again_goes_into_the_same_draft_and_loses_no_later_step() {
    let app = TestApp::start();
    let mut city = app.client();
    let mut first = begin(&mut city, "practice").form();
    first.answer(&answers::practice());
    let mut second = go_on(&mut city, &first).form();
    second.set("donors-0-name", "Lakeview Fund");
    city.press(&second, ("do", "later")).is(303);
    first.set("title", "A better title");
    let again = go_on(&mut city, &first);
    assert_eq!(app.count("drafts"), 1);
    assert_eq!(again.form().value("donors-0-name"), "Lakeview Fund");
    let back = city.press(&again.form(), ("do", "back"));
    assert_eq!(city.follow(&back).form().value("title"), "A better title");
}

#[test]
fn the_language_changes_and_what_was_typed_stays() {
    let app = TestApp::start();
    let mut city = app.client();
    let mut form = begin(&mut city, "practice").form();
    form.set("title", "Un titre à moitié").set("place", "Lakeview");
    let sent = city.press(&form, ("do", "language:fr"));
    let page = city.follow(&sent).is(200);
    assert_eq!(page.attributes("html", "lang"), ["en"], "pages speak English alone; mails may be in another language");
    assert_eq!(page.form().value("title"), "Un titre à moitié");
    let mut form = page.form();
    form.set("place", "Au bord du lac");
    let sent = city.press(&form, ("do", "language:en"));
    let page = city.follow(&sent).is(200);
    assert_eq!(page.attributes("html", "lang"), ["en"]);
    assert_eq!(page.form().value("place"), "Au bord du lac");
}

#[test]
fn a_correction_is_found_again_by_the_submissions_own_link() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    app.decide(&mut moderator, &reference, "request-changes", "Please name the place.");
    let own = city.get(&format!("/submissions/{reference}")).is(200);
    let opened = city.submit(&own.form());
    let mut form = city.follow(&opened).is(200).form();
    form.set("place", "By the lake");
    let later = city.press(&form, ("do", "later"));
    let saved = city.follow(&later).is(200);
    assert!(!saved.has("form[action$='/link']") && saved.said().contains("link to your submission"), "{saved:?}");
    let draft = saved.path.replace("/saved", "/link");
    city.post_form(&draft, &[("draft_address", ADDRESS)]).is(409);
    let again = city.submit(&own.form());
    assert_eq!(city.follow(&again).is(200).form().value("place"), "By the lake");
    assert_eq!(app.count("drafts"), 1);
}

/// A proof of origin is asked of the new doors as of all others; the key of a link alone is none.
#[test]
fn a_link_is_used_by_its_button_and_from_our_own_page_alone() {
    let app = TestApp::start();
    let mut city = app.client();
    let saved = left_halfway(&mut city);
    let door = app.client().get(&links(&saved).1).is(200).form();
    let mut elsewhere = app.client().coming_from(From::OtherSite);
    elsewhere.submit(&door).is(403);
    let mut wrong = app.client();
    wrong.submit(door.clone().set("key", "made-up")).is(404);
    wrong.submit(&door).is(303);
}
