//! Several people hold a draft's link: they take turns, and nobody's text is lost.

use chrono::Duration;

use crate::support::answers::{self, begin, go_on};
use crate::support::{Client, Page, TestApp};

/// Two people with the same draft open at its second step.
fn two(app: &TestApp) -> (Client, Page, Client, Page) {
    let mut ada = app.client();
    let mut form = begin(&mut ada, "practice").form();
    form.answer(&answers::practice());
    let step = go_on(&mut ada, &form);
    let later = ada.press(&step.form(), ("do", "later"));
    let edit = ada.follow(&later).is(200).all(".link-text code").remove(1);
    let mut ben = app.client();
    let door = ben.get(&edit).is(200).form();
    let sent = ben.submit(&door);
    let theirs = ben.follow(&sent).is(200);
    let mine = ada.get(&step.path).is(200);
    (ada, mine, ben, theirs)
}

#[test]
fn each_is_told_that_somebody_else_has_it_open() {
    let app = TestApp::start();
    let (mut ada, mine, mut ben, theirs) = two(&app);
    assert!(theirs.said().contains("Somebody else opened this draft at 09:00 UTC"), "{theirs:?}");
    assert!(mine.said().contains("Somebody else opened this draft at 09:00 UTC"), "{mine:?}");
    app.clock.advance(Duration::seconds(90));
    assert!(ben.get(&theirs.path).said().contains("Somebody else opened"));
    app.clock.advance(Duration::minutes(3));
    assert!(!ada.get(&mine.path).said().contains("Somebody else"), "who left is not there any more");
    ada.get(&mine.path);
    assert!(!ada.get(&mine.path).said().contains("Somebody else"), "nobody is somebody else to oneself");
}

#[test]
fn who_saves_second_sees_both_texts_and_neither_is_lost() {
    let app = TestApp::start();
    let (mut ada, mine, mut ben, theirs) = two(&app);
    app.clock.advance(Duration::minutes(41));
    let mut bens = theirs.form();
    bens.set("donors-0-name", "Fund of Ben").set("start_month-year", "2019");
    ben.press(&bens, ("do", "later")).is(303);
    let mut adas = mine.form();
    adas.set("donors-0-name", "Fund of Ada").set("start_month-year", "2019");
    let conflict = ada.press(&adas, ("do", "continue")).is(409);
    assert!(conflict.said().contains("Somebody else changed this step at 09:41 UTC"), "{conflict:?}");
    let both = conflict.one(".conflict");
    assert!(both.contains("Fund of Ben") && both.contains("Fund of Ada"), "{both}");
    assert!(!both.contains("2019"), "where they agree there is nothing to choose: {both}");
    assert_eq!(conflict.form().value("donors-0-name"), "Fund of Ada", "what was typed stays in the form");
    assert_eq!(ben.get(&theirs.path).form().value("donors-0-name"), "Fund of Ben", "what was saved stays saved");

    // Keeping theirs.
    let kept = ada.press(&conflict.form(), ("do", "theirs"));
    assert_eq!(ada.follow(&kept).is(200).form().value("donors-0-name"), "Fund of Ben");
    // Saving mine, which the page allows now.
    ada.press(&conflict.form(), ("do", "later")).is(303);
    let now = ben.get(&theirs.path).form();
    assert_eq!(now.value("donors-0-name"), "Fund of Ada");
    // Ben typed on meanwhile, on his old page: it is his turn to be asked.
    ben.press(&now, ("do", "later")).is(303);
    let mut old = theirs.form();
    old.set("donors-0-name", "Typed on an old page");
    ben.press(&old, ("do", "autosave")).is(409);
    assert_eq!(ada.get(&mine.path).form().value("donors-0-name"), "Fund of Ada");
}

#[test]
fn an_autosave_never_writes_over_what_somebody_else_saved() {
    let app = TestApp::start();
    let (mut ada, mine, mut ben, theirs) = two(&app);
    let mut bens = theirs.form();
    bens.set("donors-0-name", "Fund of Ben");
    ben.press(&bens, ("do", "autosave")).is(200);
    let mut adas = mine.form();
    adas.set("donors-0-name", "Fund of Ada");
    ada.press(&adas, ("do", "autosave")).is(409);
    assert_eq!(ada.get(&mine.path).form().value("donors-0-name"), "Fund of Ben");
}

#[test]
fn different_steps_do_not_conflict() {
    let app = TestApp::start();
    let (mut ada, mine, mut ben, theirs) = two(&app);
    let back = ben.press(&theirs.form(), ("do", "back"));
    let mut first = ben.follow(&back).is(200).form();
    first.set("place", "By the harbour");
    ben.press(&first, ("do", "later")).is(303);
    let mut second = mine.form();
    second.set("donors-0-name", "Fund of Ada");
    ada.press(&second, ("do", "later")).is(303);
    assert_eq!(ben.get(&theirs.path).form().value("donors-0-name"), "Fund of Ada");
    let back = ada.press(&ada.clone().get(&mine.path).form(), ("do", "back"));
    assert_eq!(ada.follow(&back).form().value("place"), "By the harbour");
}

#[test]
fn the_same_text_from_two_people_is_no_conflict() {
    let app = TestApp::start();
    let (mut ada, mine, mut ben, theirs) = two(&app);
    let mut bens = theirs.form();
    bens.set("donors-0-name", "Lakeview Fund");
    ben.press(&bens, ("do", "later")).is(303);
    let mut adas = mine.form();
    adas.set("donors-0-name", "Lakeview Fund");
    ada.press(&adas, ("do", "later")).is(303);
}

/// The browser's Back shows an old page of one's own, with what one typed.
#[test]
fn ones_own_old_page_is_never_a_conflict() {
    let app = TestApp::start();
    let mut ada = app.client();
    let mut form = begin(&mut ada, "practice").form();
    form.answer(&answers::practice());
    let mut second = go_on(&mut ada, &form).form();
    second.answer(&answers::practice());
    go_on(&mut ada, &second);
    go_on(&mut ada, &second);
    second.set("donors-0-name", "Another fund");
    go_on(&mut ada, &second);
    second.set("start_month-month", "");
    ada.press(&second, ("do", "continue")).is(422);
    assert_eq!(app.count("drafts"), 1);
}

/// An autosave that was slow on its way must not bring old words back.
#[test]
fn an_older_sending_that_arrives_late_changes_nothing() {
    let app = TestApp::start();
    let (mut ada, mine, ..) = two(&app);
    let turn = mine.form().value("turn").to_owned();
    let (page, _) = turn.rsplit_once('.').unwrap();
    let sending = |count: usize, text: &str| {
        let mut form = mine.form();
        form.set("turn", &format!("{page}.{count}")).set("donors-0-name", text);
        form
    };
    ada.press(&sending(2, "The newer words"), ("do", "autosave")).is(200);
    ada.press(&sending(1, "The older words"), ("do", "autosave")).is(200);
    assert_eq!(ada.get(&mine.path).form().value("donors-0-name"), "The newer words");
}

#[test]
fn an_autosave_makes_the_draft_and_says_where_it_goes_on() {
    let app = TestApp::start();
    let mut ada = app.client();
    let mut form = begin(&mut ada, "practice").form();
    form.set("title", "Half a tit");
    let kept = ada.press(&form, ("do", "autosave")).is(200).json();
    assert!(kept["said"].as_str().unwrap().contains("09:00"), "{kept}");
    let action = kept["action"].as_str().unwrap().to_owned();
    // Continue on the same page, sent to the old address before the answer came, is the same draft.
    form.set("title", "Half a title");
    let mut late = form.clone();
    late.set("turn", &format!("{}1", form.value("turn").trim_end_matches('0')));
    ada.press(&late, ("do", "continue")).is(422);
    assert_eq!(
        (app.count("drafts"), ada.get(&action).form().value("title").to_owned()),
        (1, "Half a title".to_owned())
    );
}
