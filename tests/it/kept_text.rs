//! No error page costs typed text: each gives it back, and where sending again can help, one press sends it.

use diesel::{RunQueryDsl, sql_query};
use inlet::store::{Stop, StoreError};

use crate::support::answers::{self, begin, go_on};
use crate::support::app::Number;
use crate::support::client::{encode_pairs, multipart};
use crate::support::page::Form;
use crate::support::{Client, Page, TestApp};

fn words() -> String {
    answers::long("By the lake, where the ferry lands,", 190)
}

/// The second step, with words typed into it.
fn typing(city: &mut Client) -> Form {
    let mut form = begin(city, "practice").form();
    form.answer(&answers::practice());
    let mut form = go_on(city, &form).form();
    form.set("donors-0-name", &words()).push("do", "continue");
    form
}

/// Sends a form and takes whatever comes, faults of the server too.
fn press(city: &Client, form: &Form) -> Page {
    let (kind, body) = match form.multipart {
        true => multipart(&form.pairs, &form.files),
        false => ("application/x-www-form-urlencoded".to_owned(), encode_pairs(&form.pairs).into_bytes()),
    };
    Page::new("POST", &form.action, city.raw("POST", &form.action, &[("Content-Type", &kind)], Some(&body)))
}

fn write(app: &TestApp, query: &'static str) {
    let job = app.app.db.write(move |conn| {
        sql_query(query).execute(conn)?;
        Ok::<(), Stop<()>>(())
    });
    app.runtime.block_on(job).unwrap();
}

#[track_caller]
fn gives_back(page: &Page, form: &Form) -> Form {
    assert!(page.said().contains("By the lake") || page.text().contains("By the lake"), "{page:?}");
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let again = page.form();
    for (name, value) in form.pairs.iter().filter(|(name, _)| name != "token") {
        assert!(again.pairs.contains(&(name.clone(), value.clone())), "{name} is lost");
    }
    again
}

#[test]
fn a_full_disk_says_so_and_one_press_sends_the_text_once_there_is_room() {
    let app = TestApp::start();
    let mut city = app.client();
    let form = typing(&mut city);
    let full = app.app.db.write(|conn| {
        let pages = sql_query("SELECT page_count AS n FROM pragma_page_count()").get_result::<Number>(conn)?.n;
        sql_query(format!("PRAGMA max_page_count = {pages}")).execute(conn)?;
        Ok::<(), Stop<()>>(())
    });
    app.runtime.block_on(full).unwrap();
    let mut large = form.clone();
    large.push("donors-1-name", &"z".repeat(60_000));
    let refused = press(&city, &large);
    assert_eq!(refused.status, 503, "{refused:?}");
    assert!(refused.header("retry-after").is_some());
    let again = gives_back(&refused, &large);
    let sent = press(&city, &again);
    assert!(matches!(sent.status, 303 | 422), "there is room again: {sent:?}");
    app.is_whole();
}

#[test]
fn a_fault_of_ours_gives_the_text_back() {
    let app = TestApp::start();
    let mut city = app.client();
    let form = typing(&mut city);
    write(&app, "UPDATE drafts SET turns = '7'");
    let refused = press(&city, &form);
    assert_eq!(refused.status, 500, "{refused:?}");
    let again = gives_back(&refused, &form);
    write(&app, "UPDATE drafts SET turns = '{}'");
    let sent = press(&city, &again);
    assert!(matches!(sent.status, 303 | 422), "{sent:?}");
}

#[test]
fn a_text_that_is_too_large_comes_back_to_be_shortened() {
    let app = TestApp::start();
    let mut city = app.client();
    let mut form = typing(&mut city);
    form.push("measure", &"m".repeat(300_000));
    let refused = press(&city, &form);
    assert_eq!(refused.status, 413, "{refused:?}");
    let mut again = gives_back(&refused, &form);
    again.set("measure", "m");
    assert!(matches!(press(&city, &again).status, 303 | 422));
    // Far too large: what was read of it is there.
    let mut form = typing(&mut city);
    form.push("measure", &"m".repeat(1_500_000));
    let refused = press(&city, &form);
    assert_eq!(refused.status, 413, "{refused:?}");
    assert!(refused.text().contains("By the lake"));
}

#[test]
fn too_large_a_text_beside_a_file_comes_back_too() {
    let app = TestApp::start();
    let mut city = app.client();
    let page = answers::up_to(&mut city, "practice", "documents", &answers::practice());
    let mut form = page.form();
    form.set("resources-0-title", &words());
    form.push("resources-1-title", &"m".repeat(300_000));
    form.push("do", "continue");
    let refused = press(&city, &form);
    assert_eq!(refused.status, 413, "{refused:?}");
    assert!(refused.text().contains("By the lake"));
}

#[test]
fn a_flood_says_when_to_come_back_and_keeps_the_text() {
    let app = TestApp::with(&[("INLET_RATE_LIMIT", "on")]);
    let mut city = app.client();
    let form = typing(&mut city);
    let last = (0..260).map(|_| press(&city, &form)).find(|page| page.status == 429).expect("a limit");
    assert_eq!(last.header("retry-after"), Some("60"));
    assert!(last.said().contains("wait a minute"));
    gives_back(&last, &form);
}

#[test]
fn a_moderators_words_come_back_when_the_database_is_full() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.practice(&serde_json::json!({}));
    let mut form = crate::support::app::decision_form(&mut moderator, &reference, "request-changes").unwrap();
    form.set("message", &answers::long("By the lake", 900));
    write(&app, "PRAGMA query_only = ON");
    let refused = press(&moderator, &form);
    assert!(matches!(refused.status, 500 | 503), "{refused:?}");
    assert_eq!(refused.form().value("message"), form.value("message"));
}

#[test]
fn a_password_is_never_given_back() {
    let app = TestApp::with(&[("INLET_RATE_LIMIT", "on")]);
    let mut client = app.client();
    let mut login = client.get("/staff/login").is(200).form();
    login.set("email", "mona@unmigration.example").set("password", "a-secret-that-was-typed");
    let page = (0..300).map(|_| press(&client, &login)).find(|page| page.status == 429).expect("a limit");
    assert!(!page.text().contains("a-secret-that-was-typed"), "{page:?}");
}

#[test]
fn what_failed_passes_or_does_not() {
    assert!(StoreError::Stopped.passes() && StoreError::Pool(String::new()).passes());
    assert!(!StoreError::Panicked.passes() && !StoreError::Unreadable(String::new()).passes());
}
