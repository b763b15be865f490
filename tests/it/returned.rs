//! Mail comes back, in all the forms that mail servers give it: the right mail says so, and no other.

use std::path::PathBuf;

use inlet::actions::take_back::{Taken, take_back};
use inlet::domain::mail::{MailStatus, SuppressionReason};
use inlet::mail::{returned, transport_for, worker};
use inlet::store::outbox::{self, Listing, Mail};
use inlet::store::suppressions;
use serde_json::json;

use crate::support::TestApp;
use crate::support::smtp::{Mood, Sink};

fn fixtures() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/returned");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, std::fs::read_to_string(path).unwrap())
    };
    files.into_iter().map(read).collect()
}

fn mail_to(app: &TestApp, address: &str) -> Mail {
    let all = app.read(|conn| outbox::list(conn, &Listing { limit: 500, ..Listing::default() }));
    all.into_iter().find(|mail| mail.address == address).unwrap_or_else(|| panic!("no mail to {address}"))
}

/// What is made of a message that came back.
fn take(app: &TestApp, message: &str) -> Taken {
    match returned::read(&app.app.config, message.replace('\n', "\r\n").as_bytes()) {
        Some(report) => app.runtime.block_on(take_back(&app.app, report)).unwrap(),
        None => Taken::Ignored,
    }
}

fn filled(message: &str, mail: &Mail) -> String {
    message.replace("@ID@", &mail.message_id).replace("@TO@", &mail.address)
}

fn reason(app: &TestApp, address: &str) -> Option<SuppressionReason> {
    let all = app.read(suppressions::all);
    all.into_iter().find(|one| one.address == address).map(|one| one.reason)
}

/// M11: 30 that real servers write, 10 broken, 5 forged.
#[test]
fn every_report_meets_the_right_mail_or_none() {
    let app = TestApp::start();
    let fixtures = fixtures();
    let address = |name: &str| format!("{name}@lakeview.example");
    for (name, _) in &fixtures {
        app.practice(&json!({ "contact_email": address(name) }));
    }
    app.mails();
    let mut tally = [0; 3];
    for (name, message) in &fixtures {
        let before = mail_to(&app, &address(name));
        assert_eq!(before.status, MailStatus::Accepted, "{name}");
        let taken = take(&app, &filled(message, &before));
        let after = mail_to(&app, &address(name));
        let (expected, status, why, at) = match name.split('-').next().unwrap() {
            "hard" => (Taken::Bounced, MailStatus::Bounced, Some(SuppressionReason::Bounced), 0),
            "soft" => (Taken::Delayed, MailStatus::Accepted, None, 0),
            "complaint" => (Taken::Complained, MailStatus::Accepted, Some(SuppressionReason::Complaint), 0),
            "broken" => (Taken::Ignored, MailStatus::Accepted, None, 1),
            _ => (Taken::Ignored, MailStatus::Accepted, None, 2),
        };
        assert_eq!((taken, after.status), (expected, status), "{name}");
        assert_eq!(reason(&app, &address(name)), why, "{name}");
        let told = matches!(taken, Taken::Bounced | Taken::Delayed);
        assert_eq!(after.last_reply != before.last_reply, told, "{name}: {:?}", after.last_reply);
        if told {
            let words = after.last_reply.unwrap();
            assert!(words.contains(if status == MailStatus::Bounced { '5' } else { '4' }), "{name}: {words}");
        }
        tally[at] += 1;
    }
    assert_eq!(tally, [30, 10, 5]);
    assert!(app.mails().is_empty(), "nothing is ever answered");
}

fn fixture(name: &str) -> String {
    fixtures().into_iter().find(|(known, _)| known == name).unwrap().1
}

#[test]
fn who_decided_hears_that_the_mail_came_back_once_and_without_end_to_it() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.practice(&json!({}));
    app.mails();
    app.decide(&mut moderator, &reference, "request-changes", "Please name the partners.");
    app.mails();
    let asked = mail_to(&app, "amina@lakeview.example");
    let report = filled(&fixture("hard-postfix-unknown-user"), &asked);
    assert_eq!(take(&app, &report), Taken::Bounced);
    let mails = app.mails();
    let [alert] = mails.as_slice() else { panic!("{mails:?}") };
    assert_eq!(alert.envelope, "mona@unmigration.example");
    assert!(alert.subject.contains("Mail came back"), "{}", alert.subject);
    assert!(alert.text.contains("You get this because you decided."), "{}", alert.text);
    assert!(!alert.all().contains("amina@lakeview.example"));
    assert_eq!(take(&app, &report), Taken::Ignored, "told before");
    // The alert comes back too: that is the end of it.
    let alert = mail_to(&app, "mona@unmigration.example");
    assert_eq!(take(&app, &filled(&fixture("hard-gmail-not-found"), &alert)), Taken::Bounced);
    assert!(app.mails().is_empty());
    let shown = moderator.get(&format!("/staff/mail/{}", asked.id)).is(200).said();
    assert!(shown.contains("Came back") && shown.contains("User unknown"), "{shown}");
}

#[test]
fn a_complaint_ends_what_a_member_of_staff_follows() {
    let app = TestApp::start();
    app.moderator();
    app.practice(&json!({}));
    app.mails();
    let alert = mail_to(&app, "mona@unmigration.example");
    assert_eq!(take(&app, &filled(&fixture("complaint-abuse"), &alert)), Taken::Complained);
    app.practice(&json!({ "contact_email": "bela@lakeview.example" }));
    assert_eq!(app.mails_to("mona@unmigration.example").len(), 0);
}

/// With an address for bounces each mail goes back to an address of its own, and a report needs no more than to arrive there.
#[test]
fn the_return_path_tells_which_mail_came_back() {
    let sink = Sink::start(Mood::Accept);
    let app = TestApp::with(&[("INLET_SMTP_URL", &sink.url()), ("INLET_MAIL_BOUNCE", "bounces@inlet.example")]);
    app.practice(&json!({}));
    let transport = transport_for(&app.app.config).unwrap();
    app.runtime.block_on(worker::send_due(&app.app, &transport)).unwrap();
    let mail = mail_to(&app, "amina@lakeview.example");
    let path = format!("bounces+{}@inlet.example", mail.message_id);
    assert!(sink.taken()[0].from.contains(&path), "{}", sink.taken()[0].from);
    let report = filled(&fixture("hard-sendmail-host-unknown"), &mail)
        .replace("To: no-reply@localhost", &format!("To: <{path}>"))
        .replace("Message-ID: <", "X-Removed: <");
    assert_eq!(take(&app, &report), Taken::Bounced);
}
