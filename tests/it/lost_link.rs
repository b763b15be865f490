//! The link is lost, or the address has changed: reference and address bring a mail, and tell nothing to anybody else.

use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::answers::{self, but, fill, hand_in, send};
use crate::support::app::decision_form;
use crate::support::program::{self, Serving};
use crate::support::{Client, Page, TestApp};

const AMINA: &str = "amina@lakeview.example";
const NEW: &str = "amina@harbour.example";

fn ask(app: &TestApp, reference: &str, address: &str) -> Page {
    let mut client = app.client();
    let mut form = client.get("/find").is(200).form();
    client.submit(form.set("submission", reference).set("address", address))
}

fn ask_for_change(app: &TestApp, reference: &str, old: &str, new: &str) -> Page {
    let mut client = app.client();
    let mut form = client.get("/find/address").is(200).form();
    client.submit(form.set("submission", reference).set("address", old).set("new_address", new))
}

/// A practice whose address was confirmed; with the browser that sent it.
fn confirmed(app: &TestApp) -> (String, Client) {
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    let receipt = app.mails_to(AMINA).remove(0);
    let mut reader = app.client();
    let button = reader.visit(&receipt.link("/address?key=")).is(200).form();
    reader.submit(&button).is(200);
    app.mails();
    (reference, city)
}

#[test]
fn reference_and_address_bring_the_link_back() {
    let app = TestApp::start();
    let (reference, _) = confirmed(&app);
    // From the page that does not open without the link.
    let mut lost = app.client();
    let closed = lost.get(&format!("/submissions/{reference}")).is(404);
    let way = closed.attributes("main a", "href");
    assert!(way.contains(&"/find".to_owned()), "{way:?}");
    assert!(lost.get("/").is(200).has("main a[href='/find']") && lost.get("/help").is(200).has("main a[href='/find']"));

    let mut form = lost.get("/find").is(200).form();
    form.set("submission", &reference.to_lowercase().replace('-', " ")).set("address", " Amina@LakeView.example ");
    let sent = lost.submit(&form);
    assert!(lost.follow(&sent).is(200).said().contains("If this reference and address belong together"));
    let mails = app.mails();
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    assert_eq!(mail.envelope, AMINA);
    assert!(mail.subject.starts_with("[Practice] Your link: «"));
    assert!(lost.visit(&mail.own_link()).is(200).said().contains("was asked for once more"));
    app.is_whole();
}

#[test]
fn whether_the_two_belong_together_is_told_to_nobody() {
    let app = TestApp::start();
    let (reference, _) = confirmed(&app);
    let held = app.held_practice();
    let known = ask(&app, &reference, AMINA);
    assert_eq!(app.mails().len(), 1);
    let before = app.stored();
    let pairs = [
        (reference.as_str(), "somebody@example.org"),
        ("PRA-0000-0000", AMINA),
        ("PRA-0000-0000", "somebody@example.org"),
        (held.as_str(), AMINA),
    ];
    for (reference, address) in pairs {
        let unknown = ask(&app, reference, address);
        assert_eq!((unknown.status, unknown.location()), (known.status, known.location()), "{reference} {address}");
        let change = ask_for_change(&app, reference, address, NEW);
        assert_eq!(change.status, 303);
    }
    assert_eq!(app.stored(), before);
    assert!(app.mails().is_empty());
}

/// Reliability A2, coarsely: this machine has other work to do.
#[test]
fn the_answer_takes_as_long_for_the_known_as_for_the_unknown() {
    let app = TestApp::start();
    let mut client = app.client();
    let mut time = |reference: &str, address: &str| {
        let pairs = [("submission", reference), ("address", address)];
        let started = Instant::now();
        client.post_form("/find", &pairs).is(303);
        started.elapsed()
    };
    let references: Vec<String> = (0..9).map(|_| app.practice(&json!({ "contact_email": AMINA }))).collect();
    let mut known: Vec<Duration> = references.iter().map(|reference| time(reference, AMINA)).collect();
    let mut unknown: Vec<Duration> = references.iter().map(|reference| time(reference, "x@example.org")).collect();
    known.sort();
    unknown.sort();
    assert!(known[0] >= Duration::from_millis(200) && unknown[0] >= Duration::from_millis(200));
    assert!(known[4].abs_diff(unknown[4]) < Duration::from_millis(60), "{:?} and {:?}", known[4], unknown[4]);
}

#[test]
fn a_submission_is_asked_about_three_times_an_hour_and_not_more() {
    let app = TestApp::start();
    let (reference, _) = confirmed(&app);
    for _ in 0..5 {
        ask(&app, &reference, AMINA).is(303);
    }
    assert_eq!(app.mails().len(), 3);
    app.clock.advance(chrono::Duration::minutes(61));
    ask(&app, &reference, AMINA).is(303);
    assert_eq!(app.mails().len(), 1);
}

#[test]
fn a_network_that_asks_too_often_is_told_to_wait() {
    let app = TestApp::with(&[("INLET_RATE_LIMIT", "on")]);
    let mut client = app.client();
    let pairs = [("submission", "PRA-0000-0000"), ("address", "guess@example.org")];
    for _ in 0..20 {
        client.post_form("/find", &pairs).is(303);
    }
    let refused = client.post_form("/find", &pairs).is(429);
    assert!(refused.header("retry-after").is_some());
    let form = refused.form();
    assert_eq!((form.value("submission"), form.value("address")), ("PRA-0000-0000", "guess@example.org"));
}

#[test]
fn what_is_mistyped_gets_a_kind_answer_and_stays_typed() {
    let app = TestApp::start();
    let reference = app.practice(&json!({}));
    let last = if reference.ends_with('0') { '1' } else { '0' };
    let mistyped = format!("{}{last}", &reference[..reference.len() - 1]);
    let refused = ask(&app, &mistyped, "amina at lakeview").is(422);
    let errors = refused.errors();
    assert_eq!([errors[0].0.as_str(), errors[1].0.as_str()], ["#submission", "#address"]);
    assert!(errors[0].1.contains("mistyped"), "{errors:?}");
    assert_eq!(refused.form().value("submission"), mistyped);
    assert_eq!(refused.form().value("address"), "amina at lakeview");
    let same = ask_for_change(&app, &reference, AMINA, "AMINA@lakeview.example").is(422);
    assert_eq!(same.errors()[0].0, "#new_address");
    ask(&app, "", "").is(422);
}

/// Whoever sits at a mistyped address opens nothing.
#[test]
fn an_address_that_nobody_confirmed_gets_the_link_that_confirms() {
    let app = TestApp::start();
    let reference = app.practice(&json!({ "contact_email": AMINA }));
    app.mails();
    ask(&app, &reference, AMINA).is(303);
    let mail = app.mails().remove(0);
    assert!(!mail.text.contains(&format!("{reference}?key=")));
    let mut reader = app.client();
    let button = reader.visit(&mail.link("/address?key=")).is(200).form();
    reader.submit(&button).is(200);
    reader.get(&format!("/submissions/{reference}")).is(200);
}

#[test]
fn another_address_is_confirmed_from_the_old_mailbox() {
    let app = TestApp::start();
    let (reference, mut city) = confirmed(&app);
    ask(&app, &reference, AMINA).is(303);
    let old_link = app.mails().remove(0).own_link();
    let sent = ask_for_change(&app, &reference, AMINA, NEW);
    assert!(app.client().follow(&sent).is(200).said().contains("an e-mail to the old address is on its way"));
    let mails = app.mails();
    let [question] = mails.as_slice() else { panic!("{mails:?}") };
    assert!(question.envelope == AMINA && question.text.contains(NEW));
    let before = app.stored();
    let mut reader = app.client();
    let page = reader.visit(&question.link("/new-address?key=")).is(200);
    assert!(page.said().contains(NEW) && !page.path.contains("key="));
    assert_eq!(app.stored(), before, "mail scanners open links too");

    let done = reader.press(&page.form(), ("verdict", "accept")).is(200);
    assert!(done.said().contains("The address is changed"));
    reader.press(&page.form(), ("verdict", "accept")).is(404);
    city.get(&format!("/submissions/{reference}")).is(404);
    app.client().get(&old_link).is(404);
    let mails = app.mails();
    let [receipt] = mails.as_slice() else { panic!("{mails:?}") };
    assert_eq!(receipt.envelope, NEW);
    let mut renewed = app.client();
    let button = renewed.visit(&receipt.link("/address?key=")).is(200).form();
    renewed.submit(&button).is(200);
    assert!(renewed.get(&format!("/submissions/{reference}")).is(200).said().contains(NEW));
    let expected = [
        "submitted",
        "address-confirmed",
        "link-requested",
        "address-change-asked",
        "address-corrected",
        "address-confirmed",
    ];
    assert_eq!(app.events(&reference), expected);
    app.is_whole();
}

#[test]
fn the_old_mailbox_says_no() {
    let app = TestApp::start();
    let (reference, mut city) = confirmed(&app);
    ask_for_change(&app, &reference, AMINA, "thief@example.org").is(303);
    let question = app.mails().remove(0);
    let mut reader = app.client();
    let page = reader.visit(&question.link("/new-address?key=")).is(200);
    assert!(reader.press(&page.form(), ("verdict", "refuse")).is(200).said().contains("stays as it is"));
    reader.press(&page.form(), ("verdict", "accept")).is(409);
    assert!(city.get(&format!("/submissions/{reference}")).is(200).said().contains(AMINA));
    assert!(app.mails().is_empty());
    app.is_whole();
}

#[test]
fn where_nobody_reads_the_old_mailbox_a_moderator_decides() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let (reference, mut city) = confirmed(&app);
    app.decide(&mut moderator, &reference, "publish", "");
    app.mails();
    let public = |app: &TestApp| app.client().get(&format!("/practices/{reference}")).is(200).body;
    let before = public(&app);
    ask_for_change(&app, &reference, AMINA, "first@example.org").is(303);
    let to: Vec<String> = app.mails().into_iter().map(|mail| mail.envelope).collect();
    assert_eq!(to, [AMINA, "mona@unmigration.example"]);
    assert!(moderator.get("/staff").is(200).one("tbody").contains("Note"));
    let record = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    let first = record.form_at("form[action$='/address']");
    assert!(record.one("#address").contains("first@example.org"));
    // Another one is asked for while the page is open: what the moderator saw is not what would be done.
    ask_for_change(&app, &reference, AMINA, NEW).is(303);
    moderator.press(&first, ("verdict", "accept")).is(409);
    let record = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    assert!(record.one("#address").contains(NEW));
    let done = moderator.press(&record.form_at("form[action$='/address']"), ("verdict", "accept"));
    let record = moderator.follow(&done).is(200);
    assert!(record.one(".flash").contains("The address is changed") && !record.has("#address"));
    assert!(!record.has("form:has(input[name=decision][value=publish])"), "another address is no correction");
    assert!(!moderator.get("/staff").is(200).text().contains(&reference));
    city.get(&format!("/submissions/{reference}")).is(404);
    assert_eq!(app.mails_to(NEW).len(), 1);
    assert_eq!(public(&app), before);
    app.is_whole();
}

/// Confirms a new address by the receipt that went there.
fn open_by_receipt(app: &TestApp, city: &mut Client, address: &str) {
    let mails = app.mails_to(address);
    let receipt = mails.iter().find(|mail| mail.subject.contains("Received")).unwrap();
    let button = city.visit(&receipt.link("/address?key=")).is(200).form();
    city.submit(&button).is(200);
}

#[test]
fn another_address_holds_through_a_correction_that_is_declined_and_in_a_draft() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let (reference, mut city) = confirmed(&app);
    app.decide(&mut moderator, &reference, "publish", "");
    app.mails();
    let edit = |city: &mut Client| {
        let form = city.get(&format!("/submissions/{reference}")).is(200).form_at("form[action$='/edit']");
        let opened = city.submit(&form);
        city.follow(&opened).is(200)
    };
    let accept = |moderator: &mut Client| {
        let record = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
        moderator.press(&record.form_at("form[action$='/address']"), ("verdict", "accept")).is(303);
    };
    let first = edit(&mut city);
    let check = fill(&mut city, first, &but(answers::practice(), &[("title", "A help desk that moved")]));
    send(&mut city, &check);
    ask_for_change(&app, &reference, AMINA, NEW).is(303);
    accept(&mut moderator);
    let record = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    assert!(record.said().contains("A help desk that moved") && record.said().contains(NEW));
    let mut form = decision_form(&mut moderator, &reference, "decline").unwrap();
    moderator.submit(form.set("reason", "incomplete")).is(303);
    let record = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    assert_eq!(record.one("h1"), "A help desk for newcomers");
    assert!(record.said().contains(NEW), "the address did not come back with the version");
    app.is_whole();

    // The draft of a correction goes on where it was, with the new address.
    let mut city = app.client();
    open_by_receipt(&app, &mut city, NEW);
    let first = edit(&mut city);
    let mut form = first.form();
    answers::go_on(&mut city, form.set("title", "A help desk by the sea"));
    ask_for_change(&app, &reference, NEW, "amina@sea.example").is(303);
    accept(&mut moderator);
    // Whoever holds the old links writes in it no more.
    city.get(&first.path).is(404);
    let mut city = app.client();
    open_by_receipt(&app, &mut city, "amina@sea.example");
    let again = edit(&mut city);
    assert_eq!(again.path, first.path);
    assert_eq!(again.form().value("title"), "A help desk by the sea");
    let sent = answers::practice();
    let sent = but(sent, &[("title", "A help desk by the sea"), ("contact_email", "amina@sea.example")]);
    let page = city.get(&first.path).is(200);
    let check = fill(&mut city, page, &sent);
    let again = city.submit(&check.form()).is(303);
    city.follow(&again).is(200);
    app.is_whole();
}

/// 8.3: what opens something never stands in a log, nor in an address that a page was shown at.
#[test]
fn keys_are_not_logged_and_leave_the_address() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log.txt");
    let said = program::said(&program::run(
        folder.path(),
        &["staff", "add", "--email", "ada@example.org", "--name", "Ada", "--role", "admin"],
    ));
    let password = said.split_whitespace().find(|word| word.contains("/staff/password?key=")).unwrap().to_owned();
    let mut command = program::command(folder.path(), &["serve"]);
    command.env("INLET_LOG", "trace").env("INLET_RATE_LIMIT", "off");
    let serving = Serving::logging(command, Stdio::from(std::fs::File::create(&log).unwrap()));
    let mut city = serving.client();
    hand_in(&mut city, "practice", &answers::practice());
    let link = (0..100)
        .find_map(|_| {
            std::thread::sleep(Duration::from_millis(100));
            let files = std::fs::read_dir(folder.path().join("mail")).ok()?;
            let whole = |eml: &Vec<u8>| {
                let text = String::from_utf8_lossy(eml);
                text.contains("Please confirm your e-mail address") && text.trim_end().ends_with("--")
            };
            let eml = files.flatten().filter_map(|file| std::fs::read(file.path()).ok()).find(whole)?;
            Some(crate::support::mail::Mail::read(&eml, AMINA).link("/address?key="))
        })
        .expect("a receipt");
    let mut keys = Vec::new();
    for link in [link, password] {
        let (path, key) = link.split_once("?key=").unwrap();
        let path = path.split_once("//").map_or(path, |(_, rest)| &rest[rest.find('/').unwrap()..]).to_owned();
        let page = serving.client().visit(&format!("{path}?key={key}")).is(200);
        assert_eq!(page.path, path);
        assert!(!page.text().contains(key), "nor in what a page refers others to");
        serving.client().get(&format!("{path}?key={key}x"));
        keys.push(key.to_owned());
    }
    assert!(serving.terminate().success());
    let logged = std::fs::read_to_string(&log).unwrap();
    assert!(!logged.is_empty());
    for key in keys {
        assert!(!logged.contains(&key), "{key} is in the log");
    }
}
