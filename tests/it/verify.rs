//! Is everything whole? After a story it is; after somebody's hand in the file it is not, and that is named.

use diesel::connection::SimpleConnection;
use diesel::{RunQueryDsl, sql_query};
use inlet::store::db::connect;
use inlet::store::{Conn, events};
use serde_json::json;

use crate::support::TestApp;
use crate::support::answers::{self, fill, hand_in, send};

/// A practice that was corrected and published, a pledge with a file, a declined request.
fn story() -> (TestApp, String) {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    app.decide(&mut moderator, &reference, "request-changes", "Name the donors.");
    let own = city.get(&format!("/submissions/{reference}"));
    let opened = city.submit(&own.form());
    let first = city.follow(&opened);
    let check = fill(&mut city, first, &answers::practice());
    send(&mut city, &check);
    app.decide(&mut moderator, &reference, "publish", "");
    let file = app.attach("decree.pdf", b"%PDF-1.4\nthe decree");
    app.published_pledge(&mut moderator, &json!({ "document": [{ "upload": file }] }));
    let request = app.request(&json!({}));
    let mut form = crate::support::app::decision_form(&mut moderator, &request, "decline").unwrap();
    moderator.submit(form.set("reason", "outside-scope").set("message", "Another office helps.")).is(303);
    app.mails();
    (app, reference)
}

/// A hand in the file, past all that guards it.
fn tamper(app: &TestApp, statements: &str) {
    let mut conn: Conn = connect(&app.database().to_string_lossy()).unwrap();
    conn.batch_execute("PRAGMA foreign_keys = OFF").unwrap();
    let triggers: Vec<crate::support::app::Line> =
        sql_query("SELECT name AS line FROM sqlite_schema WHERE type = 'trigger'").load(&mut conn).unwrap();
    for trigger in triggers {
        conn.batch_execute(&format!("DROP TRIGGER {}", trigger.line)).unwrap();
    }
    conn.batch_execute(statements).unwrap();
}

#[test]
fn after_a_whole_story_everything_is_whole() {
    let (app, _) = story();
    app.is_whole();
    let head = app.read(|conn| events::after(conn, 0, 100)).pop().unwrap();
    assert_eq!(app.fault(Some((head.seq, head.digest))), None);
}

#[test]
fn the_guards_of_the_log_hold() {
    let (app, _) = story();
    let mut conn = connect(&app.database().to_string_lossy()).unwrap();
    for statement in [
        "UPDATE events SET state = 'approved'",
        "DELETE FROM events",
        "UPDATE publications SET public_json = '{}'",
        "DELETE FROM publications",
        "DELETE FROM publication_endings",
    ] {
        assert!(conn.batch_execute(statement).is_err() || statement.contains("endings"), "{statement}");
    }
    app.is_whole();
}

#[test]
fn every_kind_of_tampering_is_named() {
    for (statement, named) in [
        ("UPDATE events SET state = 'declined' WHERE seq = 2", "events: 2 does not follow"),
        ("UPDATE events SET account_id = NULL, author = 'system' WHERE seq = 2", "events: 2 does not follow"),
        ("UPDATE events SET at = at + 1 WHERE seq = 1", "events: 1 does not follow"),
        ("UPDATE events SET digest = substr(digest, 2) || substr(digest, 1, 1) WHERE seq = 3", "events: "),
        (
            "DELETE FROM notes WHERE event_seq = 2; DELETE FROM outbox WHERE event_seq = 2; DELETE FROM events WHERE seq = 2",
            "events: 2 is missing",
        ),
        (
            "UPDATE revision_parts SET value = '\"Somebody Else\"' WHERE part = 'contact_name' AND number = 1",
            "contact_name is not what was committed to",
        ),
        (
            "UPDATE revision_parts SET value = NULL, salt = NULL WHERE part = 'contact_name' AND number = 1",
            "contact_name is missing",
        ),
        (
            "DELETE FROM revision_parts WHERE part = 'contact_name' AND number = 1",
            "does not commit to what was written with it",
        ),
        ("UPDATE notes SET body = 'Name nobody.'", "the note of event"),
        ("UPDATE desk_records SET title = 'Another title' WHERE submission_id = 1", "the desk's record"),
        ("DELETE FROM desk_facets WHERE submission_id = 1", "the desk's record"),
        (
            "UPDATE public_records SET public_json = json_set(public_json, '$.title', 'x') WHERE submission_id = 1",
            "the public projection",
        ),
        ("DELETE FROM public_records WHERE submission_id = 1", "the public projection"),
        ("DELETE FROM public_facets WHERE submission_id = 1", "the public projection"),
        ("DELETE FROM public_search", "the public search index"),
        ("DELETE FROM submissions WHERE id = 3", "database: "),
    ] {
        let (app, _) = story();
        tamper(&app, statement);
        let fault = app.fault(None).unwrap_or_else(|| panic!("not noticed: {statement}"));
        assert!(fault.contains(named), "{statement}: {fault}");
    }
}

#[test]
fn a_published_text_that_was_changed_in_the_file_is_named() {
    let (app, _) = story();
    // Both the publication and what is made from it: only what was committed to can tell.
    tamper(
        &app,
        "UPDATE publications SET public_json = json_set(public_json, '$.ongoing', json('false')) WHERE submission_id = 1; \
                  UPDATE public_records SET public_json = json_set(public_json, '$.ongoing', json('false')) WHERE submission_id = 1",
    );
    assert!(app.fault(None).is_some(), "a changed publication was not noticed");
}

#[test]
fn a_byte_of_a_file_and_a_file_that_is_gone_are_named() {
    let (app, _) = story();
    let id = app.read(inlet::store::attachments::hashes).remove(0).0;
    let path = app.folder.path().join("attachments").join(&id);
    let whole = std::fs::read(&path).unwrap();
    let mut bytes = whole.clone();
    bytes[10] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    assert!(app.fault(None).unwrap().contains(&format!("attachment {id} is not the file")));
    std::fs::write(&path, whole).unwrap();
    app.is_whole();
    std::fs::remove_file(&path).unwrap();
    assert!(app.fault(None).unwrap().contains(&format!("attachment {id}")));
}

fn project_again(app: &TestApp) {
    let handle = app.app.clone();
    let work = app.app.db.write(move |conn| {
        for id in inlet::store::submissions::ids(conn)? {
            inlet::actions::project::rebuild(&handle, conn, id)?;
        }
        Ok::<_, inlet::store::Stop<()>>(())
    });
    app.runtime.block_on(work).unwrap();
}

#[test]
fn a_tail_that_was_cut_off_is_found_by_whoever_remembers_the_head() {
    let (app, _) = story();
    let log = app.read(|conn| events::after(conn, 0, 100));
    let head = log.last().unwrap();
    let (seq, digest) = (head.seq, head.digest.clone());
    // The last event and everything it brought, as if it had never been.
    tamper(
        &app,
        &format!(
            "DELETE FROM notes WHERE event_seq = {seq}; DELETE FROM outbox WHERE event_seq = {seq}; DELETE FROM events WHERE seq = {seq}; \
         UPDATE submissions SET state = 'submitted', version = 1, state_since = created_at WHERE id = {0};",
            head.event.submission.0
        ),
    );
    project_again(&app);
    assert_eq!(app.fault(None), None, "a cut tail is whole in itself");
    assert!(app.fault(Some((seq, digest))).unwrap().contains("head"));
}

#[test]
fn projections_can_be_made_again_from_what_they_are_made_from() {
    let (app, reference) = story();
    tamper(&app, "DELETE FROM public_facets; DELETE FROM public_search; UPDATE desk_records SET title = 'x'");
    assert!(app.fault(None).is_some());
    project_again(&app);
    app.is_whole();
    assert!(app.client().get("/practices?q=desk").is(200).text().contains(&reference));
}

/// A reader that has searched before must not take its own old picture of the index for a fault.
#[test]
fn what_was_searched_before_it_changed_is_whole_too() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    app.published_practice(&mut moderator, &json!({}));
    for n in 0..10 {
        assert!(app.client().get("/practices?q=desk").is(200).has("ol.cards > li"));
        app.published_practice(&mut moderator, &json!({ "title": format!("Another desk, number {n}") }));
        let mut fresh = connect(&app.database().to_string_lossy()).unwrap();
        assert_eq!(inlet::store::verify::integrity(&mut fresh).unwrap(), None);
        app.is_whole();
    }
}
