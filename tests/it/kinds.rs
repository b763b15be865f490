//! One form with every kind of question (`tests/fixtures/all_kinds.toml`) through every face an answer has.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::answers::{Answers, begin, fill, go_on, send};
use crate::support::program;
use crate::support::{Client, Page, TestApp};

pub fn fixture(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(path)).unwrap()
}

/// Inlet with the form added, as an operator adds one.
pub fn start() -> (TestApp, TempDir) {
    let forms = tempfile::tempdir().unwrap();
    std::fs::write(forms.path().join("all-kinds.toml"), fixture("all_kinds.toml")).unwrap();
    let app = TestApp::with(&[("INLET_FORMS_DIR", &forms.path().display().to_string())]);
    (app, forms)
}

pub fn earlier() -> Value {
    json!({
        "title": "What came before", "ongoing": true, "scope": "global", "objectives": ["2"],
        "contact_name": "Amina Okello", "contact_email": "amina@lakeview.example", "consent": true,
    })
}

pub fn answers() -> Answers {
    [
        ("title", "Everything at once"),
        ("summary", "One line.\r\nAnother line."),
        ("website", "https://lakeview.example/a?b=c"),
        ("phone", "+41 22 717 91 11"),
        ("people", "1,200"),
        ("share", "-5.5"),
        ("budget-amount", "1000000.50"),
        ("budget-currency", "CHF"),
        ("fee-amount", "20"),
        ("fee-currency", "EUR"),
        ("day-day", "6"),
        ("day-month", "11"),
        ("day-year", "2026"),
        ("until-month", "12"),
        ("until-year", "2027"),
        ("meeting-date", "2027-02-01"),
        ("meeting-time", "09:30"),
        ("meeting-zone", "Africa/Nairobi"),
        ("ongoing", "no"),
        ("ended_why", "The funds ran out"),
        ("scope", "country"),
        ("countries", "CHE"),
        ("countries", "KEN"),
        ("objectives", "1"),
        ("objectives", "7"),
        ("main_objective", "7"),
        ("partners-0-name", "Harbour Association"),
        ("partners-0-kind", "other"),
        ("partners-0-which", "A cooperative"),
        ("partners-0-money-amount", "500"),
        ("partners-0-money-currency", "CHF"),
        ("partners-0-since-month", "3"),
        ("partners-0-since-year", "2021"),
        ("partners-0-contact_email", "harbour@lakeview.example"),
        ("contact_name", "Amina Okello"),
        ("contact_email", "amina@lakeview.example"),
        ("consent", "yes"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

/// What a page must say of the answers, wherever it shows them.
const SHOWN: [&str; 18] = [
    "Everything at once",
    "One line.",
    "https://lakeview.example/a?b=c",
    "1,200",
    "5.5",
    "1,000,000.5",
    "CHF",
    "EUR",
    "6 November 2026",
    "December 2027",
    "Africa/Nairobi",
    "The funds ran out",
    "Switzerland",
    "Kenya",
    "Harbour Association",
    "A cooperative",
    "plan.pdf",
    "What came before",
];

/// Fills in all of it, looks an earlier record up, attaches a file.
fn fill_all(city: &mut Client, before: &str) -> Page {
    let mut page = begin(city, "all-kinds");
    while !page.form().offers("builds_on-q") {
        let mut form = page.form();
        form.answer(&answers());
        page = go_on(city, &form);
    }
    let mut form = page.form();
    form.answer(&answers()).set("builds_on-q", "came before").attach("files", "plan.pdf", b"%PDF-1.4\nthe plan");
    let searched = city.press(&form, ("do", "find:builds_on"));
    let found = city.follow(&searched).is(200);
    assert!(found.said().contains("What came before"), "{found:?}");
    let mut form = found.form();
    assert_eq!(form.value("partners-0-which"), "A cooperative");
    form.set("builds_on", before);
    fill(city, found, &[answers(), vec![("builds_on".to_owned(), before.to_owned())]].concat())
}

/// A correction of one answer of each kind.
const CORRECTIONS: [(&str, &str); 14] = [
    ("summary", "One line.\r\nAnother line entirely."),
    ("website", "https://lakeview.example/new"),
    ("people", "4512"),
    ("budget-amount", "2000000"),
    ("day-day", "7"),
    ("until-month", "11"),
    ("meeting-time", "10:45"),
    ("ongoing", "yes"),
    ("scope", "global"),
    ("countries", "FRA"),
    ("objectives", "2"),
    ("main_objective", "2"),
    ("partners-0-name", "Harbour Cooperative"),
    ("contact_name", "Amina Achieng"),
];

/// What is then taken out and put in.
const DIFFERENCES: [(&str, &str); 11] = [
    ("", "entirely"),
    ("1,200", "4,512"),
    ("1,000,000.5", "2,000,000"),
    ("6", "7"),
    ("December", "November"),
    ("09:30", "10:45"),
    ("No", "Yes"),
    ("Kenya", "France"),
    ("Association", "Cooperative"),
    ("Okello", "Achieng"),
    ("The funds ran out", ""),
];

#[test]
fn every_kind_goes_through_every_face() {
    let (app, forms) = start();
    let mut moderator = app.moderator();
    let before = app.submit("all-kinds", &earlier());
    app.decide(&mut moderator, &before, "publish", "");

    let mut city = app.client();
    let check = fill_all(&mut city, &before);
    let reference = send(&mut city, &check).reference();
    let own = city.get(&format!("/submissions/{reference}")).is(200);
    let record = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    for page in [check, own, record] {
        for shown in SHOWN {
            assert!(page.said().contains(shown), "{} says {shown}: {}", page.path, page.said());
        }
    }

    app.decide(&mut moderator, &reference, "request-changes", "Look at everything again.");
    let own = city.get(&format!("/submissions/{reference}")).is(200);
    let opened = city.submit(&own.form());
    let first = city.follow(&opened).is(200);
    let check = fill(&mut city, first, &crate::support::answers::but(answers(), &CORRECTIONS));
    send(&mut city, &check);
    let record = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    let (gone, new) = (record.all("del").join(" | "), record.all("ins").join(" | "));
    for (old, text) in DIFFERENCES {
        assert!(gone.contains(old) && new.contains(text), "{old} became {text}: {gone} / {new}");
    }

    app.decide(&mut moderator, &reference, "publish", "");
    everybody_sees_what_is_public(&app, &reference, &before);
    the_operator_exports_everything(&app, &forms, &reference, &before);
    app.is_whole();
}

fn everybody_sees_what_is_public(app: &TestApp, reference: &str, before: &str) {
    let public = app.client().get(&format!("/everything/{reference}")).is(200);
    for shown in ["Everything at once", "4,512", "7 November 2026", "Harbour Cooperative", "What came before"] {
        assert!(public.said().contains(shown), "{shown}: {}", public.said());
    }
    for private in ["Achieng", "717 91 11", "2,000,000", "harbour@", "A cooperative", "plan.pdf", "10:45"] {
        assert!(!public.text().contains(private), "{private} is not public");
    }
    let item = app.client().api("GET", &format!("/api/v1/everything/{reference}"), None).is(200).json();
    let answers = &item["answers"];
    assert_eq!(
        [&answers["people"], &answers["day"], &answers["until"]],
        [&json!(4512), &json!("2026-11-07"), &json!("2027-11")]
    );
    assert_eq!(answers["builds_on"]["reference"].as_str().or(answers["builds_on"].as_str()), Some(before));
    assert!(answers.get("contact_name").is_none() && answers.get("budget").is_none());
    let csv = app.client().get("/api/v1/export/everything.csv").is(200).text();
    let mut lines = csv::Reader::from_reader(csv.as_bytes());
    let columns = lines.headers().unwrap().clone();
    assert!(columns.iter().any(|name| name == "people"));
    assert!(!columns.iter().any(|name| name.starts_with("contact") || name == "budget"));
    assert_eq!(lines.records().count(), 2);
}

/// A column for every field, private or not.
fn the_operator_exports_everything(app: &TestApp, forms: &TempDir, reference: &str, before: &str) {
    let mut command = program::command(app.folder.path(), &["export", "all-kinds", "--format", "csv"]);
    let output = command.env("INLET_FORMS_DIR", forms.path()).output().unwrap();
    assert!(output.status.success(), "{}", program::said(&output));
    let mut lines = csv::Reader::from_reader(output.stdout.as_slice());
    let columns = lines.headers().unwrap().clone();
    let row = lines.records().map(Result::unwrap).find(|row| row.iter().next() == Some(reference)).unwrap();
    let cell = |name: &str| {
        let at = columns.iter().position(|column| column == name).unwrap_or_else(|| panic!("{name} in {columns:?}"));
        row[at].to_owned()
    };
    for (name, is) in [
        ("status", "approved"),
        ("publication", "published"),
        ("people", "4512"),
        ("share", "-5.5"),
        ("day", "2026-11-07"),
        ("until", "2027-11"),
    ] {
        assert_eq!(cell(name), is, "{name}");
    }
    for (name, holds) in [
        ("budget", "2000000"),
        ("meeting", "10:45"),
        ("partners", "Harbour Cooperative"),
        ("files", "plan.pdf"),
        ("builds_on", before),
        ("phone", "+41"),
        ("contact_email", "amina@lakeview.example"),
    ] {
        assert!(cell(name).contains(holds), "{name}: {}", cell(name));
    }
}

/// Step by step, what is wrong, each with the question at which it is said and what was typed.
const WRONG: [&[(&str, &str, &str)]; 4] = [
    &[
        ("title", "title", "x\0y"),
        ("summary", "summary", "short"),
        ("website", "website", "javascript:alert(1)"),
        ("phone", "phone", "call me"),
    ],
    &[
        ("people", "people", "1.5"),
        ("share", "share", "101"),
        ("budget", "budget-amount", "12"),
        ("budget", "budget-currency", ""),
        ("fee", "fee-amount", "much"),
        ("fee", "fee-currency", "EUR"),
        ("day", "day-day", "31"),
        ("day", "day-month", "2"),
        ("day", "day-year", "2026"),
        ("until", "until-month", "12"),
        ("until", "until-year", "26"),
        ("meeting", "meeting-date", "2027-03-28"),
        ("meeting", "meeting-time", "02:30"),
        ("meeting", "meeting-zone", "Europe/Zurich"),
    ],
    &[
        ("ongoing", "ongoing", "perhaps"),
        ("scope", "scope", "nowhere"),
        ("countries", "countries", "XXX"),
        ("objectives", "objectives", "1"),
        ("objectives", "objectives", "2"),
        ("objectives", "objectives", "3"),
        ("objectives", "objectives", "4"),
    ],
    &[
        ("partners-0-name", "partners-0-kind", "state"),
        ("partners-0-contact_email", "partners-0-contact_email", "nobody"),
        ("partners-0-since", "partners-0-since-month", "x"),
        ("files", "files", "no-such-file"),
        ("builds_on", "builds_on", "ALL-0000-0000"),
        ("contact_name", "contact_name", ""),
        ("contact_email", "contact_email", "a@"),
        ("consent", "consent", ""),
    ],
];

/// Controls that show only what can be chosen, and the text with a character that no page can show.
const NOT_SHOWN_AGAIN: [&str; 6] = ["title", "ongoing", "scope", "countries", "files", "builds_on"];

#[test]
fn every_kind_says_what_is_wrong_beside_its_question() {
    let (app, _forms) = start();
    let mut city = app.client();
    let mut page = begin(&mut city, "all-kinds");
    for step in WRONG {
        let mut form = page.form();
        for (_, name, _) in step {
            form.clear(name);
        }
        for (_, name, value) in step {
            form.push(name, value);
        }
        let refused = city.press(&form, ("do", "continue")).is(422);
        let (errors, again) = (refused.errors(), refused.form());
        let ids = refused.attributes("input, select, textarea", "id");
        for (question, name, value) in step {
            let said = errors.iter().any(|(anchor, _)| anchor.starts_with(&format!("#{question}")));
            assert!(said, "{question}: {errors:?}");
            let kept = value.is_empty() || NOT_SHOWN_AGAIN.contains(name) || again.values(name).contains(value);
            assert!(kept, "{name} keeps {value}: {:?}", again.values(name));
        }
        for (anchor, _) in &errors {
            let controls = ids.iter().filter(|id| anchor.trim_start_matches('#') == *id).count();
            assert_eq!(controls, 1, "{anchor} leads to one control: {refused:?}");
        }
        let mut form = refused.form();
        form.answer(&answers());
        let sent = city.press(&form, ("do", "continue"));
        page = city.follow(&sent).is(200);
    }
    assert!(page.path.ends_with("/check"), "{page:?}");
}

#[test]
fn a_choice_among_chosen_ones_takes_only_those() {
    let (app, _forms) = start();
    let body = |main: &str| {
        let mut answers = earlier();
        answers["main_objective"] = json!(main);
        json!({ "answers": answers })
    };
    let refused = app.client().api("POST", "/api/v1/forms/all-kinds/submissions", Some(&body("7"))).is(422).json();
    assert_eq!(refused["errors"][0]["field"], "main_objective");
    app.client().api("POST", "/api/v1/forms/all-kinds/submissions", Some(&body("2"))).is(201);
}

#[test]
fn the_schema_says_what_the_form_takes() {
    let (app, _forms) = start();
    let form = app.client().api("GET", "/api/v1/forms/all-kinds", None).is(200).json();
    let properties = form["schema"]["properties"].as_object().unwrap();
    for field in [
        "title",
        "summary",
        "website",
        "people",
        "budget",
        "day",
        "until",
        "meeting",
        "ongoing",
        "scope",
        "countries",
        "objectives",
        "partners",
        "files",
        "builds_on",
        "consent",
    ] {
        assert!(properties.contains_key(field), "{field}");
    }
    assert!(!properties.contains_key("headline"), "what is generated is nobody's to give");
    assert_eq!(properties["title"]["maxLength"], 150);
    let created = json!({ "answers": form["example"] });
    app.client().api("POST", "/api/v1/forms/all-kinds/submissions", Some(&created)).is(201);
    let document = app.client().get("/api/openapi.json").is(200).json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3."));
}
