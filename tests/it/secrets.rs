//! What nobody outside may see: contacts, what is not published, files that are not (or no longer) public.

use std::collections::BTreeSet;

use serde_json::json;

use crate::support::answers::{self, hand_in};
use crate::support::{Client, TestApp};

/// Every public address there is, found by following links from the front door, and the API besides.
fn crawl(app: &TestApp) -> Vec<(String, String)> {
    let mut client = app.client();
    let mut seen = BTreeSet::new();
    let mut ahead = vec![
        "/".to_owned(),
        "/practices?q=MARK".to_owned(),
        "/pledges?q=MARK".to_owned(),
        "/api/openapi.json".to_owned(),
        "/robots.txt".to_owned(),
    ];
    for collection in ["practices", "pledges", "pledge-reports"] {
        ahead.extend(["csv", "json"].map(|end| format!("/api/v1/export/{collection}.{end}")));
        ahead.extend([
            format!("/api/v1/{collection}?per_page=100"),
            format!("/api/v1/{collection}?q=MARK"),
            format!("/{collection}"),
        ]);
    }
    ahead.extend(
        ["/api/v1/forms", "/api/v1/forms/pledge-report", "/api/v1/unct-support", "/healthz", "/readyz"]
            .map(str::to_owned),
    );
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
            ahead.extend(
                own.map(|href| href.split('#').next().unwrap_or_default().to_owned())
                    .filter(|href| href.matches('&').count() < 2),
            );
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
    let report = app.submit(
        "pledge-report",
        &answers::merged(
            &answers::merged(&answers::report_json(&pledge), &contacts),
            &json!({ "could_be_practice": true }),
        ),
    );
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
        assert_eq!(crate::public::total(&app.client(), &format!("?q={query}")), 0, "{query}");
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
            for link in [
                &public_link,
                &staff_link,
                &format!("/submissions/{reference}/attachments/{id}"),
                &format!("/submissions/{others}/attachments/{id}"),
            ] {
                for method in ["GET", "HEAD"] {
                    let page = client.send(method, link, &[("Range", "bytes=0-3")], None);
                    assert!(matches!(page.status, 303 | 404), "{method} {link}: {page:?}");
                    assert!(page.status == 404 || page.location().unwrap().starts_with("/staff/login"));
                    assert!(
                        page.header("cache-control")
                            .is_some_and(|value| value.contains("no-store") || value.contains("private")),
                        "{page:?}"
                    );
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
