//! Addresses as people, programs and mischief write them (reliability.md, L rows).

use serde_json::json;

use crate::support::TestApp;

/// L01 to L04.
#[test]
fn no_page_number_filter_or_order_is_too_odd() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    app.published_practice(&mut moderator, &json!({}));
    let mut anybody = app.client();
    for page in ["-1", "0", "1e9", "9223372036854775807", "1.5", "abc", ""] {
        anybody.get(&format!("/practices?page={page}")).is(200);
        anybody.api("GET", &format!("/api/v1/practices?page={page}&per_page={page}"), None).is(200);
        for list in ["/staff", "/staff/audit", "/staff/mail"] {
            moderator.get(&format!("{list}?page={page}")).is(200);
        }
    }
    let list = |query: &str| app.client().api("GET", &format!("/api/v1/practices?{query}"), None).is(200).json();
    assert!(list("per_page=1000000")["per_page"].as_u64().unwrap() <= 100);
    for odd in ["sort=password_hash%20desc;%20--", "state=declined", "q=%ff", "objective=1%27%20OR%201=1"] {
        anybody.get(&format!("/practices?{odd}")).is(200);
    }
    assert_eq!(list("contact_email=nobody%40example.org")["total"], 1, "what is no facet filters nothing");
}

#[test]
fn a_parameter_that_stands_twice_is_no_riddle() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    for twice in [
        "/practices?q=a&q=b",
        "/practices?page=1&page=2",
        "/staff?tab=all&tab=held",
        "/staff?page=1&page=2",
        "/staff/mail?page=1&page=1",
        "/staff/login?next=%2Fstaff&next=x",
        "/forms/pledge?pledge=a&pledge=b",
        "/forms/pledge/scope?answer=a&answer=b",
        "/forms/practice/begin?q=a&q=b&find=x&find=y",
    ] {
        let page = moderator.get(twice);
        assert!(matches!(page.status, 200 | 303 | 400 | 422), "{page:?}");
    }
}

/// Addresses of nothing.
const NOWHERE: [&str; 26] = [
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
    "/practices/%27%20OR%201=1",
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
];

/// L08 to L11.
#[test]
fn addresses_of_nothing_lead_nowhere() {
    let app = TestApp::start();
    for path in NOWHERE {
        let page = app.client().get(path);
        assert!(matches!(page.status, 400 | 404), "{path}: {page:?}");
    }
    let long = app.client().raw("GET", &format!("/{}", "a".repeat(60_000)), &[], None);
    assert!((400..500).contains(&long.status), "{}", long.status);
}

#[test]
fn a_reference_is_read_as_it_is_typed_and_a_mistyped_one_gets_a_kind_answer() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.published_practice(&mut moderator, &json!({}));
    let mut anybody = app.client();
    for typed in [reference.to_lowercase(), reference.replace('-', ""), reference.replace('-', "%20")] {
        let kind = anybody.get(&format!("/practices/{typed}")).is(303);
        assert_eq!(kind.location(), Some(format!("/practices/{reference}")));
    }
    let last = if reference.ends_with('0') { '1' } else { '0' };
    let mistyped = format!("{}{last}", &reference[..reference.len() - 1]);
    for collection in ["practices", "submissions"] {
        assert!(anybody.get(&format!("/{collection}/{mistyped}")).is(404).said().contains("mistyped"));
    }
}
