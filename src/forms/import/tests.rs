use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Fault, Mapping, Reader, csv_cell};
use crate::forms::export::{Entry, Format, Row, Table};
use crate::forms::testing::{any_pairs, form, known, locale, parse, parse_in};
use crate::forms::{Answers, FieldKind, Form};
use crate::locale::Language;

/// Answers as an export writes them.
struct Record<'a>(&'a Form, &'a Answers);

impl Entry for Record<'_> {
    type Error = std::io::Error;

    fn row(&self) -> Result<Row, Self::Error> {
        Ok(Row { head: vec!["ALL-1".to_owned()], cells: self.0.cells(self.1) })
    }

    fn object(&self) -> Result<Value, Self::Error> {
        Ok(Value::Object(self.0.to_json(self.1)))
    }
}

fn file(format: Format, answers: &Answers) -> Vec<u8> {
    let form = form();
    let mut table = Table::begin(format, &["reference"], form.columns()).unwrap();
    table.put(&Record(&form, answers)).unwrap();
    table.end().unwrap()
}

/// The rows of a CSV file, or of one with an object a line.
fn cells(format: Format, bytes: &[u8]) -> Vec<(String, Value)> {
    if format == Format::Jsonl {
        let object: serde_json::Map<String, Value> = serde_json::from_slice(bytes).unwrap();
        return object.into_iter().collect();
    }
    let mut reader = csv::Reader::from_reader(bytes);
    let heads = reader.headers().unwrap().clone();
    let row = reader.records().next().unwrap().unwrap();
    heads.iter().map(str::to_owned).zip(row.iter().map(csv_cell)).collect()
}

fn read(cells: Vec<(String, Value)>, mapping: &Mapping) -> super::Given {
    Reader { form: &form(), mapping }.row(cells)
}

/// No table holds a file.
fn has_files(answers: &Answers) -> bool {
    form().fields().any(|field| matches!(field.kind, FieldKind::File { .. }) && answers.get(&field.id).is_some())
}

proptest! {
    #[test]
    fn what_was_exported_comes_in_as_it_was_and_goes_out_the_same(sent in any_pairs()) {
        let answers = parse_in(Language::En, &sent).answers;
        prop_assume!(!has_files(&answers));
        for format in [Format::Csv, Format::Jsonl] {
            let out = file(format, &answers);
            let given = read(cells(format, &out), &Mapping::default());
            prop_assert_eq!(&given.faults, &vec![]);
            let again = form().parse_json(&given.answers, &known(), &locale(Language::En)).answers;
            prop_assert_eq!(&again, &answers);
            prop_assert_eq!(file(format, &again), out);
        }
    }
}

fn texts(cells: &[(&str, &str)]) -> Vec<(String, Value)> {
    cells.iter().map(|(name, text)| ((*name).to_owned(), json!(text))).collect()
}

#[test]
fn options_are_known_by_their_names_too() {
    let given = read(texts(&[("countries", "switzerland; FRA")]), &Mapping::default());
    assert_eq!(given.answers["countries"], json!(["CHE", "FRA"]));
}

#[test]
fn a_mapping_tells_what_columns_and_values_mean() {
    let mapping = Mapping::read(
        "ignore = [\"Notes\"]\n[columns]\n\"What is it called?\" = \"title\"\nWhere = \"countries\"\n[values.countries]\nHelvetia = \"CHE\"\n[constants]\nconsent = \"yes\"\n",
    )
    .unwrap();
    let sent = texts(&[("What is it called?", "A desk"), ("Where", "Helvetia;FRA"), ("Notes", "none of yours")]);
    let given = read(sent, &mapping);
    assert_eq!(
        Value::Object(given.answers),
        json!({ "title": "A desk", "countries": ["CHE", "FRA"], "consent": true })
    );
    assert!(Mapping::read("colums = 1").is_err(), "a slip is not passed over");
}

#[test]
fn what_is_not_known_is_said() {
    let mapping = Mapping::default();
    let names = ["reference", "title", "answers.title", "titel", "import_id"].map(str::to_owned);
    assert_eq!(Reader { form: &form(), mapping: &mapping }.unknown(&names), ["titel"]);
    let given = read(texts(&[("titel", "x"), ("language", "tlh")]), &mapping);
    let columns: Vec<String> = given.faults.into_iter().map(|Fault { column, .. }| column).collect();
    assert_eq!(columns, ["titel", "language"]);
}

#[test]
fn a_row_says_who_it_is_and_since_when() {
    let given =
        read(texts(&[("import_id", " 12 "), ("language", "fr"), ("published", "2019-05-04")]), &Mapping::default());
    assert_eq!((given.import_id.as_deref(), given.language), (Some("12"), Language::Fr));
    assert_eq!(given.published.unwrap().to_rfc3339(), "2019-05-04T00:00:00+00:00");
}

#[test]
fn a_file_is_left_out_and_said_so() {
    let answers = parse(&[("files", "f1")]).answers;
    assert_eq!(read(cells(Format::Csv, &file(Format::Csv, &answers)), &Mapping::default()).left_out, ["files"]);
}
