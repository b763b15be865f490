//! A moderator works through the queue; submitters answer; what the table of decisions forbids does not happen.

use diesel::connection::SimpleConnection;
use inlet::domain::account::Role;
use inlet::domain::mail::MailStatus;
use inlet::domain::submission::{Decision, ReviewState, Standing, Visibility};
use inlet::forms::Lifecycle;
use inlet::store::db::connect;
use serde_json::json;

use crate::support::answers::{self, fill, hand_in, send};
use crate::support::app::{changed, decision_form};
use crate::support::{Client, Page, TestApp};

/// Sends a decision by hand, as somebody might who does not use our pages.
fn send_decision(client: &mut Client, reference: &str, decision: &str, version: i64, message: &str) -> Page {
    let version = version.to_string();
    let pairs = [("decision", decision), ("version", &version), ("message", message), ("reason", "outside-scope")];
    client.post_form(&format!("/staff/submissions/{reference}/decisions"), &pairs)
}

#[test]
fn the_queue_opens_on_what_waits_for_the_network() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let old = app.practice(&json!({ "title": "First in line" }));
    app.clock.advance(chrono::Duration::days(12));
    let mut moderator_again = app.sign_in("mona@unmigration.example");
    let request = app.request(&json!({}));
    let asked = app.practice(&json!({ "title": "Asked for changes" }));
    app.decide(&mut moderator_again, &asked, "request-changes", "Please name the partners.");
    let page = moderator_again.get("/staff").is(200);
    let text = page.text();
    assert!(text.contains("First in line") && text.contains(&format!("/staff/submissions/{request}")));
    assert!(!text.contains("Asked for changes"), "that waits for its submitter");
    assert!(page.said().contains("12 days"), "how long it waits: {}", page.said());
    assert!(page.said().to_lowercase().contains("not confirmed"));
    let submitter = moderator_again.get("/staff?tab=submitter").is(200);
    assert!(submitter.text().contains("Asked for changes") && !submitter.text().contains(&old));
    let found = moderator_again.get("/staff?q=line").is(200);
    assert!(found.text().contains(&old) && !found.text().contains(&request));
    let of_form = moderator_again.get("/staff?form=unct-support").is(200);
    assert!(!of_form.text().contains(&old) && of_form.text().contains(&request));
    moderator.get("/staff").is(303);
}

/// More than SQLite takes variables in one statement.
#[test]
fn a_word_that_stands_in_nearly_everything_is_found_too() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    app.practice(&json!({ "title": "First in line" }));
    let mut conn = connect(&app.database().display().to_string()).unwrap();
    conn.batch_execute(
        "BEGIN;
         WITH RECURSIVE copies (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < 32999)
         INSERT INTO submissions (reference, form, state, head_revision, version, language, channel, created_at, state_since)
         SELECT 'COPY-' || n, form, state, head_revision, version, language, channel, created_at, state_since FROM submissions, copies;
         INSERT INTO desk_records (submission_id, reference, form, title, organization, country, language, state, visibility,
             waits_for, resubmitted, address_confirmed, waiting_since, created_at, unanswered, disputed)
         SELECT s.id, s.reference, r.form, r.title, r.organization, r.country, r.language, r.state, r.visibility, r.waits_for,
             r.resubmitted, r.address_confirmed, r.waiting_since, r.created_at, r.unanswered, r.disputed
         FROM submissions s, desk_records r WHERE s.id != r.submission_id;
         INSERT INTO desk_search (rowid, title, body)
         SELECT submission_id, title, reference FROM desk_records WHERE reference LIKE 'COPY-%';
         COMMIT;",
    )
    .unwrap();
    let found = moderator.get("/staff?q=line").is(200);
    assert!(found.said().contains("33000 found"));
    let last = moderator.get("/staff?q=copy+32999").is(200);
    assert!(last.said().contains("One found"));
}

#[test]
fn opening_a_record_changes_nothing() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.practice(&json!({}));
    let before = app.stored();
    for _ in 0..2 {
        let page = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
        assert!(page.said().contains("Amina Okello") && page.said().contains("A help desk for newcomers"));
    }
    moderator.get("/staff").is(200);
    moderator.get("/staff/mail").is(200);
    moderator.get("/staff/audit").is(200);
    assert_eq!(changed(&before, &app.stored()), Vec::<String>::new());
    assert_eq!(app.submission(&reference).version, 1);
}

#[test]
fn changes_are_asked_made_seen_and_published_in_one_act() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    app.mails();

    let message = "Please say how many people came.\n\nAnd spell out WG.";
    app.decide(&mut moderator, &reference, "request-changes", message);
    let mails = app.mails_to("amina@lakeview.example");
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    assert!(mail.text.contains("Please say how many people came.") && mail.subject.contains(&reference));

    // From the mail alone, on another device.
    let mut desk = app.client();
    let own = desk.visit(&mail.own_link()).is(200);
    assert!(own.said().contains("It is your turn") && own.said().contains("how many people came"));
    let opened = desk.submit(&own.form());
    let first = desk.follow(&opened).is(200);
    assert!(first.said().contains("how many people came"), "the message stands above the form");
    assert_eq!(first.form().value("title"), "A help desk for newcomers", "all answers are there");
    let better =
        answers::but(answers::practice(), &[("impact", "In 2025 the desk helped 4,512 people in nine languages.")]);
    let check = fill(&mut desk, first, &better);
    let again = send(&mut desk, &check);
    assert_eq!(again.reference(), reference);
    assert_eq!(app.submission(&reference).head_revision, 2);

    let queue = moderator.get("/staff").is(200);
    assert!(queue.text().contains(&reference));
    let record = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    let difference = record.one(".diff, section:has(> .diff)");
    assert!(
        record.all("ins").join(" ").contains("4,512") && record.all("del").join(" ").contains("12,000"),
        "{difference}"
    );
    app.decide(&mut moderator, &reference, "publish", "");
    let page = app.client().get(&format!("/practices/{reference}")).is(200);
    assert!(page.said().contains("4,512") && !page.said().contains("12,000"));
    assert_eq!(app.events(&reference), ["submitted", "request-changes", "resubmitted", "publish"]);
    let kinds: Vec<String> =
        app.outbox().into_iter().map(|(kind, ..)| kind).filter(|kind| !kind.starts_with("alert")).collect();
    assert_eq!(kinds, ["receipt", "changes-requested", "receipt", "published"]);
    app.is_whole();
}

#[test]
fn a_correction_of_something_published_leaves_the_public_page_until_it_is_decided() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    app.decide(&mut moderator, &reference, "publish", "");
    app.decide(&mut moderator, &reference, "request-changes", "The link is dead.");
    let correct = |city: &mut Client, title: &str| {
        let own = city.get(&format!("/submissions/{reference}")).is(200);
        let opened = city.submit(&own.form());
        let first = city.follow(&opened).is(200);
        let check = fill(city, first, &answers::but(answers::practice(), &[("title", title)]));
        send(city, &check);
    };
    correct(&mut city, "A corrected help desk");
    let public = |title: &str| {
        let page = app.client().get(&format!("/practices/{reference}")).is(200);
        assert_eq!(page.one("h1"), title);
    };
    public("A help desk for newcomers");
    let mut form = decision_form(&mut moderator, &reference, "decline").unwrap();
    form.set("reason", "incomplete").set("message", "The first version stays.");
    moderator.submit(&form).is(303);
    assert_eq!(app.submission(&reference).state, ReviewState::Approved);
    public("A help desk for newcomers");
    app.decide(&mut moderator, &reference, "request-changes", "Once more, please.");
    correct(&mut city, "A help desk, corrected twice");
    app.decide(&mut moderator, &reference, "publish", "");
    public("A help desk, corrected twice");
    app.is_whole();
}

#[test]
fn declining_says_why_once_and_spam_is_told_nothing() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let [told, spam] = [app.practice(&json!({})), app.practice(&json!({ "title": "Cheap watches" }))];
    app.mails();
    let mut form = decision_form(&mut moderator, &told, "decline").unwrap();
    form.clear("reason");
    form.set("message", "It is about another Compact.");
    let refused = moderator.submit(&form).is(422);
    assert!(
        !refused.errors().is_empty() && refused.text().contains("It is about another Compact."),
        "the typed message is kept"
    );
    moderator.submit(form.set("reason", "outside-scope")).is(303);
    let mut form = decision_form(&mut moderator, &spam, "decline").unwrap();
    moderator.submit(form.set("reason", "spam").set("message", "Never to be sent")).is(303);
    let mails = app.mails();
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    assert!(mail.text.contains("It lies outside what is collected here.") && mail.text.contains("another Compact"));
    assert!(mail.subject.contains("Not published") && !mail.all().contains("declined"));
    assert_eq!(app.submission(&spam).state, ReviewState::Declined);
}

#[test]
fn what_was_held_is_released_and_then_told() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.held_practice();
    assert!(app.mails().is_empty());
    let page = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    assert!(page.said().contains("The receipt that was held back goes to amina@lakeview.example"));
    app.decide(&mut moderator, &reference, "release", "");
    assert_eq!(app.submission(&reference).state, ReviewState::Submitted);
    assert!(moderator.get("/staff").is(200).text().contains(&reference));
    // CONTRACT: release mails nobody; the submission's own mails were only held back.
    let mails = app.mails();
    let kinds: Vec<String> = app.outbox().into_iter().map(|(kind, ..)| kind).collect();
    assert_eq!(kinds, ["receipt", "alert-new"]);
    let receipt = mails.iter().find(|mail| mail.envelope == "amina@lakeview.example").unwrap();
    app.client().visit(&receipt.link("/address?key=")).is(200);
    app.is_whole();
}

#[test]
fn a_request_is_accepted_and_closed() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut team = app.client();
    let reference = hand_in(&mut team, "unct-support", &answers::request()).reference();
    app.mails();
    assert!(decision_form(&mut moderator, &reference, "publish").is_none(), "a request is never published");
    app.decide(&mut moderator, &reference, "approve", "We suggest 2 February.");
    let mail = app.mails_to("amina@lakeview.example").remove(0);
    assert!(mail.subject.contains("Accepted") && mail.text.contains("We suggest 2 February."));
    assert!(moderator.get("/staff").is(200).text().contains(&reference), "an accepted request waits to be closed");
    app.decide(&mut moderator, &reference, "close", "The workshop took place.");
    assert!(app.mails_to("amina@lakeview.example").remove(0).text.contains("The workshop took place."));
    assert!(team.get(&format!("/submissions/{reference}")).is(200).said().contains("Closed"));
    assert!(!moderator.get("/staff").is(200).text().contains(&reference));
    app.is_whole();
}

/// A submission in this state, made by the acts that lead there.
fn in_state(app: &TestApp, moderator: &mut Client, lifecycle: Lifecycle, state: ReviewState) -> Option<String> {
    let publication = lifecycle == Lifecycle::Publication;
    let make = || if publication { app.practice(&json!({})) } else { app.request(&json!({})) };
    let act = |moderator: &mut Client, reference: &str, decision: &str| {
        app.decide(moderator, reference, decision, "So it is.");
    };
    let reference = match state {
        ReviewState::Held if publication => app.held_practice(),
        ReviewState::Held => return None,
        ReviewState::Closed if publication => return None,
        ReviewState::Submitted
        | ReviewState::InReview
        | ReviewState::ChangesRequested
        | ReviewState::Approved
        | ReviewState::Declined
        | ReviewState::Withdrawn
        | ReviewState::Closed => make(),
    };
    match state {
        ReviewState::Held | ReviewState::Submitted => {}
        ReviewState::InReview => act(moderator, &reference, "start-review"),
        ReviewState::ChangesRequested => act(moderator, &reference, "request-changes"),
        ReviewState::Approved => act(moderator, &reference, "approve"),
        ReviewState::Declined => {
            let version = app.submission(&reference).version;
            send_decision(moderator, &reference, "decline", version, "").is(303);
        }
        ReviewState::Withdrawn => {
            let id = app.submission(&reference).id;
            app.runtime.block_on(inlet::actions::withdraw::withdraw(&app.app, id, "")).unwrap();
        }
        ReviewState::Closed => {
            act(moderator, &reference, "approve");
            act(moderator, &reference, "close");
        }
    }
    assert_eq!(app.submission(&reference).state, state);
    Some(reference)
}

#[test]
fn every_decision_in_every_state_over_http_follows_the_table() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    for lifecycle in [Lifecycle::Publication, Lifecycle::Request] {
        for &state in ReviewState::ALL {
            for &decision in Decision::ALL {
                let Some(reference) = in_state(&app, &mut moderator, lifecycle, state) else { continue };
                let standing = Standing { lifecycle, state, visibility: Visibility::None, pending: false };
                let offered = decision_form(&mut moderator, &reference, decision.as_str()).is_some();
                let before = (app.stored(), app.submission(&reference));
                let sent =
                    send_decision(&mut moderator, &reference, decision.as_str(), before.1.version, "As decided.");
                let after = app.submission(&reference);
                match standing.decide(decision) {
                    Some(outcome) => {
                        assert!(offered && sent.status == 303, "{lifecycle:?} {state:?} {decision:?}: {sent:?}");
                        assert_eq!((after.state, after.visibility), (outcome.state, outcome.visibility));
                    }
                    None => {
                        assert!(!offered && sent.status == 409, "{lifecycle:?} {state:?} {decision:?}: {sent:?}");
                        assert_eq!(changed(&before.0, &app.stored()), Vec::<String>::new());
                        assert!(sent.text().contains("As decided."), "the typed message is kept: {sent:?}");
                    }
                }
            }
        }
    }
    app.is_whole();
}

#[test]
fn what_is_published_is_taken_off_with_a_reason() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.published_practice(&mut moderator, &json!({}));
    app.mails();
    let form = decision_form(&mut moderator, &reference, "unpublish").unwrap();
    moderator.submit(&form).is(422);
    app.decide(&mut moderator, &reference, "unpublish", "The city asked us to.");
    app.client().get(&format!("/practices/{reference}")).is(404);
    assert_eq!(app.client().api("GET", "/api/v1/practices", None).is(200).json()["total"], 0);
    let mails = app.mails();
    assert!(mails.len() == 1 && mails[0].text.contains("The city asked us to."));
    app.decide(&mut moderator, &reference, "publish", "");
    app.client().get(&format!("/practices/{reference}")).is(200);
    app.is_whole();
}

/// FRG-12 and W07.
#[test]
fn of_two_moderators_at_once_one_decides_and_the_other_keeps_their_words() {
    let app = TestApp::start();
    let mona = app.moderator();
    let igor = app.staff(Role::Moderator, "Igor");
    for round in 0..5 {
        let reference = app.practice(&json!({ "title": format!("Round {round}") }));
        app.mails();
        let outcomes: Vec<Page> = std::thread::scope(|scope| {
            let reference = &reference;
            let publish = {
                let mut mona = mona.clone();
                scope.spawn(move || send_decision(&mut mona, reference, "publish", 1, "Words of Mona"))
            };
            let decline = {
                let mut igor = igor.clone();
                scope.spawn(move || send_decision(&mut igor, reference, "decline", 1, "Words of Igor"))
            };
            vec![publish.join().unwrap(), decline.join().unwrap()]
        });
        let won: Vec<&Page> = outcomes.iter().filter(|page| page.status == 303).collect();
        let lost: Vec<&Page> = outcomes.iter().filter(|page| page.status == 409).collect();
        assert!(won.len() == 1 && lost.len() == 1, "{outcomes:?}");
        assert!(lost[0].text().contains("Words of Mona") || lost[0].text().contains("Words of Igor"));
        assert_eq!(app.events(&reference).len(), 2, "one decision");
        assert_eq!(app.mails_to("amina@lakeview.example").len(), 1, "one mail");
    }
    app.is_whole();
}

#[test]
fn a_resubmission_while_the_page_is_open_is_shown_before_anything_is_decided() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let mut city = app.client();
    let reference = hand_in(&mut city, "practice", &answers::practice()).reference();
    app.decide(&mut moderator, &reference, "request-changes", "More, please.");
    let mut form = decision_form(&mut moderator, &reference, "decline").unwrap();
    let own = city.get(&format!("/submissions/{reference}")).is(200);
    let opened = city.submit(&own.form());
    let first = city.follow(&opened);
    let check =
        fill(&mut city, first, &answers::but(answers::practice(), &[("lessons", "Interpreters and patience.")]));
    send(&mut city, &check);
    form.set("reason", "incomplete").set("message", "No answer came.");
    let before = app.stored();
    let conflict = moderator.submit(&form).is(409);
    assert_eq!(changed(&before, &app.stored()), Vec::<String>::new());
    assert!(conflict.text().contains("No answer came."), "the words are kept");
    assert!(conflict.all("ins").join(" ").contains("patience"), "and what changed is shown");
    let mut again = conflict.form_at("form:has(input[name=decision][value=decline])");
    assert_eq!(again.value("message"), "No answer came.");
    moderator.submit(again.set("reason", "incomplete")).is(303);
}

#[test]
fn an_observer_reads_and_decides_nothing() {
    let app = TestApp::start();
    let mut observer = app.staff(Role::Observer, "Olga");
    let reference = app.practice(&json!({}));
    let page = observer.get(&format!("/staff/submissions/{reference}")).is(200);
    assert!(!page.has("input[name=decision]"));
    let before = app.stored();
    send_decision(&mut observer, &reference, "publish", 1, "").is(403);
    assert_eq!(changed(&before, &app.stored()), Vec::<String>::new());
    app.client().get(&format!("/practices/{reference}")).is(404);
}

#[test]
fn a_decision_needs_its_words() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.practice(&json!({}));
    let before = app.stored();
    let too_long = "x".repeat(5001);
    for (decision, message) in [("request-changes", ""), ("request-changes", "  \n "), ("publish", too_long.as_str())] {
        let refused = send_decision(&mut moderator, &reference, decision, 1, message).is(422);
        assert!(!refused.errors().is_empty(), "{refused:?}");
    }
    for wrong in [
        [("decision", "explode"), ("version", "1")],
        [("decision", "publish"), ("version", "soon")],
        [("decision", "publish"), ("other", "")],
    ] {
        moderator.post_form(&format!("/staff/submissions/{reference}/decisions"), &wrong).is(422);
    }
    assert_eq!(changed(&before, &app.stored()), Vec::<String>::new());
    moderator.get("/staff/submissions/PRA-0000-0000").is(404);
    moderator.get("/staff/submissions/nonsense").is(404);
}

#[test]
fn a_decision_waits_for_its_hold_time() {
    let app = TestApp::with(&[("INLET_HOLD", "2m")]);
    let mut moderator = app.moderator();
    let reference = app.practice(&json!({}));
    app.mails();
    app.decide(&mut moderator, &reference, "publish", "");
    app.client().get(&format!("/practices/{reference}")).is(200);
    assert!(app.mails().is_empty());
    assert!(app.outbox().iter().any(|(kind, _, status)| kind == "published" && *status == MailStatus::Held));
    app.clock.advance(chrono::Duration::minutes(2));
    assert_eq!(app.mails().len(), 1);
}
