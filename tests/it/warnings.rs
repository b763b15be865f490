//! Help while writing: what is worth a second look is said and never blocks; what was given before is offered again.

use inlet::locale::Language;
use serde_json::{Value, json};

use crate::support::answers::{self, begin, but, fill, go_on, hand_in, send, up_to};
use crate::support::{Client, Page, TestApp};

/// A practice with a title and a summary of its own, up to the check page.
fn check_page(city: &mut Client, others: &[(&str, &str)]) -> Page {
    let first = begin(city, "practice");
    fill(city, first, &but(answers::practice(), others))
}

#[test]
fn a_city_is_told_what_to_look_at_again_and_may_go_on() {
    let app = TestApp::start();
    let mut city = app.client();
    let answers = but(answers::practice(), &[("title", "A help desk run by BRIM in Kosovo")]);
    let mut form = begin(&mut city, "practice").form();
    let next = go_on(&mut city, form.answer(&answers));
    let told = next.one(".warning-summary");
    assert!(told.contains("“BRIM”") && told.contains("resolution 1244 (1999)"), "{told}");
    let back = next.attributes(".warning-summary a", "href").remove(0);
    assert!(city.get(&back).is(200).form().offers("title"), "the warning leads back to its question");

    let check = fill(&mut city, next, &answers);
    let beside = check.all("dl.answer-list > div:has(.warning-message)");
    assert!(beside.iter().any(|row| row.starts_with("Title") && row.contains("“BRIM”") && row.contains("Change")));
    let reference = send(&mut city, &check).reference();

    let mut moderator = app.moderator();
    let record = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    assert!(record.all(".badge").iter().any(|badge| badge == "2 things to check"), "{:?}", record.all(".badge"));
    assert!(record.one(".warning-summary").contains("“BRIM”"));
    let answer = record.attributes(".warning-summary a", "href").remove(0);
    assert!(record.has(&answer), "{answer} is on the page");
}

#[test]
fn nothing_is_said_of_a_good_practice() {
    let app = TestApp::start();
    let check = check_page(&mut app.client(), &[]);
    assert!(!check.has(".warning-summary") && !check.has(".warning-message"), "{check:?}");
    let reference = app.practice(&json!({}));
    let record = app.moderator().get(&format!("/staff/submissions/{reference}")).is(200);
    assert!(!record.has(".warning-summary"), "{record:?}");
}

#[test]
fn private_matters_and_those_of_the_other_compact_are_pointed_out() {
    let app = TestApp::start();
    let summary = answers::long("We help refugees. Amina, 23 years old, wrote to desk@lakeview.example.", 400);
    let check = check_page(&mut app.client(), &[("summary", &summary), ("start_month-year", "2015")]);
    let told = check.one(".warning-summary");
    for said in ["“refugees”", "Global Compact on Refugees", "“Amina”", "“desk@lakeview.example”", "December 2018"]
    {
        assert!(told.contains(said), "{said}: {told}");
    }
    assert!(!told.contains("amina@lakeview"), "a question for an address may hold one");
    send(&mut app.client(), &check_page(&mut app.client(), &[])).is(200);
}

/// Titles in the six languages, and how somebody else writes them.
const AGAIN: [(&str, &str); 6] = [
    ("A help desk for newcomers in Lakeview", "Help desk for newcomers, Lakeview"),
    ("Un guichet d’accueil des travailleurs saisonniers", "Guichet d'accueil pour les travailleurs saisonniers"),
    ("Ventanilla única para personas migrantes", "Una ventanilla unica para migrantes"),
    ("Служба помощи трудовым мигрантам", "Служба помощи мигрантам в городе"),
    ("مكتب مساعدة الوافدين الجدد", "مكتب لمساعدة الوافدين الجدد"),
    ("为新移民设立的一站式服务台", "新移民一站式服务台"),
];

#[test]
fn a_practice_that_is_published_already_is_shown_with_the_reasons() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    for (title, again) in AGAIN {
        let before = app.published_practice(&mut moderator, &json!({ "title": title }));
        let mut city = app.client();
        let mut form = begin(&mut city, "practice").form();
        let next = go_on(&mut city, form.answer(&but(answers::practice(), &[("title", again)])));
        assert!(next.attributes(".alike a", "href").contains(&format!("/practices/{before}")), "{again}: {next:?}");
        let told = next.one(".alike");
        assert!(told.contains("similar title, same organization, same country"), "{told}");
        assert!(!told.contains("objective"), "not asked yet: {told}");
        let check = fill(&mut city, next, &but(answers::practice(), &[("title", again)]));
        assert!(check.one(".alike").contains("same objective"), "{check:?}");
        send(&mut city, &check).reference();
        app.decide(&mut moderator, &before, "unpublish", "Another one took its place.");
    }
}

#[test]
fn what_is_not_published_is_compared_for_staff_alone() {
    let app = TestApp::start();
    let waiting = app.practice(&json!({ "title": "A help desk for newcomers in Lakeview" }));
    let mut city = app.client();
    let check = check_page(&mut city, &[("title", "Help desk for newcomers, Lakeview")]);
    assert!(!check.has(".alike") && !check.text().contains(&waiting), "{check:?}");
    let reference = send(&mut city, &check).reference();
    let record = app.moderator().get(&format!("/staff/submissions/{reference}")).is(200);
    assert_eq!(record.attributes(".alike a", "href"), [format!("/staff/submissions/{waiting}")]);
    let other = app.practice(&json!({ "title": "Permits for harvesters" }));
    let record = app.staff(inlet::domain::account::Role::Observer, "Omar").get(&format!("/staff/submissions/{other}"));
    assert!(!record.is(200).has(".alike"));
}

#[test]
fn a_published_record_is_not_its_own_double() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    app.decide(&mut moderator, &reference, "publish", "");
    app.decide(&mut moderator, &reference, "request-changes", "Write more of the costs.");
    let own = city.get(&format!("/submissions/{reference}")).is(200);
    let opened = city.submit(&own.form());
    let first = city.follow(&opened).is(200);
    assert!(!fill(&mut city, first, &answers::practice()).has(".alike"));
}

/// A record as staff read it.
fn told_to_staff(app: &TestApp, staff: &mut Client, form: &str, answers: &Value) -> Page {
    let reference = app.submit(form, answers);
    staff.get(&format!("/staff/submissions/{reference}")).is(200)
}

fn example(app: &TestApp, form: &str) -> Value {
    app.app.catalog.all(Language::En).find(|one| one.id().as_str() == form).expect("a form").example()
}

#[test]
fn every_form_with_texts_for_the_public_says_what_to_look_at_again() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let space = app.record("discussion-space", &answers::discussion_space_json());
    let text = "We meet refugees with BRIM in Kosovo. Amina, 23 years old, wrote to desk@lakeview.example.";
    for (form, field, base) in [
        ("voluntary-report", "summary", example(&app, "voluntary-report")),
        ("gcm-talk", "description", example(&app, "gcm-talk")),
        ("discussion-post", "text", answers::post_json(&space)),
    ] {
        assert!(!told_to_staff(&app, &mut moderator, form, &base).has(".warning-summary"), "{form}");
        let answers = answers::merged(&base, &json!({ field: answers::long(text, 400) }));
        let told = told_to_staff(&app, &mut moderator, form, &answers).all(".warning-summary").remove(0);
        for said in ["“refugees”", "“BRIM”", "1244 (1999)", "“Amina”", "“desk@lakeview.example”"] {
            assert!(told.contains(said), "{form}, {said}: {told}");
        }
    }
}

#[test]
fn a_request_is_read_for_what_staff_must_understand_and_nobody_else_reads() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let text = "We meet refugees with BRIM in Kosovo. Amina, 23 years old, wrote to desk@lakeview.example.";
    for (form, field) in [("training", "outcome"), ("guidance-support", "question")] {
        let base = example(&app, form);
        assert!(!told_to_staff(&app, &mut moderator, form, &base).has(".warning-summary"), "{form}");
        let answers = answers::merged(&base, &json!({ field: text }));
        let told = told_to_staff(&app, &mut moderator, form, &answers).one(".warning-summary");
        for said in ["“refugees”", "“BRIM”", "“Amina”"] {
            assert!(told.contains(said), "{form}, {said}: {told}");
        }
        for unsaid in ["everyone will read it", "1244", "“desk@lakeview.example”"] {
            assert!(!told.contains(unsaid), "{form}, {unsaid}: {told}");
        }
    }
}

#[test]
fn a_talk_that_is_in_the_calendar_already_is_shown_with_the_reasons() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let title = json!({ "title": "Fair recruitment at harbours", "organizer": "City of Lakeview" });
    let before = app.submit("gcm-talk", &answers::merged(&example(&app, "gcm-talk"), &title));
    app.decide(&mut moderator, &before, "publish", "");
    let mut city = app.client();
    let again = [
        ("title", "Fair recruitment at the harbours"),
        ("organizer", "City of Lakeview"),
        ("organizer_type", "local-regional-government"),
        ("level", "global"),
    ];
    let mut form = begin(&mut city, "gcm-talk").form();
    let next = go_on(&mut city, form.answer(&but(Vec::new(), &again)));
    let told = next.one(".alike");
    assert!(told.contains("in the calendar") && told.contains("similar title, same organization"), "{told}");
    assert_eq!(next.attributes(".alike a", "href"), [format!("/talks/{before}")]);
}

/// The contact as a form shows it.
fn contact(page: &Page) -> [String; 3] {
    ["contact_name", "contact_organization", "contact_email"].map(|name| page.form().value(name).to_owned())
}

const GIVEN: [&str; 3] = ["Amina Okello", "City of Lakeview", "amina@lakeview.example"];

#[test]
fn the_contact_of_the_form_before_is_offered_and_taken_by_one_click() {
    let app = TestApp::start();
    let mut city = app.client();
    hand_in(&mut city, "practice", &answers::practice());
    let page = up_to(&mut city, "pledge", "contact_name", &answers::pledge());
    assert_eq!(contact(&page), ["", "", ""], "nothing is filled in by itself");
    assert!(!page.text().contains("Amina"), "nor shown to whoever sits there");
    let mut form = page.form();
    form.set("contact_name", "Bela Kaur");
    let sent = city.press(&form, ("do", "earlier"));
    let filled = city.follow(&sent).is(200);
    assert_eq!(contact(&filled), ["Bela Kaur", GIVEN[1], GIVEN[2]], "what is typed stays");
    assert!(!filled.has("button[value=earlier]"), "it is offered while nothing is there");
}

#[test]
fn the_contact_is_offered_from_a_form_that_is_not_sent_yet() {
    let app = TestApp::start();
    let mut city = app.client();
    let first = begin(&mut city, "practice");
    let check = fill(&mut city, first, &answers::practice());
    assert!(check.path.ends_with("/check"));
    let page = up_to(&mut city, "unct-support", "contact_name", &answers::request());
    assert!(page.has("button[value=earlier]"), "{page:?}");
    let sent = city.press(&page.form(), ("do", "earlier"));
    assert_eq!(contact(&city.follow(&sent).is(200)), GIVEN);
}

#[test]
fn nobody_elses_contact_is_offered() {
    let app = TestApp::start();
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    let mut stranger = app.client();
    let page = up_to(&mut stranger, "pledge", "contact_name", &answers::pledge());
    assert!(!page.has("button[value=earlier]"));
    // A guess does not open it, and the button without an offer fills nothing.
    let forged = format!("inlet_earlier=s.{reference}.AAAA");
    let mut thief = stranger.with("Cookie", &forged);
    let sent = thief.press(&page.form(), ("do", "earlier"));
    let after = stranger.follow(&sent).is(200);
    assert_eq!(contact(&after), ["", "", ""]);
    assert!(!after.text().contains("Amina"));
}

#[test]
fn a_pledge_names_three_objectives_at_most_and_the_ticks_are_kept() {
    let app = TestApp::start();
    let mut ministry = app.client();
    let page = up_to(&mut ministry, "pledge", "objectives", &answers::pledge());
    assert!(page.said().contains("three at most") && page.said().contains("at most 3"), "{}", page.said());
    let mut form = page.form();
    form.answer(&answers::pledge());
    for objective in ["6", "7", "8"] {
        form.push("objectives", objective);
    }
    let refused = ministry.press(&form, ("do", "continue")).is(422);
    let (anchor, said) = refused.errors().remove(0);
    assert!(anchor == "#objectives" && said.contains("at most 3"), "{anchor} {said}");
    assert_eq!(refused.form().values("objectives"), ["5", "6", "7", "8"]);
}
