//! One record on the desk: what changed in it, what it is like on paper.

use serde_json::json;

use crate::support::answers::{self, fill, hand_in, send};
use crate::support::{Client, Page, TestApp};

/// Changes are asked for and made; gives nothing, the record has one revision more.
fn improve(app: &TestApp, moderator: &mut Client, city: &mut Client, reference: &str, changes: &[(&str, &str)]) {
    app.decide(moderator, reference, "request-changes", "Please say more.");
    let own = city.get(&format!("/submissions/{reference}")).is(200);
    let opened = city.submit(&own.form());
    let first = city.follow(&opened).is(200);
    let check = fill(city, first, &answers::but(answers::practice(), changes));
    send(city, &check);
}

fn record(client: &mut Client, reference: &str) -> Page {
    client.get(&format!("/staff/submissions/{reference}")).is(200)
}

#[test]
fn any_two_revisions_are_compared_word_by_word() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    improve(&app, &mut moderator, &mut city, &reference, &[("impact", "一个为新移民设立的服务台。")]);
    let changes = [("impact", "一个为新移民设立的咨询台。"), ("contact_role", "Director")];
    improve(&app, &mut moderator, &mut city, &reference, &changes);

    let page = record(&mut moderator, &reference);
    let mut form = page.form_at("form[action$='/difference']");
    assert_eq!((form.value("from"), form.value("to")), ("2", "3"), "the last two stand first");
    assert!(page.all("#changes ins").join(" ").contains("Director"));
    let compared = moderator.submit(form.set("from", "1").set("to", "2")).is(200);
    assert!(compared.one("h1").contains("Revision 1 and revision 2"));
    assert!(compared.all("del").join(" ").contains("12,000") && !compared.said().contains("Director"));
    let newest = moderator.get(&format!("/staff/submissions/{reference}/difference?from=2&to=3")).is(200);
    assert!(newest.all("del").iter().any(|text| text.contains("服务") && !text.contains("新移民")));
    assert!(newest.one("#changes").contains("Not published"), "a private answer is marked");
    let same = moderator.get(&format!("/staff/submissions/{reference}/difference?from=2&to=2")).is(200);
    assert!(!same.has("ins") && !same.has("del"));
    for wrong in ["from=0&to=2", "from=1&to=9", "from=x&to=2"] {
        moderator.get(&format!("/staff/submissions/{reference}/difference?{wrong}")).is(404);
    }
}

#[test]
fn a_record_is_printed_with_all_that_happened() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.practice(&json!({}));
    app.decide(&mut moderator, &reference, "request-changes", "Please name the partners.");
    let before = app.submission(&reference).version;
    let page = record(&mut moderator, &reference);
    assert!(page.text().contains(&format!("/staff/submissions/{reference}/print")));
    let paper = moderator.get(&format!("/staff/submissions/{reference}/print")).is(200);
    assert!(paper.said().contains("Amina Okello") && paper.one("#history").contains("Please name the partners."));
    assert!(paper.said().contains(&reference) && !paper.has("main form"), "paper has no buttons");
    assert_eq!(app.submission(&reference).version, before);
    app.client().get(&format!("/staff/submissions/{reference}/print")).is(303);
}
