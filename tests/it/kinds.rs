//! One form with every kind of question (`tests/fixtures/all_kinds.toml`) through every face an answer has.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::answers::{Answers, begin, fill, go_on, send};
use crate::support::program;
use crate::support::{Client, Page, TestApp};

fn fixture(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(path)).unwrap()
}

/// Inlet with the form added, as an operator adds one.
fn start() -> (TestApp, TempDir) {
    let forms = tempfile::tempdir().unwrap();
    std::fs::write(forms.path().join("all-kinds.toml"), fixture("all_kinds.toml")).unwrap();
    let app = TestApp::with(&[("INLET_FORMS_DIR", &forms.path().display().to_string())]);
    (app, forms)
}

fn earlier() -> Value {
    json!({
        "title": "What came before", "ongoing": true, "scope": "global", "objectives": ["2"],
        "contact_name": "Amina Okello", "contact_email": "amina@lakeview.example", "consent": true,
    })
}

fn answers() -> Answers {
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

#[test]
fn every_kind_goes_through_every_face() {
    let (app, forms) = start();
    let mut moderator = app.moderator();
    let before = app.submit("all-kinds", &earlier());
    app.decide(&mut moderator, &before, "publish", "");

    let mut city = app.client();
    let check = fill_all(&mut city, &before);
    for shown in SHOWN {
        assert!(check.said().contains(shown), "the check page says {shown}: {}", check.said());
    }
    let reference = send(&mut city, &check).reference();
    let own = city.get(&format!("/submissions/{reference}")).is(200);
    let record = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    for shown in SHOWN {
        assert!(own.said().contains(shown), "the submitter’s page says {shown}");
        assert!(record.said().contains(shown), "the staff page says {shown}");
    }

    // A correction of one answer of each kind is seen as a difference.
    app.decide(&mut moderator, &reference, "request-changes", "Look at everything again.");
    let own = city.get(&format!("/submissions/{reference}")).is(200);
    let opened = city.submit(&own.form());
    let first = city.follow(&opened).is(200);
    let changes = [
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
    let better = crate::support::answers::but(answers(), &changes);
    let check = fill(&mut city, first, &better);
    send(&mut city, &check);
    let record = moderator.get(&format!("/staff/submissions/{reference}")).is(200);
    let (gone, new) = (record.all("del").join(" | "), record.all("ins").join(" | "));
    for (old, text) in [
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
    ] {
        assert!(gone.contains(old) && new.contains(text), "{old} became {text}: {gone} / {new}");
    }

    app.decide(&mut moderator, &reference, "publish", "");
    let public = app.client().get(&format!("/everything/{reference}")).is(200);
    for shown in ["Everything at once", "4,512", "7 November 2026", "Harbour Cooperative", "What came before"] {
        assert!(public.said().contains(shown), "{shown}: {}", public.said());
    }
    for private in ["Achieng", "717 91 11", "2,000,000", "harbour@", "A cooperative", "plan.pdf", "10:45"] {
        assert!(!public.text().contains(private), "{private} is not public");
    }
    let item = app.client().api("GET", &format!("/api/v1/everything/{reference}"), None).is(200).json();
    let public_answers = &item["answers"];
    assert_eq!((public_answers["people"].clone(), public_answers["day"].clone(), public_answers["until"].clone()), (json!(4512), json!("2026-11-07"), json!("2027-11")));
    assert_eq!(public_answers["builds_on"]["reference"].as_str().or(public_answers["builds_on"].as_str()), Some(before.as_str()));
    assert!(public_answers.get("contact_name").is_none() && public_answers.get("budget").is_none());

    let csv = app.client().get("/api/v1/export/everything.csv").is(200).text();
    let mut lines = csv::Reader::from_reader(csv.as_bytes());
    let columns = lines.headers().unwrap().clone();
    assert!(columns.iter().any(|name| name == "people") && !columns.iter().any(|name| name.starts_with("contact") || name == "budget"));
    assert_eq!(lines.records().count(), 2);

    // The operator's export has a column for every field.
    let mut command = program::command(app.folder.path(), &["export", "all-kinds", "--format", "csv"]);
    let output = command.env("INLET_FORMS_DIR", forms.path()).output().unwrap();
    assert!(output.status.success(), "{}", program::said(&output));
    let mut lines = csv::Reader::from_reader(output.stdout.as_slice());
    let columns = lines.headers().unwrap().clone();
    let row: csv::StringRecord = lines.records().map(Result::unwrap).find(|row| row.iter().next() == Some(&reference)).unwrap();
    let cell = |name: &str| columns.iter().position(|column| column == name).and_then(|at| row.get(at)).unwrap_or_else(|| panic!("{name} in {columns:?}")).to_owned();
    assert_eq!((cell("status"), cell("publication")), ("approved".to_owned(), "published".to_owned()));
    assert_eq!((cell("people"), cell("share"), cell("day"), cell("until")), ("4512".to_owned(), "-5.5".to_owned(), "2026-11-07".to_owned(), "2027-11".to_owned()));
    for (name, holds) in [("budget", "2000000"), ("meeting", "10:45"), ("partners", "Harbour Cooperative"), ("files", "plan.pdf"), ("builds_on", before.as_str()), ("phone", "+41"), ("contact_email", "amina@lakeview.example")] {
        assert!(cell(name).contains(holds), "{name}: {}", cell(name));
    }
    app.is_whole();
}

#[test]
fn every_kind_says_what_is_wrong_beside_its_question() {
    let (app, _forms) = start();
    let mut city = app.client();
    let mut page = begin(&mut city, "all-kinds");
    let wrong: [&[(&str, &str)]; 4] = [
        &[("title", "x\u{7}y"), ("summary", "short"), ("website", "javascript:alert(1)"), ("phone", "call me")],
        &[
            ("people", "1.5"),
            ("share", "101"),
            ("budget-amount", "12"),
            ("budget-currency", ""),
            ("fee-amount", "much"),
            ("fee-currency", "EUR"),
            ("day-day", "31"),
            ("day-month", "2"),
            ("day-year", "2026"),
            ("until-month", "12"),
            ("until-year", "26"),
            ("meeting-date", "2027-03-28"),
            ("meeting-time", "02:30"),
            ("meeting-zone", "Europe/Zurich"),
        ],
        &[("ongoing", "perhaps"), ("scope", "nowhere"), ("countries", "XXX"), ("objectives", "1"), ("objectives", "2"), ("objectives", "3"), ("objectives", "4")],
        &[("partners-0-kind", "state"), ("partners-0-contact_email", "nobody"), ("partners-0-since-month", "x"), ("files", "no-such-file"), ("builds_on", "ALL-0000-0000"), ("contact_name", ""), ("contact_email", "a@"), ("consent", "")],
    ];
    for errors in wrong {
        let mut form = page.form();
        form.answer(&errors.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>());
        let refused = city.press(&form, ("do", "continue")).is(422);
        let anchors: String = refused.errors().into_iter().map(|(anchor, _)| format!("{anchor} ")).collect();
        for (name, _) in errors.iter().filter(|(name, value)| !value.is_empty() || *name == "contact_name" || *name == "consent") {
            let field = if name.starts_with("partners-0-") { name.split('-').take(3).collect::<Vec<_>>().join("-") } else { name.split('-').next().unwrap().to_owned() };
            let known = anchors.contains(&format!("#{field}"));
            // A kind of partner is fine; what is missing in its row is the name.
            assert!(known || field == "partners-0-kind", "{name}: {anchors} on {refused:?}");
        }
        for (anchor, _) in refused.errors() {
            let id = anchor.trim_start_matches('#');
            let ids = refused.attributes("input, select, textarea", "id");
            assert_eq!(ids.iter().filter(|known| *known == id).count(), 1, "{anchor} leads to one control: {refused:?}");
        }
        // What was typed is still there.
        for (name, value) in errors.iter().filter(|(name, value)| !value.is_empty() && !matches!(*name, "ongoing" | "scope" | "countries" | "files" | "builds_on")) {
            assert!(refused.form().values(name).contains(value), "{name} keeps {value}: {:?}", refused.form().values(name));
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
    for field in ["title", "summary", "website", "people", "budget", "day", "until", "meeting", "ongoing", "scope", "countries", "objectives", "partners", "files", "builds_on", "consent"] {
        assert!(properties.contains_key(field), "{field}");
    }
    assert!(!properties.contains_key("headline"), "what is generated is nobody's to give");
    assert_eq!(properties["title"]["maxLength"], 150);
    let created = json!({ "answers": form["example"] });
    app.client().api("POST", "/api/v1/forms/all-kinds/submissions", Some(&created)).is(201);
    let document = app.client().get("/api/openapi.json").is(200).json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3."));
}

/// FRG-16: what an earlier version of the form asked stays in the export.
#[test]
fn answers_to_a_question_that_was_removed_stay_under_their_own_heading() {
    let forms = tempfile::tempdir().unwrap();
    let path = forms.path().join("all-kinds.toml");
    let with = |question: &str| {
        let asked = format!("[[step.field]]\nid = \"{question}\"\nkind = \"text\"\nlabel = \"{question}\"\n\n[[step]]\nid = \"numbers\"");
        std::fs::write(&path, fixture("all_kinds.toml").replace("[[step]]\nid = \"numbers\"", &asked)).unwrap();
    };
    let folder = forms.path().display().to_string();
    with("old_q");
    let app = TestApp::with(&[("INLET_FORMS_DIR", &folder)]);
    for n in 1..=2 {
        let mut answers = earlier();
        answers["old_q"] = json!(format!("old value {n}"));
        app.submit("all-kinds", &answers);
    }
    let data = app.stop();
    with("new_q");
    let app = TestApp::in_folder(data, &[("INLET_FORMS_DIR", &folder)]);
    let mut answers = earlier();
    answers["new_q"] = json!("new value");
    app.submit("all-kinds", &answers);
    app.is_whole();
    let export = || {
        let mut command = program::command(app.folder.path(), &["export", "all-kinds", "--format", "csv"]);
        let output = command.env("INLET_FORMS_DIR", &folder).output().unwrap();
        assert!(output.status.success(), "{}", program::said(&output));
        output.stdout
    };
    let bytes = export();
    assert_eq!(bytes, export(), "two runs give the same");
    let mut lines = csv::Reader::from_reader(bytes.as_slice());
    let columns = lines.headers().unwrap().clone();
    let at = |name: &str| columns.iter().position(|column| column == name).unwrap_or_else(|| panic!("{name} in {columns:?}"));
    let rows: Vec<csv::StringRecord> = lines.records().map(Result::unwrap).collect();
    let column = |name: &str| rows.iter().map(|row| row[at(name)].to_owned()).collect::<Vec<_>>();
    assert_eq!(column("old_q"), ["old value 1", "old value 2", ""]);
    assert_eq!(column("new_q"), ["", "", "new value"]);
}

/// W05: a form that changed while it was filled in is asked again, and nothing is dropped.
#[test]
fn a_draft_of_an_older_version_shows_what_is_new() {
    let (app, forms) = start();
    let mut city = app.client();
    let first = begin(&mut city, "all-kinds");
    let mut form = first.form();
    form.answer(&answers());
    let second = go_on(&mut city, &form);
    let data = app.stop();
    let required = "[[step.field]]\nid = \"new_q\"\nkind = \"text\"\nlabel = \"A new question\"\nrequired = true\n\n[[step]]\nid = \"numbers\"";
    std::fs::write(forms.path().join("all-kinds.toml"), fixture("all_kinds.toml").replace("[[step]]\nid = \"numbers\"", required)).unwrap();
    let app = TestApp::in_folder(data, &[("INLET_FORMS_DIR", &forms.path().display().to_string())]);
    let mut city = city.at(app.address);
    let page = city.get(&second.path).is(200);
    let check = fill(&mut city, page, &answers());
    let refused = city.submit(&check.form()).is(422);
    assert!(refused.errors()[0].1.contains("A new question"), "{refused:?}");
    let mut form = city.get(&refused.errors()[0].0).is(200).form();
    assert_eq!(form.value("title"), "Everything at once");
    let check = go_on(&mut city, form.set("new_q", "Answered"));
    send(&mut city, &check).reference();
}
