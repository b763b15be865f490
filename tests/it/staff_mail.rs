//! What Network staff are told by mail, and what every mail keeps to, over real SMTP.

use inlet::actions::accounts;
use inlet::domain::account::Role;
use inlet::domain::mail::MailStatus;
use inlet::mail::{transport_for, worker};
use inlet::store::accounts::Alert;
use inlet::store::alerts::Settings;
use mailparse::MailHeaderMap;
use serde_json::json;

use crate::support::TestApp;
use crate::support::answers::{self, fill, send};
use crate::support::mail::Mail;
use crate::support::smtp::{Mood, Sink};

fn follows(form: Option<&str>, region: Option<&str>) -> Alert {
    Alert { form: form.map(str::to_owned), region: region.map(str::to_owned) }
}

fn follower(app: &TestApp, role: Role, name: &str, alerts: Vec<Alert>) -> String {
    let email = format!("{}@unmigration.example", name.to_lowercase());
    let id = app.account(role, name, &email);
    app.runtime.block_on(accounts::follow(&app.app, id, alerts, Settings::of_role(Role::Admin))).unwrap();
    email
}

#[test]
fn each_person_is_told_once_of_each_event_and_only_of_what_they_follow() {
    let app = TestApp::start();
    let mona = follower(
        &app,
        Role::Moderator,
        "Mona",
        vec![follows(None, None), follows(Some("practice"), None), follows(Some("practice"), Some("unece"))],
    );
    let olga = follower(
        &app,
        Role::Observer,
        "Olga",
        vec![follows(Some("practice"), Some("unece")), follows(None, Some("unece"))],
    );
    let elsewhere =
        follower(&app, Role::Observer, "Else", vec![follows(Some("pledge"), None), follows(None, Some("escap"))]);
    let nothing = follower(&app, Role::Observer, "Nora", Vec::new());
    let reference = app.practice(&json!({ "countries": ["CHE", "FRA"] }));
    let mails = app.mails();
    let to = |address: &str| mails.iter().filter(|mail| mail.envelope == address).collect::<Vec<&Mail>>();
    assert_eq!([to(&mona).len(), to(&olga).len(), to(&elsewhere).len(), to(&nothing).len()], [1, 1, 0, 0]);
    assert!(app.mails().is_empty(), "a second run sends nothing");
    let (mona, olga) = (to(&mona)[0], to(&olga)[0]);
    assert_eq!((mona.first_line(), olga.first_line()), ("Needs a moderator", "For information"));
    for mail in [mona, olga] {
        assert_eq!(
            mail.subject,
            format!(
                "[Practice] New: «A help desk for newcomers» – City of Lakeview, France, Switzerland – {reference}"
            )
            .replace("France, Switzerland", &countries_in(&mail.subject))
        );
        assert!(mail.text.contains("City of Lakeview") && mail.text.contains("English"));
        assert!(mail.text.contains(&format!("/staff/submissions/{reference}")) && mail.text.contains("/staff/alerts"));
        for private in ["Amina", "amina@", "Programme officer"] {
            assert!(!mail.all().contains(private), "{private}: {}", mail.text);
        }
        // The one key in it stops such mails.
        assert_eq!(mail.text.matches("key=").count(), 1);
        assert!(mail.link("key=").contains("/alerts/a"));
    }
    assert!(mona.text.contains("You get this because you follow"), "{}", mona.text);
    assert!(olga.text.contains("Practices in") || olga.text.contains("practices in"), "{}", olga.text);
}

/// However the countries of a subject are set, both are named.
fn countries_in(subject: &str) -> String {
    let named = subject.split("Lakeview, ").nth(1).unwrap_or_default().split(" – ").next().unwrap_or_default();
    assert!(named.contains("France") && named.contains("Switzerland"), "{subject}");
    named.to_owned()
}

#[test]
fn a_resubmission_is_told_as_one() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut city = app.client();
    let reference = answers::hand_in(&mut city, "practice", &answers::practice()).reference();
    app.mails();
    app.decide(&mut moderator, &reference, "request-changes", "Please name the partners.");
    assert!(app.mails_to("mona@unmigration.example").is_empty(), "nobody is told of their own decision");
    let own = city.get(&format!("/submissions/{reference}")).is(200);
    let opened = city.submit(&own.form());
    let first = city.follow(&opened);
    let check = fill(&mut city, first, &answers::practice());
    send(&mut city, &check);
    let alerts = app.mails_to("mona@unmigration.example");
    let [alert] = alerts.as_slice() else { panic!("{alerts:?}") };
    assert!(alert.subject.starts_with("[Practice] Resubmitted: «") && alert.first_line() == "Needs a moderator");
}

#[test]
fn a_disabled_account_hears_nothing() {
    let app = TestApp::start();
    let mona = follower(&app, Role::Moderator, "Mona", vec![follows(None, None)]);
    app.runtime.block_on(accounts::disable(&app.app, &mona)).unwrap();
    app.practice(&json!({}));
    assert!(app.mails_to(&mona).is_empty());
}

#[test]
fn alerts_are_chosen_on_a_page_of_ones_own() {
    let app = TestApp::start();
    let mut observer = app.staff(Role::Observer, "Olga");
    let mut form = observer.get("/staff/alerts").is(200).form();
    assert_eq!(
        (form.values("alert"), form.value("pace")),
        (vec!["|"], "weekly"),
        "an observer has a weekly digest at first"
    );
    form.clear("alert");
    form.set("pace", "at-once");
    form.push("alert", "unct-support|");
    form.push("alert", "no-such-form|");
    form.push("alert", "practice|nowhere");
    let saved = observer.submit(&form);
    let page = observer.follow(&saved).is(200);
    assert_eq!(page.form().values("alert"), ["unct-support|"]);
    app.practice(&json!({}));
    app.request(&json!({}));
    let mails = app.mails_to("olga@unmigration.example");
    assert!(mails.len() == 1 && mails[0].subject.contains("Request for UN Country Team support"), "{mails:?}");
}

/// FRG-02, in a real conversation.
#[test]
fn a_name_with_comma_accent_and_quotes_is_one_mailbox() {
    let sink = Sink::start(Mood::Accept);
    let app = TestApp::with(&[
        ("INLET_SMTP_URL", &sink.url()),
        ("INLET_MAIL_FROM", "\"Réseau, migrations\" <no-reply@unmigration.example>"),
    ]);
    let id = app.account(Role::Moderator, "Ünal, Zeynep (Focal point)", "zeynep@unmigration.example");
    app.runtime
        .block_on(accounts::follow(&app.app, id, vec![follows(None, None)], Settings::of_role(Role::Admin)))
        .unwrap();
    app.practice(&json!({ "contact_name": "Şahin, Élodie \"Lili\"", "contact_email": "elodie@example.org" }));
    let transport = transport_for(&app.app.config).unwrap();
    let sent = app.runtime.block_on(worker::send_due(&app.app, &transport)).unwrap();
    assert_eq!(sent.accepted, 2, "{sent:?}");
    let taken = sink.taken();
    for (address, name) in
        [("elodie@example.org", "Şahin, Élodie \"Lili\""), ("zeynep@unmigration.example", "Ünal, Zeynep (Focal point)")]
    {
        let one = taken.iter().find(|mail| mail.to == [address]).unwrap_or_else(|| panic!("{address}: {taken:?}"));
        assert_eq!(one.from, "no-reply@unmigration.example");
        let mail = Mail::read(&one.data, address);
        assert_eq!(mail.to, (name.to_owned(), address.to_owned()));
        assert_eq!(mail.from, ("Réseau, migrations".to_owned(), "no-reply@unmigration.example".to_owned()));
        let head = one.data.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        assert!(one.data[..head].is_ascii());
        let parsed = mailparse::parse_mail(&one.data).unwrap();
        for header in ["Date", "Message-ID", "MIME-Version"] {
            assert!(parsed.headers.get_first_value(header).is_some(), "{header}");
        }
        assert!(parsed.headers.get_first_value("Auto-Submitted").is_some(), "so that no holiday notice comes back");
    }
    assert!(app.outbox().iter().all(|(_, _, status)| *status == MailStatus::Accepted), "{:?}", app.outbox());
}

/// FRG-03.
#[test]
fn no_line_of_a_mail_is_longer_than_relays_take() {
    let sink = Sink::start(Mood::Accept);
    let app = TestApp::with(&[("INLET_SMTP_URL", &sink.url())]);
    let mut moderator = app.moderator();
    let url = format!("https://lakeview.example/{}", "a".repeat(1475));
    let messages = ["x".repeat(1210), "ن".repeat(2000), url.clone()];
    for message in &messages {
        let reference = app.practice(&json!({}));
        app.decide(&mut moderator, &reference, "request-changes", message);
    }
    let transport = transport_for(&app.app.config).unwrap();
    app.runtime.block_on(worker::send_due(&app.app, &transport)).unwrap();
    let taken = sink.taken();
    assert_eq!(taken.len(), 3 * 3, "receipt, alert and message each");
    for mail in &taken {
        for line in mail.data.split(|byte| *byte == b'\n') {
            assert!(
                line.strip_suffix(b"\r").is_some_and(|line| line.len() <= 998) || line.is_empty(),
                "{} octets",
                line.len()
            );
        }
    }
    let texts: Vec<String> = taken.iter().map(|mail| Mail::read(&mail.data, "").text).collect();
    for message in &messages {
        assert!(
            texts.iter().any(|text| text.contains(message)),
            "the message is whole: {}…",
            message.chars().take(30).collect::<String>()
        );
    }
}

#[test]
fn a_server_that_asks_to_come_back_is_come_back_to() {
    let sink = Sink::start(Mood::Greylist);
    let app = TestApp::with(&[("INLET_SMTP_URL", &sink.url())]);
    app.practice(&json!({}));
    let transport = transport_for(&app.app.config).unwrap();
    let send_due = || app.runtime.block_on(worker::send_due(&app.app, &transport)).unwrap();
    let status = || app.outbox()[0].2;
    assert_eq!(send_due().deferred, 1);
    assert_eq!(status(), MailStatus::Deferred);
    sink.set(Mood::Accept);
    assert_eq!(send_due(), worker::Sent::default(), "not before its time");
    app.clock.advance(chrono::Duration::minutes(2));
    assert_eq!(send_due().accepted, 1);
    assert_eq!((status(), sink.taken().len()), (MailStatus::Accepted, 1));
    assert_eq!(send_due(), worker::Sent::default());
}

#[test]
fn a_server_that_hangs_up_costs_an_attempt_and_no_mail() {
    let sink = Sink::start(Mood::Drop);
    let app = TestApp::with(&[("INLET_SMTP_URL", &sink.url())]);
    app.practice(&json!({}));
    let transport = transport_for(&app.app.config).unwrap();
    let send_due = || app.runtime.block_on(worker::send_due(&app.app, &transport)).unwrap();
    assert_eq!(send_due().deferred, 1);
    app.clock.advance(chrono::Duration::minutes(2));
    assert_eq!(send_due().deferred, 1);
    sink.set(Mood::Accept);
    app.clock.advance(chrono::Duration::hours(1));
    assert_eq!((send_due().accepted, sink.taken().len()), (1, 1));
}

#[test]
fn an_address_that_does_not_exist_is_said_on_the_desk_and_can_be_tried_again() {
    let sink = Sink::start(Mood::Refuse);
    let app = TestApp::with(&[("INLET_SMTP_URL", &sink.url())]);
    let mut admin = app.staff(Role::Admin, "Ada");
    let nothing =
        accounts::follow(&app.app, inlet::domain::account::AccountId(1), Vec::new(), Settings::of_role(Role::Admin));
    app.runtime.block_on(nothing).unwrap();
    let reference = app.practice(&json!({}));
    let transport = transport_for(&app.app.config).unwrap();
    let send_due = || app.runtime.block_on(worker::send_due(&app.app, &transport)).unwrap();
    assert_eq!(send_due().refused, 1);
    let list = admin.get("/staff/mail?status=refused").is(200);
    assert!(list.text().contains("amina@lakeview.example") && list.text().contains("no such mailbox"), "{list:?}");
    assert!(admin.get(&format!("/staff/submissions/{reference}")).is(200).text().contains("no such mailbox"));
    let link =
        list.attributes("main table a", "href").into_iter().find(|href| href.starts_with("/staff/mail/")).unwrap();
    let mail = admin.get(&link).is(200);
    assert!(!mail.text().contains("key="), "staff see the mail without its secret");
    sink.set(Mood::Accept);
    let retried = admin.submit(&mail.form_at("form[action$='/retry']"));
    admin.follow(&retried).is(200);
    assert_eq!(send_due().accepted, 1);
}

#[test]
fn without_a_mail_server_mails_are_saved_and_that_is_said() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    app.practice(&json!({}));
    let transport = transport_for(&app.app.config).unwrap();
    let sent = app.runtime.block_on(worker::send_due(&app.app, &transport)).unwrap();
    assert_eq!((sent.saved, sent.accepted), (2, 0));
    assert!(app.outbox().iter().all(|(_, _, status)| *status == MailStatus::Saved));
    let files: Vec<_> =
        std::fs::read_dir(app.folder.path().join("mail")).unwrap().map(|file| file.unwrap().path()).collect();
    assert!(files.len() == 2 && files.iter().all(|file| file.extension().is_some_and(|end| end == "eml")), "{files:?}");
    for file in files {
        Mail::read(&std::fs::read(file).unwrap(), "");
    }
    for page in ["/staff", "/staff/mail"] {
        assert!(
            moderator.get(page).is(200).said().to_lowercase().contains("nobody"),
            "{page} says that mail reaches nobody"
        );
    }
}
