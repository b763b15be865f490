//! Whatever is sent, the answer says what to do, nothing typed is lost, nothing is stored. The client of these stories
//! looks at every answer besides: no 5xx, no page and no problem document that is not ours.

use serde_json::json;

use crate::support::answers::{self, begin, but, fill, send, up_to};
use crate::support::app::changed;
use crate::support::client::encode;
use crate::support::{Page, TestApp};

/// FRG-01 and U02.
#[test]
fn a_nul_is_refused_alike_everywhere() {
    let app = TestApp::start();
    let mut city = app.client();
    let page = up_to(&mut city, "practice", "contact_name", &answers::practice());
    let mut form = page.form();
    form.answer(&answers::practice()).set("contact_name", "Amina\0Test");
    let refused = city.press(&form, ("do", "continue")).is(422);
    assert_eq!(refused.errors()[0].0, "#contact_name");
    let problem = app.try_practice(&json!({ "contact_name": "Amina\u{0}Test" })).is(422).json();
    assert_eq!(problem["errors"][0]["field"], "contact_name");
    for path in [
        "/practices?q=%00",
        "/practices?objective=%00",
        "/staff/login?next=%00",
        "/practices/%00",
        "/forms/%00",
        "/attachments/%00",
        "/submissions/PRA-%00",
    ] {
        let page = app.client().get(path);
        assert!(matches!(page.status, 200 | 400 | 404), "{page:?}");
    }
    assert_eq!(app.count("submissions"), 0);
}

/// Texts that mean something to somebody else.
const ODD: [&str; 8] = [
    "<script>alert(1)</script>",
    "\" autofocus onfocus=alert(1) x=\"",
    "{{ 7*7 }} ${7*7} {% include \"/etc/passwd\" %} <%= 7*7 %> #{7*7}",
    "Robert'); DROP TABLE submissions;--",
    "[Click to confirm](https://evil.example) https://evil.example",
    "--> ]]> </textarea></title><img src=x onerror=alert(1)>",
    "=HYPERLINK(\"http://evil.example\",\"x\")",
    "Zürich – Ελλάδα – 北京 – مرحبا – 👩‍👩‍👧",
];

/// F01, F02, F06, F07, F08, F09, U01: stored as typed, shown as text, everywhere.
#[test]
fn markup_templates_and_sql_are_text_like_any_other() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    for odd in ODD {
        let typed = but(answers::practice(), &[("title", odd), ("impact", odd), ("place", odd), ("contact_name", odd)]);
        let mut city = app.client();
        let first = begin(&mut city, "practice");
        // Also as it is shown again after an error.
        let mut form = first.form();
        form.set("title", odd);
        let again = city.press(&form, ("do", "continue")).is(422);
        assert_eq!(again.form().value("title"), odd);
        let check = fill(&mut city, first, &typed);
        let reference = send(&mut city, &check).reference();
        let mails = app.mails();
        let receipt = mails.iter().find(|mail| mail.envelope == "amina@lakeview.example").expect("a receipt");
        assert!(
            !receipt.html.contains("<script>alert")
                && !receipt.html.contains("href=\"https://evil")
                && !receipt.html.contains("<img src=x"),
            "{}",
            receipt.html
        );
        app.decide(&mut moderator, &reference, "publish", "");
        app.mails();
        let pages = [
            again,
            check,
            city.get(&format!("/submissions/{reference}")),
            moderator.get(&format!("/staff/submissions/{reference}")),
            moderator.get("/staff?tab=all"),
            app.client().get(&format!("/practices/{reference}")),
            app.client().get("/practices"),
        ];
        for page in pages {
            for made in ["script:not([src])", "img", "[onfocus]", "[onerror]"] {
                assert!(!page.has(made), "{odd} made {made}: {page:?}");
            }
            assert!(!page.text().contains("49 49"), "evaluated: {page:?}");
        }
        let item = app.client().get(&format!("/practices/{reference}")).is(200);
        let shown = odd.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(item.said().contains(&shown), "{shown}: {}", item.said());
        assert_eq!(
            app.client().api("GET", &format!("/api/v1/practices/{reference}"), None).is(200).json()["title"],
            odd
        );
    }
    let found = app.client().api(
        "GET",
        &format!("/api/v1/practices?q={}", encode("Robert'); DROP TABLE submissions;--")),
        None,
    );
    assert_eq!(found.is(200).json()["total"], 1);
    app.is_whole();
}

/// F03, F04, F05.
#[test]
fn links_lead_to_the_web_and_say_where() {
    let app = TestApp::start();
    let page = up_to(&mut app.client(), "practice", "public_contact_url", &answers::practice());
    assert!(page.form().offers("resources-0-link"));
    for wrong in [
        "javascript:alert(document.cookie)",
        " java\tscript:alert(1)",
        "https://migrationnetwork.un.org@evil.example/",
        "data:text/html,x",
        "http://",
        "ftp://example.org/x",
        "example",
    ] {
        let refused = app.try_practice(&json!({ "public_contact_url": wrong }));
        assert_eq!(refused.status, 422, "{wrong}: {refused:?}");
        assert_eq!(refused.json()["errors"][0]["field"], "public_contact_url", "{wrong}");
    }
    let mut moderator = app.moderator();
    let reference =
        app.published_practice(&mut moderator, &json!({ "public_contact_url": "https://lakeview.example/desk" }));
    let item = app.client().get(&format!("/practices/{reference}")).is(200);
    let rels = item.attributes("a[href='https://lakeview.example/desk']", "rel");
    assert!(rels.len() == 1 && rels[0].contains("noopener") && rels[0].contains("nofollow"), "{rels:?}");
    assert_eq!(app.count("submissions"), 1);
}

/// F13, F17, F18, F19, F25, F26, D rows.
#[test]
fn odd_values_are_named_and_nothing_is_kept() {
    let app = TestApp::start();
    let before = app.stored();
    for (field, wrong) in [
        ("title", json!("   \u{a0}\u{2003} \t ")),
        ("title", json!("x".repeat(151))),
        ("title", json!(7)),
        ("title", json!(["a"])),
        ("title", json!({ "a": 1 })),
        ("scope", json!(["__not_an_option__"])),
        ("scope", json!("local")),
        ("implementer_type", json!("__not_an_option__")),
        ("countries", json!(["XXX"])),
        ("countries", json!(["che", "Switzerland"])),
        ("objectives", json!(["24"])),
        ("objectives", json!(vec!["1x"; 10_000])),
        ("ongoing", json!("yes")),
        ("ongoing", json!("perhaps")),
        ("contact_email", json!("amina@")),
        ("contact_email", json!("a@b.example, c@d.example")),
        ("contact_email", json!("a@b.example\r\nBcc: v@example.net")),
        ("start_month", json!("2021-13")),
        ("start_month", json!("0000-00")),
        ("start_month", json!("2021-02-31")),
        ("partners", json!([{ "name": "x", "other": 1 }])),
        ("partners", json!((0..31).map(|n| json!({ "name": n.to_string() })).collect::<Vec<_>>())),
        ("documents", json!([{ "upload": "not-an-upload" }])),
        ("consent_data", json!(false)),
        ("no_such_field", json!("x")),
        ("status", json!("published")),
    ] {
        let problem = app.try_practice(&json!({ field: wrong }));
        assert_eq!(problem.status, 422, "{field} {wrong}: {problem:?}");
        let problem = problem.json();
        let named: Vec<&str> =
            problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
        assert!(named.iter().any(|name| name.starts_with(field)), "{field} {wrong}: {named:?}");
        for error in problem["errors"].as_array().unwrap() {
            assert!(!error["message"].as_str().unwrap().is_empty() && !error["code"].as_str().unwrap().is_empty());
        }
    }
    for participants in ["99999999999999999999999999", "1e309", "NaN", "-5", "0x10", "1_000", "３５"] {
        let mut team = app.client();
        let page = up_to(&mut team, "unct-support", "participants", &answers::request());
        let mut form = page.form();
        form.answer(&answers::request()).set("participants", participants);
        let refused = team.press(&form, ("do", "continue"));
        // Full-width digits may be read; everything else is refused and kept as typed.
        assert!(refused.status == 422 || participants == "３５", "{participants}: {refused:?}");
        if refused.status == 422 {
            assert_eq!(refused.form().value("participants"), participants);
        }
    }
    let kept = changed(&before, &app.stored());
    assert!(kept.iter().all(|table| table == "drafts"), "{kept:?}");
}

#[test]
fn a_day_that_does_not_exist_is_no_answer() {
    let app = TestApp::start();
    for (day, right) in [
        ("2023-02-29", false),
        ("2024-02-29", true),
        ("0000-00-00", false),
        ("31/12/2028", false),
        ("2028-12-31T23:30:00-11:00", false),
        ("2028-12-31", true),
        ("٢٠٢٨-٠١-٠١", true),
        ("10000-01-01", false),
    ] {
        let body = json!({ "answers": answers::merged(&answers::pledge_json(), &json!({ "start_date": day })) });
        let sent = app.client().api("POST", "/api/v1/forms/pledge/submissions", Some(&body));
        assert_eq!(sent.status == 201, right, "{day}: {sent:?}");
    }
    for (local, zone) in [
        ("2027-03-28T02:30", "Europe/Zurich"),
        ("2027-02-30T09:30", "Africa/Nairobi"),
        ("2027-02-01T25:00", "Africa/Nairobi"),
        ("2027-02-01T09:30", "Mars/Base"),
        ("2027-02-01T09:30", ""),
    ] {
        let body = json!({ "answers": answers::merged(&answers::request_json(), &json!({ "preferred_start": { "local": local, "zone": zone } })) });
        let problem = app.client().api("POST", "/api/v1/forms/unct-support/submissions", Some(&body)).is(422).json();
        assert!(problem["errors"][0]["field"].as_str().unwrap().starts_with("preferred_start"), "{problem}");
    }
}

/// F16, F18, F20, F21: a form sent by hand.
#[test]
fn forms_sent_by_hand_store_nothing_but_what_is_asked() {
    let app = TestApp::start();
    let before = app.stored();
    let mut hand = app.client();
    for body in [
        "",
        "&&&=&=x&%00=1",
        "title&implementer",
        "title=&status=published&id=1&role=admin",
        "token=x&do=continue&step=basics",
    ] {
        let sent = hand.post("/forms/practice/begin", "application/x-www-form-urlencoded", body.as_bytes());
        assert_eq!(sent.status, 422, "{body}: {sent:?}");
    }
    hand.post_form("/forms/practice/begin", &[("step", "no-such-step"), ("do", "explode:everything"), ("title", "x")])
        .is(422);
    for button in ["add:nothing", "add:title", "remove:title:0", "drop:x:y", "find:title", "add", "remove:::", "back"] {
        let sent = hand.post_form("/forms/practice/begin", &[("step", "basics"), ("do", button)]);
        assert!(matches!(sent.status, 303 | 400 | 422), "{button}: {sent:?}");
    }
    let twice = hand
        .post_form(
            "/forms/practice/begin",
            &[("step", "basics"), ("title", "One"), ("title", "Two"), ("do", "continue")],
        )
        .is(422);
    assert!(
        twice.errors().iter().any(|(anchor, _)| anchor == "#title"),
        "a single value sent twice is refused: {:?}",
        twice.errors()
    );
    let many: Vec<(&str, &str)> = vec![("objectives", "1"); 10_000];
    hand.post_form("/forms/practice/begin", &many).is(413);
    let kept = changed(&before, &app.stored());
    assert!(kept.is_empty() || kept == ["drafts"], "{kept:?}");
}

/// E rows: what is sent cannot write other mails or other headers.
#[test]
fn nobody_writes_mail_through_the_form() {
    let app = TestApp::start();
    for wrong in [
        "v@example.net\r\nBcc: all@example.net",
        "v@example.net,w@example.net",
        "root@[127.0.0.1]",
        "\"a b\"@example.org extra",
        "@example.org",
        "a@b@c.example",
    ] {
        let refused = app.try_practice(&json!({ "contact_email": wrong }));
        assert_eq!(refused.status, 422, "{wrong}: {refused:?}");
    }
    let title = "You have won!\r\nBcc: all@example.net https://evil.example";
    let sent = app.try_practice(&json!({ "title": title, "contact_name": "Amina\r\nBcc: all@example.net" }));
    if sent.status == 201 {
        let mails = app.mails();
        assert_eq!(mails.len(), 1);
        let head = String::from_utf8_lossy(&mails[0].raw).split("\r\n\r\n").next().unwrap().to_owned();
        assert!(!head.lines().any(|line| line.to_lowercase().starts_with("bcc")), "{head}");
        assert!(
            !mails[0].all().contains("https://evil.example"),
            "no link of the sender's before the address is confirmed: {}",
            mails[0].text
        );
    }
}

/// E and F rows: the limits per network give back what was typed.
#[test]
fn a_flood_is_held_back_and_its_text_is_kept() {
    let app = TestApp::with(&[("INLET_RATE_LIMIT", "on")]);
    let mut city = app.client();
    let mut form = begin(&mut city, "practice").form();
    form.set("place", &answers::long("By the lake,", 150));
    let flood: Vec<Page> = (0..260).map(|_| city.press(&form, ("do", "continue"))).collect();
    assert!(flood.iter().take(100).all(|page| page.status == 422), "a form is not a flood");
    let held = flood.last().cloned().unwrap().is(429);
    assert!(held.text().contains("By the lake,"), "{held:?}");
    city.get("/practices").is(200);
    app.client().api("POST", "/api/v1/forms/practice/submissions", Some(&json!({ "answers": {} }))).is(429);
}
