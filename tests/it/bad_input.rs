//! Whatever is sent, the answer says what to do, nothing typed is lost, nothing is stored. The client of these stories
//! looks at every answer besides: no 5xx, no page and no problem document that is not ours.

use serde_json::{Value, json};

use crate::support::answers::{self, begin, but, fill, go_on, hand_in, send};
use crate::support::app::changed;
use crate::support::client::{encode, multipart};
use crate::support::{Client, Page, TestApp, http};

/// Fills in up to the step that asks for a field.
fn up_to(client: &mut Client, form: &str, field: &str, answers: &answers::Answers) -> Page {
    let mut page = begin(client, form);
    while !page.form().offers(field) {
        let mut form = page.form();
        form.answer(answers);
        page = go_on(client, &form);
    }
    page
}

fn api(app: &TestApp, more: &Value) -> Page {
    let body = json!({ "answers": answers::merged(&answers::practice_json(), more), "locale": "en" });
    app.client().api("POST", "/api/v1/forms/practice/submissions", Some(&body))
}

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
    let problem = api(&app, &json!({ "contact_name": "Amina\u{0}Test" })).is(422).json();
    assert_eq!(problem["errors"][0]["field"], "contact_name");
    for path in ["/practices?q=%00", "/practices?objective=%00", "/staff/login?next=%00", "/practices/%00", "/forms/%00", "/attachments/%00", "/submissions/PRA-%00"] {
        let page = app.client().get(path);
        assert!(matches!(page.status, 200 | 400 | 404), "{page:?}");
    }
    assert_eq!(app.count("submissions"), 0);
}

/// F01, F02, F06, F07, F08, F09, U01: stored as typed, shown as text, everywhere.
#[test]
fn markup_templates_and_sql_are_text_like_any_other() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    for odd in [
        "<script>alert(1)</script>",
        "\" autofocus onfocus=alert(1) x=\"",
        "{{ 7*7 }} ${7*7} {% include \"/etc/passwd\" %} <%= 7*7 %> #{7*7}",
        "Robert'); DROP TABLE submissions;--",
        "[Click to confirm](https://evil.example) https://evil.example",
        "--> ]]> </textarea></title><img src=x onerror=alert(1)>",
        "=HYPERLINK(\"http://evil.example\",\"x\")",
        "Zürich – Ελλάδα – 北京 – مرحبا – 👩‍👩‍👧",
    ] {
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
        let [receipt] = mails.as_slice() else { panic!("{mails:?}") };
        assert!(!receipt.html.contains("<script>alert") && !receipt.html.contains("href=\"https://evil") && !receipt.html.contains("<img src=x"), "{}", receipt.html);
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
            assert!(!page.has("script:not([src])") && !page.has("img") && !page.has("[autofocus]") && !page.has("[onfocus]"), "{page:?}");
            assert!(!page.text().contains("49 49"), "evaluated: {page:?}");
        }
        let item = app.client().get(&format!("/practices/{reference}")).is(200);
        let shown = odd.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(item.said().contains(&shown), "{shown}: {}", item.said());
        assert_eq!(app.client().api("GET", &format!("/api/v1/practices/{reference}"), None).is(200).json()["title"], odd);
    }
    let found = app.client().api("GET", &format!("/api/v1/practices?q={}", encode("Robert'); DROP TABLE submissions;--")), None);
    assert_eq!(found.is(200).json()["total"], 1);
    app.is_whole();
}

/// F03, F04, F05.
#[test]
fn links_lead_to_the_web_and_say_where() {
    let app = TestApp::start();
    let page = up_to(&mut app.client(), "practice", "public_contact_url", &answers::practice());
    assert!(page.form().offers("resources-0-link"));
    for wrong in ["javascript:alert(document.cookie)", " java\tscript:alert(1)", "https://migrationnetwork.un.org@evil.example/", "data:text/html,x", "http://", "//evil.example", "ftp://example.org/x", "example"] {
        let refused = api(&app, &json!({ "public_contact_url": wrong })).is(422).json();
        assert_eq!(refused["errors"][0]["field"], "public_contact_url", "{wrong}");
    }
    let mut moderator = app.moderator();
    let reference = app.published_practice(&mut moderator, &json!({ "public_contact_url": "https://lakeview.example/desk" }));
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
        ("start_month", json!("٢٠٢٤-٠١")),
        ("start_month", json!("2021-02-31")),
        ("partners", json!([{ "name": "x", "other": 1 }])),
        ("partners", json!((0..31).map(|n| json!({ "name": n.to_string() })).collect::<Vec<_>>())),
        ("documents", json!([{ "upload": "not-an-upload" }])),
        ("consent_data", json!(false)),
        ("no_such_field", json!("x")),
        ("status", json!("published")),
    ] {
        let problem = api(&app, &json!({ field: wrong })).is(422).json();
        let named: Vec<&str> = problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
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
    for (day, right) in [("2023-02-29", false), ("2024-02-29", true), ("0000-00-00", false), ("31/12/2028", false), ("2028-12-31T23:30:00-11:00", false), ("2028-12-31", true), ("٢٠٢٨-٠١-٠١", false), ("10000-01-01", false)] {
        let body = json!({ "answers": answers::merged(&answers::pledge_json(), &json!({ "start_date": day })) });
        let sent = app.client().api("POST", "/api/v1/forms/pledge/submissions", Some(&body));
        assert_eq!(sent.status == 201, right, "{day}: {sent:?}");
    }
    for (local, zone) in [("2027-03-28T02:30", "Europe/Zurich"), ("2027-02-30T09:30", "Africa/Nairobi"), ("2027-02-01T25:00", "Africa/Nairobi"), ("2027-02-01T09:30", "Mars/Base"), ("2027-02-01T09:30", "")] {
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
    for body in ["", "&&&=&=x&%00=1", "title&implementer", "title=&status=published&id=1&role=admin", "token=x&do=continue&step=basics"] {
        let sent = hand.post("/forms/practice/begin", "application/x-www-form-urlencoded", body.as_bytes());
        assert_eq!(sent.status, 422, "{body}: {sent:?}");
    }
    hand.post_form("/forms/practice/begin", &[("step", "no-such-step"), ("do", "explode:everything"), ("title", "x")]).is(422);
    for button in ["add:nothing", "add:title", "remove:title:0", "drop:x:y", "find:title", "add", "remove:::", "back"] {
        let sent = hand.post_form("/forms/practice/begin", &[("step", "basics"), ("do", button)]);
        assert!(matches!(sent.status, 303 | 400 | 422), "{button}: {sent:?}");
    }
    let twice = hand.post_form("/forms/practice/begin", &[("step", "basics"), ("title", "One"), ("title", "Two"), ("do", "continue")]).is(422);
    assert!(twice.errors().iter().any(|(anchor, _)| anchor == "#title"), "a single value sent twice is refused: {:?}", twice.errors());
    let many: Vec<(&str, &str)> = vec![("objectives", "1"); 10_000];
    hand.post_form("/forms/practice/begin", &many).is(413);
    let kept = changed(&before, &app.stored());
    assert!(kept.is_empty() || kept == ["drafts"], "{kept:?}");
}

/// F22, F23, F24, H01, H02, H04, P16.
#[test]
fn bodies_that_cannot_be_read_are_told_apart() {
    let app = TestApp::start();
    let before = app.stored();
    let mut hand = app.client();
    let form = "application/x-www-form-urlencoded";
    for link in ["/forms/practice/begin", "/staff/login", "/staff/password"] {
        for (body, status) in [
            (b"title=%zz%4&implementer=%".as_slice(), 400),
            (b"title=%ff%fe%c0%af&x=ok", 400),
            (b"title=\xff\xfe", 400),
            (b"title=%", 400),
        ] {
            hand.post(link, form, body).is(status);
        }
        hand.post(link, "application/x-www-form-urlencoded; charset=utf-7", b"title=+ADw-script").is(415);
        hand.post(link, "application/x-www-form-urlencoded; charset=iso-8859-1", b"title=x").is(415);
        hand.post(link, "application/json", b"{\"a\":[[[[[[[[[[]]]]]]]]]]}").is(415);
        hand.post(link, "text/xml", b"<a/>").is(415);
        for (kind, body) in [
            ("multipart/form-data", "--x\r\n".to_owned()),
            ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end".to_owned()),
            ("multipart/form-data; boundary=x", "nothing of the kind".to_owned()),
            ("multipart/form-data; boundary=x", String::new()),
            (&format!("multipart/form-data; boundary={}", "b".repeat(200)), "--b".to_owned()),
        ] {
            let sent = hand.post(link, kind, body.as_bytes());
            assert!(matches!(sent.status, 400 | 422), "{kind}: {sent:?}");
        }
    }
    let empty = http::exchange(app.address, format!("POST /forms/practice/begin HTTP/1.1\r\nHost: {}\r\n\r\n", app.address).as_bytes());
    assert!(matches!(empty.status, 400..=422), "{empty:?}");
    let kept = changed(&before, &app.stored());
    assert!(kept.is_empty() || kept == ["drafts"], "{kept:?}");
}

/// H03, H07, H08: size.
#[test]
fn what_is_too_large_or_too_deep_is_refused_and_said() {
    let app = TestApp::start();
    let before = app.stored();
    let mut hand = app.client();
    let large = format!("title={}", "x".repeat(300_000));
    let refused = hand.post("/forms/practice/begin", "application/x-www-form-urlencoded", large.as_bytes()).is(413);
    assert!(refused.said().contains("250 kB"), "the limit is said");
    let api = "/api/v1/forms/practice/submissions";
    for body in ["[".repeat(100_000), format!("{}1{}", "{\"a\":".repeat(50_000), "}".repeat(50_000)), "nonsense".to_owned(), String::new(), "\u{feff}{}".to_owned(), "{\"answers\": NaN}".to_owned()] {
        let sent = hand.post(api, "application/json", body.as_bytes());
        assert!(matches!(sent.status, 400 | 422), "{sent:?}");
    }
    for body in ["null", "7", "[]", "\"x\"", "{}", "{\"answers\": []}", "{\"answers\": {}, \"locale\": \"xx\"}", "{\"answers\": {}, \"status\": \"approved\"}"] {
        hand.post(api, "application/json", body.as_bytes()).is(422);
    }
    hand.post(api, "application/json", format!("{{\"answers\": {{\"title\": \"{}\"}}}}", "x".repeat(600_000)).as_bytes()).is(413);
    hand.post(api, "application/json", b"{\"answers\": {\"title\": \"\xff\"}}").is(400);
    hand.post("/api/v1/forms/nonsense/submissions", "application/json", b"{}").is(404);
    let head = format!("POST /forms/practice/begin HTTP/1.1\r\nHost: {0}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n", app.address);
    let endless = format!("{head}{}", format!("10000\r\n{}\r\n", "A".repeat(0x10000)).repeat(16));
    assert_eq!(http::exchange(app.address, endless.as_bytes()).status, 413);
    assert_eq!(changed(&before, &app.stored()), Vec::<String>::new());
}

/// H05, H06, H10, H12, H17: requests that no browser makes.
#[test]
fn requests_by_a_stranger_hand_get_a_clear_no() {
    let app = TestApp::start();
    let raw = |text: &str| http::exchange(app.address, text.replace("{host}", &app.address.to_string()).as_bytes());
    let post = "POST /forms/practice/begin HTTP/1.1\r\nHost: {host}\r\n";
    for head in [
        "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG",
        "Content-Length: 6\r\nContent-Length: 7\r\n\r\nabcdef",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: abc\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    ] {
        let answer = raw(&format!("{post}{head}"));
        assert!((400..500).contains(&answer.status), "{head}: {}", answer.status);
    }
    for request in ["nonsense\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET /\u{1}\u{2} HTTP/1.1\r\nHost: {host}\r\n\r\n"] {
        let answer = raw(request);
        assert!(answer.status == 0 || (400..600).contains(&answer.status), "{request}: {}", answer.status);
    }
    let huge = raw(&format!("GET / HTTP/1.1\r\nHost: {{host}}\r\nX-A: {}\r\nConnection: close\r\n\r\n", "a".repeat(200_000)));
    assert!((400..500).contains(&huge.status) || huge.status == 0, "{}", huge.status);
    let reference = app.practice(&json!({}));
    let evil = raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assert!(!String::from_utf8_lossy(&evil.body).contains("evil.example"));
    assert!(app.mails().iter().all(|mail| mail.text.contains(&app.app.base()) && mail.subject.contains(&reference)));
    let split = app.client().get("/staff/login?next=%2Fstaff%0d%0aSet-Cookie:%20x=1");
    assert!(split.header("set-cookie").is_none());
    let mut answer = app.client();
    assert!(answer.get("/practices?q=a%0d%0aSet-Cookie:%20x=1").is(200).header("set-cookie").is_none());
    app.client().get("/").is(200);
}

/// P01 to P09.
#[test]
fn a_file_is_what_it_says_and_the_other_answers_stay() {
    let app = TestApp::start();
    let mut city = app.client();
    let page = up_to(&mut city, "practice", "documents", &answers::practice());
    let big = [b"%PDF-1.4\n".as_slice(), &vec![b'x'; 10 * 1024 * 1024]].concat();
    let cases: [(&str, &[u8], &str); 6] = [
        ("photo.png", b"<html><script>alert(1)</script></html>", "must be a PDF"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "must be a PDF"),
        ("program.exe", b"MZ\x90\x00", "must be a PDF"),
        ("report.pdf", b"", "is empty"),
        ("report.pdf", &big, "10 MB"),
        ("report", b"%PDF-1.4\n", "must be a PDF"),
    ];
    for (name, content, said) in cases {
        let mut form = page.form();
        form.set("public_contact_email", "desk@lakeview.example").set("resources-0-title", "Yearly report");
        form.set("resources-0-link", "https://lakeview.example/report").attach("documents", name, content);
        let refused = city.press(&form, ("do", "continue")).is(422);
        let errors = refused.errors();
        assert!(errors.len() == 1 && errors[0].1.contains(said) && errors[0].1.contains(name), "{name}: {errors:?}");
        assert_eq!(refused.form().value("public_contact_email"), "desk@lakeview.example");
        assert_eq!(refused.form().value("resources-0-title"), "Yearly report");
    }
    assert_eq!(app.count("attachments"), 0);
    let left = std::fs::read_dir(app.folder.path().join("attachments")).unwrap().count();
    assert_eq!(left, 0, "no file is left of what was refused");
    // No file at all is no fault.
    let mut form = page.form();
    form.attach("documents", "", b"");
    go_on(&mut city, &form);
}

#[test]
fn the_names_of_files_carry_nothing_but_a_name() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    for (name, shown) in [("../../etc/cron.d/x.pdf", "x.pdf"), ("C:\\temp\\plan.pdf", "plan.pdf"), ("a\u{202e}fdp.exe.pdf", "afdp.exe.pdf"), (&format!("{}.pdf", "n".repeat(5000)), "n.pdf")] {
        let uploaded = app.client().upload(name, b"%PDF-1.4\n");
        if uploaded.status == 400 {
            continue;
        }
        let id = uploaded.is(201).json()["upload"].as_str().unwrap().to_owned();
        let reference = app.published_practice(&mut moderator, &json!({ "documents": [{ "upload": id }], "consent_images": true }));
        let item = app.client().get(&format!("/practices/{reference}")).is(200);
        let link = item.attributes("ul.files a", "href").remove(0);
        let file = app.client().get(&link).is(200);
        let disposition = file.header("content-disposition").unwrap();
        assert!(disposition.starts_with("attachment; filename*=UTF-8''"), "{disposition}");
        assert!(disposition.ends_with(&encode(shown).replace("%2E", ".")) || shown == "n.pdf" && disposition.len() < 250, "{disposition}");
        assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
        assert!(file.header("content-security-policy").unwrap().contains("sandbox"));
        assert_eq!(std::fs::read_dir(app.folder.path()).unwrap().filter(|entry| entry.as_ref().unwrap().file_name() == "x.pdf").count(), 0);
    }
}

#[test]
fn uploads_of_programs_are_limited_too() {
    let app = TestApp::start();
    let client = app.client();
    client.upload("page.png", b"<html></html>").is(422);
    client.upload("empty.pdf", b"").is(422);
    client.upload("big.pdf", &[b"%PDF-1.4\n".as_slice(), &vec![b'x'; 10 * 1024 * 1024]].concat()).is(413);
    let (kind, body) = multipart(&[], &[("file".into(), "a.pdf".into(), b"%PDF-1.4".to_vec()), ("file".into(), "b.pdf".into(), b"%PDF-1.4".to_vec())]);
    client.clone().post("/api/v1/uploads", &kind, &body).is(422);
    let (kind, body) = multipart(&[("a".into(), "b".into())], &[]);
    client.clone().post("/api/v1/uploads", &kind, &body).is(422);
    client.clone().post("/api/v1/uploads", "application/json", b"{}").is(415);
    let many: Vec<(String, String, Vec<u8>)> = (0..200).map(|_| ("documents".into(), "a.pdf".into(), b"%PDF-1.4".to_vec())).collect();
    let mut city = app.client();
    let page = up_to(&mut city, "practice", "documents", &answers::practice());
    let mut form = page.form();
    form.files = many;
    let refused = city.press(&form, ("do", "continue"));
    assert!(matches!(refused.status, 413 | 422), "{refused:?}");
    assert!(app.count("attachments") <= 30);
    let used = app.attach("a.pdf", b"%PDF-1.4\n");
    app.practice(&json!({ "documents": [{ "upload": used }], "consent_images": true }));
    api(&app, &json!({ "documents": [{ "upload": used }], "consent_images": true })).is(422);
}

/// L rows.
#[test]
fn strange_addresses_lead_nowhere_in_particular() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.published_practice(&mut moderator, &json!({}));
    let mut anybody = app.client();
    for page in ["-1", "0", "1e9", "9223372036854775807", "1.5", "abc", ""] {
        anybody.get(&format!("/practices?page={page}")).is(200);
        anybody.api("GET", &format!("/api/v1/practices?page={page}&per_page={page}"), None).is(200);
        moderator.get(&format!("/staff?page={page}")).is(200);
        moderator.get(&format!("/staff/audit?page={page}")).is(200);
        moderator.get(&format!("/staff/mail?page={page}")).is(200);
    }
    assert!(anybody.api("GET", "/api/v1/practices?per_page=1000000", None).is(200).json()["per_page"].as_u64().unwrap() <= 100);
    for odd in ["sort=password_hash%20desc;%20--", "contact_email=amina%40lakeview.example", "state=declined", "q=%ff", "objective=1%27%20OR%201=1"] {
        anybody.get(&format!("/practices?{odd}")).is(200);
    }
    assert_eq!(anybody.api("GET", "/api/v1/practices?contact_email=nobody%40example.org", None).is(200).json()["total"], 1);
    for path in [
        "/attachments/..%2f..%2f..%2fetc%2fpasswd",
        "/attachments/..%252f..%252fetc%252fpasswd",
        "/attachments/%2e%2e/%2e%2e/secret.key",
        "/static/0/..%2f..%2fsecret.key",
        "/static/0/..\\..\\secret.key",
        "/..//./practices",
        "//practices",
        "/practices//",
        "/practices/%0d%0aX:1",
        "/.git/config",
        "/inlet.db",
        "/practices/PRA-0000-0000",
        "/practices/' OR 1=1",
        "/staff/../practices",
        "/nothing",
        "/forms/nothing",
        "/forms/all-kinds",
        "/drafts/x/steps/y",
        "/submissions/x",
        "/language/xx",
        "/demo/mail",
        "/api/v1/nothing",
        "/api/v1/practices/nothing",
        "/api/v1/export/practices.exe",
        "/api/v1/export/nothing.csv",
        "/api/nothing",
    ] {
        let page = anybody.get(&path.replace(' ', "%20").replace('\'', "%27"));
        assert!(matches!(page.status, 400 | 404), "{path}: {page:?}");
    }
    let long = anybody.raw("GET", &format!("/{}", "a".repeat(60_000)), &[], None);
    assert!((400..500).contains(&long.status), "{}", long.status);
    for typed in [reference.to_lowercase(), reference.replace('-', ""), reference.replace('-', "%20")] {
        let kind = anybody.get(&format!("/practices/{typed}")).is(303);
        assert_eq!(kind.location(), Some(format!("/practices/{reference}")));
    }
    let last = if reference.ends_with('0') { '1' } else { '0' };
    let mistyped = format!("{}{last}", &reference[..reference.len() - 1]);
    let page = anybody.get(&format!("/practices/{mistyped}")).is(404);
    assert!(page.said().contains("mistyped"), "a mistyped reference gets a kind answer");
    // Somebody else's draft and file are as unknown as those that never were.
    let mut city = app.client();
    hand_in(&mut city, "practice", &answers::practice());
}

/// E rows: what is sent cannot write other mails or other headers.
#[test]
fn nobody_writes_mail_through_the_form() {
    let app = TestApp::start();
    for wrong in ["v@example.net\r\nBcc: all@example.net", "v@example.net,w@example.net", "root@[127.0.0.1]", "\"a b\"@example.org extra", "@example.org", "a@b@c.example"] {
        let refused = api(&app, &json!({ "contact_email": wrong }));
        assert_eq!(refused.status, 422, "{wrong}: {refused:?}");
    }
    let title = "You have won!\r\nBcc: all@example.net https://evil.example";
    let sent = api(&app, &json!({ "title": title, "contact_name": "Amina\r\nBcc: all@example.net" }));
    if sent.status == 201 {
        let mails = app.mails();
        assert_eq!(mails.len(), 1);
        let head = String::from_utf8_lossy(&mails[0].raw).split("\r\n\r\n").next().unwrap().to_owned();
        assert!(!head.lines().any(|line| line.to_lowercase().starts_with("bcc")), "{head}");
        assert!(!mails[0].all().contains("https://evil.example"), "no link of the sender's before the address is confirmed: {}", mails[0].text);
    }
}
