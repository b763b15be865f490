//! How long people waited: counted while the Network must act, shown by form, region and person.

use chrono::Duration;
use inlet::domain::account::Role;
use serde_json::json;

use crate::support::app::decision_form;
use crate::support::{Page, TestApp};

/// The cells of the line of a table.
fn line(page: &Page, table: &str, name: &str) -> Vec<String> {
    let names = page.all(&format!("#{table} ~ .table-scroll tbody th"));
    let at = names.iter().position(|known| known == name).unwrap_or_else(|| panic!("{name} in {names:?}"));
    page.all(&format!("#{table} ~ .table-scroll tbody tr:nth-child({}) td", at + 1))
}

#[test]
fn waits_are_summed_up_by_form_region_and_person() {
    let app = TestApp::start();
    app.account(Role::Moderator, "Mona", "mona@unmigration.example");
    let mut mona = app.sign_in("mona@unmigration.example");
    assert!(mona.get("/staff/clock").is(200).said().contains("Nothing was answered in this time."));
    let all: Vec<String> = ["KEN", "KEN", "PER"].map(|land| app.practice(&json!({ "countries": [land] }))).into();
    let spam = app.practice(&json!({ "title": "Spam" }));
    for (days, reference) in [(1, &all[0]), (2, &all[1]), (17, &all[2])] {
        app.clock.advance(Duration::days(days));
        mona = app.sign_in("mona@unmigration.example");
        app.decide(&mut mona, reference, "publish", "");
    }
    let mut form = decision_form(&mut mona, &spam, "decline").unwrap();
    mona.submit(form.set("reason", "spam")).is(303);
    let request = app.request(&json!({}));
    app.decide(&mut mona, &request, "approve", "");
    app.clock.advance(Duration::days(5));
    let mut jonas = app.staff(Role::Moderator, "Jonas");
    app.decide(&mut jonas, &request, "close", "");
    let page = jonas.get("/staff/clock").is(200);
    assert_eq!(
        line(&page, "review-forms", "Practices"),
        ["3", "3", "20", "2 of 3 (within 14 days)"],
        "1, 3 and 20 days"
    );
    assert_eq!(line(&page, "review-regions", "Africa")[..3], ["3", "1", "3"], "the request is from there too, at once");
    assert_eq!(line(&page, "review-regions", "Latin America and the Caribbean")[..3], ["1", "20", "20"]);
    assert_eq!(line(&page, "review-persons", "Mona")[0], "4");
    assert_eq!(line(&page, "delivery-persons", "Jonas"), ["1", "5", "5"], "who decided to close it");
    assert!(!page.text().contains("Spam"));
    for svg in page.attributes("svg.chart", "aria-labelledby") {
        let [title, text] = svg.split(' ').collect::<Vec<_>>()[..] else { panic!("{svg}") };
        assert!(page.has(&format!("#{title}")) && page.has(&format!("#{text}")));
    }
    let bars = page.all("#review-forms ~ svg text, #review-forms ~ * svg text").concat();
    assert!(bars.contains("3 / 20 days"), "chart and table say the same: {bars}");
    app.clock.advance(Duration::days(31));
    let mut later = app.sign_in("mona@unmigration.example");
    assert!(later.get("/staff/clock?days=30").is(200).said().contains("Nothing was answered"));
    assert!(later.get("/staff/clock?days=x").is(200).said().contains("Practices"), "what cannot be read says nothing");
    app.is_whole();
}
