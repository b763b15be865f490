//! Where a virus scanner is set up, nobody opens a file before it was found clean: not while it waits, not while the
//! scanner is away, and never when a virus was found.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use inlet::actions::scan;
use inlet::clamd::Clamd;
use inlet::domain::attachment::Hold;
use inlet::store::attachments;
use serde_json::json;

use crate::support::answers::{self, fill, go_on, send, up_to};
use crate::support::app::decision_form;
use crate::support::clamd::{Mood, Scanner, eicar};
use crate::support::program::{Serving, command};
use crate::support::{Client, Page, TestApp};

const PLAN: &[u8] = b"%PDF-1.4\nthe plan";

fn scanned_by(scanner: &Scanner) -> TestApp {
    TestApp::with(&[("INLET_CLAMD", &scanner.address.to_string())])
}

/// One round of the scanner's worker, with little patience.
fn scan(app: &TestApp) {
    let scanner = Clamd { patience: Duration::from_millis(300), ..Clamd::of(&app.app.config).expect("a scanner") };
    app.runtime.block_on(scan::scan_waiting(&app.app, &scanner)).unwrap();
}

fn hold(app: &TestApp, id: &str) -> Option<Hold> {
    let id = id.to_owned();
    app.read(move |conn| attachments::find(conn, &id)).expect("an attachment").hold
}

/// A practice with a file that everybody may see once it is published.
fn practice_with(app: &TestApp, content: &[u8]) -> (String, String) {
    let id = app.client().upload("plan.pdf", content).is(201).json()["upload"].as_str().unwrap().to_owned();
    let reference = app.practice(&json!({ "documents": [{ "upload": id }], "consent_images": true }));
    (reference, id)
}

fn infected_pdf() -> Vec<u8> {
    [PLAN, &eicar()].concat()
}

fn publish(moderator: &mut Client, reference: &str) -> Page {
    let form = decision_form(moderator, reference, "publish").expect("publishing is offered");
    moderator.submit(&form)
}

#[test]
fn a_file_is_closed_to_everybody_until_it_was_found_clean() {
    let scanner = Scanner::start(Mood::Scan);
    let app = scanned_by(&scanner);
    let mut moderator = app.moderator();
    let (reference, id) = practice_with(&app, PLAN);
    let record = format!("/staff/submissions/{reference}");
    let page = moderator.get(&record).is(200);
    assert!(page.said().contains("plan.pdf Being checked for viruses") && !page.has("ul.files a"), "{page:?}");
    let closed = moderator.get(&format!("/staff/attachments/{id}")).is(409);
    assert!(closed.said().contains("being checked") && closed.said().contains("in a minute"), "{closed:?}");
    let refused = publish(&mut moderator, &reference).is(409);
    assert!(refused.said().contains("cannot be published yet"), "{refused:?}");
    assert_eq!(app.events(&reference), ["submitted"]);
    scan(&app);
    assert_eq!(scanner.seen(), [PLAN]);
    assert_eq!(moderator.get(&format!("/staff/attachments/{id}")).is(200).body, PLAN);
    app.decide(&mut moderator, &reference, "publish", "");
    assert_eq!(app.client().get(&format!("/attachments/{id}")).is(200).body, PLAN);
    app.is_whole();
}

#[test]
fn the_sender_of_an_infected_file_is_told_and_replaces_it() {
    let scanner = Scanner::start(Mood::Scan);
    let app = scanned_by(&scanner);
    let mut city = app.client();
    let page = up_to(&mut city, "practice", "documents", &answers::practice());
    let mut form = page.form();
    form.attach("documents", "plan.pdf", &infected_pdf()).attach("documents", "map.pdf", PLAN);
    form.set("consent_images", "yes");
    let next = go_on(&mut city, &form);
    let back = city.press(&next.form(), ("do", "back"));
    let page = city.follow(&back).is(200);
    assert!(page.said().contains("plan.pdf Being checked for viruses"), "{page:?}");
    assert!(!page.has("ul.files a"), "not even its owner opens it");
    scan(&app);
    let page = city.get(&page.path).is(200);
    assert!(page.said().contains("plan.pdf Refused: a virus was found"), "{page:?}");
    let refused = city.press(&page.form(), ("do", "continue")).is(422);
    let errors = refused.errors();
    assert!(errors.len() == 1 && errors[0].1.contains("plan.pdf") && errors[0].1.contains("virus"), "{errors:?}");
    let drop = refused.attributes("li:has(.badge.warn) button[value^='drop:documents:']", "value").remove(0);
    let dropped = city.press(&refused.form(), ("do", &drop));
    let page = city.follow(&dropped).is(200);
    let mut form = page.form();
    let next = go_on(&mut city, form.attach("documents", "plan.pdf", b"%PDF-1.4\nanother plan"));
    let check = fill(&mut city, next, &answers::practice());
    assert!(check.said().contains("plan.pdf Being checked") && check.said().contains("map.pdf"), "{check:?}");
    send(&mut city, &check);
    let kept = std::fs::read_dir(app.folder.path().join("attachments")).unwrap().count();
    assert_eq!(kept, 2, "the infected file is gone from the disk");
}

#[test]
fn a_virus_found_after_sending_is_told_to_staff_and_submitter_and_keeps_the_record_from_the_public() {
    let scanner = Scanner::start(Mood::Scan);
    let app = scanned_by(&scanner);
    let mut moderator = app.moderator();
    let mut city = app.client();
    let page = up_to(&mut city, "practice", "documents", &answers::practice());
    let mut form = page.form();
    let next = go_on(&mut city, form.attach("documents", "plan.pdf", &infected_pdf()).set("consent_images", "yes"));
    let check = fill(&mut city, next, &answers::practice());
    let reference = send(&mut city, &check).reference();
    scan(&app);
    assert_eq!(app.events(&reference), ["submitted", "attachment-refused"]);
    let own = city.get(&format!("/submissions/{reference}")).is(200);
    assert!(own.said().contains("plan.pdf Refused: a virus was found") && own.said().contains("A file was not kept"));
    let refused = publish(&mut moderator, &reference).is(409);
    assert!(refused.said().contains("cannot be published yet") && refused.said().contains("a virus was found"));
    app.is_whole();
    // The submitter is asked, and replaces it.
    app.decide(&mut moderator, &reference, "request-changes", "Please send the plan again.");
    let own = city.get(&format!("/submissions/{reference}")).is(200);
    let edit = city.submit(&own.form_at("form:has(.primary)"));
    let mut page = city.follow(&edit).is(200);
    while !page.has("#documents") {
        page = go_on(&mut city, &page.form());
    }
    let refused = city.press(&page.form(), ("do", "continue")).is(422);
    let drop = refused.attributes("button[value^='drop:documents:']", "value").remove(0);
    let dropped = city.press(&refused.form(), ("do", &drop));
    let page = city.follow(&dropped).is(200);
    let mut form = page.form();
    let next = go_on(&mut city, form.attach("documents", "plan.pdf", PLAN).set("consent_images", "yes"));
    let check = fill(&mut city, next, &answers::practice());
    send(&mut city, &check);
    scan(&app);
    app.decide(&mut moderator, &reference, "publish", "");
    app.is_whole();
}

#[test]
fn while_the_scanner_is_away_files_wait_and_go_on_once_it_is_back() {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let app = TestApp::with(&[("INLET_CLAMD", &address.to_string())]);
    let mut moderator = app.moderator();
    let (reference, id) = practice_with(&app, PLAN);
    app.clock.advance(chrono::Duration::seconds(1));
    let (_, other) = practice_with(&app, b"%PDF-1.4\nanother");
    scan(&app);
    assert_eq!((hold(&app, &id), hold(&app, &other)), (Some(Hold::Unanswered), Some(Hold::Unanswered)));
    let page = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    assert!(page.said().contains("the virus scanner does not answer"), "{page:?}");
    moderator.get(&format!("/staff/attachments/{id}")).is(409);
    publish(&mut moderator, &reference).is(409);
    // The service itself starts again meanwhile.
    let app = TestApp::in_folder(app.stop(), &[("INLET_CLAMD", &address.to_string())]);
    let back = Scanner::start_at(address);
    app.clock.advance(scan::AGAIN * 2);
    scan(&app);
    assert_eq!(back.seen(), [PLAN, b"%PDF-1.4\nanother"], "oldest first");
    assert_eq!((hold(&app, &id), hold(&app, &other)), (None, None));
}

#[test]
fn a_scanner_that_stalls_hangs_up_or_complains_lets_nothing_pass() {
    let scanner = Scanner::start(Mood::Stall);
    let app = scanned_by(&scanner);
    let (_, id) = practice_with(&app, PLAN);
    for mood in [Mood::Stall, Mood::HangUp, Mood::Complain] {
        scanner.set(mood);
        let began = Instant::now();
        scan(&app);
        assert!(began.elapsed() < Duration::from_secs(5), "{mood:?} is not waited for");
        assert_eq!(hold(&app, &id), Some(Hold::Unanswered), "{mood:?}");
        app.clock.advance(scan::AGAIN);
    }
    scanner.set(Mood::Scan);
    scan(&app);
    assert_eq!(hold(&app, &id), None);
}

#[test]
fn one_file_the_scanner_cannot_take_does_not_hold_up_the_others() {
    let scanner = Scanner::start(Mood::Complain);
    let app = scanned_by(&scanner);
    let (_, first) = practice_with(&app, PLAN);
    scan(&app);
    scanner.set(Mood::Scan);
    let (_, second) = practice_with(&app, b"%PDF-1.4\nanother");
    scan(&app);
    assert_eq!((hold(&app, &first), hold(&app, &second)), (Some(Hold::Unanswered), None));
}

#[test]
fn files_of_the_time_before_there_was_a_scanner_are_scanned_too() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let (reference, id) = practice_with(&app, PLAN);
    app.decide(&mut moderator, &reference, "publish", "");
    app.client().get(&format!("/attachments/{id}")).is(200);
    let scanner = Scanner::start(Mood::Scan);
    let app = TestApp::in_folder(app.stop(), &[("INLET_CLAMD", &scanner.address.to_string())]);
    app.runtime.block_on(scan::take_up(&app.app)).unwrap();
    app.client().get(&format!("/attachments/{id}")).is(409);
    scan(&app);
    app.client().get(&format!("/attachments/{id}")).is(200);
    // Without the scanner, what waited for it does not pass.
    let app = TestApp::in_folder(app.stop(), &[("INLET_CLAMD", &scanner.address.to_string())]);
    let (_, waiting) = practice_with(&app, b"%PDF-1.4\nlater");
    let app = TestApp::in_folder(app.stop(), &[]);
    assert_eq!(hold(&app, &waiting), Some(Hold::Waiting));
}

#[test]
fn a_program_cannot_submit_an_infected_upload() {
    let scanner = Scanner::start(Mood::Scan);
    let app = scanned_by(&scanner);
    let id = app.client().upload("plan.pdf", &infected_pdf()).is(201).json()["upload"].as_str().unwrap().to_owned();
    scan(&app);
    let refused = app.try_practice(&json!({ "documents": [{ "upload": id }], "consent_images": true })).is(422).json();
    assert_eq!(refused["errors"][0]["code"], "infected-file", "{refused}");
    assert!(refused["errors"][0]["message"].as_str().unwrap().contains("plan.pdf"));
    assert_eq!(app.count("submissions"), 0);
}

#[test]
fn the_program_scans_by_itself_and_says_when_it_cannot() {
    let folder = tempfile::tempdir().unwrap();
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let serve = || {
        let mut command = command(folder.path(), &["serve"]);
        command.env("INLET_CLAMD", address.to_string()).env("INLET_RATE_LIMIT", "off");
        Serving::start(command)
    };
    let away = serve();
    assert!(away.greeting.contains("warning: the virus scanner cannot be reached"), "{}", away.greeting);
    away.client().upload("plan.pdf", PLAN).is(201);
    assert!(away.terminate().success());
    let scanner = Scanner::start_at(address);
    let back = serve();
    assert!(!back.greeting.contains("virus scanner"), "{}", back.greeting);
    back.client().upload("map.pdf", b"%PDF-1.4\nthe map").is(201);
    let began = Instant::now();
    while scanner.seen().is_empty() && began.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(!scanner.seen().is_empty(), "the file was shown to the scanner");
    assert!(back.terminate().success());
}

#[cfg(unix)]
#[test]
fn a_scanner_is_asked_at_its_socket_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clamd.ctl");
    let listener = std::os::unix::net::UnixListener::bind(&path).unwrap();
    std::thread::spawn(move || {
        use std::io::{Read, Write};
        let (mut socket, _) = listener.accept().unwrap();
        let mut said = [0; 6];
        socket.read_exact(&mut said).unwrap();
        assert_eq!(&said, b"zPING\0");
        socket.write_all(b"PONG\0").unwrap();
    });
    let app = TestApp::with(&[("INLET_CLAMD", &path.display().to_string())]);
    app.runtime.block_on(Clamd::of(&app.app.config).unwrap().ping()).unwrap();
}
