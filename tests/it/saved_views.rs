//! Staff keep views of the queue under names, for themselves or for all.

use inlet::domain::account::Role;
use inlet::store::views;
use serde_json::json;

use crate::support::app::changed;
use crate::support::{Client, Page, TestApp};

const PLEDGES: &str = "/staff?form=pledge&region=africa";

/// Keeps the view at an address under a name.
fn keep(client: &mut Client, address: &str, name: &str, shared: bool) -> Page {
    let page = client.get(address).is(200);
    let mut form = page.form_at(".views form");
    form.set("name", name);
    if shared {
        form.set("shared", "1");
    }
    client.submit(&form)
}

fn names(client: &mut Client) -> Vec<String> {
    client.get("/staff").is(200).all(".views li a")
}

#[test]
fn a_view_is_kept_under_a_name_and_opens_with_its_filters() {
    let app = TestApp::start();
    let mut mona = app.moderator();
    app.practice(&json!({ "title": "Not a pledge" }));
    assert!(!mona.get("/staff").is(200).has(".views"), "nothing is kept, and what is as usual needs no name");
    let kept = keep(&mut mona, PLEDGES, "Pledges  of Africa", false);
    let page = mona.follow(&kept).is(200);
    assert!(page.said().contains("The view is saved.") && page.said().contains("Change “Pledges of Africa”"));
    assert_eq!(page.attributes(".views a[aria-current]", "href"), [PLEDGES]);
    assert_eq!(names(&mut mona), ["Pledges of Africa"]);
    let mut jonas = app.staff(Role::Moderator, "Jonas");
    assert_eq!(names(&mut jonas), Vec::<String>::new(), "it is Mona's own");
}

#[test]
fn a_shared_view_is_seen_by_all_and_changed_by_its_owner() {
    let app = TestApp::start();
    let (mut mona, mut olga) = (app.moderator(), app.staff(Role::Observer, "Olga"));
    keep(&mut mona, "/staff?tab=mine&form=practice", "My practices", true).is(303);
    assert_eq!(names(&mut olga), ["My practices (shared by Mona)"]);
    let opened = olga.get("/staff?tab=mine&form=practice").is(200);
    assert!(!opened.has(".views form"), "it is not hers to change, and has a name already");
    let mut form = mona.get("/staff?tab=mine&form=practice").is(200).form_at(".views form");
    let address = form.action.clone();
    let proof = token(&mut olga);
    form.set("token", &proof);
    olga.submit(&form).is(404);
    olga.post_form(&format!("{address}/removal"), &[("token", &proof)]).is(404);
    let mut change = mona.get("/staff?tab=mine&form=practice").is(200).form_at(".views form");
    change.set("name", "Practices").clear("shared");
    let done = mona.submit(&change);
    assert!(mona.follow(&done).is(200).said().contains("The view is changed."));
    assert_eq!((names(&mut mona), names(&mut olga)), (vec!["Practices".to_owned()], Vec::new()));
    let remove = mona.get("/staff?tab=mine&form=practice").is(200).form_at(".views form[action$=removal]");
    let done = mona.submit(&remove);
    assert!(mona.follow(&done).is(200).said().contains("The view is removed."));
    assert_eq!(app.count("views"), 0);
}

/// The proof that goes with a form of theirs.
fn token(client: &mut Client) -> String {
    client.get("/staff/alerts").is(200).form_at("main form").value("token").to_owned()
}

#[test]
fn an_admin_can_remove_what_all_see_but_not_what_is_private() {
    let app = TestApp::start();
    let (mut mona, mut ada) = (app.moderator(), app.staff(Role::Admin, "Ada"));
    keep(&mut mona, PLEDGES, "Shared", true).is(303);
    keep(&mut mona, "/staff?tab=all&q=zebra", "Private", false).is(303);
    let private = mona.get("/staff?tab=all&q=zebra").is(200).form_at(".views form").action.clone();
    let proof = token(&mut ada);
    ada.post_form(&format!("{private}/removal"), &[("token", &proof)]).is(404);
    let remove = ada.get(PLEDGES).is(200).form_at(".views form[action$=removal]");
    ada.submit(&remove).is(303);
    assert_eq!(names(&mut mona), ["Private"]);
}

#[test]
fn a_name_that_cannot_be_is_said_and_nothing_typed_is_lost() {
    let app = TestApp::start();
    let mut mona = app.moderator();
    keep(&mut mona, PLEDGES, "Pledges", false).is(303);
    let before = app.stored();
    for (name, said) in [("", "up to 60 characters"), (&"x".repeat(61), "up to 60 characters"), ("Pledges", "already")]
    {
        let refused = keep(&mut mona, "/staff?tab=all&form=practice", name, true).is(422);
        let errors = refused.errors();
        assert!(errors.len() == 1 && errors[0].1.contains(said) && errors[0].0 == "#name", "{errors:?}");
        let form = refused.form_at(".views form");
        assert_eq!((form.value("name"), form.value("shared")), (name, "1"));
        assert!(refused.has(".views details[open]") && refused.has("option[value=practice][selected]"));
    }
    assert_eq!(changed(&before, &app.stored()), Vec::<String>::new());
    let proof = token(&mut mona);
    for address in ["/staff/views/999", "/staff/views/x/removal"] {
        mona.post_form(address, &[("token", &proof)]).is(404);
    }
}

#[test]
fn what_is_kept_can_be_asked_for_by_its_number() {
    let app = TestApp::start();
    let mut mona = app.moderator();
    keep(&mut mona, PLEDGES, "Pledges", true).is(303);
    let kept = app.read(|conn| {
        let id = views::list_for(conn, inlet::domain::account::AccountId(0))?.remove(0).id;
        views::by_id(conn, id)
    });
    let kept = kept.unwrap();
    assert_eq!((kept.name.as_str(), kept.view.query().as_str()), ("Pledges", "form=pledge&region=africa"));
}
