//! A moderator acts on many records at once: each is treated as it is alone, and what came of it is said.

use inlet::domain::account::Role;
use inlet::domain::submission::ReviewState;
use serde_json::json;

use crate::support::app::changed;
use crate::support::{Client, Form, Page, TestApp};

/// The form around the lines of the queue.
fn lines(client: &mut Client, address: &str) -> Form {
    client.get(address).is(200).form_at("form[action='/staff/batches']")
}

/// Chooses these records, or what the button stands for, and opens what can be done with them.
fn choose(client: &mut Client, address: &str, records: &[&str], which: &str) -> Page {
    let mut form = lines(client, address);
    for record in records {
        form.push("record", record);
    }
    let chosen = client.press(&form, ("which", which));
    client.follow(&chosen).is(200)
}

/// What to do, put into the page of a batch.
fn order(page: &Page, act: &str, message: &str) -> Form {
    let mut form = page.form_at("form[action^='/staff/batches/']");
    form.set("act", act).set("message", message);
    form
}

fn titled(app: &TestApp, titles: &[&str]) -> Vec<String> {
    titles.iter().map(|title| app.practice(&json!({ "title": title }))).collect()
}

#[test]
fn several_are_decided_on_at_once_and_each_submitter_gets_one_mail() {
    let app = TestApp::start();
    let mut mona = app.moderator();
    let all = titled(&app, &["One", "Two", "Three"]);
    app.mails();
    let page = choose(&mut mona, "/staff", &[&all[0], &all[2]], "chosen");
    assert!(
        page.said().contains("Fits 2 of 2.") && page.said().contains("Nothing has been done yet"),
        "{}",
        page.said()
    );
    assert!(!page.said().contains("Two"));
    let before = app.stored();
    let refused = mona.submit(&order(&page, "request-changes", "")).is(422);
    assert_eq!(refused.errors().len(), 1, "{refused:?}");
    let refused = mona.submit(&order(&page, "decline", "A reason is missing.")).is(422);
    assert!(refused.text().contains("A reason is missing."), "what was typed stays");
    assert_eq!(changed(&before, &app.stored()), Vec::<String>::new());
    let done = mona.submit(&order(&refused, "request-changes", "Please name the zebra."));
    let outcome = mona.follow(&done).is(200);
    assert!(outcome.said().contains("Done (2)"), "{}", outcome.said());
    let links = outcome.attributes("ol a", "href");
    assert!(links.iter().any(|link| link.contains(&all[0])) && !links.concat().contains(&all[1]), "{links:?}");
    let mails = app.mails();
    assert_eq!(mails.len(), 2, "one for each");
    assert!(mails.iter().all(|mail| mail.text.contains("Please name the zebra.")));
    for (reference, state) in all.iter().zip([ReviewState::ChangesRequested, ReviewState::Submitted]) {
        assert_eq!(app.submission(reference).state, state);
    }
    mona.submit(&order(&refused, "publish", "")).is(409);
    let kept = app.stored().remove("batches").unwrap();
    assert!(!kept.contains("zebra"), "the words stand with the records alone: {kept}");
    app.is_whole();
}

#[test]
fn what_moved_on_meanwhile_is_left_as_it_is() {
    let app = TestApp::start();
    let (mut mona, mut jonas) = (app.moderator(), app.staff(Role::Moderator, "Jonas"));
    let all = titled(&app, &["Stale", "Fine"]);
    let declined = app.held_practice();
    let records: Vec<&str> = all.iter().map(String::as_str).collect();
    let page = choose(&mut mona, "/staff", &records, "chosen");
    app.decide(&mut jonas, &all[0], "start-review", "");
    let mails = app.outbox().len();
    let done = mona.submit(&order(&page, "publish", ""));
    let outcome = mona.follow(&done).is(200);
    assert!(
        outcome.said().contains("Done (1)") && outcome.said().contains("left as they are (1)"),
        "{}",
        outcome.said()
    );
    assert_eq!(app.submission(&all[0]).state, ReviewState::InReview);
    app.client().get(&format!("/practices/{}", all[1])).is(200);
    assert_eq!(app.outbox().len(), mails + 1);
    let both = choose(&mut mona, "/staff?tab=all", &[&all[0], &declined], "chosen");
    let done = mona.submit(&order(&both, "release", ""));
    let outcome = mona.follow(&done).is(200);
    assert!(outcome.said().contains("Done (1)") && outcome.said().contains("Not possible as they stand (1)"));
    app.is_whole();
}

#[test]
fn a_whole_page_and_a_whole_filter_can_be_chosen() {
    let app = TestApp::start();
    let mut mona = app.moderator();
    for number in 0..53 {
        app.practice(&json!({ "title": format!("Practice {number}") }));
    }
    let request = app.request(&json!({}));
    let queue = mona.get("/staff?form=practice").is(200);
    assert!(queue.said().contains("Act on the 50 of this page") && queue.said().contains("Act on all 53"));
    let of_page = choose(&mut mona, "/staff?form=practice&page=2", &[], "page");
    assert_eq!(of_page.all("ol a").len(), 3);
    let all = choose(&mut mona, "/staff?form=practice", &[], "all");
    assert_eq!(all.all("ol a").len(), 53);
    let mut give = all.form_at("form[action^='/staff/batches/']");
    let mona_herself = all.attributes("#assignee option", "value").into_iter().find(|value| !value.is_empty()).unwrap();
    give.set("act", "give").set("assignee", &mona_herself);
    let done = mona.submit(&give);
    assert!(mona.follow(&done).is(200).said().contains("Done (53)"));
    assert!(mona.get("/staff?tab=mine").is(200).said().contains("53"));
    assert_eq!(app.submission(&request).assignee, None, "the filter left it out");
    app.is_whole();
}

#[test]
fn nothing_chosen_changes_nothing_and_a_batch_is_its_owners() {
    let app = TestApp::start();
    let (mut mona, mut jonas) = (app.moderator(), app.staff(Role::Moderator, "Jonas"));
    let reference = app.practice(&json!({ "title": "One" }));
    let before = app.stored();
    let form = lines(&mut mona, "/staff?form=practice");
    let none = mona.press(&form, ("which", "chosen"));
    let queue = mona.follow(&none).is(200);
    assert!(queue.said().contains("Choose at least one record.") && queue.path.contains("form=practice"), "{queue:?}");
    assert_eq!(changed(&before, &app.stored()), Vec::<String>::new());
    let page = choose(&mut mona, "/staff", &[&reference], "chosen");
    jonas.get(&page.path).is(404);
    let mut other = order(&page, "publish", "");
    other.set("token", lines(&mut jonas, "/staff").value("token"));
    jonas.submit(&other).is(404);
    let mut nothing = order(&page, "", "");
    nothing.clear("act");
    assert_eq!(mona.submit(&nothing).is(422).errors().len(), 1);
    mona.get("/staff/batches/nonsense").is(404);
    let mut olga = app.staff(Role::Observer, "Olga");
    assert!(!olga.get("/staff").is(200).has("input[name=record]"));
    olga.get(&page.path).is(403);
    app.clock.advance(chrono::Duration::days(8));
    app.runtime.block_on(inlet::actions::sweep::sweep(&app.app)).unwrap();
    assert_eq!((app.count("batches"), app.count("batch_items")), (0, 0), "what nobody needs any more is gone");
    assert_eq!(app.submission(&reference).state, ReviewState::Submitted);
}
