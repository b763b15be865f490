//! Staff find what waits for them: the clock, the filters, who looks after what, and the way from one record to the next.

use chrono::Duration;
use inlet::domain::account::Role;
use inlet::domain::clock::Clock;
use inlet::forms::Lifecycle;
use inlet::store::events;
use serde_json::json;

use crate::support::app::decision_form;
use crate::support::{Client, Page, TestApp};

/// The titles of the lines of a page.
fn titles(page: &Page) -> Vec<String> {
    page.all("table.queue tbody th a")
}

fn titles_at(client: &mut Client, address: &str) -> Vec<String> {
    titles(&client.get(address).is(200))
}

#[test]
fn days_count_only_while_the_network_must_act() {
    let app = TestApp::start();
    app.account(Role::Moderator, "Mona", "mona@unmigration.example");
    let mut mona = app.sign_in("mona@unmigration.example");
    let mut city = app.client();
    let slow =
        crate::support::answers::hand_in(&mut city, "practice", &crate::support::answers::practice()).reference();
    app.clock.advance(Duration::days(4));
    let mut mona_later = app.sign_in("mona@unmigration.example");
    mona.get("/staff").is(303);
    app.decide(&mut mona_later, &slow, "request-changes", "Please name the partners.");
    app.clock.advance(Duration::days(30));
    mona = app.sign_in("mona@unmigration.example");
    app.practice(&json!({ "title": "Came in later" }));
    let own = city.get(&format!("/submissions/{slow}")).is(200);
    let opened = city.submit(&own.form());
    let first = city.follow(&opened).is(200);
    let check = crate::support::answers::fill(&mut city, first, &crate::support::answers::practice());
    crate::support::answers::send(&mut city, &check);
    let queue = mona.get("/staff").is(200);
    assert!(queue.said().contains("4 days"), "thirty days were the submitter's: {}", queue.said());
    assert_eq!(titles(&queue), ["A help desk for newcomers", "Came in later"], "four days before none");
    assert!(!queue.said().contains("overdue"));
    app.clock.advance(Duration::days(11));
    mona = app.sign_in("mona@unmigration.example");
    let late = mona.get("/staff?tab=overdue").is(200);
    assert_eq!(titles(&late), ["A help desk for newcomers"], "fifteen of fourteen days");
    assert!(late.said().contains("1 of them overdue") && late.said().contains("1 day overdue"), "{}", late.said());
    let record = mona.get(&format!("/staff/submissions/{slow}")).is(200);
    assert!(record.said().contains("The Network is to act by"));
    let id = app.submission(&slow).id;
    let log = app.read(move |conn| events::of(conn, id));
    let clock = Clock::of(log.iter().map(|logged| &logged.event), Lifecycle::Publication);
    let waited = clock.wait().map(|(_, since)| (app.app.clock.now() - since).num_days());
    assert_eq!(waited, Some(15));
    app.is_whole();
}

#[test]
fn every_filter_stands_in_the_address_and_narrows_the_queue() {
    let app = TestApp::start();
    let mut mona = app.moderator();
    let kenya = app.practice(&json!({ "title": "In Kenya", "countries": ["KEN"] }));
    app.practice(&json!({ "title": "In Peru", "countries": ["PER"] }));
    let request = app.request(&json!({}));
    let page = mona.get("/staff?country=KEN").is(200);
    assert_eq!(titles(&page), ["Kenya – Workshop for the UN Country Team", "In Kenya"], "requests apart");
    assert!(page.all(".active-filters").concat().contains("Country: Kenya"));
    assert_eq!(titles_at(&mut mona, "/staff?region=eclac&form=practice"), ["In Peru"]);
    assert_eq!(titles_at(&mut mona, "/staff?form=practice&q=kenya"), ["In Kenya"]);
    assert_eq!(titles_at(&mut mona, "/staff?days=3"), Vec::<String>::new());
    assert_eq!(titles_at(&mut mona, "/staff?status=in_review"), Vec::<String>::new());
    app.decide(&mut mona, &kenya, "start-review", "");
    assert_eq!(titles_at(&mut mona, "/staff?status=in_review"), ["In Kenya"]);
    let all = mona.get("/staff").is(200);
    assert!(all.text().contains(&request) && all.all("h2").iter().any(|heading| heading == "Requests (1)"));
    let odd = mona.get("/staff?tab=nowhere&form=%3Cb%3E&days=-1&country=KEN&country=PER&page=99").is(200);
    assert_eq!(titles(&odd), ["In Peru"], "what cannot be read says nothing");
    for address in ["/staff?q=%00", "/staff?q=%22(", "/staff?assignee=999999999999999999999", "/staff?%FF=%FF"] {
        mona.get(address).is(200);
    }
}

#[test]
fn words_of_notes_are_found_too() {
    let app = TestApp::start();
    let mut mona = app.moderator();
    let asked = app.practice(&json!({ "title": "To be changed" }));
    app.decide(&mut mona, &asked, "request-changes", "Please mention the zebra crossing.");
    assert_eq!(titles_at(&mut mona, "/staff?tab=all&q=zebra"), ["To be changed"]);
    assert_eq!(titles_at(&mut mona, &format!("/staff?tab=all&q={asked}")), ["To be changed"]);
}

#[test]
fn a_record_is_taken_given_and_given_back() {
    let app = TestApp::start();
    let (mut mona, mut jonas) = (app.moderator(), app.staff(Role::Moderator, "Jonas"));
    let reference = app.practice(&json!({ "title": "Whose is it" }));
    app.mails();
    let address = format!("/staff/submissions/{reference}");
    let press = |client: &mut Client, who: &str| {
        let page = client.get(&address).is(200);
        let mut form = page.form_at("#assignee form");
        let choices = page.attributes("#assignee option", "value");
        let names = page.all("#assignee option");
        let value = names.iter().zip(&choices).find(|(name, _)| *name == who).map(|(_, value)| value.clone());
        form.set("assignee", &value.expect("an account that can decide"));
        client.submit(&form)
    };
    press(&mut mona, "Mona").is(303);
    assert!(app.mails().is_empty(), "nobody is told of their own act");
    assert_eq!(titles_at(&mut mona, "/staff?tab=mine"), ["Whose is it"]);
    assert_eq!(titles_at(&mut jonas, "/staff?tab=mine"), Vec::<String>::new());
    assert_eq!(titles_at(&mut jonas, "/staff?tab=unassigned"), Vec::<String>::new());
    let seen_before = jonas.get(&address).is(200).form_at("#assignee form");
    press(&mut mona, "Jonas").is(303);
    let mails = app.mails_to("jonas@unmigration.example");
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    assert!(mail.subject.contains("For you") && mail.text.contains("because you look after"), "{}", mail.text);
    let mut late = seen_before.clone();
    late.set("assignee", "none");
    jonas.submit(&late).is(409);
    assert_eq!(titles_at(&mut jonas, "/staff?tab=mine"), ["Whose is it"]);
    press(&mut jonas, "Nobody").is(303);
    assert_eq!(titles_at(&mut mona, "/staff?tab=unassigned"), ["Whose is it"]);
    assert_eq!(app.events(&reference), ["submitted", "assigned", "assigned", "unassigned"]);
    let history = jonas.get(&address).is(200).one("#history");
    for said in ["Mona looks after it.", "Mona gave it to Jonas.", "Jonas gave it back."] {
        assert!(history.contains(said), "{history}");
    }
    let mut watcher = app.staff(Role::Observer, "Olga");
    assert!(!watcher.get(&address).is(200).has("#assignee form"));
    app.is_whole();
}

#[test]
fn a_moderator_walks_through_a_view_and_lands_on_the_next_after_each_decision() {
    let app = TestApp::start();
    let mut mona = app.moderator();
    let all: Vec<String> = ["One", "Two", "Three"]
        .iter()
        .map(|title| {
            app.clock.advance(Duration::minutes(5));
            app.practice(&json!({ "title": title }))
        })
        .collect();
    app.request(&json!({}));
    let queue = mona.get("/staff?form=practice").is(200);
    let links = queue.attributes("table.queue tbody th a", "href");
    let second = mona.get(&links[1]).is(200);
    assert_eq!(second.one("nav.place span"), "2 of 3");
    let ways = second.attributes("nav.place a", "href");
    assert!(ways[0].contains(&all[0]) && ways[1].contains(&all[2]), "{ways:?}");
    assert_eq!(second.attributes("nav.place a", "data-key"), ["p", "n"]);
    let mut form = second.form_at("#decision-publish form");
    form.set("message", "");
    let done = mona.submit(&form);
    let third = mona.follow(&done).is(200);
    assert!(third.path.contains(&all[2]) && third.said().contains(&format!("{} is public", all[1])), "{third:?}");
    assert_eq!(third.one("nav.place span"), "2 of 2");
    for (at, expected) in [(2, Some(0)), (0, None)] {
        let page = mona.get(&format!("/staff/submissions/{}?view=form%3Dpractice", all[at])).is(200);
        let done = mona.submit(&page.form_at("#decision-publish form"));
        let next = mona.follow(&done).is(200);
        assert!(next.path.contains(&all[expected.unwrap_or(at)]), "{next:?}");
        assert_eq!(next.said().contains("the last one of this view"), expected.is_none());
    }
    let direct = decision_form(&mut mona, &all[0], "unpublish").expect("it is public");
    assert!(!direct.offers("view"), "opened by itself, a record stays where it is");
}
