//! Who may do what: every route of the table, for everybody; and nothing changes without a proof that it comes from here.

use actix_web::http::Method;
use inlet::domain::account::{AccountId, Role};
use inlet::domain::policy::{Act, Actor, may};
use inlet::domain::submission::SubmissionId;
use inlet::web::routes::{Route, table};
use serde_json::json;

use crate::support::answers::{self, begin, fill, go_on, hand_in};
use crate::support::app::changed;
use crate::support::client::From;
use crate::support::{Client, TestApp};

/// A world with one of each thing that an address can name.
struct World {
    app: TestApp,
    draft: String,
    step: String,
    reference: String,
    submitter: Client,
}

impl World {
    fn new() -> Self {
        let app = TestApp::start();
        // The account that addresses name; those who ask are others.
        app.account(Role::Observer, "Spare", "spare@unmigration.example");
        let mut submitter = app.client();
        let reference = hand_in(&mut submitter, "practice", &answers::practice()).reference();
        let first = begin(&mut submitter, "practice");
        let mut form = first.form();
        form.answer(&answers::practice());
        let second = go_on(&mut submitter, &form);
        let parts: Vec<&str> = second.path.split('/').collect();
        let (draft, step) = (parts[2].to_owned(), parts[4].to_owned());
        Self { app, draft, step, reference, submitter }
    }

    /// The address of a route in this world.
    fn address(&self, route: &Route) -> String {
        let id = if route.path.starts_with("/staff/") { "1" } else { "AAAAAAAAAAAAAAAAAAAAAA" };
        route
            .path
            .replace("{form}", "practice")
            .replace("{draft}", &self.draft)
            .replace("{step}", &self.step)
            .replace("{reference}", &self.reference)
            .replace("{id}", id)
            .replace("{reader}", "a1")
            .replace("{subscription}", "AAAAAAAAAAAAAAAAAAAAAA")
            .replace("{code}", "en")
            .replace("{digest}", "0")
            .replace("{name}", "inlet.css")
            .replace("{file}", "practices.csv")
            .replace("{collection}", "practices")
    }
}

fn unsafe_routes() -> impl Iterator<Item = Route> {
    table().into_iter().filter(|route| route.method != Method::GET && route.method != Method::HEAD)
}

/// Where mail programs end mails: the key is the proof (RFC 8058).
const ONE_CLICK: [&str; 2] = ["/subscriptions/{subscription}/end", "/alerts/{reader}/end"];

#[test]
fn nothing_unsafe_is_taken_from_another_site_or_without_any_proof() {
    let world = World::new();
    let mut admin = world.app.staff(Role::Admin, "Ada");
    let before = world.app.stored();
    let mut routes = 0;
    for route in unsafe_routes().filter(|route| !route.path.starts_with("/api/v1/") && !ONE_CLICK.contains(&route.path))
    {
        routes += 1;
        let address = world.address(&route);
        let origins: [(From, &[(&str, &str)]); 4] = [
            (From::Silent, &[]),
            (From::OtherSite, &[]),
            (From::Silent, &[("Origin", "https://evil.example")]),
            (From::Silent, &[("Origin", "null")]),
        ];
        for (from, headers) in origins {
            for mut client in [world.submitter.coming_from(from), admin.coming_from(from)] {
                client.headers.extend(headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
                let sent = client.post_form(
                    &address,
                    &[("token", "made-up"), ("message", "x"), ("decision", "publish"), ("version", "1")],
                );
                assert_eq!(sent.status, 403, "{} from {from:?}: {sent:?}", route.path);
            }
        }
    }
    assert!(routes >= 15, "the table was walked: {routes}");
    assert_eq!(changed(&before, &world.app.stored()), Vec::<String>::new());
    admin.get("/staff").is(200);
}

#[test]
fn an_origin_that_is_ours_is_a_proof_and_so_is_the_forms_token() {
    let app = TestApp::start();
    let base = app.app.base();
    let mut by_origin = app.client().coming_from(From::Silent).with("Origin", &base);
    hand_in(&mut by_origin, "unct-support", &answers::request()).reference();
    // A browser that says nothing: the token in the form is enough, all the way.
    let mut silent = app.client().coming_from(From::Silent);
    let first = begin(&mut silent, "practice");
    assert!(!first.form().value("token").is_empty());
    let check = fill(&mut silent, first, &answers::practice());
    let confirmation = answers::send(&mut silent, &check);
    confirmation.reference();
    let mut form = confirmation.form_at("form[action$='/contact']");
    silent.submit(form.set("contact_address", "other@lakeview.example")).is(303);
    // Where the browser does say that it is another site, no token helps.
    let mut elsewhere = silent.coming_from(From::OtherSite);
    elsewhere.submit(form.set("contact_address", "third@lakeview.example")).is(403);
}

#[test]
fn a_staff_form_carries_the_token_of_its_session() {
    let app = TestApp::start();
    let mona = app.moderator();
    let igor = app.staff(Role::Moderator, "Igor");
    let reference = app.practice(&json!({}));
    let form_of =
        |client: &Client| crate::support::app::decision_form(&mut client.clone(), &reference, "start-review").unwrap();
    let (of_mona, of_igor) = (form_of(&mona), form_of(&igor));
    let mut anybody = app.client();
    let of_nobody = begin(&mut anybody, "practice").form().value("token").to_owned();
    assert_ne!(of_mona.value("token"), of_igor.value("token"));
    let mut silent = mona.coming_from(From::Silent);
    for foreign in [of_igor.value("token"), of_nobody.as_str(), ""] {
        silent.submit(of_mona.clone().set("token", foreign)).is(403);
    }
    silent.submit(&of_mona).is(303);
}

/// FRG-11: what was typed is not thrown away.
#[test]
fn a_page_that_stood_open_too_long_gives_the_text_back_and_one_click_sends_it() {
    let app = TestApp::start();
    let mut silent = app.client().coming_from(From::Silent);
    let first = begin(&mut silent, "practice");
    let mut form = first.form();
    form.answer(&answers::practice()).set("place", &answers::long("By the lake,", 180));
    app.clock.advance(chrono::Duration::days(3));
    let refused = silent.press(&form, ("do", "continue")).is(403);
    assert_eq!(app.count("drafts"), 0);
    let again = refused.form();
    for (name, value) in form.pairs.iter().filter(|(name, _)| name != "token") {
        assert!(again.pairs.contains(&(name.clone(), value.clone())), "{name} is lost");
    }
    let sent = silent.submit(&again);
    let second = silent.follow(&sent).is(200);
    assert!(second.path.contains("/steps/facts"), "{second:?}");
}

#[test]
fn three_thousand_words_of_a_moderator_survive_too() {
    let app = TestApp::start();
    let mut moderator = app.moderator().coming_from(From::Silent);
    let reference = app.practice(&json!({}));
    let mut form = crate::support::app::decision_form(&mut moderator, &reference, "request-changes").unwrap();
    let words = answers::long("Please look at each of the points below.", 4900);
    form.set("message", &words).set("token", "from-before-a-restart");
    let refused = moderator.submit(&form).is(403);
    assert_eq!(refused.form().value("message"), words);
    assert_eq!(app.submission(&reference).version, 1);
    moderator.submit(&refused.form()).is(303);
    assert_eq!(app.events(&reference), ["submitted", "request-changes"]);
}

#[test]
fn staff_pages_send_strangers_to_sign_in_and_back_again() {
    let app = TestApp::start();
    for (path, next) in [("/staff", "%2Fstaff"), ("/staff/mail?status=refused", "%2Fstaff%2Fmail%3Fstatus%3Drefused")] {
        let sent = app.client().get(path).is(303);
        assert_eq!(sent.location().unwrap(), format!("/staff/login?next={next}"));
    }
}

/// W11: the session ended meanwhile, or in another tab.
#[test]
fn a_message_typed_after_the_session_ended_is_given_back_and_sent_after_signing_in() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let reference = app.practice(&json!({}));
    let mut form = crate::support::app::decision_form(&mut moderator, &reference, "request-changes").unwrap();
    let words = answers::long("Please look at each of the points below.", 900);
    form.set("message", &words);
    app.clock.advance(chrono::Duration::minutes(31));
    let refused = moderator.submit(&form).is(403);
    assert_eq!(app.events(&reference), ["submitted"]);
    let kept = refused.form();
    assert_eq!((kept.value("message"), kept.value("decision")), (words.as_str(), "request-changes"));
    let mut login = moderator.get("/staff/login").is(200).form();
    moderator
        .submit(login.set("email", "mona@unmigration.example").set("password", crate::support::app::PASSWORD))
        .is(303);
    moderator.submit(&kept).is(303);
    assert_eq!(app.events(&reference), ["submitted", "request-changes"]);
}

/// The policy is the table; the routes ask it. This asks the routes.
#[test]
fn every_route_lets_in_whom_the_policy_lets_in() {
    let world = World::new();
    let roles = [Role::Observer, Role::Moderator, Role::Admin];
    let clients: Vec<(Actor, Client)> = std::iter::once((Actor::Anyone, world.app.client()))
        .chain(roles.map(|role| (Actor::Staff(AccountId(1), role), world.app.staff(role, role.as_str()))))
        .collect();
    for route in table().into_iter().filter(|route| route.path != "/staff/logout") {
        let address = world.address(&route);
        for (actor, client) in &clients {
            let mut client = client.clone();
            let sent = client.send(
                route.method.as_str(),
                &address,
                &[("Content-Type", "application/x-www-form-urlencoded")],
                (route.method == Method::POST).then_some(b"x=y".as_slice()),
            );
            let by_link = matches!(route.act, Act::OpenOwn | Act::SpeakForParty);
            let allowed = by_link || may(actor, route.act);
            let on_the_desk = route.path == "/staff" || route.path.starts_with("/staff/");
            let what = format!("{} {address} by {actor:?}: {sent:?}", route.method);
            if allowed {
                let to_login = sent.location().is_some_and(|to| to.starts_with("/staff/login?next="));
                assert!(sent.status != 403 && !to_login, "{what}");
            } else if on_the_desk && *actor == Actor::Anyone && route.method == Method::GET {
                assert!(sent.status == 303 && sent.location().unwrap().starts_with("/staff/login?next="), "{what}");
            } else {
                assert_eq!(sent.status, 403, "{what}");
            }
            if by_link {
                assert_eq!(sent.status, 404, "without the link there is nothing: {what}");
            }
        }
    }
    // With the link there is.
    let mut own = world.submitter.clone();
    own.get(&format!("/submissions/{}", world.reference)).is(200);
    assert!(may(&Actor::Submitter(SubmissionId(1)), Act::OpenOwn));
    assert!(may(&Actor::Party(SubmissionId(1)), Act::SpeakForParty));
}

#[test]
fn a_staff_cookie_opens_nothing_outside_the_desk() {
    let world = World::new();
    let mut admin = world.app.staff(Role::Admin, "Ada");
    admin.get(&format!("/submissions/{}", world.reference)).is(404);
    admin.get(&format!("/drafts/{}/steps/{}", world.draft, world.step)).is(404);
    admin.get(&format!("/practices/{}", world.reference)).is(404);
}

#[test]
fn the_api_reads_no_cookie_and_takes_json_alone() {
    let app = TestApp::start();
    let mut admin = app.staff(Role::Admin, "Ada").coming_from(From::OtherSite);
    let body = json!({ "answers": answers::practice_json() }).to_string();
    let link = "/api/v1/forms/practice/submissions";
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""] {
        admin.post(link, kind, body.as_bytes()).is(415);
    }
    assert_eq!(app.count("submissions"), 0);
    // From anywhere, as any program: what it makes is nobody's session.
    admin.post(link, "application/json", body.as_bytes()).is(201);
    assert_eq!(
        app.read(|conn| inlet::store::events::after(conn, 0, 9))[0].event.author,
        inlet::domain::event::Author::Submitter
    );
}

#[test]
fn get_and_head_change_nothing_anywhere() {
    let world = World::new();
    let mut admin = world.app.staff(Role::Admin, "Ada");
    world.app.mails();
    let before = world.app.stored();
    for route in table().into_iter().filter(|route| route.method == Method::GET) {
        for mut client in [world.app.client(), world.submitter.clone(), admin.clone()] {
            client.get(&world.address(&route));
            client.send("HEAD", &world.address(&route), &[], None);
        }
    }
    for method in ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"] {
        assert!(matches!(admin.send(method, "/staff/accounts", &[], None).status, 404 | 405));
    }
    let mut tricked = admin.with("X-HTTP-Method-Override", "POST");
    tricked.get(&format!("/staff/submissions/{}/decisions?decision=publish&version=1", world.reference)).is(405);
    assert_eq!(changed(&before, &world.app.stored()), Vec::<String>::new());
}
