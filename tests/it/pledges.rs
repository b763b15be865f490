//! Pledges as they really are: several make one, one supports another, and one office reports on many at once.

use inlet::domain::submission::ReviewState;
use serde_json::{Value, json};

use crate::support::answers::{self, begin, but, go_on, long, merged};
use crate::support::mail::Mail;
use crate::support::{Client, TestApp};

const REED: &str = "office@reedham.example";
const FERN: &str = "desk@fernhill.example";

fn party(name: &str, email: Option<&str>) -> Value {
    let mut party = json!({ "name": name, "type": "local-regional-government", "country": "CHE" });
    if let Some(email) = email {
        party["email"] = json!(email);
    }
    party
}

fn joint(parties: &[Value]) -> Value {
    json!({ "kind": "common", "parties": parties })
}

fn three() -> Value {
    joint(&[party("Town of Reedham", Some(REED)), party("Fernhill", Some(FERN)), party("Oakvale", None)])
}

/// The mail that asks a party.
#[track_caller]
fn asked<'a>(mails: &'a [Mail], address: &str) -> &'a Mail {
    let found = mails.iter().find(|mail| mail.envelope == address && mail.subject.contains("Do you take part?"));
    found.unwrap_or_else(|| panic!("{address} was not asked"))
}

/// A party opens its link and presses a button.
#[track_caller]
fn say(app: &TestApp, link: &str, word: &str) -> crate::support::Page {
    let mut party = app.client();
    let page = party.visit(link).is(200);
    let form = page.form_at(&format!("form:has(button[value={word}])"));
    let sent = party.press(&form, ("do", word));
    party.follow(&sent).is(200)
}

fn named(app: &TestApp, reference: &str) -> Vec<String> {
    let item = app.client().api("GET", &format!("/api/v1/pledges/{reference}"), None).is(200).json();
    let rows = item["answers"]["parties"].as_array().cloned().unwrap_or_default();
    rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_joint_pledge_names_only_who_confirmed() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.pledge(&three());
    let mails = app.mails();
    let question = asked(&mails, REED);
    assert!(!question.all().contains("seasonal workers. The office"), "of the sender's words only the title");
    assert!(question.text.contains("Permits for seasonal workers") && question.text.contains("Ministry of Labour"));
    let link = question.link("/parties/");

    // Looking at it changes nothing.
    let before = app.stored();
    let mut reader = app.client();
    let page = reader.visit(&link).is(200);
    assert!(page.said().contains("Town of Reedham") && page.said().contains("500 permits a year."));
    assert!(!page.text().contains("bela@labour.example") && !page.text().contains(FERN), "nobody's address");
    assert_eq!(app.stored(), before);

    assert!(say(&app, &link, "confirm").said().contains("You have confirmed"));
    say(&app, &asked(&mails, FERN).link("/parties/"), "decline");
    app.decide(&mut moderator, &reference, "publish", "");

    let public = app.client().get(&format!("/pledges/{reference}")).is(200);
    assert!(public.said().contains("Town of Reedham"));
    assert!(
        public.said().contains("Also named: 2 parties that have not confirmed. Parties are named once they confirm.")
    );
    for hidden in ["Fernhill", "Oakvale", REED] {
        assert!(!public.text().contains(hidden), "{hidden}");
    }
    assert_eq!(named(&app, &reference), ["Town of Reedham"]);
    for path in ["/api/v1/pledges", "/api/v1/export/pledges.csv", "/api/v1/export/pledges.json", "/pledges?q=Fernhill"]
    {
        assert!(!app.client().get(path).is(200).text().contains(">Fernhill"), "{path}");
        assert!(!app.client().get(path).text().contains("Oakvale"), "{path}");
    }
    let desk = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    assert_eq!(desk.all("#parties li .badge"), ["Confirmed", "Declined", "Cannot be asked: no address"]);
    assert_eq!(
        app.events(&reference),
        ["submitted", "party-confirmed", "party-declined", "authority-confirmed", "publish"]
    );
    app.is_whole();
}

#[test]
fn a_party_changes_its_mind_after_publication_and_the_page_follows() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.pledge(&three());
    let mails = app.mails();
    app.decide(&mut moderator, &reference, "publish", "");
    let page = app.client().get(&format!("/pledges/{reference}")).is(200);
    assert!(page.said().contains("3 parties that have not confirmed") && !page.said().contains("Also named"));
    let link = asked(&mails, REED).link("/parties/");
    say(&app, &link, "confirm");
    assert_eq!(named(&app, &reference), ["Town of Reedham"]);
    say(&app, &link, "decline");
    assert_eq!(named(&app, &reference), Vec::<String>::new());
    // What was shown is kept, each with its end.
    assert_eq!(app.count("publications"), 3);
    assert_eq!(app.count("publication_endings WHERE kind = 'superseded'"), 2);
    assert_eq!(
        app.events(&reference),
        ["submitted", "authority-confirmed", "publish", "party-confirmed", "party-declined"]
    );
    app.is_whole();
}

#[test]
fn saying_it_twice_is_saying_it_once_and_a_wrong_key_opens_nothing() {
    let app = TestApp::start();
    let reference = app.pledge(&three());
    let link = asked(&app.mails(), REED).link("/parties/");
    let mut party = app.client();
    let form = party.visit(&link).is(200).form_at("form:has(button[value=confirm])");
    party.press(&form, ("do", "confirm")).is(303);
    party.press(&form, ("do", "confirm")).is(303);
    assert_eq!(app.events(&reference), ["submitted", "party-confirmed"]);
    let mut forged = form.clone();
    party.press(forged.set("key", "x"), ("do", "decline")).is(404);
    party.press(&form, ("do", "nonsense")).is(400);
    let mut odd = form.clone();
    party.press(odd.set("revision", "x"), ("do", "decline")).is(400);
    app.client().get(&format!("/parties/{reference}")).is(404);
    app.client().get(&format!("/parties/{reference}?key=x")).is(404);
    app.client().get("/parties/PLE-0000-0000?key=x").is(404);
    assert_eq!(app.events(&reference), ["submitted", "party-confirmed"]);
}

/// A party puts its own row right.
#[track_caller]
fn correct(app: &TestApp, link: &str, name: &str) -> crate::support::Page {
    let mut party = app.client();
    let page = party.visit(link).is(200);
    let mut form = page.form_at("form:has(button[value=correct])");
    form.set("parties-0-name", name);
    party.press(&form, ("do", "correct"))
}

#[test]
fn a_party_corrects_its_own_row_and_moderators_see_it() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.pledge(&three());
    let mails = app.mails();
    let link = asked(&mails, REED).link("/parties/");
    let wrong = correct(&app, &link, "").is(422);
    assert_eq!(wrong.errors()[0].0, "#parties-0-name");
    correct(&app, &link, "Reedham Municipality").is(303);
    let desk = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    assert!(desk.one("#changes").contains("Reedham Municipality"));
    app.decide(&mut moderator, &reference, "publish", "");
    assert_eq!(named(&app, &reference), ["Reedham Municipality"]);
    assert_eq!(app.events(&reference), ["submitted", "party-corrected", "authority-confirmed", "publish"]);
    // The row of another cannot be touched.
    let mut party = app.client();
    let mut form = party.visit(&link).is(200).form_at("form:has(button[value=correct])");
    form.push("parties-1-name", "Taken over");
    form.push("parties-0-email", "new@other.example");
    party.press(&form, ("do", "correct")).is(303);
    assert!(!moderator.get(&format!("/staff/submissions/{reference}")).text().contains("Taken over"));
    assert!(!moderator.get(&format!("/staff/submissions/{reference}")).text().contains("new@other.example"));
    app.is_whole();
}

#[test]
fn a_correction_of_a_published_pledge_waits_for_a_moderator() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.pledge(&three());
    let mails = app.mails();
    app.decide(&mut moderator, &reference, "publish", "");
    correct(&app, &asked(&mails, REED).link("/parties/"), "Reedham Municipality").is(303);
    // Neither name is public: the old one is wrong, the new one not looked at.
    assert_eq!(named(&app, &reference), Vec::<String>::new());
    assert_eq!(app.submission(&reference).state, ReviewState::Submitted);
    app.decide(&mut moderator, &reference, "publish", "");
    assert_eq!(named(&app, &reference), ["Reedham Municipality"]);
    app.is_whole();
}

#[test]
fn a_submitter_who_is_correcting_loses_nothing_to_a_party() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.pledge(&three());
    let mails = app.mails();
    app.decide(&mut moderator, &reference, "request-changes", "Please say how many permits.");
    let own = app.mails_to("bela@labour.example").remove(0).own_link();
    let mut ministry = app.client();
    let page = ministry.visit(&own).is(200);
    let edit = ministry.submit(&page.form());
    let step = ministry.follow(&edit).is(200);
    let mut form = step.form();
    let second = go_on(&mut ministry, form.set("title", "Permits for seasonal workers, corrected"));
    correct(&app, &asked(&mails, REED).link("/parties/"), "Reedham Municipality").is(303);
    let mut page = ministry.get(&second.path).is(200);
    assert_eq!(page.form().value("parties-0-name"), "Reedham Municipality");
    while !page.path.ends_with("/check") {
        page = go_on(&mut ministry, &page.form());
    }
    let done = ministry.submit(&page.form());
    ministry.follow(&done).is(200);
    app.decide(&mut moderator, &reference, "publish", "");
    assert_eq!(named(&app, &reference), ["Reedham Municipality"]);
    assert_eq!(app.events(&reference)[1..4], ["request-changes", "party-corrected", "resubmitted"]);
    app.is_whole();
}

#[test]
fn only_a_new_address_or_a_new_name_is_asked_again() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.pledge(&three());
    let mails = app.mails();
    let old = asked(&mails, FERN).link("/parties/");
    say(&app, &asked(&mails, REED).link("/parties/"), "confirm");
    app.decide(&mut moderator, &reference, "request-changes", "Is that address right?");
    let own = app.mails_to("bela@labour.example").remove(0).own_link();
    let mut ministry = app.client();
    let page = ministry.visit(&own).is(200);
    assert_eq!(page.all("#parties li .badge"), ["Confirmed", "Asked", "Cannot be asked: no address"]);
    let edit = ministry.submit(&page.form());
    let first = ministry.follow(&edit).is(200);
    let changed = but(Vec::new(), &[("parties-1-email", "new@fernhill.example")]);
    let check = answers::fill(&mut ministry, first, &changed);
    answers::send(&mut ministry, &check);
    let mails = app.mails();
    let questions: Vec<&str> =
        mails.iter().filter(|m| m.subject.contains("take part")).map(|m| m.envelope.as_str()).collect();
    assert_eq!(questions, ["new@fernhill.example"], "who was asked is not asked again");
    app.client().visit(&mails.iter().find(|m| m.envelope == "new@fernhill.example").unwrap().link("/parties/")).is(200);
    app.client().get(&old.replace(&format!("http://{}", app.address), "")).is(404);
    app.decide(&mut moderator, &reference, "publish", "");
    assert_eq!(named(&app, &reference), ["Town of Reedham"]);
    app.is_whole();
}

#[test]
fn the_link_is_sent_again_but_not_without_end() {
    let app = TestApp::start();
    let mut ministry = app.client();
    let mut joint = but(answers::pledge(), &[("kind", "common")]);
    joint.extend([
        ("parties-0-name".to_owned(), "Town of Reedham".to_owned()),
        ("parties-0-type".to_owned(), "local-regional-government".to_owned()),
        ("parties-0-email".to_owned(), REED.to_owned()),
    ]);
    let reference = answers::hand_in(&mut ministry, "pledge", &joint).reference();
    app.mails();
    let own = format!("/submissions/{reference}");
    let again = "form[action$='/parties']";
    assert!(!ministry.get(&own).is(200).has(again), "a moment ago it was asked");
    for _ in 0..2 {
        app.clock.advance(chrono::Duration::days(1));
        let form = ministry.get(&own).is(200).form_at(again);
        ministry.submit(&form).is(303);
        ministry.submit(&form).is(409);
        assert_eq!(app.mails_to(REED).len(), 1);
    }
    app.clock.advance(chrono::Duration::days(1));
    assert!(!ministry.get(&own).is(200).has(again), "three times is enough");
    let mut stranger = app.client();
    let raw = [("party", "1")];
    assert_eq!(stranger.post_form(&format!("{own}/parties"), &raw).status, 404);
    app.is_whole();
}

#[test]
fn what_parties_said_cannot_be_changed_unseen() {
    let app = TestApp::start();
    let reference = app.pledge(&three());
    say(&app, &asked(&app.mails(), REED).link("/parties/"), "decline");
    app.is_whole();
    let database = app.database();
    let mut conn = inlet::store::db::connect(&database.to_string_lossy()).unwrap();
    use diesel::connection::SimpleConnection;
    conn.batch_execute(
        "DROP TRIGGER party_standings_keep_what_was; UPDATE party_standings SET status = 'confirmed' WHERE status = 'declined';",
    )
    .unwrap();
    assert!(app.fault(None).is_some_and(|fault| fault.contains("does not commit")), "{reference}");
}

#[test]
fn a_withdrawn_pledge_asks_nothing_of_anybody() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.pledge(&three());
    let link = asked(&app.mails(), REED).link("/parties/");
    let mut form = crate::support::app::decision_form(&mut moderator, &reference, "decline").unwrap();
    form.set("reason", "other").set("message", "Not now.");
    moderator.submit(&form).is(303);
    let page = app.client().visit(&link).is(200);
    assert!(page.said().contains("not open any more") && !page.has("button[value=confirm]"));
}

#[test]
fn a_matching_pledge_begins_on_the_page_of_the_pledge_it_supports() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let first = app.published_pledge(&mut moderator, &json!({}));
    let mut city = app.client();
    let page = city.get(&format!("/pledges/{first}")).is(200);
    let link = page.attributes("a.secondary", "href").into_iter().find(|href| href.contains("/forms/pledge?")).unwrap();
    let start = city.visit(&link).is(200);
    let mut page = city.visit(&start.primary_link()).is(200);
    let mut scope = page.form_at("main form");
    scope.set("answer", "migration");
    let answered = city.submit(&scope);
    page = city.follow(&answered).is(200);
    let mut form = page.form();
    form.answer(&answers::pledge());
    let where_ = go_on(&mut city, form.set("title", "Interpreters for the permits"));
    assert_eq!(where_.form().value("kind"), "matching");
    assert_eq!(where_.form().value("matched_pledge"), first);
    let rest = answers::pledge().into_iter().filter(|(name, _)| name != "kind" && name != "title").collect();
    let check = answers::fill(&mut city, where_, &rest);
    let second = answers::send(&mut city, &check).reference();
    app.decide(&mut moderator, &second, "publish", "");

    let said = |of: &str| app.client().get(&format!("/pledges/{of}")).is(200);
    assert!(said(&first).all(".related li").join(" ").contains("Matched by this pledge Interpreters for the permits"));
    assert!(said(&second).all(".related li").join(" ").contains("Matches this pledge Permits for seasonal workers"));
    app.decide(&mut moderator, &second, "unpublish", "It was withdrawn.");
    assert!(!said(&first).has(".related"), "it follows what is public");
    app.decide(&mut moderator, &second, "publish", "");
    app.decide(&mut moderator, &first, "unpublish", "It was withdrawn.");
    let alone = said(&second);
    assert!(!alone.has(".related") && !alone.has(&format!("a[href$='{first}']")), "no link leads nowhere");
    app.is_whole();
}

#[test]
fn a_pledge_is_found_by_title_entity_country_and_reference() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let first = app.published_pledge(&mut moderator, &json!({}));
    let kenyan = json!({
        "title": "Schools for all", "entity_name": "Baraka Council", "entity_country": "KEN",
        "description": long("The council opens its schools to all children.", 320),
    });
    let second = app.published_pledge(&mut moderator, &kenyan);
    let mut reporter = app.client();
    let page = begin(&mut reporter, "pledge-report");
    for (words, found) in [
        ("seasonal", vec![first.clone()]),
        ("baraka", vec![second.clone()]),
        ("Kenya", vec![second.clone()]),
        ("kenya schools", vec![second.clone()]),
        ("Kenya seasonal", vec![]),
        (first.as_str(), vec![first.clone()]),
    ] {
        let mut form = page.form();
        form.set("pledge-q", words).set("entity_name", "Typed already");
        let sent = reporter.press(&form, ("do", "find:pledge"));
        let results = reporter.follow(&sent).is(200);
        assert_eq!(results.attributes("input[type=radio][name=pledge]", "value"), found, "{words}");
        assert_eq!(results.form().value("entity_name"), "Typed already");
    }
}

#[test]
fn more_than_three_main_objectives_are_refused_and_the_ticks_kept() {
    let app = TestApp::start();
    let mut city = app.client();
    let page = answers::up_to(&mut city, "pledge", "objectives", &answers::pledge());
    let mut form = page.form();
    form.clear("objectives");
    for objective in ["1", "2", "3", "4"] {
        form.push("objectives", objective);
    }
    let refused = city.press(&form, ("do", "continue")).is(422);
    assert!(refused.errors()[0].1.contains('3') || refused.errors()[0].1.contains("three"), "{refused:?}");
    assert_eq!(refused.form().values("objectives"), ["1", "2", "3", "4"]);
    let body = json!({ "answers": merged(&answers::pledge_json(), &json!({ "objectives": ["1", "2", "3", "4"] })) });
    app.client().api("POST", "/api/v1/forms/pledge/submissions", Some(&body)).is(422);
}

/// Hands in a pledge of the ministry, confirms the address, publishes.
fn confirmed(app: &TestApp, moderator: &mut Client, title: &str) -> String {
    let reference = app.pledge(&json!({ "title": title, "contact_email": "Bela@labour.example" }));
    let link = app.mails_to("Bela@labour.example").remove(0).link("/address?key=");
    let mut reader = app.client();
    let page = reader.visit(&link).is(200);
    reader.submit(&page.form()).is(200);
    app.decide(moderator, &reference, "publish", "");
    app.mails();
    reference
}

/// Asks for the link and opens the table with it.
fn open_table(app: &TestApp, office: &mut Client) -> crate::support::Page {
    let mut form = office.get("/pledges/sitting").is(200).form();
    let sent = office.submit(form.set("address", "bela@labour.example"));
    office.follow(&sent).is(200);
    let link = app.mails_to("bela@labour.example").remove(0).link("/pledges/sitting/open");
    let before = app.stored();
    let page = office.visit(&link).is(200);
    assert_eq!(app.stored(), before, "mail scanners open links too");
    let opened = office.submit(&page.form());
    office.follow(&opened).is(200)
}

fn set_period(form: &mut crate::support::Form) {
    for (name, value) in [
        ("period_start-day", "1"),
        ("period_start-month", "1"),
        ("period_start-year", "2026"),
        ("period_end-day", "31"),
        ("period_end-month", "10"),
        ("period_end-year", "2026"),
        ("consent_authority", "yes"),
        ("consent_publication", "yes"),
        ("consent_data", "yes"),
    ] {
        form.set(name, value);
    }
}

#[test]
fn one_office_reports_on_all_its_pledges_in_one_sitting() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let titles = ["Permits", "Schools", "Data"];
    let pledges: Vec<String> = titles.iter().map(|title| confirmed(&app, &mut moderator, title)).collect();
    let earlier = app.submit("pledge-report", &answers::report_json(&pledges[0]));
    app.decide(&mut moderator, &earlier, "publish", "");
    app.mails();

    let mut office = app.client();
    let table = open_table(&app, &mut office);
    assert_eq!(table.all(".sitting tbody .about a"), titles);
    assert!(
        table.one(".sitting tbody:first-of-type").contains("120 permits were issued."),
        "the last answers stand beside"
    );
    let mut form = table.form();
    set_period(&mut form);
    // The same as last time, something wrong, something new.
    form.set(&format!("{}-stage", pledges[0]), "in-progress");
    form.set(&format!("{}-persons_reached", pledges[1]), "many");
    form.set(&format!("{}-stage", pledges[2]), "planning");
    let before = app.stored();
    let refused = office.submit(&form).is(422);
    assert_eq!(app.stored(), before, "nothing is half kept");
    let anchors: Vec<String> = refused.errors().into_iter().map(|(anchor, _)| anchor).collect();
    assert!(anchors.contains(&format!("#{}-persons_reached", pledges[1])), "{anchors:?}");
    assert!(refused.errors().iter().all(|(_, text)| text.contains("Schools")), "{:?}", refused.errors());
    let mut form = refused.form();
    assert_eq!(form.value(&format!("{}-persons_reached", pledges[1])), "many");
    assert_eq!(form.value(&format!("{}-stage", pledges[2])), "planning");
    form.set(&format!("{}-persons_reached", pledges[1]), "40");
    form.set(&format!("{}-stage", pledges[1]), "in-progress");
    form.set(&format!("{}-progress", pledges[1]), "Two schools opened.");
    let sent = office.submit(&form);
    let twice = office.submit(&form).is(303);
    assert_eq!(twice.location(), sent.location(), "a double click makes no more of them");
    let done = office.follow(&sent).is(200);
    let references = done.all(".references li");
    assert_eq!(references.len(), 2, "only what changed: {references:?}");

    let mails = app.mails_to("bela@labour.example");
    assert_eq!(mails.len(), 1, "one receipt for all");
    for reference in &references {
        assert!(mails[0].text.contains(reference.as_str()));
        app.client().visit(&mails[0].link(&format!("/submissions/{reference}"))).is(200);
        assert_eq!(app.events(reference), ["submitted", "address-confirmed"]);
        app.decide(&mut moderator, reference, "publish", "");
    }
    let shown = app.client().get(&format!("/pledges/{}", pledges[1])).is(200);
    assert!(shown.said().contains("Two schools opened."));
    app.is_whole();
}

#[test]
fn a_table_with_nothing_new_is_no_report() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let pledge = confirmed(&app, &mut moderator, "Permits");
    let mut office = app.client();
    let table = open_table(&app, &mut office);
    let refused = office.submit(&table.form()).is(422);
    assert_eq!(refused.errors().len(), 1);
    let mut form = table.form();
    form.set(&format!("{pledge}-stage"), "planning");
    let refused = office.submit(&form).is(422);
    assert_eq!(refused.errors()[0].0, "#period_start-day", "what is asked once is asked once: {:?}", refused.errors());
    // A pledge that is no longer public is not in the table, and nobody can report on it.
    app.decide(&mut moderator, &pledge, "unpublish", "It was withdrawn.");
    set_period(&mut form);
    office.submit(&form).is(422);
    assert!(office.get("/pledges/sitting/table").is(200).said().contains("No published pledge"));
}

#[test]
fn who_asks_for_a_table_learns_nothing_of_others() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    confirmed(&app, &mut moderator, "Permits");
    let unconfirmed = app.published_pledge(&mut moderator, &json!({ "contact_email": "typed@other.example" }));
    app.mails();
    let ask = |address: &str| {
        let mut anybody = app.client();
        let mut form = anybody.get("/pledges/sitting").is(200).form();
        let sent = anybody.submit(form.set("address", address));
        (sent.status, sent.location(), anybody.follow(&sent).is(200).said())
    };
    assert_eq!(ask("bela@labour.example"), ask("nobody@nowhere.example"));
    assert_eq!(ask("typed@other.example"), ask("nobody@nowhere.example"), "{unconfirmed} has no confirmed contact");
    assert_eq!(app.mails().len(), 1);
    for _ in 0..5 {
        ask("bela@labour.example");
    }
    assert_eq!(app.mails().len(), 2, "three a day");
    let wrong = {
        let mut anybody = app.client();
        let mut form = anybody.get("/pledges/sitting").is(200).form();
        anybody.submit(form.set("address", "no address")).is(422)
    };
    assert_eq!(wrong.form().value("address"), "no address");
    assert_eq!(app.count("sittings WHERE address = 'nobody@nowhere.example'"), 0, "a stranger's address is not kept");
}

#[test]
fn the_link_to_the_table_ends_after_seven_days_and_opens_only_its_own() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    confirmed(&app, &mut moderator, "Permits");
    let mut office = app.client();
    let table = open_table(&app, &mut office);
    for key in ["", "x", "x.y", "..", "%F0%9F%8C%8A.a"] {
        office.get(&format!("/pledges/sitting/open?key={key}")).is(404);
    }
    app.client().get("/pledges/sitting/table").is(404);
    app.client().get("/pledges/sitting/received?at=1").is(404);
    office.get("/pledges/sitting/received?at=x").is(400);
    app.clock.advance(chrono::Duration::days(8));
    office.get("/pledges/sitting/table").is(404);
    let mut form = table.form();
    set_period(&mut form);
    form.set("kept", &long("Typed", 30));
    let gone = office.submit(&form).is(410);
    assert!(gone.text().contains("Typed"), "what was typed is shown again");
    app.clock.advance(chrono::Duration::days(8));
    app.runtime.block_on(inlet::actions::sweep::sweep(&app.app)).unwrap();
    assert_eq!(app.count("sittings"), 0);
}

#[test]
fn held_spam_asks_nobody_until_it_is_released() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut sender = app.client();
    let mut joint = but(answers::pledge(), &[("kind", "common")]);
    joint.extend([
        ("parties-0-name".to_owned(), "Town of Reedham".to_owned()),
        ("parties-0-type".to_owned(), "local-regional-government".to_owned()),
        ("parties-0-email".to_owned(), REED.to_owned()),
    ]);
    let first = begin(&mut sender, "pledge");
    let check = answers::fill(&mut sender, first, &joint);
    let mut form = check.form();
    form.set("homepage_confirm", "x");
    let sent = sender.submit(&form);
    let reference = sender.follow(&sent).is(200).reference();
    assert!(app.mails_to(REED).is_empty());
    app.decide(&mut moderator, &reference, "release", "");
    assert_eq!(app.mails_to(REED).len(), 1);
    app.is_whole();
}

#[test]
fn another_address_of_the_submitter_costs_no_party_its_word() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.pledge(&three());
    let link = asked(&app.mails(), REED).link("/parties/");
    say(&app, &link, "confirm");
    app.decide(&mut moderator, &reference, "publish", "");
    let mut client = app.client();
    let mut form = client.get("/find/address").is(200).form();
    form.set("submission", &reference).set("address", "bela@labour.example").set("new_address", "dara@labour.example");
    client.submit(&form).is(303);
    let record = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    moderator.press(&record.form_at("form[action$='/address']"), ("verdict", "accept")).is(303);
    assert_eq!(named(&app, &reference), ["Town of Reedham"]);
    app.is_whole();
    say(&app, &link, "decline");
    assert_eq!(named(&app, &reference), Vec::<String>::new());
    app.is_whole();
}
