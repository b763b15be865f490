//! Staff come in: password, second factor, first password by a link; and are shown out.

use inlet::domain::account::Role;
use serde_json::json;

use crate::support::{Client, TestApp};

#[test]
fn signing_in_takes_the_right_password_and_ends_where_one_wanted_to_go() {
    let app = TestApp::start();
    app.account(Role::Moderator, "Mona", "mona@unmigration.example");
    let reference = app.practice(&json!({}));
    let mut moderator = app.client();
    let sent = moderator.get(&format!("/staff/submissions/{reference}")).is(303);
    let login = moderator.follow(&sent).is(200);
    let mut form = login.form();
    let wrong = moderator.submit(form.set("email", "mona@unmigration.example").set("password", "wrong")).is(422);
    let mut unknown_form = login.form();
    let unknown =
        moderator.submit(unknown_form.set("email", "nobody@unmigration.example").set("password", "wrong")).is(422);
    assert_eq!(wrong.errors(), unknown.errors(), "one answer for both");
    assert_eq!(wrong.form().value("email"), "mona@unmigration.example");
    let signed =
        moderator.submit(form.set("email", "MONA@unmigration.example").set("password", crate::support::app::PASSWORD));
    let page = moderator.follow(&signed).is(200);
    assert_eq!(page.path, format!("/staff/submissions/{reference}"));
    let out = moderator.submit(&page.form_at("form[action='/staff/logout']"));
    moderator.follow(&out).is(200);
    moderator.get("/staff").is(303);
    for outside in ["//evil.example/", "https://evil.example", "/\\evil.example", "/practices"] {
        let mut form =
            app.client().get(&format!("/staff/login?next={}", crate::support::client::encode(outside))).is(200).form();
        form.set("email", "mona@unmigration.example").set("password", crate::support::app::PASSWORD);
        assert_eq!(app.client().submit(&form).is(303).location().as_deref(), Some("/staff"));
    }
}

#[test]
fn a_session_ends_by_time_and_with_the_account() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    app.clock.advance(chrono::Duration::minutes(29));
    moderator.get("/staff").is(200);
    app.clock.advance(chrono::Duration::minutes(31));
    moderator.get("/staff").is(303);
    let mut moderator = app.sign_in("mona@unmigration.example");
    let mut admin = app.staff(Role::Admin, "Ada");
    let list = admin.get("/staff/accounts").is(200);
    let disable = list.form_at("form[action$='/disable']");
    let done = admin.submit(&disable);
    admin.follow(&done).is(200);
    moderator.get("/staff").is(303);
    let mut form = app.client().get("/staff/login").form();
    form.set("email", "mona@unmigration.example").set("password", crate::support::app::PASSWORD);
    app.client().submit(&form).is(422);
}

#[test]
fn an_invited_person_sets_a_password_by_a_link_that_works_once() {
    let app = TestApp::start();
    let mut admin = app.staff(Role::Admin, "Ada");
    let mut form = admin.get("/staff/accounts").is(200).form_at("form[action='/staff/accounts']");
    let refused = admin.submit(form.set("email", "not an address").set("name", "")).is(422);
    assert_eq!(refused.errors().len(), 2, "{refused:?}");
    let added =
        admin.submit(form.set("email", "nia@unmigration.example").set("name", "Nia").set("role", "moderator")).is(200);
    let link = added.one("textarea#link");
    let mut nia = app.client();
    let mut form = nia.visit(&link).is(200).form();
    nia.submit(form.set("password", "short").set("password_again", "short")).is(422);
    nia.submit(form.set("password", "harbour5-lantern8-willow").set("password_again", "other")).is(422);
    nia.submit(form.set("password", "harbour5-lantern8-willow").set("password_again", "harbour5-lantern8-willow"))
        .is(303);
    nia.submit(&form).is(404);
    nia.visit(&link).is(404);
    let mut login = nia.get("/staff/login").form();
    nia.submit(login.set("email", "nia@unmigration.example").set("password", "harbour5-lantern8-willow")).is(303);
    nia.get("/staff").is(200);
    admin
        .submit(
            admin
                .clone()
                .get("/staff/accounts")
                .form_at("form[action='/staff/accounts']")
                .set("email", "nia@unmigration.example")
                .set("name", "Nia"),
        )
        .is(422);
}

#[test]
fn the_second_factor_is_set_up_at_the_first_sign_in_and_asked_for_after() {
    let app = TestApp::with(&[("INLET_TWO_FACTOR", "required")]);
    app.account(Role::Moderator, "Mona", "mona@unmigration.example");
    let mut moderator = app.client();
    let mut form = moderator.get("/staff/login").form();
    let page = moderator
        .submit(form.set("email", "mona@unmigration.example").set("password", crate::support::app::PASSWORD))
        .is(200);
    moderator.get("/staff").is(303);
    let mut form = page.form();
    let secret = form.value("enrol").to_owned();
    assert_eq!(secret.len(), 32, "{page:?}");
    let kept = moderator.submit(form.set("code", "000000")).is(422);
    assert_eq!(kept.form().value("enrol"), secret, "a mistyped code does not change the secret");
    let code = code_at(&secret, app.app.clock.now().timestamp());
    moderator.submit(kept.form().set("code", &code)).is(303);
    moderator.get("/staff").is(200);
    app.clock.advance(chrono::Duration::minutes(1));
    let mut again = app.client();
    let page = again.submit(form_of_login(&mut app.client()).set("password", crate::support::app::PASSWORD)).is(200);
    assert!(!page.has("input[name=enrol]"));
    again.submit(page.form().set("code", &code)).is(422);
    let fresh = code_at(&secret, app.app.clock.now().timestamp());
    again.submit(page.form().set("code", &fresh)).is(303);
    again.get("/staff").is(200);
}

fn form_of_login(client: &mut Client) -> crate::support::Form {
    let mut form = client.get("/staff/login").form();
    form.set("email", "mona@unmigration.example");
    form
}

fn code_at(secret: &str, at: i64) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let totp = totp_rs::Builder::new()
        .with_secret(secret)
        .with_account_name("mona@unmigration.example".to_owned())
        .build()
        .unwrap();
    totp.generate(u64::try_from(at).unwrap()).to_string()
}
