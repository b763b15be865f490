//! What everybody sees: lists, search, facets, records; and what nobody may see.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::answers::{self, hand_in};
use crate::support::client::encode;
use crate::support::{Client, TestApp};

fn total(client: &Client, query: &str) -> u64 {
    client.api("GET", &format!("/api/v1/practices{query}"), None).is(200).json()["total"].as_u64().unwrap()
}

fn cards(client: &mut Client, link: &str) -> Vec<String> {
    client.get(link).is(200).all("ol.cards > li h2")
}

/// FRG-13, S01 to S12.
#[test]
fn no_search_is_too_odd() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    app.published_practice(&mut moderator, &json!({ "title": "A multi-agency desk for l'accueil", "impact": "100% of 50% in the park." }));
    app.published_practice(&mut moderator, &json!({ "title": "O'Brien’s school bus" }));
    let long = "a".repeat(2000);
    let terms = "a ".repeat(10_000);
    for odd in [
        "park.", "multi-agency", "l'accueil", "\"unclosed", "C++", "a AND", "NOT", "AND OR NOT", "NEAR(a b, 5", "title:x", "title:secret", "*", "(", ")",
        "^x", "^a -b +c", "{title body}: x", "O'Brien", "%_%", "50%", "؟", "\u{0}", "   ", "\"", "'", "\\", "\"><svg onload=alert(1)>", "👩‍👩‍👧", &long, &terms[..2000],
    ] {
        let link = format!("/practices?q={}", encode(odd));
        let page = app.client().get(&link).is(200);
        assert!(!page.has("main svg") && !page.text().to_lowercase().contains("fts5") && !page.text().contains("syntax"), "{odd}");
        let shown: String = odd.replace('\0', " ").trim().chars().take(200).collect();
        let form = page.form_at("form.search");
        assert_eq!(form.value("q").trim(), shown.trim(), "what was searched for is shown back");
        let shown = u64::try_from(page.all("ol.cards > li").len()).unwrap();
        assert_eq!(total(&app.client(), &format!("?q={}", encode(odd))), shown, "{odd}");
    }
    let mut client = app.client();
    for (query, found) in [("multi-agency", "multi-agency"), ("l'accueil", "multi-agency"), ("accueil", "multi-agency"), ("park.", "multi-agency"), ("50%", "multi-agency"), ("O'Brien", "school bus"), ("MULTI", "multi-agency"), ("scho", "school bus")] {
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
    for (query, count) in [("geneve", 1), ("GENÈVE", 1), ("ecole", 1), ("移民", 1), ("数据收集", 1), ("能力建设", 1), ("难民", 1), ("IOM数据", 0)] {
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
    assert_eq!([count("?objective=1", "country", "CHE"), count("?objective=1", "country", "FRA"), count("?objective=1", "country", "KEN")], [1, 2, 1]);
    assert_eq!([count("?objective=1", "objective", "1"), count("?objective=1", "objective", "2")], [3, 2]);
    for query in ["", "?objective=1", "?country=KEN&country=FRA", "?objective=2&country=KEN", "?q=desk"] {
        let list = client.api("GET", &format!("/api/v1/practices{query}"), None).is(200).json();
        for (facet, values) in list["facets"].as_object().unwrap() {
            let chosen: BTreeSet<String> = query.trim_start_matches('?').split('&').filter_map(|pair| pair.strip_prefix(&format!("{facet}="))).map(str::to_owned).collect();
            for one in values.as_array().unwrap() {
                let value = one["value"].as_str().unwrap();
                // Alone in its facet, beside all other filters.
                let others: Vec<&str> = query.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty() && !pair.starts_with(&format!("{facet}="))).collect();
                let link = format!("?{}&{facet}={value}", others.join("&"));
                assert_eq!(total(&client, &link), one["count"].as_u64().unwrap(), "{query} then {facet}={value} (chosen: {chosen:?})");
            }
        }
    }
}

#[test]
fn the_page_says_the_same_numbers_as_the_api() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    for n in 1..=3 {
        app.published_practice(&mut moderator, &json!({ "title": format!("Practice {n}"), "objectives": [n.to_string(), "7"] }));
    }
    let page = app.client().get("/practices?objective=7").is(200);
    let list = app.client().api("GET", "/api/v1/practices?objective=7", None).json();
    let html = page.html();
    for one in list["facets"]["objective"].as_array().unwrap() {
        let value = one["value"].as_str().unwrap();
        let input = format!("input[name=objective][value='{value}']");
        let option = html.select(&crate::support::page::css(&format!(".option:has({input}) .count"))).next().expect("each value has its count");
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
    assert!(page.said().contains("Submitted by City of Lakeview; publication does not imply endorsement by the United Nations."));
    assert_eq!(page.one("h1"), "A help desk for newcomers");
    assert!(page.said().contains(&reference) && page.said().contains("6 November 2026"));
    assert!(!page.has("#reference"), "only a confirmation page has that id");
    let json = app.client().api("GET", &format!("/api/v1/practices/{reference}"), None).is(200).json();
    assert_eq!(json["answers"]["implementer"], "City of Lakeview");
    assert!(json["answers"].get("contact_name").is_none() && json["answers"].get("consent_data").is_none());
    let csv = app.client().get("/api/v1/export/practices.csv").is(200).text();
    assert!(csv.contains(&reference) && !csv.contains("contact_") && !csv.contains("Amina"));
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
    let done = answers::merged(&answers::report_json(&pledge), &json!({ "stage": "fulfilled", "progress": "All permits issued." }));
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

/// Every public address there is, found by following links from the front door, and the API besides.
fn crawl(app: &TestApp) -> Vec<(String, String)> {
    let mut client = app.client();
    let mut seen = BTreeSet::new();
    let mut ahead = vec!["/".to_owned(), "/practices?q=MARK".to_owned(), "/pledges?q=MARK".to_owned(), "/api/openapi.json".to_owned(), "/robots.txt".to_owned()];
    for collection in ["practices", "pledges", "pledge-reports"] {
        ahead.extend(["csv", "json"].map(|end| format!("/api/v1/export/{collection}.{end}")));
        ahead.extend([format!("/api/v1/{collection}?per_page=100"), format!("/api/v1/{collection}?q=MARK"), format!("/{collection}")]);
    }
    ahead.extend(["/api/v1/forms", "/api/v1/forms/pledge-report", "/api/v1/unct-support", "/healthz", "/readyz"].map(str::to_owned));
    let mut pages = Vec::new();
    while let Some(link) = ahead.pop() {
        if !seen.insert(link.clone()) || seen.len() > 3000 {
            continue;
        }
        let page = client.get(&link);
        if page.is_html() {
            let links = page.attributes("a", "href").into_iter().chain(page.attributes("link[rel=canonical]", "href"));
            let own = links.map(|href| href.replace(&app.app.base(), "")).filter(|href| href.starts_with('/'));
            // Facets of facets lead nowhere new.
            ahead.extend(own.map(|href| href.split('#').next().unwrap_or_default().to_owned()).filter(|href| href.matches('&').count() < 2));
        }
        pages.push((link, page.text()));
    }
    pages
}

#[test]
fn contacts_and_what_is_not_published_appear_nowhere() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let contacts = json!({
        "contact_name": "MARKname", "contact_role": "MARKrole", "contact_organization": "MARKorg", "contact_email": "markmail@example.org", "contact_phone": "+41 22 999 88 77",
    });
    let focal = json!({ "submitted_for_other": true, "focal_name": "MARKfocal", "focal_role": "MARKfrole", "focal_email": "markfocal@example.org" });
    let published = app.published_practice(&mut moderator, &answers::merged(&contacts, &focal));
    let party = json!({ "kind": "common", "parties": [{ "name": "State of Testing", "type": "member-state", "email": "markparty@example.org" }] });
    let pledge = app.published_pledge(&mut moderator, &answers::merged(&contacts, &party));
    let report = app.submit("pledge-report", &answers::merged(&answers::merged(&answers::report_json(&pledge), &contacts), &json!({ "could_be_practice": true })));
    app.decide(&mut moderator, &report, "publish", "");
    let hidden = json!({ "title": "MARKhidden", "summary": answers::long("MARKsummary", 320) });
    let waiting = app.practice(&hidden);
    let declined = app.practice(&hidden);
    let mut form = crate::support::app::decision_form(&mut moderator, &declined, "decline").unwrap();
    moderator.submit(form.set("reason", "duplicate")).is(303);
    let unpublished = app.published_practice(&mut moderator, &json!({ "title": "MARKtaken", "impact": "MARKimpact" }));
    app.decide(&mut moderator, &unpublished, "unpublish", "MARKreason");
    let approved = app.practice(&hidden);
    app.decide(&mut moderator, &approved, "approve", "");
    let request = app.request(&json!({ "body_name": "MARKbody", "context": "MARKcontext" }));
    app.decide(&mut moderator, &request, "approve", "");
    // A correction that is not decided yet.
    let corrected = app.published_practice(&mut moderator, &json!({ "contact_email": "markmail@example.org" }));
    app.decide(&mut moderator, &corrected, "request-changes", "MARKmessage");

    let pages = crawl(&app);
    assert!(pages.len() > 60, "the crawl went somewhere: {}", pages.len());
    for must in [&published, &pledge, &report, &corrected] {
        assert!(pages.iter().any(|(_, text)| text.contains(must.as_str())), "{must} is public");
    }
    for (link, text) in &pages {
        // The query itself is shown back.
        let text = text.replace("q=MARK", "").replace("“MARK”", "").replace("value=\"MARK\"", "");
        for secret in ["MARK", "markmail", "markfocal", "markparty", "999 88 77", "9998877"] {
            assert!(!text.contains(secret), "{secret} stands at {link}");
        }
        for secret in [&waiting, &declined, &unpublished, &approved, &request] {
            assert!(!text.contains(secret.as_str()), "{secret} stands at {link}");
        }
    }
    for query in ["MARKhidden", "MARKtaken", "MARKimpact", "MARKname", "markmail", "MARKorg", "MARKbody"] {
        assert_eq!(total(&app.client(), &format!("?q={query}")), 0, "{query}");
    }
    for reference in [&waiting, &declined, &unpublished, &approved] {
        let page = app.client().get(&format!("/practices/{reference}")).is(404);
        let made_up = app.client().get("/practices/PRA-0000-0000").is(404);
        assert_eq!(page.said(), made_up.said(), "an unpublished record is as unknown as one that never was");
        app.client().api("GET", &format!("/api/v1/practices/{reference}"), None).is(404);
    }
}

/// FRG-10 and L07.
#[test]
fn a_file_is_open_while_its_record_is_public_and_not_a_moment_longer() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let id = app.attach("plan.pdf", b"%PDF-1.4\nthe plan");
    let reference = app.practice(&json!({ "documents": [{ "upload": id }], "consent_images": true }));
    let staff_page = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    let staff_link = staff_page.attributes("ul.files a", "href").remove(0);
    moderator.get(&staff_link).is(200);
    let mut other = app.client();
    let others = hand_in(&mut other, "practice", &answers::practice()).reference();
    let public_link = format!("/attachments/{id}");
    let closed = |app: &TestApp, other: &Client| {
        for mut client in [app.client(), other.clone()] {
            for link in [&public_link, &staff_link, &format!("/submissions/{reference}/attachments/{id}"), &format!("/submissions/{others}/attachments/{id}")] {
                for method in ["GET", "HEAD"] {
                    let page = client.send(method, link, &[("Range", "bytes=0-3")], None);
                    assert!(matches!(page.status, 303 | 404), "{method} {link}: {page:?}");
                    assert!(page.status == 404 || page.location().unwrap().starts_with("/staff/login"));
                    assert!(page.header("cache-control").is_some_and(|value| value.contains("no-store") || value.contains("private")), "{page:?}");
                }
            }
        }
    };
    closed(&app, &other);
    app.decide(&mut moderator, &reference, "publish", "");
    let file = app.client().get(&public_link).is(200);
    assert_eq!(file.body, b"%PDF-1.4\nthe plan");
    assert!(!file.header("cache-control").unwrap().contains("public"), "what may be taken back is not kept on the way");
    app.decide(&mut moderator, &reference, "unpublish", "The plan was withdrawn.");
    closed(&app, &other);
    app.decide(&mut moderator, &reference, "reopen", "");
    let mut form = crate::support::app::decision_form(&mut moderator, &reference, "decline").unwrap();
    moderator.submit(form.set("reason", "outside-scope")).is(303);
    closed(&app, &other);
    // A document that is not public stays closed when its record is published.
    let secret = app.attach("decree.pdf", b"%PDF-1.4\nthe decree");
    let pledge = app.published_pledge(&mut moderator, &json!({ "document": [{ "upload": secret }] }));
    app.client().get(&format!("/pledges/{pledge}")).is(200);
    app.client().get(&format!("/attachments/{secret}")).is(404);
}

#[test]
fn pages_stand_on_their_own_feet() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    app.published_practice(&mut moderator, &json!({}));
    let pledge = app.published_pledge(&mut moderator, &json!({}));
    let paths = ["/", "/practices", "/pledges", "/help", "/privacy", "/accessibility", "/need-help", "/forms/practice", "/forms/pledge/scope", "/forms/practice/questions", "/forms/practice/begin", "/nothing", "/staff/login"];
    let mut pages: Vec<_> = paths.iter().map(|path| app.client().get(path)).collect();
    pages.push(app.client().get(&format!("/pledges/{pledge}")));
    for path in ["/staff", "/staff/mail", "/staff/audit", "/staff/alerts"] {
        pages.push(moderator.get(path).is(200));
    }
    pages.push(moderator.get(&format!("/staff/submissions/{pledge}")).is(200));
    for page in pages {
        assert_eq!(page.all("h1").len(), 1, "one h1: {page:?}");
        assert_eq!(page.attributes("html", "lang"), ["en"]);
        let ids = page.attributes("[id]", "id");
        let unique: BTreeSet<&String> = ids.iter().collect();
        let twice: Vec<&String> = unique.iter().copied().filter(|id| ids.iter().filter(|other| other == id).count() > 1).collect();
        assert!(twice.is_empty(), "ids stand once: {twice:?} on {}", page.path);
        for tie in ["for", "aria-describedby", "aria-labelledby"] {
            for value in page.attributes(&format!("[{tie}]"), tie) {
                assert!(value.split(' ').all(|id| ids.iter().any(|known| known == id)), "{tie}={value} on {}", page.path);
            }
        }
        assert!(page.header("content-security-policy").unwrap().contains("default-src 'none'"));
        assert!(!page.has("[style]") && !page.has("style") && !page.has("[onclick]") && !page.has("[placeholder]"), "{page:?}");
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
