//! On a slow line: what a form costs before its first question can be answered.

use std::collections::BTreeSet;

use inlet::forms::form::Lifecycle;
use inlet::locale::Language;

use crate::support::{Client, TestApp};

/// Bytes as they travel to a browser.
fn weight(client: &Client, path: &str) -> usize {
    client.raw("GET", path, &[("Accept-Encoding", "gzip, br")], None).body.len()
}

#[test]
fn the_first_page_of_a_form_weighs_at_most_60_kilobytes_with_all_it_loads() {
    let app = TestApp::start();
    let forms: Vec<String> = app
        .app
        .catalog
        .all(Language::En)
        .filter(|form| form.lifecycle() != Lifecycle::Record)
        .map(|form| form.id().to_string())
        .collect();
    assert!(forms.len() >= 9, "{forms:?}");
    for form in forms {
        let (client, path) = (app.client(), format!("/forms/{form}/begin"));
        let page = app.client().get(&path).is(200);
        let mut loaded: BTreeSet<String> =
            page.attributes("link[rel=stylesheet], link[rel=icon]", "href").into_iter().collect();
        loaded.extend(page.attributes("script, img", "src"));
        assert!(loaded.len() >= 3, "{loaded:?}");
        let total: usize = weight(&client, &path) + loaded.iter().map(|part| weight(&client, part)).sum::<usize>();
        assert!(total > 5_000 && total <= 60_000, "{form}: {total}");
    }
}
