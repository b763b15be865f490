//! What leaves as a file: the queue of staff, the open data, the command line.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use inlet::forms::unguard_cell;
use serde_json::{Value, json};

use crate::kinds::{earlier, fixture, start};
use crate::support::answers::merged;
use crate::support::{Page, TestApp, program};

/// The rows of a workbook, heads first. None of its cells is a formula.
pub fn sheet(bytes: &[u8]) -> Vec<Vec<Data>> {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    assert!(book.worksheet_formula("Inlet").unwrap().cells().all(|(_, _, formula)| formula.is_empty()));
    book.worksheet_range("Inlet").unwrap().rows().map(<[Data]>::to_vec).collect()
}

/// The rows of a CSV file, heads first.
fn lines(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// What stands under one head.
fn column<T: Clone + PartialEq>(rows: &[Vec<T>], head: &T) -> Vec<T> {
    let at = rows[0].iter().position(|name| name == head).expect("a column of that name");
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

fn text(cell: &str) -> Data {
    Data::String(cell.to_owned())
}

fn objects(page: &Page) -> Vec<Value> {
    page.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_moderator_takes_what_the_queue_shows_along_as_a_file() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let open = app.practice(&json!({ "title": "A school bus" }));
    let shown = app.published_practice(&mut moderator, &json!({ "title": "A night school" }));
    app.pledge(&json!({}));
    let queue = moderator.get("/staff?tab=all&form=practice&q=school").is(200);
    let links: Vec<String> = queue.attributes("a[download]", "href");
    assert_eq!(links[0], "/staff/export.csv?tab=all&form=practice&q=school");
    assert_eq!(links.len(), 4);
    let csv = moderator.get(&links[0]).is(200);
    assert_eq!(csv.header("content-disposition"), Some("attachment; filename=\"submissions-2026-11-06.csv\""));
    assert_eq!(csv.header("cache-control"), Some("no-store"));
    let rows = lines(&csv.text());
    let of = |head: &str| column(&rows, &head.to_owned());
    assert_eq!(of("reference"), [open.clone(), shown.clone()]);
    assert_eq!(of("form"), ["practice", "practice"]);
    assert_eq!(
        (of("status"), of("publication")),
        (vec!["submitted".to_owned(), "approved".to_owned()], vec!["none".to_owned(), "published".to_owned()])
    );
    assert_eq!(of("title"), ["A school bus", "A night school"]);
    let xlsx = moderator.get(&links[1]).is(200);
    assert_eq!(column(&sheet(&xlsx.body), &text("title")), [text("A school bus"), text("A night school")]);
    let json = moderator.get(&links[2]).is(200).json();
    let jsonl = objects(&moderator.get(&links[3]).is(200));
    assert_eq!(json.as_array().unwrap(), &jsonl);
    assert_eq!((&jsonl[1]["reference"], &jsonl[1]["status"]), (&json!(shown), &json!("approved")));
    let all = lines(&moderator.get("/staff/export.csv?tab=all").is(200).text());
    assert_eq!(column(&all, &"form".to_owned()), ["practice", "practice", "pledge"], "forms stand in one table");
    moderator.get("/staff/export.exe").is(404);
    assert!(!moderator.get("/staff?q=nothingofthekind").is(200).has("a[download]"), "nothing to take along");
    assert_eq!(lines(&moderator.get("/staff/export.csv?q=nothingofthekind").is(200).text()).len(), 1);
    let away = app.client().get("/staff/export.xlsx?tab=all").is(303);
    assert!(away.location().unwrap().starts_with("/staff/login"), "{away:?}");
}

/// FRG-17.
#[test]
fn no_answer_becomes_a_formula_and_no_number_becomes_a_text() {
    let (app, forms) = start();
    let mut moderator = app.moderator();
    let sent = [
        "=HYPERLINK(\"http://evil.example\",\"x\")",
        "+41 22 000 00 00",
        "@handle",
        "- first bullet",
        "'=quoted",
        "it's",
    ];
    for title in sent {
        app.submit("all-kinds", &merged(&earlier(), &json!({ "title": title, "share": -5.5 })));
    }
    let csv = moderator.get("/staff/export.csv").is(200).text();
    let rows = lines(&csv);
    let titles = column(&rows, &"title".to_owned());
    assert!(titles.iter().all(|title| !title.starts_with(['=', '+', '-', '@'])), "{titles:?}");
    assert_eq!(titles.iter().map(|title| unguard_cell(title)).collect::<Vec<_>>(), sent);
    assert!(column(&rows, &"share".to_owned()).iter().all(|share| share == "-5.5"), "{csv}");
    let xlsx = sheet(&moderator.get("/staff/export.xlsx").is(200).body);
    assert_eq!(column(&xlsx, &text("title")), sent.map(text));
    assert!(column(&xlsx, &text("share")).iter().all(|share| *share == Data::Float(-5.5)), "{xlsx:?}");
    let told = objects(&moderator.get("/staff/export.jsonl").is(200));
    assert_eq!(told.iter().map(|record| record["title"].as_str().unwrap()).collect::<Vec<_>>(), sent);
    let mut command = program::command(app.folder.path(), &["export", "all-kinds", "--format", "xlsx"]);
    let output = command.env("INLET_FORMS_DIR", forms.path()).output().unwrap();
    assert_eq!(sheet(&output.stdout), xlsx, "the operator gets the same");
}

/// FRG-24.
#[test]
fn what_is_not_published_any_more_is_in_no_open_data() {
    let app = TestApp::start();
    let mut moderator = app.moderator();
    let [kept, hidden] =
        ["A desk", "A bus"].map(|title| app.published_practice(&mut moderator, &json!({ "title": title })));
    let open = app.practice(&json!({ "title": "A tent" }));
    app.decide(&mut moderator, &hidden, "unpublish", "The city asked for it.");
    for end in ["csv", "json", "jsonl", "xlsx"] {
        let file = app.client().get(&format!("/api/v1/export/practices.{end}")).is(200);
        assert_eq!(file.header("access-control-allow-origin"), Some("*"));
        let said = if end == "xlsx" { format!("{:?}", sheet(&file.body)) } else { file.text() };
        assert!(said.contains(&kept) && said.contains("A desk"), "{said}");
        for gone in [hidden.as_str(), open.as_str(), "A bus", "A tent", "Amina", "contact_name", "amina@"] {
            assert!(!said.contains(gone), "{gone} in {end}: {said}");
        }
    }
    let links = app.client().get("/practices").is(200).attributes("a", "href");
    assert!(links.iter().any(|link| link == "/api/v1/export/practices.xlsx"), "{links:?}");
    let staff = lines(&moderator.get("/staff/export.csv?tab=all").is(200).text());
    let mut statuses = column(&staff, &"publication".to_owned());
    statuses.sort();
    assert_eq!(statuses, ["none", "published", "unpublished"]);
}

#[test]
fn a_long_list_is_whole_in_every_format() {
    let (app, _forms) = start();
    let mut moderator = app.moderator();
    let references: Vec<String> = (0..101).map(|_| app.submit("all-kinds", &earlier())).collect();
    let csv = lines(&moderator.get("/staff/export.csv").is(200).text());
    assert_eq!(column(&csv, &"reference".to_owned()), references);
    let xlsx = sheet(&moderator.get("/staff/export.xlsx").is(200).body);
    assert_eq!(column(&xlsx, &text("reference")), references.iter().map(|of| text(of)).collect::<Vec<_>>());
    let json = moderator.get("/staff/export.json").is(200).json();
    let jsonl = objects(&moderator.get("/staff/export.jsonl").is(200));
    assert_eq!(json.as_array().unwrap(), &jsonl);
    assert_eq!(jsonl.iter().map(|record| record["reference"].as_str().unwrap()).collect::<Vec<_>>(), references);
}

#[test]
fn a_question_may_be_called_like_a_column_of_ours() {
    let forms = tempfile::tempdir().unwrap();
    let form = fixture("all_kinds.toml").replace("id = \"share\"", "id = \"status\"");
    std::fs::write(forms.path().join("all-kinds.toml"), form).unwrap();
    let app = TestApp::with(&[("INLET_FORMS_DIR", &forms.path().display().to_string())]);
    let mut moderator = app.moderator();
    app.submit("all-kinds", &merged(&earlier(), &json!({ "status": 7 })));
    let rows = lines(&moderator.get("/staff/export.csv").is(200).text());
    assert_eq!(column(&rows, &"status".to_owned()), ["submitted"]);
    assert_eq!(column(&rows, &"answers.status".to_owned()), ["7"]);
    let told = objects(&moderator.get("/staff/export.jsonl").is(200));
    assert_eq!((&told[0]["status"], &told[0]["answers.status"]), (&json!("submitted"), &json!(7)));
}
