//! A request becomes a case: scheduled, moved, called off, delivered, kept as a record. Talks stand in the public calendar.

use inlet::domain::account::Role;
use serde_json::json;

use crate::support::answers::{self, go_on, hand_in};
use crate::support::app::changed;
use crate::support::{Client, Page, TestApp};

fn record(moderator: &mut Client, reference: &str) -> Page {
    moderator.get(&format!("/staff/submissions/{reference}")).is(200)
}

/// Notes a milestone by its form on the record's page; gives what comes of it.
#[track_caller]
fn note(moderator: &mut Client, reference: &str, milestone: &str, more: &[(&str, &str)]) -> Page {
    let page = record(moderator, reference);
    let mut form = page.form_at(&format!("#step-{milestone} form"));
    for (name, value) in more {
        form.set(name, value);
    }
    moderator.submit(&form)
}

#[track_caller]
fn noted(moderator: &mut Client, reference: &str, milestone: &str, more: &[(&str, &str)]) -> Page {
    let sent = note(moderator, reference, milestone, more);
    moderator.follow(&sent).is(200)
}

/// The lines of a calendar, folded ones joined.
fn lines(calendar: &str) -> Vec<String> {
    calendar.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

#[track_caller]
fn says(calendar: &str, wanted: &[&str]) {
    let lines = lines(calendar);
    for line in wanted {
        assert!(lines.iter().any(|known| known == line), "{line} in {lines:#?}");
    }
}

const AGREED: [(&str, &str); 5] = [
    ("end-date", "2027-02-02"),
    ("end-time", "17:00"),
    ("place", "UN Complex, Gigiri"),
    ("people", "Two facilitators"),
    ("message", "Please send us the list of names."),
];

#[test]
fn a_request_is_scheduled_moved_called_off_and_delivered() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut team = app.client();
    let reference = hand_in(&mut team, "unct-support", &answers::request()).reference();
    assert!(!record(&mut moderator, &reference).has("#step-schedule"), "it is accepted first");
    app.decide(&mut moderator, &reference, "approve", "");
    app.mails();

    // What the team had asked for stands in the form already.
    let form = record(&mut moderator, &reference).form_at("#step-schedule form");
    let asked = [form.value("start-date"), form.value("start-time"), form.value("start-zone")];
    assert_eq!(asked, ["2027-02-01", "09:30", "Africa/Nairobi"]);
    let page = noted(&mut moderator, &reference, "schedule", &AGREED);
    let span = "1 February 2027, 09:30 to 2 February 2027, 17:00 (Africa/Nairobi)";
    assert!(page.one(".agreed").contains(span) && page.one(".agreed").contains("Gigiri"), "{page:?}");
    let [mail] = app.mails_to("amina@lakeview.example").try_into().expect("one mail");
    assert!(mail.subject.contains("Scheduled") && mail.text.contains(span) && mail.text.contains("the list of names"));
    let entry = mail.calendar.clone().expect("an entry for the calendar");
    let uid = format!("UID:{reference}@inlet");
    let times = ["DTSTART:20270201T063000Z", "DTEND:20270202T140000Z"];
    says(&entry, &["METHOD:PUBLISH", "SEQUENCE:0", "STATUS:CONFIRMED", &uid, times[0], times[1]]);
    insta::assert_snapshot!(
        mail.text
            .replace(&reference, "(reference)")
            .replace(&app.address.to_string(), "(host)")
            .lines()
            .map(|line| line.split("?key=").next().unwrap_or_default())
            .collect::<Vec<_>>()
            .join("\n")
    );

    let own = team.get(&format!("/submissions/{reference}")).is(200);
    assert!(own.one("#agreed").contains(span) && own.said().contains("It was scheduled"), "{own:?}");
    let file = team.get(&format!("/submissions/{reference}/appointment.ics")).is(200);
    assert_eq!(file.header("content-type"), Some("text/calendar; charset=utf-8"));
    says(&file.text(), &[&uid, times[0], "LOCATION:UN Complex\\, Gigiri"]);
    app.client().get(&format!("/submissions/{reference}/appointment.ics")).is(404);
    let calendar = moderator.get("/staff/calendar").is(200);
    assert!(calendar.said().contains("Week of 1 February 2027") && calendar.said().contains("09:30 (Africa/Nairobi)"));

    noted(&mut moderator, &reference, "move", &[("start-date", "2027-03-01"), ("end-date", "2027-03-01")]);
    let moved = app.mails_to("amina@lakeview.example").remove(0);
    assert!(moved.subject.contains("Moved") && moved.text.contains("1 March 2027, 09:30 to 17:00 (Africa/Nairobi)"));
    says(moved.calendar.as_deref().unwrap_or_default(), &["SEQUENCE:1", &uid, "DTSTART:20270301T063000Z"]);

    noted(&mut moderator, &reference, "cancel", &[]);
    let off = app.mails_to("amina@lakeview.example").remove(0);
    says(off.calendar.as_deref().unwrap_or_default(), &["METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:2", &uid]);
    assert!(!team.get(&format!("/submissions/{reference}")).is(200).has("#agreed"));
    team.get(&format!("/submissions/{reference}/appointment.ics")).is(404);
    assert!(moderator.get("/staff/calendar").is(200).said().contains("Nothing is scheduled."));

    let anew: Vec<_> = [("start-date", "2027-02-01"), ("start-time", "09:30")].into_iter().chain(AGREED).collect();
    noted(&mut moderator, &reference, "schedule", &anew);
    let again = app.mails_to("amina@lakeview.example").remove(0);
    says(again.calendar.as_deref().unwrap_or_default(), &["STATUS:CONFIRMED", "SEQUENCE:3", &uid]);
    noted(&mut moderator, &reference, "deliver", &[]);
    assert!(app.mails().is_empty());
    assert!(team.get(&format!("/submissions/{reference}")).is(200).said().contains("Support given"));
    assert_eq!(
        app.events(&reference),
        ["submitted", "approve", "scheduled", "rescheduled", "cancelled", "scheduled", "delivered"]
    );
    app.is_whole();
}

#[test]
fn a_delivered_workshop_becomes_a_record_with_the_answers_that_fit() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.request(&json!({}));
    app.decide(&mut moderator, &reference, "approve", "");
    noted(&mut moderator, &reference, "schedule", &AGREED);
    let page = noted(&mut moderator, &reference, "deliver", &[]);
    let opened = moderator.submit(&page.form_at("form[action$='/record']"));
    let draft = moderator.follow(&opened).is(200);
    let form = draft.form();
    let fits = ["country", "process", "modality", "participants", "languages", "request"].map(|name| form.value(name));
    assert_eq!(fits, ["KEN", "cca", "online", "35", "en", reference.as_str()]);
    assert_eq!(["start-day", "start-month", "end-day"].map(|name| form.value(name)), ["1", "2", "2"]);
    let check = go_on(&mut moderator, &form);
    let saved = moderator.submit(&check.form());
    moderator.follow(&saved).is(200);
    assert_eq!(app.client().get("/workshops").is(200).all("ol.cards h2").len(), 1);
    app.decide(&mut moderator, &reference, "close", "Thank you.");
    app.is_whole();
}

#[test]
fn what_cannot_be_scheduled_so_comes_back_with_all_that_was_typed() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.request(&json!({}));
    app.decide(&mut moderator, &reference, "approve", "");
    let before = app.stored();
    for (wrong, at) in [
        (("end-date", "2027-01-31"), "#end-date"),
        (("start-date", "2027-02-30"), "#start-date"),
        (("start-time", ""), "#start-time"),
        (("start-zone", "Mars/Olympus"), "#start-zone"),
        (("place", &"x".repeat(301)), "#place"),
        (("message", &"x".repeat(5001)), "#message-schedule"),
    ] {
        let mut typed = AGREED.to_vec();
        typed.push(wrong);
        let refused = note(&mut moderator, &reference, "schedule", &typed).is(422);
        let links: Vec<String> = refused.errors().into_iter().map(|(link, _)| link).collect();
        assert_eq!(links, [at], "{refused:?}");
        assert!(refused.has(at), "the link leads somewhere");
        // A list of zones can hold none but its own.
        if wrong.0 != "start-zone" {
            assert_eq!(refused.form_at("#step-schedule form").value(wrong.0), wrong.1, "it is still there");
        }
    }
    assert_eq!(changed(&before, &app.stored()), Vec::<String>::new());
    let mut stale = record(&mut moderator, &reference).form_at("#step-schedule form");
    for (name, value) in AGREED {
        stale.set(name, value);
    }
    noted(&mut moderator, &reference, "deliver", &[]);
    let conflict = moderator.submit(stale.set("message", "See you there.")).is(409);
    assert!(conflict.one("#conflict").contains("See you there."), "{conflict:?}");
    assert_eq!(app.events(&reference), ["submitted", "approve", "delivered"]);
}

#[test]
fn only_an_accepted_request_is_a_case_and_only_moderators_note_it() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut olga = app.staff(Role::Observer, "Olga");
    let practice = app.published_practice(&mut moderator, &json!({}));
    let request = app.request(&json!({}));
    for reference in [&practice, &request] {
        let version = app.submission(reference).version.to_string();
        let pairs = [("milestone", "deliver"), ("version", version.as_str())];
        moderator.post_form(&format!("/staff/submissions/{reference}/milestones"), &pairs).is(409);
    }
    app.decide(&mut moderator, &request, "approve", "");
    assert!(!record(&mut olga, &request).has("#step-schedule"));
    olga.post_form(&format!("/staff/submissions/{request}/milestones"), &[("milestone", "deliver"), ("version", "2")])
        .is(403);
    moderator.post_form::<&str, &str>(&format!("/staff/submissions/{request}/record"), &[]).is(409);
    moderator.post_form(&format!("/staff/submissions/{request}/milestones"), &[("milestone", "dance")]).is(400);
}

fn talk(app: &TestApp) -> String {
    let form = app.client().api("GET", "/api/v1/forms/gcm-talk", None).is(200).json();
    let more = json!({ "title": "Talk on fair work", "start": { "local": "2027-05-04T15:00", "zone": "Europe/Zurich" },
        "length": 90, "format": "hybrid", "venue": "Palais, Room 4", "contact_email": "amina@lakeview.example" });
    app.submit("gcm-talk", &answers::merged(&form["example"], &more))
}

#[test]
fn an_agreed_talk_stands_in_the_public_calendar_until_it_is_taken_off() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = talk(&app);
    app.mails();
    assert!(app.client().get("/talks").is(200).one(".next").contains("Nothing is scheduled."));
    app.decide(&mut moderator, &reference, "publish", "");
    let mail = app.mails_to("amina@lakeview.example").remove(0);
    let uid = format!("UID:{reference}@inlet");
    let wanted = ["SEQUENCE:0", "DTSTART:20270504T130000Z", "DTEND:20270504T143000Z", uid.as_str()];
    says(mail.calendar.as_deref().unwrap_or_default(), &wanted);
    let list = app.client().get("/talks").is(200);
    assert!(list.one(".next").contains("4 May 2027, 15:00 (Europe/Zurich)") && list.one(".next").contains("Room 4"));
    assert!(moderator.get("/staff/calendar").is(200).said().contains("Talk on fair work"));
    says(&app.client().get(&format!("/talks/{reference}.ics")).is(200).text(), &wanted);
    let feed = app.client().get("/talks/calendar.ics").is(200).text();
    says(&feed, &[&uid, "SUMMARY:Talk on fair work"]);
    assert!(!feed.contains("amina"), "nobody's address is in it");
    app.client().get("/practices/calendar.ics").is(404);

    app.decide(&mut moderator, &reference, "unpublish", "It does not take place.");
    let off = app.mails_to("amina@lakeview.example").remove(0);
    says(off.calendar.as_deref().unwrap_or_default(), &["METHOD:CANCEL", "SEQUENCE:1", &uid]);
    app.client().get(&format!("/talks/{reference}.ics")).is(404);
    assert!(!app.client().get("/talks/calendar.ics").is(200).text().contains(&uid));
}

#[test]
fn a_private_link_follows_the_calendar_and_can_be_made_anew() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.request(&json!({}));
    app.decide(&mut moderator, &reference, "approve", "");
    noted(&mut moderator, &reference, "schedule", &AGREED);
    let page = moderator.get("/staff/calendar").is(200);
    let link =
        page.attributes("a[href*='/calendar/']", "href").into_iter().find(|link| link.ends_with(".ics")).unwrap();
    let feed = app.client().get(&link).is(200).text();
    says(&feed, &[&format!("UID:{reference}@inlet"), "DTSTART:20270201T063000Z"]);
    assert!(!feed.contains("facilitators"), "who takes part stays inside");
    app.client().get(&link.replace(".ics", "x.ics")).is(404);
    app.client().get("/calendar/99-x.ics").is(404);
    let renewed = moderator.submit(&page.form_at("form[action='/staff/calendar/link']"));
    let renewed = moderator.follow(&renewed).is(200);
    app.client().get(&link).is(404);
    let link =
        renewed.attributes("a[href*='/calendar/']", "href").into_iter().find(|link| link.ends_with(".ics")).unwrap();
    app.client().get(&link).is(200);
}
