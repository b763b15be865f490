//! Mail servers that are slow, moody, dead or wrong, and a worker that dies: every mail arrives, and its fate is told.

use std::collections::BTreeSet;
use std::process::{Child, Stdio};
use std::time::{Duration as Time, Instant};

use chrono::Duration;
use inlet::domain::account::Role;
use inlet::domain::mail::{MailStatus, SuppressionReason};
use inlet::mail::worker::{self, Sent};
use inlet::mail::{Transport, transport_for};
use inlet::store::outbox::{self, Listing, Mail};
use inlet::store::suppressions::{self, Suppression};
use inlet::store::{Stop, StoreError};
use serde_json::json;
use tempfile::TempDir;

use crate::support::TestApp;
use crate::support::program;
use crate::support::smtp::{Mood, Sink, Stage};

/// A service with that many receipts to send, each to another address.
struct Post {
    app: TestApp,
    transport: Transport,
}

impl Post {
    fn new(sink: &Sink, mails: usize, more: &[(&str, &str)]) -> Self {
        let url = sink.url();
        let mut settings = vec![("INLET_SMTP_URL", url.as_str())];
        settings.extend_from_slice(more);
        let app = TestApp::with(&settings);
        let transport = transport_for(&app.app.config).unwrap();
        for n in 0..mails {
            app.practice(&json!({ "contact_email": format!("reader{n}@example.org") }));
        }
        Self { app, transport }
    }

    fn send_due(&self) -> Sent {
        self.app.runtime.block_on(worker::send_due(&self.app.app, &self.transport)).unwrap()
    }

    fn pass(&self, minutes: i64) -> Sent {
        self.app.clock.advance(Duration::minutes(minutes));
        self.send_due()
    }

    fn mails(&self) -> Vec<Mail> {
        self.app.read(|conn| outbox::list(conn, &Listing { limit: 1000, ..Listing::default() }))
    }

    fn all_are(&self, status: MailStatus) -> bool {
        self.mails().iter().all(|mail| mail.status == status)
    }
}

#[test]
fn a_good_server_gets_one_copy_of_each() {
    let sink = Sink::start(Mood::Accept);
    let post = Post::new(&sink, 60, &[]);
    assert_eq!(post.send_due().accepted, 60, "more than one batch in one run");
    assert!(sink.copies().len() == 60 && sink.copies().values().all(|copies| *copies == 1));
    assert!(post.all_are(MailStatus::Accepted) && post.mails().iter().all(|mail| mail.attempts == 1));
    assert_eq!(post.send_due(), Sent::default());
}

#[test]
fn a_greylisting_server_gets_each_at_the_third_try() {
    let sink = Sink::start(Mood::GreylistTimes(2));
    let post = Post::new(&sink, 10, &[]);
    assert_eq!((post.send_due().deferred, post.pass(2).deferred, post.pass(7).accepted), (10, 10, 10));
    assert!(sink.copies().values().all(|copies| *copies == 1) && sink.copies().len() == 10);
}

#[test]
fn a_mailbox_that_does_not_exist_is_tried_once() {
    let sink = Sink::start(Mood::Refuse);
    let post = Post::new(&sink, 5, &[]);
    assert_eq!(post.send_due().refused, 5);
    assert!(post.mails().iter().all(|mail| mail.attempts == 1 && mail.status == MailStatus::Refused));
    assert_eq!(post.pass(24 * 60), Sent::default());
    post.app.is_whole();
}

/// A day without a mail server: no mail pays for it, staff and who watches the server know, all arrive soon after.
#[test]
fn a_server_that_is_closed_for_a_day_costs_no_mail_an_attempt() {
    let sink = Sink::start(Mood::Closed);
    let post = Post::new(&sink, 12, &[]);
    post.app.account(Role::Admin, "Ada", "ada@unmigration.example");
    assert!(post.send_due().paused);
    for _ in 0..24 * 3 {
        let sent = post.pass(20);
        assert_eq!((sent.accepted, sent.deferred, sent.refused), (0, 0, 0));
    }
    let waiting: Vec<Mail> = post.mails();
    assert!(waiting.iter().all(|mail| mail.attempts == 0 && mail.status == MailStatus::Queued), "{waiting:?}");
    let mut admin = post.app.sign_in("ada@unmigration.example");
    for page in ["/staff", "/staff/mail"] {
        let banner = admin.get(page).is(200).said();
        assert!(banner.contains("No mail has left since") && banner.contains("closed for the time being"), "{banner}");
    }
    assert!(readiness(&post).contains("mail waits since"));
    sink.set(Mood::Accept);
    assert_eq!(post.pass(30).accepted, 12);
    let mut admin = post.app.sign_in("ada@unmigration.example");
    assert!(!admin.get("/staff").is(200).said().contains("No mail has left"));
    assert!(!readiness(&post).contains("mail waits"));
}

fn readiness(post: &Post) -> String {
    String::from_utf8(post.app.client().get("/readyz").is(200).body).unwrap()
}

/// The operator puts it right and does not want to wait.
#[test]
fn a_server_that_takes_nothing_from_us_is_asked_again_when_an_admin_says_so() {
    let sink = Sink::start(Mood::RefuseUs);
    let post = Post::new(&sink, 3, &[]);
    let mut admin = post.app.staff(Role::Admin, "Ada");
    let mut observer = post.app.staff(Role::Observer, "Olga");
    assert!(post.send_due().paused);
    assert_eq!(sink.heard().iter().filter(|line| line.starts_with("MAIL")).count(), 1, "the others are not even tried");
    assert!(!observer.get("/staff/mail").is(200).has("form[action='/staff/mail/now']"));
    sink.set(Mood::Accept);
    assert_eq!(post.send_due(), Sent::default(), "not before its time");
    let page = admin.get("/staff/mail").is(200);
    let pressed = admin.submit(&page.form_at("form[action='/staff/mail/now']"));
    assert!(admin.follow(&pressed).is(200).text().contains("being asked again"));
    assert_eq!(post.send_due().accepted, 3);
    assert!(post.mails().iter().all(|mail| mail.attempts == 1));
}

#[test]
fn silence_at_any_point_ends_by_time_out_and_others_flow() {
    for stage in [Stage::Banner, Stage::Ehlo, Stage::Mail, Stage::Rcpt, Stage::Data, Stage::Dot] {
        let sink = Sink::start(Mood::Stall(stage));
        let post = Post::new(&sink, 1, &[("INLET_SMTP_TIMEOUT", "1s")]);
        let started = Instant::now();
        assert_eq!(post.send_due().accepted, 0);
        assert!(started.elapsed() < Time::from_secs(8), "{stage:?} took {:?}", started.elapsed());
        sink.set(Mood::Accept);
        post.app.practice(&json!({ "contact_email": "other@example.org" }));
        assert_eq!(post.pass(3).accepted, 2, "{stage:?}");
        assert_eq!(sink.copies().len(), 2, "{stage:?}");
    }
}

#[test]
fn a_server_that_dies_in_the_middle_gets_one_copy_later() {
    let sink = Sink::start(Mood::Drop);
    let post = Post::new(&sink, 8, &[]);
    assert_eq!(post.send_due().deferred, 8);
    sink.set(Mood::Accept);
    assert_eq!(post.pass(2).accepted, 8);
    assert!(sink.copies().values().all(|copies| *copies == 1) && sink.copies().len() == 8);
}

#[test]
fn a_copy_after_a_lost_answer_is_known_by_its_message_id() {
    let sink = Sink::start(Mood::DropAfterDot);
    let post = Post::new(&sink, 8, &[]);
    post.send_due();
    sink.set(Mood::Accept);
    assert_eq!(post.pass(2).accepted, 8);
    assert!(sink.copies().len() == 8 && sink.copies().values().all(|copies| *copies == 2), "{:?}", sink.copies());
}

#[test]
fn whatever_a_server_does_by_chance_each_mail_arrives_and_none_again_once_it_was_taken() {
    let sink = Sink::start(Mood::Random(4));
    let post = Post::new(&sink, 60, &[]);
    post.send_due();
    for _ in 0..200 {
        if post.all_are(MailStatus::Accepted) {
            break;
        }
        post.pass(20);
    }
    assert!(post.all_are(MailStatus::Accepted), "{:?}", post.mails());
    let (mut acknowledged, taken) = (BTreeSet::new(), sink.taken());
    for mail in &taken {
        assert!(!acknowledged.contains(&mail.message_id()), "again after it was taken");
        if mail.acknowledged {
            acknowledged.insert(mail.message_id());
        }
    }
    assert_eq!(acknowledged.len(), 60);
    assert!(taken.len() > 60, "answers got lost on the way");
}

/// Stops the service and gives back its folder.
fn folder_of(post: Post) -> TempDir {
    post.app.stop()
}

/// A worker in a process of its own, so that it can be killed.
fn worker_process(folder: &TempDir, sink: &Sink) -> Child {
    let mut command = program::command(folder.path(), &["mail", "send-due"]);
    command.env("INLET_SMTP_URL", sink.url()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

#[test]
fn a_worker_that_is_killed_loses_nothing_and_doubles_little() {
    let sink = Sink::start(Mood::Accept);
    let folder = folder_of(Post::new(&sink, 90, &[]));
    let mut kills = 0;
    for round in 0..6 {
        let (mut worker, before) = (worker_process(&folder, &sink), sink.taken().len());
        // Not always at the same point.
        while sink.taken().len() <= before + round * 2 {
            if worker.try_wait().unwrap().is_some() {
                break;
            }
        }
        if worker.try_wait().unwrap().is_none() {
            worker.kill().unwrap();
            kills += 1;
        }
        worker.wait().unwrap();
    }
    assert!(worker_process(&folder, &sink).wait().unwrap().success());
    let copies = sink.copies();
    assert_eq!(copies.len(), 90, "none is missing");
    assert!(kills >= 3, "{kills} kills");
    let doubled: usize = copies.values().map(|copies| copies - 1).sum();
    assert!(doubled <= kills * 32, "{doubled} copies after {kills} kills");
}

#[test]
fn a_mail_that_kills_the_worker_each_time_ends_and_takes_no_other_with_it() {
    let sink = Sink::start(Mood::StallFor("reader5@example.org"));
    let folder = folder_of(Post::new(&sink, 12, &[]));
    for deaths in 1..=30 {
        let mut worker = worker_process(&folder, &sink);
        let ended = loop {
            if let Some(ended) = worker.try_wait().unwrap() {
                break Some(ended);
            }
            if sink.named("reader5@example.org") >= deaths {
                break None;
            }
            std::thread::sleep(Time::from_millis(2));
        };
        if ended.is_some_and(|ended| ended.success()) {
            break;
        }
        worker.kill().unwrap();
        worker.wait().unwrap();
    }
    let said = program::said(&program::run(folder.path(), &["mail", "list", "--status", "refused"]));
    assert!(said.contains("reader5@example.org") && said.contains("gave up") && said.lines().count() == 1, "{said}");
    assert_eq!(sink.copies().len(), 11, "the others went");
}

#[test]
fn an_address_that_nobody_confirmed_gets_twenty_mails_a_day() {
    let sink = Sink::start(Mood::Accept);
    let post = Post::new(&sink, 0, &[]);
    for _ in 0..25 {
        post.app.practice(&json!({ "contact_email": "victim@example.org" }));
    }
    let url = sink.url();
    let app = TestApp::in_folder(post.app.stop(), &[("INLET_SMTP_URL", &url), ("INLET_RATE_LIMIT", "on")]);
    let post = Post { transport: transport_for(&app.app.config).unwrap(), app };
    post.send_due();
    assert_eq!(sink.taken().len(), 20);
    let waiting: Vec<Mail> = post.mails().into_iter().filter(|mail| mail.status == MailStatus::Deferred).collect();
    assert_eq!(waiting.len(), 5);
    assert!(waiting.iter().all(|mail| mail.attempts == 0 && mail.last_reply.as_ref().unwrap().contains("a day")));
    post.pass(12 * 60);
    assert_eq!(sink.taken().len(), 20);
    post.pass(13 * 60);
    assert_eq!(sink.taken().len(), 25, "kept, and sent a day later");
}

#[test]
fn no_password_leaves_for_a_server_that_does_not_prove_who_it_is() {
    let authority = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/tls/ca.pem");
    for (certificate, taken) in [("right", 1), ("other", 0), ("expired", 0)] {
        let sink = Sink::encrypted(certificate);
        let url = sink.url().replace("://", "://anna:secret@");
        let app = TestApp::with(&[("INLET_SMTP_URL", &url), ("INLET_SMTP_CA", authority)]);
        let post = Post { transport: transport_for(&app.app.config).unwrap(), app };
        post.app.practice(&json!({}));
        let sent = post.send_due();
        assert_eq!((sent.accepted, sent.paused), (taken, taken == 0), "{certificate}");
        let asked = sink.heard().iter().filter(|line| line.starts_with("AUTH")).count();
        assert_eq!((sink.taken().len(), asked), (taken, taken), "{certificate}: {:?}", sink.heard());
    }
    let sink = Sink::start(Mood::Accept);
    let url = format!("{}?tls=required", sink.url().replace("://", "://anna:secret@"));
    let app = TestApp::with(&[("INLET_SMTP_URL", &url)]);
    let post = Post { transport: transport_for(&app.app.config).unwrap(), app };
    post.app.practice(&json!({}));
    assert!(post.send_due().paused);
    assert!(
        !sink.heard().iter().any(|line| line.starts_with("AUTH") || line.starts_with("MAIL")),
        "{:?}",
        sink.heard()
    );
}

/// The mail that matters most did not arrive: the desk says so, and another address gets it.
#[test]
fn a_request_for_changes_that_did_not_arrive_goes_to_another_address() {
    let sink = Sink::start(Mood::Accept);
    let post = Post::new(&sink, 0, &[]);
    let mut moderator = post.app.moderator();
    let reference = post.app.practice(&json!({}));
    post.send_due();
    let record = format!("/staff/submissions/{reference}");
    assert!(!moderator.get(&record).is(200).has("#unreached"));
    sink.set(Mood::Refuse);
    post.app.decide(&mut moderator, &reference, "request-changes", "Please name the partners.");
    assert_eq!(post.send_due().refused, 1);
    let page = moderator.get(&record).is(200);
    let said = page.said();
    assert!(said.contains("Our request for changes did not reach amina@lakeview.example"), "{said}");
    assert!(said.contains("no such mailbox") && said.contains("Mail not delivered"), "{said}");
    assert!(moderator.get("/staff?tab=submitter").is(200).text().contains("Mail not delivered"));
    let form = "form[action$='/contact']:has(input[type=email])";
    let wrong = moderator.submit(page.form_at(form).set("address", "not an address")).is(422);
    assert_eq!(wrong.form_at(form).value("address"), "not an address");
    sink.set(Mood::Accept);
    let sent = moderator.submit(wrong.form_at(form).set("address", "benoit@lakeview.example"));
    let page = moderator.follow(&sent).is(200);
    assert!(!page.has("#unreached"));
    post.send_due();
    let last: Vec<Vec<String>> = sink.taken().into_iter().map(|mail| mail.to).collect();
    assert_eq!(
        last.iter().filter(|to| *to == &["benoit@lakeview.example"]).count(),
        2,
        "receipt and request: {last:?}"
    );
    post.app.is_whole();
}

#[test]
fn an_address_that_takes_no_mail_gets_none_until_an_admin_says_otherwise() {
    let sink = Sink::start(Mood::Accept);
    let post = Post::new(&sink, 2, &[]);
    let new = Suppression {
        address: "Reader0@example.org".to_owned(),
        reason: SuppressionReason::Bounced,
        since: post.app.app.clock.now(),
        by: None,
    };
    let add = move |conn: &mut _| suppressions::add(conn, &new).map_err(Stop::<StoreError>::Failed);
    post.app.runtime.block_on(post.app.app.db.write(add)).unwrap();
    let sent = post.send_due();
    assert_eq!((sent.accepted, sent.suppressed), (1, 1));
    let mut admin = post.app.staff(Role::Admin, "Ada");
    let list = admin.get("/staff/mail/suppressions").is(200);
    assert!(list.text().contains("Reader0@example.org") && list.text().contains("came back"));
    let lifted = admin.submit(&list.form_at("form[action='/staff/mail/suppressions']"));
    admin.follow(&lifted).is(200);
    let id = post.mails().into_iter().find(|mail| mail.status == MailStatus::Suppressed).unwrap().id;
    let again = admin.get(&format!("/staff/mail/{id}")).is(200).form_at("form[action$='/retry']");
    admin.submit(&again);
    assert_eq!(post.send_due().accepted, 1);
}

#[test]
fn a_mail_that_is_dropped_never_goes() {
    let sink = Sink::start(Mood::Greylist);
    let post = Post::new(&sink, 2, &[]);
    post.send_due();
    let ids: Vec<i64> = post.mails().iter().map(|mail| mail.id).collect();
    let mut admin = post.app.staff(Role::Admin, "Ada");
    let page = admin.get(&format!("/staff/mail/{}", ids[0])).is(200);
    let dropped = admin.submit(&page.form_at("form[action$='/drop']"));
    assert!(admin.follow(&dropped).is(200).text().contains("will not be sent"));
    let folder = post.app.stop();
    let other = ids[1].to_string();
    let output = program::run(folder.path(), &["mail", "drop", &other]);
    assert!(output.status.success(), "{}", program::said(&output));
    assert!(!program::run(folder.path(), &["mail", "drop", &other]).status.success(), "once is enough");
    sink.set(Mood::Accept);
    assert!(worker_process(&folder, &sink).wait().unwrap().success());
    assert!(sink.taken().is_empty());
}

#[test]
fn links_that_work_on_one_machine_alone_are_warned_of() {
    let sink = Sink::start(Mood::Accept);
    let post = Post::new(&sink, 0, &[]);
    let mut moderator = post.app.moderator();
    assert!(moderator.get("/staff").is(200).said().contains("INLET_BASE_URL"));
    let app = TestApp::start();
    let mut moderator = app.moderator();
    assert!(!moderator.get("/staff").is(200).said().contains("INLET_BASE_URL"), "no mail leaves here");
}
