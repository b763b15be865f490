//! Who of the Network is told of what: rules of an admin, digests at one's own hour, one click to stop.

use chrono::Duration;
use inlet::domain::account::Role;
use mailparse::MailHeaderMap;
use serde_json::json;

use crate::support::answers::{self, hand_in};
use crate::support::client::From;
use crate::support::mail::Mail;
use crate::support::{Client, TestApp};

const DESK: &str = "eastdesk@unmigration.example";
const MONA: &str = "mona@unmigration.example";
const OLGA: &str = "olga@unmigration.example";

/// An admin adds a rule; empty values mean any.
fn rule(admin: &mut Client, pairs: &[(&str, &str)]) {
    let mut form = admin.get("/staff/routing").is(200).form_at("form[action='/staff/routing']");
    for (name, value) in pairs {
        form.set(name, value);
    }
    let sent = admin.submit(&form);
    assert!(admin.follow(&sent).is(200).said().contains("The rule is added."));
}

/// Somebody says how often they want to be told.
fn pace(client: &mut Client, pairs: &[(&str, &str)]) {
    let mut form = client.get("/staff/alerts").is(200).form_at("form[action='/staff/alerts']");
    for (name, value) in pairs {
        form.set(name, value);
    }
    let sent = client.submit(&form);
    client.follow(&sent).is(200);
}

fn one_click(mail: &Mail) -> String {
    let parsed = mailparse::parse_mail(&mail.raw).unwrap();
    assert_eq!(parsed.headers.get_first_value("List-Unsubscribe-Post").as_deref(), Some("List-Unsubscribe=One-Click"));
    let header = parsed.headers.get_first_value("List-Unsubscribe").expect("a way to stop");
    header.trim_start_matches('<').trim_end_matches('>').to_owned()
}

#[test]
fn a_regional_mailbox_without_account_is_told_of_its_region_and_language() {
    let app = TestApp::start();
    let mut admin = app.staff(Role::Admin, "Ada");
    pace(&mut admin, &[("pace", "weekly")]);
    rule(&mut admin, &[("form", "practice"), ("region", "eca"), ("language", "en"), ("address", DESK)]);
    rule(&mut admin, &[("form", "practice"), ("address", DESK)]);
    let near = app.practice(&json!({ "title": "Near", "countries": ["KEN"] }));
    app.request(&json!({}));
    let mails = app.mails_to(DESK);
    let [mail] = mails.as_slice() else { panic!("one mail for an event, however many rules meet: {mails:?}") };
    assert!(mail.subject.contains("«Near»") && mail.text.contains(&near));
    assert_eq!(mail.first_line(), "For information");
    assert!(mail.text.contains("a rule of the Network leads it to this address"), "{}", mail.text);
    for private in ["Amina", "amina@"] {
        assert!(!mail.all().contains(private));
    }
    // Its reader stops it with one click, without cookie or token.
    let link = one_click(mail);
    let mut program = app.client().coming_from(From::Silent);
    program.get(&link).is(200);
    program.post_form(&link.replace("key=", "key=x"), &[("List-Unsubscribe", "One-Click")]).is(404);
    app.practice(&json!({ "countries": ["KEN"] }));
    assert_eq!(app.mails_to(DESK).len(), 1, "looking at the link stops nothing");
    program.post_form(&link, &[("List-Unsubscribe", "One-Click")]).is(200);
    app.practice(&json!({ "countries": ["KEN"] }));
    assert!(app.mails_to(DESK).is_empty());
    assert!(admin.get("/staff/routing").is(200).said().contains("stopped by its reader"));
}

#[test]
fn a_rule_and_ones_own_choice_bring_one_mail() {
    let app = TestApp::start();
    let mut admin = app.staff(Role::Admin, "Ada");
    app.moderator();
    let choice = admin.get("/staff/routing").is(200).attributes("select[name=account] option", "value").pop().unwrap();
    rule(&mut admin, &[("form", "practice"), ("account", &choice)]);
    rule(&mut admin, &[("address", MONA)]);
    app.practice(&json!({}));
    assert_eq!(app.mails_to(MONA).len(), 1);
    let page = admin.get("/staff/routing").is(200);
    let mut form = page.form_at("form[action='/staff/routing']");
    let refused = admin.submit(form.set("account", "").set("address", "not an address")).is(422);
    assert_eq!(refused.errors().len(), 1);
    assert_eq!(refused.form_at("form[action='/staff/routing']").value("address"), "not an address");
    let removal = page.form_at("form[action$='/removal']");
    let sent = admin.submit(&removal);
    assert!(admin.follow(&sent).is(200).said().contains("The rule is removed."));
    assert_eq!(app.count("routings"), 1);
}

#[test]
fn only_an_admin_routes() {
    let app = TestApp::start();
    app.moderator().get("/staff/routing").is(403);
}

#[test]
fn an_observer_has_a_digest_on_friday_and_none_in_an_empty_week() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    app.staff(Role::Observer, "Olga");
    let first = app.published_practice(&mut moderator, &json!({ "title": "First, see evil.example" }));
    app.practice(&json!({ "title": "Second" }));
    app.request(&json!({}));
    assert!(app.mails_to(OLGA).is_empty());
    // It is Friday, nine o'clock; digests are at eight.
    app.clock.advance(Duration::hours(24 * 7 - 2));
    assert!(app.mails_to(OLGA).is_empty());
    app.clock.advance(Duration::hours(1));
    let mails = app.mails_to(OLGA);
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    assert_eq!(mail.subject, "[Digest] 3 new, 1 published");
    assert_eq!(mail.first_line(), "For information");
    assert!(mail.text.contains("«First, see [link]» – City of Lakeview"), "{}", mail.text);
    assert!(mail.text.contains(&format!("New, Published – {first}")), "{}", mail.text);
    for private in ["Amina", "amina@", "evil"] {
        assert!(!mail.all().contains(private));
    }
    app.clock.advance(Duration::days(7));
    assert!(app.mails_to(OLGA).is_empty(), "nothing happened");
}

#[test]
fn eight_in_the_morning_is_that_of_the_reader_and_the_first_line_says_what_to_do() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    pace(&mut moderator, &[("pace", "daily"), ("zone", "Africa/Nairobi"), ("hour", "7")]);
    app.practice(&json!({}));
    let own = app.practice(&json!({}));
    app.decide(&mut moderator, &own, "publish", "");
    // At nine UTC it is noon in Nairobi; seven in the morning is four UTC.
    app.clock.advance(Duration::hours(18));
    assert!(app.mails_to(MONA).is_empty());
    app.clock.advance(Duration::hours(1));
    let mails = app.mails_to(MONA);
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    assert_eq!(mail.subject, "[Digest] 2 new", "nobody is told of their own act");
    assert_eq!(mail.first_line(), "Waiting for a moderator: 1");
    let mut program = app.client().coming_from(From::Silent);
    program.post_form(&one_click(mail), &[("List-Unsubscribe", "One-Click")]).is(200);
    app.practice(&json!({}));
    app.clock.advance(Duration::days(1));
    assert!(app.mails_to(MONA).is_empty());
    let mut again = app.sign_in(MONA);
    assert!(again.get("/staff/alerts").is(200).said().contains("You have stopped these mails"));
    pace(&mut again, &[("pace", "at-once")]);
    app.practice(&json!({}));
    assert_eq!(app.mails_to(MONA).len(), 1);
}

#[test]
fn a_muted_record_is_told_no_more_until_it_is_unmuted() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    let alert = app.mails_to(MONA).remove(0);
    assert!(alert.text.contains(&format!("/staff/submissions/{reference}#mute")), "{}", alert.text);
    let write = |city: &mut Client, text: &str| {
        let mut form = city.get(&format!("/submissions/{reference}")).is(200).form_at("form[action$='/notes']");
        form.set("note", text);
        city.submit(&form).is(303);
    };
    let record = format!("/staff/submissions/{reference}");
    let muted = moderator.get(&record).is(200).form_at("#mute form");
    let sent = moderator.press(&muted, ("muted", "yes"));
    assert!(moderator.follow(&sent).is(200).said().contains("You get no mails about this record"));
    write(&mut city, "Is there any news?");
    app.practice(&json!({}));
    assert_eq!(app.mails_to(MONA).len(), 1, "of the other one only");
    let unmuted = moderator.get(&record).is(200).form_at("#mute form");
    moderator.press(&unmuted, ("muted", "no")).is(303);
    write(&mut city, "We wait.");
    assert_eq!(app.mails_to(MONA).len(), 1);
}

#[test]
fn what_became_overdue_is_told_first_and_once() {
    let app = TestApp::start();
    app.moderator();
    let mut olga = app.staff(Role::Observer, "Olga");
    pace(&mut olga, &[("pace", "daily")]);
    app.practice(&json!({ "title": "Slow" }));
    app.mails();
    let mut late = Vec::new();
    for _ in 0..30 {
        app.clock.advance(Duration::days(1));
        late.extend(app.mails().into_iter().filter(|mail| mail.subject.contains("overdue")));
    }
    let [mail] = late.as_slice() else { panic!("{late:?}") };
    assert_eq!((mail.envelope.as_str(), mail.subject.as_str()), (MONA, "[Digest] 1 overdue"));
    assert_eq!(mail.first_line(), "Waiting for a moderator: 1");
    assert!(mail.text.contains("Overdue") && mail.text.contains("«Slow»"), "{}", mail.text);
}
