//! What staff keep themselves: added, corrected and retired by them alone, and public at once.

use inlet::domain::account::Role;
use serde_json::json;

use crate::support::TestApp;
use crate::support::answers::{call_json, go_on};
use crate::support::{Client, Page};

/// Adds a country Network; gives the page that says that it is public.
fn add_network(moderator: &mut Client, lead: &str) -> Page {
    let kinds = moderator.get("/staff/records").is(200);
    let link = kinds.attributes("a[href$='/country-network/begin']", "href").remove(0);
    let mut form = moderator.get(&link).is(200).form();
    form.set("country", "KEN").set("lead", lead).set("terms", "none");
    let documents = go_on(moderator, &form);
    let check = go_on(moderator, &documents.form());
    assert_eq!(check.one("button.primary"), "Save and publish");
    let saved = moderator.submit(&check.form());
    moderator.follow(&saved).is(200)
}

fn reference(page: &Page) -> String {
    page.one("main .caption .reference")
}

#[test]
fn a_moderator_adds_a_record_and_it_is_public_at_once() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let page = add_network(&mut moderator, "IOM and UNDP");
    assert!(page.said().contains("is public. No mail goes out."), "{page:?}");
    assert!(!page.said().contains("Address not confirmed"), "{page:?}");
    let reference = reference(&page);
    let list = app.client().get("/networks").is(200);
    assert_eq!(list.all("ol.cards h2"), ["Kenya"]);
    assert!(!list.has("a[href='/forms/country-network']"), "nobody outside adds to it");
    let item = app.client().get(&format!("/networks/{reference}")).is(200);
    assert!(item.said().contains("IOM and UNDP") && item.said().contains("Kept by the United Nations Network"));
    assert_eq!(app.events(&reference), ["submitted", "publish"]);
    assert_eq!(app.outbox(), [], "nobody gets a mail");
    app.is_whole();
}

#[test]
fn a_record_is_corrected_in_one_act_and_its_history_stays() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let page = add_network(&mut moderator, "IOM");
    let reference = reference(&page);
    let opened = moderator.submit(&page.form_at("form[action$='/revisions']"));
    let mut first = moderator.follow(&opened).is(200).form();
    assert_eq!(first.value("lead"), "IOM");
    first.set("lead", "IOM and UNHCR");
    let documents = go_on(&mut moderator, &first);
    let check = go_on(&mut moderator, &documents.form());
    let twice = check.form();
    let saved = moderator.submit(&twice);
    let again = moderator.submit(&twice);
    assert_eq!(again.location(), saved.location(), "a double click saves once");
    let page = moderator.follow(&saved).is(200);
    assert!(page.said().contains("What changed since"), "{page:?}");
    assert!(app.client().get(&format!("/networks/{reference}")).is(200).said().contains("IOM and UNHCR"));
    assert_eq!(app.events(&reference), ["submitted", "publish", "resubmitted", "publish"]);
    app.is_whole();
}

#[test]
fn what_two_correct_at_once_is_not_lost_unseen() {
    let app = TestApp::start();
    let (mut mona, mut max) = (app.moderator(), app.staff(Role::Moderator, "Max"));
    let page = add_network(&mut mona, "IOM");
    let reference = reference(&page);
    let corrected = |client: &mut Client, lead: &str| {
        let page = client.get(&format!("/staff/submissions/{reference}")).is(200);
        let opened = client.submit(&page.form_at("form[action$='/revisions']"));
        let mut form = client.follow(&opened).is(200).form();
        form.set("lead", lead);
        let documents = go_on(client, &form);
        go_on(client, &documents.form())
    };
    let first = corrected(&mut mona, "Mona’s");
    // Whoever opens it later takes over what was typed so far; the draft is one.
    let second = corrected(&mut max, "Max’s");
    assert_eq!(max.submit(&second.form()).status, 303);
    let late = mona.submit(&first.form());
    assert!(late.status == 303 || late.status == 404, "{late:?}");
    assert!(app.client().get(&format!("/networks/{reference}")).is(200).said().contains("Max’s"));
    app.is_whole();
}

#[test]
fn a_record_is_retired_with_a_reason_and_put_back() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = reference(&add_network(&mut moderator, "IOM"));
    let page = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    let retire = page.form_at("form:has(input[name=decision][value=unpublish])");
    assert!(moderator.submit(&retire).is(422).said().contains("Write why"));
    app.decide(&mut moderator, &reference, "unpublish", "It has merged with another one.");
    app.client().get(&format!("/networks/{reference}")).is(404);
    assert!(app.client().get("/networks").is(200).said().contains("Nothing has been published here yet."));
    let page = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    assert!(page.said().contains("It has merged with another one."), "{page:?}");
    app.decide(&mut moderator, &reference, "publish", "");
    app.client().get(&format!("/networks/{reference}")).is(200);
    assert_eq!(app.outbox(), []);
    app.is_whole();
}

#[test]
fn nobody_outside_finds_a_form_that_staff_keep() {
    let app = TestApp::start();
    let (mut moderator, mut observer) = (app.moderator(), app.staff(Role::Observer, "Olga"));
    let call = app.record("call", &call_json());
    let mut anybody = app.client();
    for path in ["/forms/call", "/forms/call/questions", "/forms/call/begin", "/api/v1/forms/call"] {
        anybody.get(path).is(404);
        observer.get(path).is(404);
    }
    let body = json!({ "answers": call_json(), "locale": "en" });
    app.client().api("POST", "/api/v1/forms/call/submissions", Some(&body)).is(404);
    anybody.post_form("/forms/call/begin", &[("title", "A call of my own")]).is(404);
    for path in ["/staff/records", "/staff/records/call", "/staff/forms/call/begin"] {
        assert!(anybody.get(path).is(303).location().unwrap().starts_with("/staff/login"));
        observer.get(path).is(403);
        moderator.get(path).is(200);
    }
    let revisions = format!("/staff/submissions/{call}/revisions");
    observer.post_form(&revisions, &[("x", "y")]).is(403);
    let home = anybody.get("/").is(200);
    assert!(!home.attributes("main a", "href").iter().any(|href| href.contains("/forms/call")), "{home:?}");
    let forms = app.client().api("GET", "/api/v1/forms", None).is(200).json();
    let ids: Vec<&str> = forms["forms"].as_array().unwrap().iter().filter_map(|form| form["id"].as_str()).collect();
    assert!(ids.contains(&"gcm-talk") && !ids.contains(&"call"), "{ids:?}");
    // A practice is not opened by the way that is for records.
    let practice = app.practice(&json!({}));
    moderator.get("/staff/forms/practice/begin").is(404);
    let page = moderator.get(&format!("/staff/submissions/{practice}")).is(200);
    assert!(!page.has("form[action$='/revisions']"));
    app.is_whole();
}

#[test]
fn a_draft_of_a_record_opens_on_the_staff_side_alone() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut form = moderator.get("/staff/forms/champion-country/begin").is(200).form();
    form.set("country", "KEN");
    form.set("since-day", "1").set("since-month", "3").set("since-year", "2020");
    let sent = moderator.press(&form, ("do", "continue"));
    let check = sent.location().unwrap();
    let outside = check.replace("/staff/drafts/", "/drafts/");
    let key = moderator.get(&check).is(200).form().value("draft_key").to_owned();
    assert!(!key.is_empty());
    moderator.get(&outside).is(404);
    let mut anybody = app.client();
    assert_eq!(anybody.get(&check).status, 303, "sign in first");
    let submission = outside.replace("/check", "/submission");
    let sent = anybody.post_form(&submission, &[("draft_key", key.as_str())]);
    assert_eq!(sent.status, 404, "{sent:?}");
    assert_eq!(app.count("submissions"), 0);
}

#[test]
fn the_front_door_offers_four_choices_and_the_others_below() {
    let app = TestApp::start();
    let home = app.client().get("/").is(200);
    let first = home.all(".choices:not(.minor) strong");
    assert_eq!(first.len(), 4, "{first:?}");
    assert_eq!(first[0], "Submit a practice");
    let others = home.all(".choices.minor strong").join(" | ");
    for words in ["guidance", "Talk", "training", "discussion", "voluntary report"] {
        assert!(others.contains(words), "{words} in {others}");
    }
}
