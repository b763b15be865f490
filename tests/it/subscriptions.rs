//! Somebody outside asks to be told of what is published, by mail, and can end it with one click.

use inlet::actions::sweep;
use inlet::domain::submission::Decision;
use mailparse::MailHeaderMap;
use serde_json::json;

use crate::support::client::From;
use crate::support::mail::Mail;
use crate::support::{Client, Page, TestApp};

const DILNOZA: &str = "dilnoza@example.org";

/// Asks on the page that `link` leads to.
fn ask(client: &mut Client, link: &str, pace: &str, address: &str) -> Page {
    let mut form = client.get(link).is(200).form_at("main form[action$='/subscribe']");
    form.set("pace", pace).set("address", address);
    let sent = client.submit(&form);
    client.follow(&sent).is(200)
}

/// Asks and confirms; gives the link to the subscription.
fn subscribed(app: &TestApp, link: &str, pace: &str) -> String {
    let mut client = app.client();
    ask(&mut client, link, pace, DILNOZA);
    let mails = app.mails_to(DILNOZA);
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    let link = mail.link("/subscriptions/");
    let button = client.get(&link).is(200).form_at("main form");
    let sent = client.submit(&button);
    assert!(client.follow(&sent).is(200).said().contains("Your subscription has begun"));
    link
}

fn header(mail: &Mail, name: &str) -> Option<String> {
    mailparse::parse_mail(&mail.raw).unwrap().headers.get_first_value(name)
}

/// The path of the one-click link.
fn one_click(mail: &Mail) -> String {
    let header = header(mail, "List-Unsubscribe").expect("a way to unsubscribe");
    header.trim_start_matches('<').trim_end_matches('>').to_owned()
}

#[test]
fn a_list_as_it_is_narrowed_can_be_followed() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    app.published_practice(&mut moderator, &json!({ "title": "Before", "countries": ["KEN"] }));
    let mut reader = app.client();
    let list = reader.get("/practices?region=eca&objective=7&q=help&scope=national").is(200);
    let link = list.attributes("main a[href*='/subscribe']", "href").remove(0);
    let form = reader.get(&link).is(200).form_at("main form[action$='/subscribe']");
    assert_eq!([form.values("to"), form.values("region"), form.values("objective")], [["practice"], ["eca"], ["7"]]);
    subscribed(&app, &link, "at-once");
    assert!(app.mails_to(DILNOZA).is_empty(), "what was there before is no news");

    let near = app.published_practice(
        &mut moderator,
        &json!({ "title": "Near, see https://evil.example", "countries": ["KEN"], "objectives": ["7", "8"] }),
    );
    app.published_practice(&mut moderator, &json!({ "title": "Far", "countries": ["FRA"], "objectives": ["7"] }));
    app.published_practice(&mut moderator, &json!({ "title": "Other", "countries": ["KEN"], "objectives": ["9"] }));
    app.published_pledge(&mut moderator, &json!({ "objectives": ["7"], "entity_country": "KEN" }));
    app.practice(&json!({ "title": "Unpublished", "countries": ["KEN"], "objectives": ["7"] }));
    let mails = app.mails_to(DILNOZA);
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    assert_eq!(mail.subject, "[Practice] Newly published: «Near, see [link]»");
    assert!(mail.text.contains(&format!("/practices/{near}")) && mail.text.contains("Kenya"));
    assert!(mail.text.contains("You get this because you follow: Practices · 7. "), "{}", mail.text);
    for private in ["Amina", "amina@", "evil", "Far", "Other", "Unpublished"] {
        assert!(!mail.all().contains(private), "{private}: {}", mail.text);
    }
    assert!(app.mails_to(DILNOZA).is_empty());
}

#[test]
fn nobody_is_mailed_who_did_not_confirm_and_opening_the_link_confirms_nothing() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut client = app.client();
    ask(&mut client, "/subscribe?to=practice", "at-once", DILNOZA);
    let link = app.mails_to(DILNOZA)[0].link("/subscriptions/");
    client.get(&link).is(200);
    app.published_practice(&mut moderator, &json!({}));
    assert!(app.mails_to(DILNOZA).is_empty());
    // After a week the wish and the address are forgotten.
    app.clock.advance(chrono::Duration::days(8));
    app.runtime.block_on(sweep::sweep(&app.app)).unwrap();
    client.get(&link).is(404);
    assert_eq!(app.count("subscriptions"), 0);
    assert!(app.outbox().iter().all(|(_, address, _)| address != DILNOZA));
}

#[test]
fn the_answer_is_the_same_for_the_known_and_the_unknown() {
    let app = TestApp::start();
    subscribed(&app, "/subscribe?to=practice", "daily");
    let mut client = app.client();
    let known = ask(&mut client, "/subscribe?to=practice", "daily", DILNOZA);
    let unknown = ask(&mut client, "/subscribe?to=practice", "daily", "stranger@example.org");
    assert_eq!((known.path.as_str(), known.said()), (unknown.path.as_str(), unknown.said()));
    let kinds: Vec<Mail> = app.mails();
    assert_eq!(kinds.len(), 2);
    assert_eq!(kinds[0].subject, kinds[1].subject);
}

#[test]
fn a_stranger_cannot_be_flooded() {
    let app = TestApp::with(&[("INLET_RATE_LIMIT", "on")]);
    let mut client = app.client();
    for _ in 0..8 {
        ask(&mut client, "/subscribe?to=practice&to=pledge", "daily", DILNOZA);
    }
    assert_eq!(app.mails_to(DILNOZA).len(), 3);
    for _ in 0..12 {
        let mut form = client.get("/subscribe?to=practice").is(200).form_at("main form[action$='/subscribe']");
        form.set("address", "another@example.org");
        client.submit(&form);
    }
    let mut form = client.get("/subscribe?to=practice").is(200).form_at("main form[action$='/subscribe']");
    form.set("address", "third@example.org");
    client.submit(&form).is(429);
}

#[test]
fn one_click_ends_it_without_cookie_or_token_and_the_address_is_gone() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let page = subscribed(&app, "/subscribe?to=practice", "at-once");
    app.published_practice(&mut moderator, &json!({}));
    let news = app.mails_to(DILNOZA).remove(0);
    assert_eq!(header(&news, "List-Unsubscribe-Post").as_deref(), Some("List-Unsubscribe=One-Click"));
    let link = one_click(&news);
    let mut program = app.client().coming_from(From::Silent);
    // Looking at it changes nothing, and a wrong key ends nothing.
    program.get(&link).is(200);
    program.post_form(&link.replace("key=", "key=x"), &[("List-Unsubscribe", "One-Click")]).is(404);
    assert_eq!(app.count("subscriptions"), 1);
    let body = b"List-Unsubscribe=One-Click";
    let multipart = b"--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
    let mut elsewhere = app.client().coming_from(From::OtherSite);
    assert!(
        elsewhere.post(&link, "multipart/form-data; boundary=x", multipart).is(200).said().contains("unsubscribed")
    );
    program.post(&link, "application/x-www-form-urlencoded", body).is(200);
    assert_eq!(app.count("subscriptions"), 0);
    app.published_practice(&mut moderator, &json!({}));
    assert!(app.mails_to(DILNOZA).is_empty());
    program.get(&page).is(404);
    assert!(program.get(&link).is(200).said().contains("You are unsubscribed"));
    assert!(!app.stored().values().any(|rows| rows.contains(DILNOZA)), "the address is forgotten");
    app.is_whole();
}

#[test]
fn a_week_of_publications_is_one_mail_and_an_empty_week_none() {
    let app = TestApp::start();
    app.moderator();
    // It is Friday, nine o'clock.
    subscribed(&app, "/subscribe?to=practice&to=pledge", "weekly");
    app.clock.advance(chrono::Duration::days(7));
    assert!(app.mails_to(DILNOZA).is_empty(), "nothing happened");
    let mut moderator = app.sign_in("mona@unmigration.example");
    for title in ["One", "Two"] {
        app.published_practice(&mut moderator, &json!({ "title": title }));
    }
    let gone = app.published_practice(&mut moderator, &json!({ "title": "Gone again" }));
    app.decide(&mut moderator, &gone, Decision::Unpublish.as_str(), "Published by mistake.");
    app.published_pledge(&mut moderator, &json!({ "title": "A pledge" }));
    app.clock.advance(chrono::Duration::hours(24 * 6 + 22));
    assert!(app.mails_to(DILNOZA).is_empty(), "not before Friday");
    app.clock.advance(chrono::Duration::hours(2));
    let mails = app.mails_to(DILNOZA);
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    assert_eq!(mail.subject, "[Practices, Pledges] 3 newly published");
    assert!(["«One»", "«Two»"].iter().all(|title| mail.text.contains(title)) && !mail.text.contains("Gone again"));
    app.clock.advance(chrono::Duration::days(7));
    assert!(app.mails_to(DILNOZA).is_empty());
}

#[test]
fn two_subscriptions_of_one_address_bring_one_mail() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    subscribed(&app, "/subscribe?to=practice", "at-once");
    let second = subscribed(&app, "/subscribe?to=practice&to=pledge&objective=7", "at-once");
    app.published_practice(&mut moderator, &json!({ "objectives": ["7"] }));
    let mails = app.mails_to(DILNOZA);
    assert_eq!(mails.len(), 1, "{mails:?}");
    // One of them is ended on its page; the other goes on.
    let mut client = app.client();
    let page = client.get(&second).is(200);
    assert!(page.said().contains("You also follow"));
    let end = page.attributes("main a[href*='/end']", "href").remove(0);
    let form = client.get(&end).is(200).form_at("main form");
    let done = client.press(&form, ("only", "this")).is(200);
    assert!(done.said().contains("Your other subscriptions go on"));
    assert_eq!(app.count("subscriptions"), 1);
}

#[test]
fn it_is_changed_on_a_page_of_its_own() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let link = subscribed(&app, "/subscribe?to=practice", "weekly");
    let mut client = app.client();
    let mut form = client.get(&link).is(200).form_at("main form");
    form.clear("to");
    let refused = client.submit(&form).is(422);
    assert_eq!(refused.errors(), [("#to-1".to_owned(), "Choose at least one thing to follow.".to_owned())]);
    form.push("to", "pledge");
    form.set("pace", "at-once");
    let saved = client.submit(&form);
    assert!(client.follow(&saved).is(200).said().contains("Your changes are saved"));
    app.published_practice(&mut moderator, &json!({}));
    app.published_pledge(&mut moderator, &json!({}));
    let mails = app.mails_to(DILNOZA);
    assert!(mails.len() == 1 && mails[0].subject.starts_with("[Pledge]"), "{mails:?}");
}

#[test]
fn what_is_wrong_is_said_and_nothing_typed_is_lost() {
    let app = TestApp::start();
    let mut client = app.client();
    let mut form = client.get("/subscribe?to=practice&objective=7").is(200).form_at("main form[action$='/subscribe']");
    form.clear("to");
    let page = client.submit(form.set("address", "dilnoza at example.org").set("pace", "daily")).is(422);
    assert_eq!(page.errors().len(), 2, "{:?}", page.errors());
    let again = page.form_at("main form[action$='/subscribe']");
    assert_eq!((again.value("address"), again.value("pace")), ("dilnoza at example.org", "daily"));
    assert_eq!(again.values("objective"), ["7"]);
    assert_eq!(app.count("subscriptions"), 0);
}

#[test]
fn what_can_still_be_undone_is_told_later() {
    let app = TestApp::with(&[("INLET_HOLD", "2m")]);
    let mut moderator = app.moderator();
    subscribed(&app, "/subscribe?to=practice", "at-once");
    app.published_practice(&mut moderator, &json!({}));
    assert!(app.mails_to(DILNOZA).is_empty());
    app.clock.advance(chrono::Duration::minutes(3));
    assert_eq!(app.mails_to(DILNOZA).len(), 1);
}
