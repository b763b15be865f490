//! A form file changes while answers to it are stored, and while it is being filled in.

use serde_json::{Value, json};

use crate::exports::sheet;
use crate::kinds::{answers, earlier, fixture, start};
use crate::support::answers::{begin, fill, go_on, send};
use crate::support::{TestApp, program};

/// FRG-16: what an earlier version of the form asked stays in the export.
#[test]
fn answers_to_a_question_that_was_removed_stay_under_their_own_heading() {
    let forms = tempfile::tempdir().unwrap();
    let path = forms.path().join("all-kinds.toml");
    let with = |question: &str| {
        let asked = format!(
            "[[step.field]]\nid = \"{question}\"\nkind = \"text\"\nlabel = \"{question}\"\n\n[[step]]\nid = \"numbers\""
        );
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
    let at = |name: &str| {
        columns.iter().position(|column| column == name).unwrap_or_else(|| panic!("{name} in {columns:?}"))
    };
    let rows: Vec<csv::StringRecord> = lines.records().map(Result::unwrap).collect();
    let column = |name: &str| rows.iter().map(|row| row[at(name)].to_owned()).collect::<Vec<_>>();
    assert_eq!(column("old_q"), ["old value 1", "old value 2", ""]);
    assert_eq!(column("new_q"), ["", "", "new value"]);
    let mut command = program::command(app.folder.path(), &["export", "all-kinds", "--format", "xlsx"]);
    let xlsx = sheet(&command.env("INLET_FORMS_DIR", &folder).output().unwrap().stdout);
    let heads: Vec<String> = xlsx[0].iter().map(ToString::to_string).collect();
    assert_eq!(heads, columns.iter().collect::<Vec<_>>());
    let in_sheet = |name: &str| xlsx[1..].iter().map(|row| row[at(name)].to_string()).collect::<Vec<_>>();
    assert_eq!((in_sheet("old_q"), in_sheet("new_q")), (column("old_q"), column("new_q")));
    let mut command = program::command(app.folder.path(), &["export", "all-kinds", "--format", "json"]);
    let json = command.env("INLET_FORMS_DIR", &folder).output().unwrap().stdout;
    let records: Value = serde_json::from_slice(&json).unwrap();
    assert_eq!((&records[0]["old_q"], &records[2]["new_q"]), (&json!("old value 1"), &json!("new value")));
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
    std::fs::write(
        forms.path().join("all-kinds.toml"),
        fixture("all_kinds.toml").replace("[[step]]\nid = \"numbers\"", required),
    )
    .unwrap();
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
