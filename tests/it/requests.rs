//! Bodies and heads that no browser of ours would send (reliability.md, H rows).

use serde_json::json;

use crate::support::app::changed;
use crate::support::{TestApp, http};

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
            (
                "multipart/form-data; boundary=x",
                "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end".to_owned(),
            ),
            ("multipart/form-data; boundary=x", "nothing of the kind".to_owned()),
            ("multipart/form-data; boundary=x", String::new()),
            (&format!("multipart/form-data; boundary={}", "b".repeat(200)), "--b".to_owned()),
        ] {
            let sent = hand.post(link, kind, body.as_bytes());
            assert!(matches!(sent.status, 400 | 422), "{kind}: {sent:?}");
        }
    }
    let empty = http::exchange(
        app.address,
        format!("POST /forms/practice/begin HTTP/1.1\r\nHost: {}\r\n\r\n", app.address).as_bytes(),
    );
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
    for body in [
        "[".repeat(100_000),
        format!("{}1{}", "{\"a\":".repeat(50_000), "}".repeat(50_000)),
        "nonsense".to_owned(),
        String::new(),
        "\u{feff}{}".to_owned(),
        "{\"answers\": NaN}".to_owned(),
    ] {
        let sent = hand.post(api, "application/json", body.as_bytes());
        assert!(matches!(sent.status, 400 | 422), "{sent:?}");
    }
    for body in [
        "null",
        "7",
        "[]",
        "\"x\"",
        "{}",
        "{\"answers\": []}",
        "{\"answers\": {}, \"locale\": \"xx\"}",
        "{\"answers\": {}, \"status\": \"approved\"}",
    ] {
        hand.post(api, "application/json", body.as_bytes()).is(422);
    }
    hand.post(
        api,
        "application/json",
        format!("{{\"answers\": {{\"title\": \"{}\"}}}}", "x".repeat(600_000)).as_bytes(),
    )
    .is(413);
    hand.post(api, "application/json", b"{\"answers\": {\"title\": \"\xff\"}}").is(400);
    hand.post("/api/v1/forms/nonsense/submissions", "application/json", b"{}").is(404);
    let head = format!(
        "POST /forms/practice/begin HTTP/1.1\r\nHost: {0}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n",
        app.address
    );
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
    let huge =
        raw(&format!("GET / HTTP/1.1\r\nHost: {{host}}\r\nX-A: {}\r\nConnection: close\r\n\r\n", "a".repeat(200_000)));
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

#[test]
fn a_wrong_method_is_told_the_right_ones() {
    let app = TestApp::start();
    let mut anyone = app.client();
    for (method, path, allowed) in [
        ("POST", "/practices", "GET, HEAD"),
        ("PUT", "/staff", "GET, HEAD"),
        ("DELETE", "/forms/practice/begin", "GET, HEAD, POST"),
        ("PATCH", "/staff/submissions/PRA-1/decisions", "POST"),
        ("PUT", "/api/v1/forms/practice/submissions", "POST"),
    ] {
        let answer = anyone.send(method, path, &[], None).is(405);
        assert_eq!(answer.header("allow"), Some(allowed), "{method} {path}");
    }
    for (method, path) in [("POST", "/nowhere"), ("DELETE", "/no/such/place"), ("GET", "/nowhere/at/all")] {
        anyone.send(method, path, &[], None).is(404);
    }
}
