//! What everybody sees: lists, search, facets, records; and what nobody may see.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::answers;
use crate::support::client::encode;
use crate::support::{Client, TestApp};

pub fn total(client: &Client, query: &str) -> u64 {
    client.api("GET", &format!("/api/v1/practices{query}"), None).is(200).json()["total"].as_u64().unwrap()
}

fn cards(client: &mut Client, link: &str) -> Vec<String> {
    client.get(link).is(200).all("ol.cards > li h2")
}

/// What people type, and what means something to a search engine.
const ODD: [&str; 28] = [
    "park.",
    "multi-agency",
    "l'accueil",
    "\"unclosed",
    "C++",
    "a AND",
    "NOT",
    "AND OR NOT",
    "NEAR(a b, 5",
    "title:x",
    "title:secret",
    "*",
    "(",
    ")",
    "^x",
    "^a -b +c",
    "{title body}: x",
    "O'Brien",
    "%_%",
    "50%",
    "؟",
    "\u{0}",
    "   ",
    "\"",
    "'",
    "\\",
    "\"><svg onload=alert(1)>",
    "👩‍👩‍👧",
];

/// FRG-13, S01 to S12.
#[test]
fn no_search_is_too_odd() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    app.published_practice(
        &mut moderator,
        &json!({ "title": "A multi-agency desk for l'accueil", "impact": "100% of 50% in the park." }),
    );
    app.published_practice(&mut moderator, &json!({ "title": "O'Brien’s school bus" }));
    let long = ["a".repeat(2000), "a ".repeat(1000)];
    for odd in ODD.into_iter().chain(long.iter().map(String::as_str)) {
        let link = format!("/practices?q={}", encode(odd));
        let page = app.client().get(&link).is(200);
        assert!(
            !page.has("main svg") && !page.text().to_lowercase().contains("fts5") && !page.text().contains("syntax"),
            "{odd}"
        );
        let shown: String = odd.replace('\0', " ").trim().chars().take(200).collect();
        let form = page.form_at("form.search");
        assert_eq!(form.value("q").trim(), shown.trim(), "what was searched for is shown back");
        let shown = u64::try_from(page.all("ol.cards > li").len()).unwrap();
        assert_eq!(total(&app.client(), &format!("?q={}", encode(odd))), shown, "{odd}");
    }
    let mut client = app.client();
    for (query, found) in [
        ("multi-agency", "multi-agency"),
        ("l'accueil", "multi-agency"),
        ("accueil", "multi-agency"),
        ("park.", "multi-agency"),
        ("50%", "multi-agency"),
        ("O'Brien", "school bus"),
        ("MULTI", "multi-agency"),
        ("o'bri", "school bus"),
    ] {
        let titles = cards(&mut client, &format!("/practices?q={}", encode(query)));
        assert!(titles.len() == 1 && titles[0].contains(found), "{query}: {titles:?}");
    }
}

#[test]
fn accents_case_and_other_scripts_find_what_they_should() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    app.published_practice(&mut moderator, &json!({ "title": "Réseau d’écoles à Genève" }));
    app.published_practice(&mut moderator, &json!({ "title": "加强移民数据收集能力建设" }));
    app.published_practice(&mut moderator, &json!({ "title": "难民登记试点" }));
    let client = app.client();
    for (query, count) in [
        ("geneve", 1),
        ("GENÈVE", 1),
        ("ecole", 1),
        ("移民", 1),
        ("数据收集", 1),
        ("能力建设", 1),
        ("难民", 1),
        ("IOM数据", 0),
    ] {
        assert_eq!(total(&client, &format!("?q={}", encode(query))), count, "{query}");
    }
}

/// FRG-15: each count is what one gets by following it.
#[test]
fn the_number_beside_a_value_is_what_is_behind_it() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    for (objectives, countries) in [
        (json!(["1"]), json!(["CHE"])),
        (json!(["1"]), json!(["FRA", "KEN"])),
        (json!(["2"]), json!(["KEN"])),
        (json!(["3"]), json!(["CHE", "KEN"])),
        (json!(["1", "2"]), json!(["FRA"])),
    ] {
        app.published_practice(&mut moderator, &json!({ "objectives": objectives, "countries": countries }));
    }
    let client = app.client();
    let count = |query: &str, facet: &str, value: &str| {
        let list = client.api("GET", &format!("/api/v1/practices{query}"), None).is(200).json();
        let values = list["facets"][facet].as_array().unwrap().clone();
        values.iter().find(|one| one["value"] == value).map_or(0, |one| one["count"].as_u64().unwrap())
    };
    assert_eq!(total(&client, ""), 5);
    assert_eq!([count("", "objective", "1"), count("", "objective", "2"), count("", "objective", "3")], [3, 2, 1]);
    // Under other filters the counts of the others shrink, its own stay.
    assert_eq!(
        [
            count("?objective=1", "country", "CHE"),
            count("?objective=1", "country", "FRA"),
            count("?objective=1", "country", "KEN")
        ],
        [1, 2, 1]
    );
    assert_eq!([count("?objective=1", "objective", "1"), count("?objective=1", "objective", "2")], [3, 2]);
    for query in ["", "?objective=1", "?country=KEN&country=FRA", "?objective=2&country=KEN", "?q=desk"] {
        let list = client.api("GET", &format!("/api/v1/practices{query}"), None).is(200).json();
        for (facet, values) in list["facets"].as_object().unwrap() {
            let chosen: BTreeSet<String> = query
                .trim_start_matches('?')
                .split('&')
                .filter_map(|pair| pair.strip_prefix(&format!("{facet}=")))
                .map(str::to_owned)
                .collect();
            for one in values.as_array().unwrap() {
                let value = one["value"].as_str().unwrap();
                // Alone in its facet, beside all other filters.
                let others: Vec<&str> = query
                    .trim_start_matches('?')
                    .split('&')
                    .filter(|pair| !pair.is_empty() && !pair.starts_with(&format!("{facet}=")))
                    .collect();
                let link = format!("?{}&{facet}={value}", others.join("&"));
                assert_eq!(
                    total(&client, &link),
                    one["count"].as_u64().unwrap(),
                    "{query} then {facet}={value} (chosen: {chosen:?})"
                );
            }
        }
    }
}

#[test]
fn the_page_says_the_same_numbers_as_the_api() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    for n in 1..=3 {
        app.published_practice(
            &mut moderator,
            &json!({ "title": format!("Practice {n}"), "objectives": [n.to_string(), "7"] }),
        );
    }
    let page = app.client().get("/practices?objective=7").is(200);
    let list = app.client().api("GET", "/api/v1/practices?objective=7", None).json();
    let html = page.html();
    for one in list["facets"]["objective"].as_array().unwrap() {
        let value = one["value"].as_str().unwrap();
        let input = format!("input[name=objective][value='{value}']");
        let option = html
            .select(&crate::support::page::css(&format!(".option:has({input}) .count")))
            .next()
            .expect("each value has its count");
        assert_eq!(option.text().collect::<String>(), one["count"].to_string());
    }
    assert!(page.has("input[name=objective][value='7'][checked]"));
    assert!(page.said().contains("3 practices"));
    let chip = page.attributes(".active-filters a:not(.clear)", "href");
    assert_eq!(chip, ["/practices"], "a chip takes its filter off");
    let mut client = app.client();
    let mut form = page.form_at("form.facets");
    form.push("objective", "2");
    assert_eq!(client.submit(&form).is(200).all("ol.cards > li").len(), 3, "any of the chosen values of a facet");
}

#[test]
fn long_lists_come_in_pages_that_miss_nothing() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    for n in 0..23 {
        app.published_practice(&mut moderator, &json!({ "title": format!("Practice {n:02}") }));
        app.clock.advance(chrono::Duration::seconds(1));
    }
    let mut client = app.client();
    let first = client.get("/practices").is(200);
    assert!(first.said().contains("23 practices"));
    let next = first.attributes("nav.pager a[rel=next]", "href").remove(0);
    let second = client.get(&next).is(200);
    let titles: Vec<String> = [first.all("ol.cards h2"), second.all("ol.cards h2")].concat();
    assert_eq!(titles.len(), 23);
    assert_eq!(titles[0], "Practice 22", "the newest first");
    assert_eq!(titles.iter().collect::<BTreeSet<_>>().len(), 23);
    assert_eq!(cards(&mut client, "/practices?sort=title")[0], "Practice 00");
    assert_eq!(cards(&mut client, "/practices?sort=oldest")[0], "Practice 00");
    assert!(second.title().contains("page 2 of 2"));
    let all = client.api("GET", "/api/v1/practices?per_page=100", None).is(200).json();
    assert_eq!(all["items"].as_array().unwrap().len(), 23);
    assert!(client.get("/practices?page=99").is(200).has("ol.cards > li"), "a page too far is the last one");
}

#[test]
fn a_record_says_whose_word_it_is() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.published_practice(&mut moderator, &json!({}));
    let page = app.client().get(&format!("/practices/{reference}")).is(200);
    assert!(
        page.said()
            .contains("Submitted by City of Lakeview; publication does not imply endorsement by the United Nations.")
    );
    assert_eq!(page.one("h1"), "A help desk for newcomers");
    assert!(page.said().contains(&reference) && page.said().contains("6 November 2026"));
    assert!(!page.has("#reference"), "only a confirmation page has that id");
    let json = app.client().api("GET", &format!("/api/v1/practices/{reference}"), None).is(200).json();
    assert_eq!(json["answers"]["implementer"], "City of Lakeview");
    assert!(json["answers"].get("contact_name").is_none() && json["answers"].get("consent_data").is_none());
    let csv = app.client().get("/api/v1/export/practices.csv").is(200).text();
    assert!(csv.contains(&reference) && !csv.contains("contact_name") && !csv.contains("Amina"), "{csv}");
    app.client().get("/api/v1/export/practices.json").is(200).json();
}

#[test]
fn a_pledge_shows_its_reports_and_counts_under_its_newest_stage() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let pledge = app.published_pledge(&mut moderator, &json!({}));
    let progress = |value: &str| {
        let list = app.client().api("GET", "/api/v1/pledges", None).is(200).json();
        let values = list["facets"]["progress"].as_array().unwrap().clone();
        values.iter().find(|one| one["value"] == value).map_or(0, |one| one["count"].as_u64().unwrap())
    };
    assert_eq!((progress("not-reported"), progress("in-progress")), (1, 0));
    let first = app.submit("pledge-report", &answers::report_json(&pledge));
    assert_eq!(progress("not-reported"), 1, "a report that is not published counts for nothing");
    app.decide(&mut moderator, &first, "publish", "");
    assert_eq!((progress("not-reported"), progress("in-progress")), (0, 1));
    app.clock.advance(chrono::Duration::days(1));
    let mut moderator = app.sign_in("mona@unmigration.example");
    let done = answers::merged(
        &answers::report_json(&pledge),
        &json!({ "stage": "fulfilled", "progress": "All permits issued." }),
    );
    let second = app.submit("pledge-report", &done);
    app.decide(&mut moderator, &second, "publish", "");
    assert_eq!((progress("fulfilled"), progress("in-progress")), (1, 0));
    let page = app.client().get(&format!("/pledges/{pledge}")).is(200);
    assert!(page.said().contains("120 permits were issued") && page.said().contains("All permits issued"));
    let to_page = app.client().get(&format!("/pledge-reports/{second}")).is(303).location().unwrap();
    assert_eq!(to_page, format!("/pledges/{pledge}#{second}"));
    app.decide(&mut moderator, &second, "unpublish", "Reported too early.");
    assert_eq!((progress("fulfilled"), progress("in-progress")), (0, 1));
    app.client().get(&format!("/pledge-reports/{second}")).is(404);
    app.is_whole();
}

#[test]
fn pages_stand_on_their_own_feet() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    app.published_practice(&mut moderator, &json!({}));
    let pledge = app.published_pledge(&mut moderator, &json!({}));
    let paths = [
        "/",
        "/practices",
        "/pledges",
        "/help",
        "/privacy",
        "/accessibility",
        "/need-help",
        "/forms/practice",
        "/forms/pledge/scope",
        "/forms/practice/questions",
        "/forms/practice/begin",
        "/nothing",
        "/staff/login",
    ];
    let mut pages: Vec<_> = paths.iter().map(|path| app.client().get(path)).collect();
    pages.push(app.client().get(&format!("/pledges/{pledge}")));
    for path in ["/staff", "/staff/mail", "/staff/audit", "/staff/alerts", "/staff/me"] {
        pages.push(moderator.get(path).is(200));
    }
    pages.push(moderator.get(&format!("/staff/submissions/{pledge}")).is(200));
    for page in pages {
        assert_eq!(page.all("h1").len(), 1, "one h1: {page:?}");
        assert_eq!(page.attributes("html", "lang"), ["en"]);
        let ids = page.attributes("[id]", "id");
        let unique: BTreeSet<&String> = ids.iter().collect();
        let twice: Vec<&String> =
            unique.iter().copied().filter(|id| ids.iter().filter(|other| other == id).count() > 1).collect();
        assert!(twice.is_empty(), "ids stand once: {twice:?} on {}", page.path);
        for tie in ["for", "aria-describedby", "aria-labelledby"] {
            for value in page.attributes(&format!("[{tie}]"), tie) {
                assert!(
                    value.split(' ').all(|id| ids.iter().any(|known| known == id)),
                    "{tie}={value} on {}",
                    page.path
                );
            }
        }
        assert!(page.header("content-security-policy").unwrap().contains("default-src 'none'"));
        assert!(
            !page.has("[style]") && !page.has("style") && !page.has("[onclick]") && !page.has("[placeholder]"),
            "{page:?}"
        );
    }
}

#[test]
fn an_empty_place_says_so() {
    let app = TestApp::start();
    for path in ["/practices", "/pledges"] {
        assert!(app.client().get(path).is(200).said().contains("Nothing has been published here yet"));
    }
    let list: Value = app.client().api("GET", "/api/v1/practices", None).is(200).json();
    assert_eq!((list["total"].clone(), list["items"].clone()), (json!(0), json!([])));
    let mut moderator = app.moderator();
    app.published_practice(&mut moderator, &json!({}));
    let nothing = app.client().get("/practices?q=zebra").is(200);
    assert!(nothing.said().contains("Nothing was found") && nothing.has("main a[href='/practices']"));
}
