//! Changes are asked point by point: the moderator ties each to a question, the submitter makes or answers each, the
//! moderator sees what became of it.

use diesel::connection::SimpleConnection;
use inlet::domain::submission::ReviewState;
use inlet::store::db::connect;
use serde_json::json;

use crate::support::answers::{self, go_on, hand_in, send};
use crate::support::app::{changed, decision_form};
use crate::support::{Client, Form, Page, TestApp};

const REQUEST: &str = "form:has(input[name=decision][value=request-changes])";

fn record(moderator: &mut Client, reference: &str) -> Page {
    moderator.get(&format!("/staff/submissions/{reference}")).is(200)
}

fn set_point(form: &mut Form, row: usize, field: &str, need: &str, text: &str) {
    form.set(&format!("point_field-{row}"), field)
        .set(&format!("point_required-{row}"), need)
        .set(&format!("point_text-{row}"), text);
}

/// A city's practice, with three changes asked: of a text, of rows, and, if the city likes, of all of it.
fn asked() -> (TestApp, Client, Client, String) {
    let app = TestApp::start();
    let (mut moderator, mut city) = (app.moderator(), app.client());
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    app.mails();
    let mut form = decision_form(&mut moderator, &reference, "request-changes").unwrap();
    set_point(&mut form, 0, "impact", "yes", "Please say how many people came.");
    set_point(&mut form, 1, "partners", "yes", "Is the university a partner?");
    set_point(&mut form, 2, "", "no", "Shorter sentences would help.");
    let done = moderator.submit(&form);
    moderator.follow(&done).is(200);
    (app, moderator, city, reference)
}

/// Opens the correction from the submitter's own page.
fn open(city: &mut Client, reference: &str) -> Page {
    let own = city.get(&format!("/submissions/{reference}")).is(200);
    let opened = city.submit(&own.form());
    city.follow(&opened).is(200)
}

/// The name of the box for the answer to the point with these words.
fn reply_to(page: &Page, words: &str) -> String {
    let ids = page.attributes("[id^=ask-]:not([id$=-text])", "id");
    let mine = |id: &&String| page.one(&format!("#{id}")).contains(words);
    let id = ids.iter().find(mine).unwrap_or_else(|| panic!("no point {words} on {page:?}"));
    id.replace("ask-", "point-")
}

/// The same, sent back: the text is changed, the question about rows is answered.
fn came_back() -> (TestApp, Client, Client, String) {
    let (app, moderator, mut city, reference) = asked();
    let page = open(&mut city, &reference);
    let mut form = page.form();
    form.set("impact", "In 2025 the desk helped 4,512 people in nine languages.");
    form.set(&reply_to(&page, "university"), "No: it only lent us a room.");
    let check = go_on(&mut city, &form);
    send(&mut city, &check);
    (app, moderator, city, reference)
}

#[test]
fn points_are_asked_made_or_answered_and_seen() {
    let (app, mut moderator, mut city, reference) = asked();
    let mails = app.mails_to("amina@lakeview.example");
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    for said in ["Benefits and impact (Required)", "how many people came", "The whole submission (Advisory)"] {
        assert!(mail.text.contains(said), "{said}: {}", mail.text);
    }

    let own = city.get(&format!("/submissions/{reference}")).is(200);
    assert_eq!(own.all(".points .badge"), ["To do", "To do", "To do"]);
    own.primary();

    // The questions with points come first, each below its point.
    let page = open(&mut city, &reference);
    assert!(page.path.ends_with("/points"), "{page:?}");
    let mut form = page.form();
    assert!(form.offers("impact") && form.offers("partners-0-name") && !form.offers("summary"));
    assert!(form.value("impact").contains("12,000"), "the answers are there");
    let about = page.attributes("textarea[name=impact]", "aria-describedby").remove(0);
    let first = about.split(' ').next().unwrap();
    assert!(page.one(&format!("#{first}")).contains("how many people came"), "the point is read with its question");

    // Nothing is changed yet: sending is refused, and each required point is named.
    let check = go_on(&mut city, &form);
    let before = app.stored();
    let refused = city.submit(&check.form()).is(422);
    assert_eq!(changed(&before, &app.stored()), Vec::<String>::new());
    let errors = refused.errors();
    assert_eq!(errors.len(), 2, "the advisory point blocks nothing: {errors:?}");
    assert!(refused.title().starts_with("Error:") && errors[0].1.contains("Benefits and impact"));
    for (link, _) in &errors {
        let (path, anchor) = link.split_once('#').unwrap();
        assert!(city.get(path).is(200).has(&format!("#{anchor}[tabindex]")), "{link}");
    }

    // One is changed, one is answered.
    let reply = reply_to(&page, "university");
    form.set("impact", "In 2025 the desk helped 4,512 people in nine languages.");
    form.set(&reply, "No: it only lent us a room.");
    let check = go_on(&mut city, &form);
    let step = check.attributes("a[href*='/steps/story']", "href").remove(0);
    let ordinary = city.get(&step).is(200);
    assert!(ordinary.one(".point").contains("how many people came"), "it stands above its question there too");
    assert!(go_on(&mut city, &ordinary.form()).path.ends_with("/check"));
    assert_eq!(open(&mut city, &reference).form().value(&reply), "No: it only lent us a room.", "kept across steps");
    let check = city.get(&check.path).is(200);
    let again = send(&mut city, &check);
    assert_eq!(again.reference(), reference);

    let page = record(&mut moderator, &reference);
    let cards = page.all(".cards-of-points > li");
    let card = |words: &str| cards.iter().find(|card| card.contains(words)).unwrap().clone();
    assert!(card("how many people came").contains("4,512") && card("how many people came").contains("12,000"));
    let answered = card("university");
    assert!(answered.contains("as it was") && answered.contains("only lent us a room"), "{answered}");
    assert!(card("Shorter sentences").contains("Answered"), "something was changed");
    app.is_whole();
}

#[test]
fn what_came_back_is_accepted_or_asked_again() {
    let (app, mut moderator, mut city, reference) = came_back();
    let page = record(&mut moderator, &reference);
    let accept = page.form_at("form[action*='/points/']");
    let accepted = moderator.submit(&accept);
    moderator.follow(&accepted).is(200);
    moderator.submit(&accept).is(303);
    assert_eq!(app.events(&reference).iter().filter(|kind| *kind == "point-accepted").count(), 1, "twice is once");
    let own = city.get(&format!("/submissions/{reference}")).is(200);
    assert!(own.all(".points .badge").contains(&"Accepted".to_owned()));
    let again =
        page.attributes("button[value^=ask-again]", "value").into_iter().find(|value| value.ends_with("partners"));
    let form = record(&mut moderator, &reference).form_at(REQUEST);
    let before = app.stored();
    let asking = moderator.press(&form, ("do", &again.unwrap())).is(200);
    assert_eq!(changed(&before, &app.stored()), Vec::<String>::new());
    let mut form = asking.form_at(REQUEST);
    assert_eq!(form.value("point_field-0"), "partners", "it is about the same question");
    assert!(asking.said().contains("Asked before: “Is the university a partner?”"), "{asking:?}");
    moderator.submit(&form).is(422);
    let done = moderator.submit(form.set("point_text-0", "Then who pays the room?"));
    moderator.follow(&done).is(200);

    // Both are seen as one thread, and only the new one is to do.
    let page = open(&mut city, &reference);
    let thread = page.one(".point");
    assert!(thread.contains("Is the university") && thread.contains("only lent us") && thread.contains("who pays"));
    let mut form = page.form();
    form.set(&reply_to(&page, "who pays"), "The city.");
    let check = go_on(&mut city, &form);
    send(&mut city, &check);
    app.is_whole();

    // Who publishes is content with all of it.
    app.decide(&mut moderator, &reference, "publish", "");
    let own = city.get(&format!("/submissions/{reference}")).is(200);
    assert!(own.all(".points .badge").iter().all(|badge| badge == "Accepted"), "{own:?}");
    assert!(!app.client().get(&format!("/practices/{reference}")).is(200).text().contains("lent us"), "never public");
    app.is_whole();
}

#[test]
fn a_moderator_adds_points_without_scripts_and_loses_no_word() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.practice(&json!({}));
    let mut form = decision_form(&mut moderator, &reference, "request-changes").unwrap();
    form.set("message", "Nearly done.");
    set_point(&mut form, 0, "summary", "no", "Say where.");
    let before = app.stored();
    let more = moderator.press(&form, ("do", "add-point")).is(200);
    assert_eq!(changed(&before, &app.stored()), Vec::<String>::new());
    assert!(!more.title().contains("Error") && more.errors().is_empty());
    let mut form = more.form_at(REQUEST);
    assert!(form.offers("point_text-3"));
    assert_eq!(
        [
            form.value("message"),
            form.value("point_field-0"),
            form.value("point_required-0"),
            form.value("point_text-0")
        ],
        ["Nearly done.", "summary", "no", "Say where."]
    );

    // A question without words, and words without end, are said; the rest is kept.
    set_point(&mut form, 1, "impact", "yes", " ");
    set_point(&mut form, 3, "", "yes", &"x".repeat(2001));
    let refused = moderator.submit(&form).is(422);
    let anchors: Vec<String> = refused.errors().into_iter().map(|(anchor, _)| anchor).collect();
    assert_eq!(anchors, ["#point_text-1", "#point_text-3"]);
    assert_eq!(changed(&before, &app.stored()), Vec::<String>::new());
    let form = refused.form_at(REQUEST);
    let fewer = moderator.press(&form, ("do", "drop-point:1")).is(200);
    let mut form = fewer.form_at(REQUEST);
    assert_eq!([form.value("point_text-0"), form.value("point_text-1")], ["Say where.", ""]);

    // Points need no message, and made-up questions are no questions.
    form.set("message", "").set("point_text-2", "").set("point_field-1", "nonsense").set("point_text-1", "What?");
    moderator.submit(&form).is(422);
    let done = moderator.submit(form.set("point_field-1", "").set("point_text-1", ""));
    moderator.follow(&done).is(200);
    assert_eq!((app.count("points"), app.count("notes")), (1, 0));
    assert_eq!(app.submission(&reference).state, ReviewState::ChangesRequested);
    app.is_whole();
}

#[test]
fn advisory_points_alone_hold_nobody_up() {
    let app = TestApp::start();
    let (mut moderator, mut city) = (app.moderator(), app.client());
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    let mut form = decision_form(&mut moderator, &reference, "request-changes").unwrap();
    set_point(&mut form, 0, "lessons", "no", "Any more?");
    moderator.submit(&form).is(303);
    let page = open(&mut city, &reference);
    let check = go_on(&mut city, &page.form());
    send(&mut city, &check);
    assert_eq!(app.submission(&reference).state, ReviewState::Submitted);
    let page = record(&mut moderator, &reference);
    assert!(page.one(".cards-of-points > li").contains("To do"));
    let accepted = moderator.submit(&page.form_at("form[action*='/points/']"));
    assert!(moderator.follow(&accepted).is(200).one(".cards-of-points > li").contains("Accepted"));
    app.is_whole();
}

#[test]
fn an_answer_of_any_length_is_kept_until_it_fits() {
    let (app, _, mut city, reference) = asked();
    let page = open(&mut city, &reference);
    let (reply, long) = (reply_to(&page, "university"), "ы".repeat(2001));
    let mut form = page.form();
    form.set("impact", "4,512 people.").set(&reply, &long);
    let refused = city.press(&form, ("do", "continue")).is(422);
    assert_eq!(refused.errors()[0].0, format!("#{reply}"));
    assert_eq!(refused.form().value(&reply).trim_start(), long);
    // Nor does it slip by over the page with all answers.
    let check = city.get(&page.path.replace("/points", "/check")).is(200);
    city.submit(&check.form()).is(422);
    assert_eq!(app.submission(&reference).head_revision, 1);
    let again = go_on(&mut city, form.set(&reply, &"ы".repeat(2000)));
    send(&mut city, &again);
    app.is_whole();
}

#[test]
fn rows_are_added_on_the_page_of_points_too() {
    let (_app, _, mut city, reference) = asked();
    let page = open(&mut city, &reference);
    let added = city.press(&page.form(), ("do", "add:partners"));
    assert!(added.location().unwrap().contains("/points#partners-1-name"));
    let more = city.follow(&added).is(200);
    let mut form = more.form();
    form.set("partners-1-name", "The university").set("partners-1-type", "academia");
    form.set("impact", "4,512 people.");
    let check = go_on(&mut city, &form);
    assert!(check.said().contains("The university"), "{check:?}");
    send(&mut city, &check);
}

#[test]
fn the_page_of_points_and_the_steps_take_turns() {
    let (_app, _, mut city, reference) = asked();
    let page = open(&mut city, &reference);
    let reply = reply_to(&page, "university");
    let mut form = page.form();
    form.set("impact", "Typed at the points.").set(&reply, "No.");
    city.press(&form, ("do", "autosave")).is(200);
    let mut step = city.get(&page.path.replace("/points", "/steps/story")).is(200).form();
    assert_eq!(step.value("impact"), "Typed at the points.");
    city.press(step.set("impact", "Typed at the step."), ("do", "later")).is(303);

    // The page of points is older than the step now, though it was saved from before.
    form.set("impact", "Typed on at the points.").set(&reply, "No, never.");
    city.press(&form, ("do", "autosave")).is(409);
    let conflict = city.press(&form, ("do", "continue")).is(409);
    let both = conflict.one(".conflict");
    assert!(both.contains("Typed at the step.") && both.contains("Typed on at the points."), "{both}");
    assert_eq!(conflict.form().value(&reply), "No, never.", "what was typed stays in the form");
    let kept = city.press(&conflict.form(), ("do", "theirs"));
    let theirs = city.follow(&kept).is(200).form();
    assert_eq!([theirs.value("impact"), theirs.value(&reply)], ["Typed at the step.", "No."]);
    let check = go_on(&mut city, &conflict.form());
    assert!(check.said().contains("Typed on at the points."), "{check:?}");
}

#[test]
fn who_comes_back_to_a_correction_comes_back_to_its_points() {
    let (app, _, mut city, reference) = asked();
    let page = open(&mut city, &reference);
    let reply = reply_to(&page, "university");
    let later = city.press(page.form().set(&reply, "No."), ("do", "later"));
    let saved = city.follow(&later).is(200);
    assert!(saved.one(".actions a.primary") == "Back to the changes asked", "{saved:?}");
    let mut colleague = app.client();
    let door = colleague.get(&saved.all(".link-text code").remove(1)).is(200).form();
    let sent = colleague.submit(&door);
    let theirs = colleague.follow(&sent).is(200);
    assert_eq!((theirs.path.as_str(), theirs.form().value(&reply)), (page.path.as_str(), "No."));
    assert!(theirs.said().contains("Somebody else opened this draft"), "{theirs:?}");
    let check = city.get(&page.path.replace("/points", "/check")).is(200);
    city.get(&check.attributes(".actions a", "href").remove(0)).is(200);
}

/// FRG-12.
#[test]
fn a_stale_request_for_changes_keeps_its_points() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.practice(&json!({}));
    let mut form = decision_form(&mut moderator, &reference, "request-changes").unwrap();
    set_point(&mut form, 0, "summary", "yes", "Say in which city.");
    app.decide(&mut moderator, &reference, "start-review", "");
    let conflict = moderator.submit(&form).is(409);
    assert_eq!(conflict.form_at(REQUEST).value("point_text-0"), "Say in which city.");
    let mut decline = decision_form(&mut moderator, &reference, "decline").unwrap();
    moderator.submit(decline.set("reason", "incomplete")).is(303);
    let gone = moderator.submit(&form).is(409);
    assert!(gone.said().contains("Say in which city."), "to be copied where no box takes it: {gone:?}");
}

#[test]
fn only_what_came_back_is_accepted_and_only_by_moderators() {
    let (app, mut moderator, _, reference) = asked();
    let accept = |client: &mut Client, reference: &str, point: i64| {
        client.post_form(&format!("/staff/submissions/{reference}/points/{point}"), &[("x", "y")])
    };
    let before = app.stored();
    accept(&mut moderator, &reference, 1).is(409);
    accept(&mut moderator, &reference, 99).is(404);
    moderator.post_form(&format!("/staff/submissions/{reference}/points/x"), &[("x", "y")]).is(404);
    accept(&mut moderator, &app.practice(&json!({})), 1).is(404);
    let mut observer = app.staff(inlet::domain::account::Role::Observer, "Olga");
    accept(&mut observer, &reference, 1).is(403);
    assert!(!changed(&before, &app.stored()).contains(&"points".to_owned()));
}

#[test]
fn a_hand_in_the_file_is_found_in_points_as_everywhere() {
    for (statement, named) in [
        ("UPDATE points SET body = 'Please pay.' WHERE id = 1", "point 1 is not what was committed to"),
        ("UPDATE points SET required = 0 WHERE id = 1", "point 1 is not what was committed to"),
        ("UPDATE points SET body = NULL, salt = NULL WHERE id = 2", "point 2 is not what was committed to"),
        ("DELETE FROM point_replies; DELETE FROM points WHERE id = 3", "does not commit to what was written with it"),
        ("UPDATE point_replies SET body = 'Yes.'", "the answer to point 2 is not what was committed to"),
        ("DELETE FROM point_replies", "does not commit to what was written with it"),
        ("UPDATE points SET settled_seq = 1 WHERE id = 1", "does not commit to what was written with it"),
        ("UPDATE points SET answered_seq = NULL WHERE id = 1", "does not commit to what was written with it"),
    ] {
        let (app, ..) = came_back();
        app.is_whole();
        connect(&app.database().to_string_lossy()).unwrap().batch_execute(statement).unwrap();
        let fault = app.fault(None).unwrap_or_else(|| panic!("not noticed: {statement}"));
        assert!(fault.contains(named), "{statement}: {fault}");
    }
}
