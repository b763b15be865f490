//! The rules for questions and errors (label, hint, group, keyboard, error) on every page of a form with every kind.

use std::collections::HashSet;

use scraper::{ElementRef, Html, Selector};

use crate::kinds;
use crate::support::answers::{self, begin, go_on, up_to};
use crate::support::{Client, Page, TestApp};

fn css(selector: &str) -> Selector {
    Selector::parse(selector).unwrap()
}

fn select<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&css(selector)).collect()
}

fn words(element: &ElementRef<'_>) -> String {
    element.text().collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// All that somebody can fill in.
const CONTROLS: &str = "main form input:not([type=hidden]), main form select, main form textarea";

/// Every page keeps all of the rules, whatever it says.
fn keeps_the_rules(page: &Page) {
    let html = page.html();
    ids_stand_once(&html, page);
    controls_have_labels(&html, page);
    descriptions_are_there_in_order(&html, page);
    sets_have_legends(&html, page);
    the_server_decides(&html, page);
    if page.status == 422 {
        errors_are_said_twice_in_the_same_words(&html, page);
    } else {
        assert!(!page.has("main [aria-invalid]") && !page.has(".error-summary"), "nothing is wrong yet: {page:?}");
        assert!(!page.title().starts_with("Error"), "{}", page.title());
    }
}

fn ids_stand_once(html: &Html, page: &Page) {
    let mut seen = HashSet::new();
    for element in select(html, "[id]") {
        let id = element.attr("id").unwrap();
        assert!(!id.is_empty() && seen.insert(id.to_owned()), "{id} stands twice on {page:?}");
    }
}

/// Rule 13: a visible label for each control, and no example in its place.
fn controls_have_labels(html: &Html, page: &Page) {
    for control in select(html, CONTROLS) {
        let id = control.attr("id").unwrap_or_else(|| panic!("a control without id: {}", control.html()));
        let labels = select(html, &format!("label[for=\"{id}\"]"));
        assert_eq!(labels.len(), 1, "{id} on {page:?}");
        assert!(!words(&labels[0]).is_empty(), "{id}");
        assert!(control.attr("placeholder").is_none(), "{id}");
        let aria = control.attr("aria-label").is_none() && control.attr("aria-labelledby").is_none();
        assert!(aria, "{id} is named by what is seen");
    }
}

/// Rule 14: what describes a control exists, hint before error, on the page as in the attribute.
fn descriptions_are_there_in_order(html: &Html, page: &Page) {
    for element in select(html, "main [aria-describedby]") {
        let ids: Vec<&str> = element.attr("aria-describedby").unwrap().split_whitespace().collect();
        let rank = |id: &str| ["-hint", "-limits", "-error"].iter().position(|end| id.ends_with(end));
        assert!(ids.iter().map(|id| rank(id)).is_sorted(), "{ids:?} on {page:?}");
        for id in &ids {
            assert_eq!(select(html, &format!("[id=\"{id}\"]")).len(), 1, "{id} on {page:?}");
        }
    }
    for hint in select(html, "main .hint") {
        assert!(hint.select(&css("a, ul, ol, button")).next().is_none(), "a hint is words: {}", hint.html());
    }
}

/// Rule 15: what belongs together stands in a group that says what it is.
fn sets_have_legends(html: &Html, page: &Page) {
    let several = "main form input[type=radio], main .options:has(.option + .option) input[type=checkbox], .date-parts input, .inline-parts input";
    for control in select(html, several) {
        let set = control.ancestors().filter_map(ElementRef::wrap).find(|element| element.value().name() == "fieldset");
        let set = set.unwrap_or_else(|| panic!("no group around {} on {page:?}", control.html()));
        let first = set.child_elements().next().unwrap();
        assert!(first.value().name() == "legend" && !words(&first).is_empty(), "{}", set.html());
    }
    for rows in select(html, "main .rows") {
        let label = rows.attr("aria-labelledby").unwrap();
        assert!(!words(&select(html, &format!("#{label}"))[0]).is_empty());
        for (number, row) in rows.select(&css("fieldset.row > legend")).enumerate() {
            assert!(words(&row).ends_with(&(number + 1).to_string()), "{}", words(&row));
        }
    }
}

/// Rules 16, 20, 21: no bubble of the browser stands in for our words, nothing cuts off or refuses what is pasted.
fn the_server_decides(html: &Html, page: &Page) {
    assert!(select(html, "main form[novalidate]").len() == 1, "{page:?}");
    for attribute in ["required", "maxlength", "minlength", "pattern", "onpaste", "min", "max"] {
        assert!(!page.has(&format!("main form [{attribute}]")), "{attribute} on {page:?}");
    }
    assert!(page.said().contains("unless they are marked optional"), "{page:?}");
    for area in select(html, "main textarea") {
        let field = area.parent().and_then(ElementRef::wrap).unwrap();
        assert!(words(&field).contains("Up to"), "the limit is said without script: {}", words(&field));
    }
}

/// Rules 27 to 29: a summary first, each line a way to the control, the same words beside it.
fn errors_are_said_twice_in_the_same_words(html: &Html, page: &Page) {
    assert!(page.title().starts_with("Error: "), "{}", page.title());
    let summary = select(html, "main .error-summary[role=alert][tabindex=\"-1\"]");
    assert_eq!(summary.len(), 1, "{page:?}");
    assert_eq!(words(&summary[0].select(&css("h2")).next().unwrap()), "There is a problem");
    let order: Vec<String> =
        select(html, "main .error-summary, main h1").iter().map(|e| e.value().name().to_owned()).collect();
    assert_eq!(order, ["div", "h1"], "the summary stands above the heading");
    let inline: Vec<String> = page.all("main .error-message");
    let ids: Vec<&str> = select(html, "[id]").iter().map(|element| element.attr("id").unwrap()).collect();
    let mut places = Vec::new();
    for (anchor, said) in page.errors() {
        let id = anchor.trim_start_matches('#').to_owned();
        let target = select(html, &format!("[id=\"{id}\"]"));
        assert_eq!(target.len(), 1, "{anchor} on {page:?}");
        let focusable = ["input", "select", "textarea", "button"].contains(&target[0].value().name());
        assert!(focusable || target[0].attr("tabindex").is_some(), "{anchor} can take the focus");
        let same = inline.iter().filter(|text| **text == format!("Error: {said}")).count();
        let (text, marked) = (said.rsplit_once(": ").map_or(said.as_str(), |(_, text)| text), target[0]);
        assert!(same >= 1 || inline.iter().any(|line| line.ends_with(text)), "{said} beside its question: {inline:?}");
        // A set of radio buttons has no state of its own; the error is in the description of the group.
        let can_say = !matches!(marked.attr("type"), Some("radio")) && focusable;
        assert!(!can_say || marked.attr("aria-invalid") == Some("true"), "{anchor}: {}", marked.html());
        for banned in ["invalid", "illegal", "wrong", "!", "Sorry", "must"] {
            assert!(!said.contains(banned), "{said}");
        }
        places.push(ids.iter().position(|known| *known == id));
    }
    assert!(places.is_sorted(), "in the order of the questions: {:?}", page.errors());
    let described: Vec<String> = page.attributes("main [aria-describedby]", "aria-describedby");
    for id in page.attributes("main .error-message", "id") {
        assert!(
            described.iter().any(|list| list.split(' ').any(|one| one == id)),
            "{id} describes something: {page:?}"
        );
    }
}

/// Something wrong on each step of the form with every kind.
const WRONG: [&[(&str, &str)]; 4] = [
    &[("title", ""), ("summary", "short"), ("website", "javascript:alert(1)"), ("phone", "call me")],
    &[
        ("people", "1.5"),
        ("share", "1.234"),
        ("budget-amount", "12"),
        ("budget-currency", ""),
        ("fee-amount", "much"),
        ("fee-currency", "EUR"),
        ("day-day", "31"),
        ("day-month", "2"),
        ("day-year", "2026"),
        ("until-month", "12"),
        ("until-year", ""),
        ("meeting-date", "2027-02-01"),
        ("meeting-time", ""),
        ("meeting-zone", ""),
    ],
    &[("ongoing", ""), ("scope", ""), ("countries", "XXX"), ("objectives", "")],
    &[
        ("partners-0-name", ""),
        ("partners-0-kind", "state"),
        ("partners-0-since-month", "x"),
        ("partners-0-since-year", "2021"),
        ("partners-0-contact_email", "nobody"),
        ("files", "no-such-file"),
        ("builds_on", "ALL-0000-0000"),
        ("contact_name", ""),
        ("contact_email", "a@"),
        ("consent", ""),
    ],
];

#[test]
fn every_kind_keeps_the_rules_before_and_after_an_error() {
    let (app, _forms) = kinds::start();
    let mut city = app.client();
    let mut page = begin(&mut city, "all-kinds");
    for wrong in WRONG {
        keeps_the_rules(&page);
        let mut form = page.form();
        for (name, value) in wrong {
            form.set(name, value);
        }
        let refused = city.press(&form, ("do", "continue")).is(422);
        keeps_the_rules(&refused);
        let mut form = refused.form();
        page = go_on(&mut city, form.answer(&kinds::answers()));
    }
    assert!(page.path.ends_with("/check"));
}

#[test]
fn too_many_rows_lead_to_the_group() {
    let (app, _forms) = kinds::start();
    let mut city = app.client();
    let page = up_to(&mut city, "all-kinds", "contact_name", &kinds::answers());
    let mut form = page.form();
    form.answer(&kinds::answers());
    for row in 0..5 {
        form.push(&format!("partners-{row}-name"), "Harbour Association");
    }
    form.pairs.retain(|(name, value)| !(name == "partners-0-name" && value.is_empty()));
    form.pairs.dedup();
    let refused = city.press(&form, ("do", "continue")).is(422);
    assert!(refused.errors().iter().any(|(anchor, _)| anchor == "#partners"), "{:?}", refused.errors());
    keeps_the_rules(&refused);
}

/// Name, type, keyboard, autocomplete token.
const ASKED_WITH: [(&str, &str, &str, &str); 15] = [
    ("title", "text", "", ""),
    ("website", "url", "", ""),
    ("phone", "tel", "", ""),
    ("people", "text", "numeric", ""),
    ("share", "text", "decimal", ""),
    ("budget-amount", "text", "decimal", ""),
    ("day-day", "text", "numeric", ""),
    ("day-month", "text", "", ""),
    ("day-year", "text", "numeric", ""),
    ("until-year", "text", "numeric", ""),
    ("meeting-date", "date", "", ""),
    ("meeting-time", "time", "", ""),
    ("contact_name", "text", "", "name"),
    ("contact_email", "email", "", "email"),
    ("partners-0-contact_email", "email", "", ""),
];

/// The pages on the way through a form, before anything is typed into them.
fn pages(city: &mut Client, form: &str, answers: &answers::Answers) -> Vec<Page> {
    let mut pages = vec![begin(city, form)];
    loop {
        let mut form = pages.last().unwrap().form();
        let next = go_on(city, form.answer(answers));
        if next.path.ends_with("/check") {
            return pages;
        }
        pages.push(next);
    }
}

#[test]
fn each_kind_has_its_control_and_its_keyboard() {
    let (app, _forms) = kinds::start();
    let pages = pages(&mut app.client(), "all-kinds", &kinds::answers());
    for (name, kind, mode, token) in ASKED_WITH {
        let controls: Vec<(String, String, String)> = pages
            .iter()
            .flat_map(|page| {
                let html = page.html();
                let said = |e: &ElementRef<'_>, key| e.attr(key).unwrap_or_default().to_owned();
                select(&html, &format!("input[name=\"{name}\"]"))
                    .iter()
                    .map(|e| {
                        let kind = e.attr("type").unwrap_or("text").to_owned();
                        (kind, said(e, "inputmode"), said(e, "autocomplete"))
                    })
                    .collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(controls, [(kind.to_owned(), mode.to_owned(), token.to_owned())], "{name}");
    }
    for page in &pages {
        assert!(!page.has("main input[type=number]"), "{page:?}");
    }
}

#[test]
fn what_may_be_left_out_is_marked_in_words() {
    let (app, _forms) = kinds::start();
    let form = app.app.catalog.find("all-kinds", inlet::locale::Language::En).unwrap().clone();
    let said: Vec<String> = pages(&mut app.client(), "all-kinds", &kinds::answers())
        .iter()
        .flat_map(|page| page.all("main form label, main form legend, main form .rows > h2"))
        .collect();
    for field in form.fields().filter(|field| !matches!(field.kind, inlet::forms::FieldKind::Generated { .. })) {
        let optional = matches!(field.required, inlet::forms::Required::Never);
        let marked = format!("{} (optional)", field.label);
        assert_eq!(said.contains(&marked), optional, "{}: {said:?}", field.label);
        assert!(optional || said.contains(&field.label), "{}", field.label);
    }
}

#[test]
fn the_forms_that_are_built_in_keep_the_rules_and_know_who_sends_them() {
    let app = TestApp::start();
    let all = [("practice", answers::practice()), ("pledge", answers::pledge()), ("unct-support", answers::request())];
    for (form, answers) in all {
        let pages = pages(&mut app.client(), form, &answers);
        pages.iter().for_each(keeps_the_rules);
        let tokens: Vec<String> = pages.iter().flat_map(|page| page.attributes("main input", "autocomplete")).collect();
        for token in ["name", "organization", "organization-title", "email", "tel"] {
            assert!(tokens.iter().any(|known| known == token), "{form} has {token}: {tokens:?}");
        }
    }
}

#[test]
fn pasting_is_never_blocked() {
    let script = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("static/inlet.js"));
    assert!(!script.unwrap().contains("paste"));
}
