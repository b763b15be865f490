//! What comes in as a file: taken once, however often it is brought.

use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::support::answers::{merged, practice_json};
use crate::support::program::{command, run, said};
use crate::support::{TestApp, program};

/// A practice as a row, each answer as a person writes it in a spreadsheet.
fn row(more: &Value) -> Vec<(String, String)> {
    let Value::Object(answers) = merged(&practice_json(), more) else { panic!("no object") };
    answers.into_iter().map(|(name, value)| (name, cell(&value))).collect()
}

fn cell(value: &Value) -> String {
    match value {
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Array(values) => values.iter().map(cell).collect::<Vec<_>>().join("; "),
        Value::String(text) => text.clone(),
        Value::Null | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}

fn write_csv(path: &Path, rows: &[Vec<(String, String)>]) {
    let mut file = csv::Writer::from_path(path).unwrap();
    file.write_record(rows[0].iter().map(|(name, _)| name)).unwrap();
    for row in rows {
        file.write_record(row.iter().map(|(_, cell)| cell)).unwrap();
    }
    file.flush().unwrap();
}

fn numbered(count: usize) -> Vec<Vec<(String, String)>> {
    (1..=count).map(|n| row(&json!({ "title": format!("Practice {n}") }))).collect()
}

fn set(row: &mut [(String, String)], name: &str, to: &str) {
    row.iter_mut().find(|(column, _)| column == name).unwrap().1 = to.to_owned();
}

fn import(folder: &Path, file: &Path, more: &[&str]) -> Output {
    let file = file.display().to_string();
    run(folder, &[&["import", "practice", &file], more].concat())
}

fn titles(folder: &Path) -> Vec<String> {
    let output = run(folder, &["export", "practice", "--format", "jsonl"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let record = |line: &str| serde_json::from_str::<Value>(line).unwrap();
    text.lines().map(|line| record(line)["title"].as_str().unwrap().to_owned()).collect()
}

/// FRG-18.
#[test]
fn a_file_that_is_brought_again_adds_what_was_missing_and_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("old.csv");
    let mut rows = numbered(100);
    set(&mut rows[56], "countries", "Atlantis");
    rows[79] = rows[2].clone();
    write_csv(&file, &rows);

    let dry = import(folder.path(), &file, &["--dry-run"]);
    let told = said(&dry);
    assert!(told.contains("100 rows: 98 would be taken, 2 not taken"), "{told}");
    assert_eq!(titles(folder.path()).len(), 0, "a dry run changes nothing");

    let first = import(folder.path(), &file, &[]);
    let told = said(&first);
    assert_eq!(first.status.code(), Some(1), "{told}");
    assert!(told.contains("row 57 (line 58 of the file): not taken: countries “Atlantis”: "), "{told}");
    assert!(told.contains("row 80 (line 81 of the file): not taken: is the same as row 3"), "{told}");
    assert!(told.contains("100 rows: 98 taken, 2 not taken"), "{told}");

    set(&mut rows[56], "countries", "Switzerland");
    write_csv(&file, &rows);
    let second = import(folder.path(), &file, &[]);
    let told = said(&second);
    assert_eq!(second.status.code(), Some(0), "{told}");
    assert!(told.contains("100 rows: 1 taken, 99 not taken (99 there already, 0 at fault)"), "{told}");
    let mut titles = titles(folder.path());
    assert_eq!(titles.len(), 99);
    titles.sort();
    titles.dedup();
    assert_eq!(titles.len(), 99, "each distinct row is there once");
}

#[test]
fn a_killed_import_is_repeated_and_every_row_is_there_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("old.csv");
    write_csv(&file, &numbered(300));
    assert!(run(folder.path(), &["migrate"]).status.success());
    let arguments = ["import", "practice", file.to_str().unwrap()];
    let mut child = command(folder.path(), &arguments).stdout(std::process::Stdio::null()).spawn().unwrap();
    while titles(folder.path()).is_empty() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(5));
    }
    drop(child.kill());
    child.wait().unwrap();
    assert!(import(folder.path(), &file, &[]).status.success());
    let mut all = titles(folder.path());
    assert_eq!(all.len(), 300);
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 300);
    assert!(run(folder.path(), &["verify"]).status.success());
}

#[test]
fn who_is_known_by_an_id_of_its_own_is_not_taken_again_when_it_changed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("old.jsonl");
    let write = |title: &str| {
        let record = merged(&practice_json(), &json!({ "import_id": "A-1", "title": title }));
        std::fs::write(&file, format!("{record}\n")).unwrap();
        import(folder.path(), &file, &[])
    };
    assert!(write("A desk").status.success());
    assert!(said(&write("A desk")).contains("was taken before, as PRA-"));
    let changed = write("A bigger desk");
    assert_eq!(changed.status.code(), Some(1));
    assert!(said(&changed).contains("import_id: was taken before, as PRA-"), "{}", said(&changed));
    assert_eq!(titles(folder.path()), ["A desk"]);
    let record = |id: &str, title: &str| merged(&practice_json(), &json!({ "import_id": id, "title": title }));
    std::fs::write(&file, format!("{}\n{}\n", record("A-2", "A bus"), record("A-2", "A train"))).unwrap();
    let told = said(&import(folder.path(), &file, &[]));
    assert!(told.contains("row 2 (line 2 of the file): not taken: import_id: is that of row 1"), "{told}");
}

/// The rows of an export without what is new with each import.
fn rows(folder: &Path, form: &str) -> Vec<Map<String, Value>> {
    let output = run(folder, &["export", form, "--format", "jsonl"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let record = |line: &str| {
        let mut record: Map<String, Value> = serde_json::from_str(line).unwrap();
        ["reference", "received"].iter().for_each(|new| drop(record.remove(*new)));
        record
    };
    text.lines().map(record).collect()
}

/// FRG-17.
#[test]
fn an_export_comes_in_elsewhere_and_goes_out_the_same_in_every_format() {
    let app = TestApp::start();
    for title in [
        "=HYPERLINK(\"http://evil.example\",\"x\")",
        "+41 22 000 00 00",
        "@handle",
        "- first bullet",
        "'=quoted",
        "it's",
    ] {
        app.practice(&json!({ "title": title, "countries": ["CHE", "KEN"] }));
    }
    let here = rows(app.folder.path(), "practice");
    for format in ["csv", "xlsx", "json", "jsonl"] {
        let file = app.folder.path().join(format!("practices.{format}"));
        let to = file.display().to_string();
        assert!(run(app.folder.path(), &["export", "practice", "--format", format, "--output", &to]).status.success());
        let elsewhere = tempfile::tempdir().unwrap();
        let output = import(elsewhere.path(), &file, &[]);
        assert!(output.status.success(), "{format}: {}", said(&output));
        assert_eq!(rows(elsewhere.path(), "practice"), here, "{format}");
        let again = said(&import(elsewhere.path(), &app.folder.path().join("practices.csv"), &[]));
        assert!(again.contains("0 taken, 6 not taken (6 there already"), "{format}, then csv: {again}");
        assert!(run(elsewhere.path(), &["verify"]).status.success());
    }
}

#[test]
fn what_was_published_elsewhere_is_public_since_then_and_nobody_gets_mail() {
    let app = TestApp::start();
    let mut follower = app.moderator();
    let file = app.folder.path().join("old.csv");
    let mut old = row(&json!({ "title": "A night school" }));
    old.push(("published".to_owned(), "2019-05-04".to_owned()));
    write_csv(&file, &[old]);
    let output = import(app.folder.path(), &file, &["--status", "published"]);
    assert!(output.status.success(), "{}", said(&output));
    let list = app.client().get("/practices").is(200);
    assert_eq!(list.all("ol.cards h2"), ["A night school"]);
    let item = app.client().get("/api/v1/practices").is(200).json()["items"][0].clone();
    assert!(item.to_string().contains("2019-05-04"), "{item}");
    let reference = item["reference"].as_str().unwrap().to_owned();
    assert_eq!(app.events(&reference), ["submitted", "publish"]);
    let record = follower.get(&format!("/staff/submissions/{reference}")).is(200);
    assert!(record.said().contains("A night school"));
    assert_eq!(app.outbox(), [], "nobody gets a mail");
    app.is_whole();
}

fn said_of(folder: &Path, name: &str, content: &[u8], more: &[&str]) -> (Option<i32>, String) {
    let file: PathBuf = folder.join(name);
    std::fs::write(&file, content).unwrap();
    let output = import(folder, &file, more);
    (output.status.code(), said(&output))
}

#[test]
fn a_file_that_does_not_fit_is_told_so_before_anything_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content, words) in [
        (
            "a.csv",
            &b"titel,summary\nA desk,\n"[..],
            "these columns are no questions of \u{201c}practice\u{201d}: titel",
        ),
        ("b.csv", b"title,title\nA,B\n", "two columns are called"),
        ("c.csv", b"title\n\xe9t\xe9\n", "row 1 (line 2 of the file): not taken: is not text in UTF-8"),
        ("d.xlsx", b"no workbook", "d.xlsx: "),
        ("e.json", b"{\"title\":", "is no list in JSON"),
        ("f.jsonl", b"7\n{\"titel\": \"x\"}\n", "row 1 (line 1 of the file): not taken: is no object"),
        ("g.doc", b"", "must end in .csv, .xlsx, .json or .jsonl"),
        ("h.csv", b"", "0 rows"),
    ] {
        let (code, told) = said_of(folder.path(), name, content, &[]);
        assert!(told.contains(words) && (code == Some(1) || name == "h.csv"), "{name}: {code:?} {told}");
    }
    let requests = run(folder.path(), &["import", "unct-support", "h.csv", "--status", "published"]);
    assert_eq!(requests.status.code(), Some(1), "a request is never public");
    assert_eq!(run(folder.path(), &["import", "practice", "h.csv", "--status", "draft"]).status.code(), Some(2));
}

#[test]
fn a_table_made_elsewhere_comes_in_by_a_mapping() {
    let folder = tempfile::tempdir().unwrap();
    let mut old = row(&json!({ "title": "A bus" }));
    old.retain(|(name, _)| !name.starts_with("consent_"));
    for (name, _) in &mut old {
        if name == "countries" {
            *name = "Where?".to_owned();
        }
    }
    set(&mut old, "Where?", "Helvetia");
    old.push(("Notes".to_owned(), "not for us".to_owned()));
    let file = folder.path().join("old.csv");
    write_csv(&file, &[old]);
    let semicolons = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("\u{feff}{semicolons}")).unwrap();
    let mapping = folder.path().join("map.toml");
    let consents = "consent_publication = true\nconsent_editing = true\nconsent_data = true\n";
    std::fs::write(
        &mapping,
        format!("ignore = [\"Notes\"]\n[columns]\n\"Where?\" = \"countries\"\n[values.countries]\nHelvetia = \"CHE\"\n[constants]\n{consents}"),
    )
    .unwrap();
    let output = import(folder.path(), &file, &["--mapping", mapping.to_str().unwrap()]);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(rows(folder.path(), "practice")[0]["countries"], json!(["CHE"]));
    std::fs::write(&mapping, "colums = 1").unwrap();
    let slip = import(folder.path(), &file, &["--mapping", mapping.to_str().unwrap()]);
    assert!(program::said(&slip).contains("colums"));
}
