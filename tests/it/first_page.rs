//! The first page of a form is drawn once a day for everybody, and nobody can tell.

use chrono::Duration;
use serde_json::json;

use crate::support::client::From;
use crate::support::{Page, TestApp, answers};

const FIRST: &str = "/forms/practice/begin";

/// All of a page but the id that tells it from others.
fn drawing(page: &Page) -> String {
    assert_eq!(page.header("set-cookie"), None, "{page:?}");
    assert_eq!(page.header("cache-control"), Some("private, no-cache"));
    page.text().replace(id(page).as_str(), "")
}

fn id(page: &Page) -> String {
    page.form().value("turn").split('.').next().unwrap().to_owned()
}

#[test]
fn two_cities_get_the_same_page_and_a_draft_each() {
    let app = TestApp::start();
    let (mut lakeview, mut harbour) = (app.client(), app.client());
    let (one, other) = (lakeview.get(FIRST).is(200), harbour.get(FIRST).is(200));
    assert_eq!(drawing(&one), drawing(&other));
    assert!(id(&one).len() > 20 && id(&one) != id(&other), "whoever knew a page's id would share its draft");
    let mut form = one.form();
    form.answer(&answers::practice());
    let going = lakeview.submit(&form);
    lakeview.follow(&going).is(200);
    let begun = app.client().get(FIRST).is(200);
    assert_eq!(drawing(&begun), drawing(&one), "what somebody typed is on nobody else's page");
    let mut form = begun.form();
    form.answer(&answers::but(answers::practice(), &[("title", "Permits at the harbour")]));
    let second = harbour.submit(&form);
    assert_ne!(going.location(), second.location());
    let back = harbour.follow(&second).is(200);
    let first = harbour.press(&back.form(), ("do", "back"));
    assert_eq!(harbour.follow(&first).is(200).form().value("title"), "Permits at the harbour");
    assert_eq!(app.count("drafts"), 2);
}

#[test]
fn links_keep_the_language_as_it_was_asked_for() {
    let app = TestApp::start();
    for _ in 0..2 {
        for (prefix, language) in [("", "en"), ("/en", "en"), ("/fr", "fr")] {
            let page = app.client().get(&format!("{prefix}{FIRST}")).is(200);
            assert_eq!(page.form().action, format!("{prefix}{FIRST}"));
            let spoken = app.app.locales.available().iter().any(|known| known.code() == language);
            assert_eq!(page.attributes("html", "lang"), [if spoken { language } else { "en" }]);
        }
    }
    let french = app.client().with("Accept-Language", "fr").get(FIRST).is(200);
    assert_eq!(french.form().action, FIRST);
}

#[test]
fn what_a_link_brings_along_is_for_who_followed_it() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let pledge = app.published_pledge(&mut moderator, &json!({}));
    let first = "/forms/pledge-report/begin";
    let followed = || app.client().get(&format!("{first}?about={pledge}")).is(200);
    assert!(followed().text().contains(&pledge));
    let plain = app.client().get(first).is(200);
    assert!(!plain.text().contains(&pledge));
    assert!(followed().text().contains(&pledge), "and not lost on the next who follows it");
}

#[test]
fn a_browser_that_says_nothing_begins_on_any_day() {
    let app = TestApp::start();
    let mut pages = Vec::new();
    for day in 0..4 {
        let mut city = app.client().coming_from(From::Silent);
        let page = city.get(FIRST).is(200);
        let mut form = page.form();
        form.answer(&answers::practice());
        assert_eq!(city.submit(&form).status, 303, "day {day}");
        pages.push(page.text());
        app.clock.advance(Duration::days(1));
    }
    pages.dedup();
    assert_eq!(pages.len(), 4, "each day's page has its own proof");
}

#[test]
fn a_form_in_the_operators_folder_takes_the_place_of_the_built_in_one() {
    let built_in = TestApp::start();
    assert!(built_in.client().get(FIRST).is(200).title().contains("Submit a practice"));
    let forms = tempfile::tempdir().unwrap();
    let own = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/content/forms/practice.toml")).unwrap();
    std::fs::write(forms.path().join("practice.toml"), own.replace("Submit a practice", "Tell of a practice")).unwrap();
    let changed = TestApp::with(&[("INLET_FORMS_DIR", &forms.path().display().to_string())]);
    for _ in 0..2 {
        let title = changed.client().get(FIRST).is(200).title();
        assert!(title.contains("Tell of a practice"), "{title}");
    }
}
