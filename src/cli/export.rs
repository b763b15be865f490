//! `inlet export`: the submissions of a form, with a column for every field of every version answered.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::{Map, Value};

use super::{Failure, open_existing};
use crate::app::App;
use crate::domain::submission::{ReviewState, SubmissionId};
use crate::forms::export::guard_cell;
use crate::forms::form::FormId;
use crate::forms::kind::FieldKind;
use crate::locale::Language;
use crate::store::{Conn, StoreError, form_versions, submissions};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The form's id: practice, pledge, …
    form: String,
    #[arg(long, value_enum)]
    format: Format,
    /// Only submissions in this review state
    #[arg(long, value_parser = read_state)]
    status: Option<ReviewState>,
    /// The file to write; standard output otherwise
    #[arg(long)]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Csv,
    Json,
    Jsonl,
}

fn read_state(text: &str) -> Result<ReviewState, String> {
    ReviewState::read(text).ok_or_else(|| "write a review state, such as submitted or approved".to_owned())
}

pub(super) fn run(options: Options) -> Result<(), Failure> {
    let (app, runtime) = open_existing()?;
    let form = app
        .catalog
        .find(&options.form, Language::En)
        .ok_or_else(|| Failure::said("there is no such form; see: inlet forms list"))?;
    let form = form.id().clone();
    let out: Box<dyn Write + Send> = match &options.output {
        Some(path) => Box::new(File::create(path)?),
        None => Box::new(std::io::stdout()),
    };
    let handle = app.clone();
    let work = app.db.read(move |conn| write(&handle, conn, &form, &options, BufWriter::new(out)));
    runtime.block_on(work)?;
    Ok(())
}

fn write(app: &App, conn: &mut Conn, form: &FormId, options: &Options, mut out: impl Write) -> Result<(), StoreError> {
    let ids = submissions::ids_of(conn, form, options.status)?;
    match options.format {
        Format::Csv => write_csv(app, conn, form, &ids, out),
        Format::Jsonl => {
            for id in ids {
                writeln!(out, "{}", Value::Object(record(app, conn, id)?))?;
            }
            Ok(out.flush()?)
        }
        Format::Json => {
            write!(out, "[")?;
            for (at, id) in ids.into_iter().enumerate() {
                let comma = if at == 0 { "" } else { ",\n" };
                write!(out, "{comma}{}", Value::Object(record(app, conn, id)?))?;
            }
            writeln!(out, "]")?;
            Ok(out.flush()?)
        }
    }
}

/// `reference`, `status`, `publication`, and a key per answered field.
fn record(app: &App, conn: &mut Conn, id: SubmissionId) -> Result<Map<String, Value>, StoreError> {
    let submission = submissions::get(conn, id)?;
    let (form, answers) = app.answers(conn, id, submission.head_revision, Language::En)?;
    let mut record = Map::new();
    record.insert("reference".to_owned(), submission.reference.into());
    record.insert("status".to_owned(), submission.state.as_str().into());
    record.insert("publication".to_owned(), submission.visibility.as_str().into());
    record.extend(form.to_json(&answers));
    Ok(record)
}

/// Today's fields in their order, then those that only older versions asked.
fn columns(app: &App, conn: &mut Conn, form: &FormId) -> Result<Vec<String>, StoreError> {
    let mut columns: Vec<String> = app.catalog.form(form, Language::En).map(|form| form.columns()).unwrap_or_default();
    let mut seen: BTreeSet<String> = columns.iter().cloned().collect();
    for (version, _) in form_versions::all_of(conn, form.as_str())? {
        for column in app.form_version(conn, &version, Language::En)?.columns() {
            if seen.insert(column.clone()) {
                columns.push(column);
            }
        }
    }
    Ok(columns)
}

fn write_csv(
    app: &App,
    conn: &mut Conn,
    form: &FormId,
    ids: &[SubmissionId],
    out: impl Write,
) -> Result<(), StoreError> {
    let columns = columns(app, conn, form)?;
    let mut csv = csv::Writer::from_writer(out);
    let fault = |e: csv::Error| StoreError::Unreadable(e.to_string());
    csv.write_record(["reference", "status", "publication"].into_iter().chain(columns.iter().map(String::as_str)))
        .map_err(fault)?;
    for id in ids {
        let submission = submissions::get(conn, *id)?;
        let (form, answers) = app.answers(conn, *id, submission.head_revision, Language::En)?;
        let cells: Vec<(String, String)> = form.columns().into_iter().zip(form.cells(&answers)).collect();
        let numeric: BTreeSet<&str> = form
            .fields()
            .filter(|field| matches!(field.kind, FieldKind::Number { .. }))
            .map(|field| field.id.as_str())
            .collect();
        let cell = |column: &String| {
            let text = cells.iter().find(|(name, _)| name == column).map(|(_, text)| text.as_str()).unwrap_or_default();
            if numeric.contains(column.as_str()) { text.to_owned() } else { guard_cell(text).into_owned() }
        };
        let head = [
            submission.reference.clone(),
            submission.state.as_str().to_owned(),
            submission.visibility.as_str().to_owned(),
        ];
        csv.write_record(head.into_iter().chain(columns.iter().map(cell))).map_err(fault)?;
    }
    Ok(csv.flush()?)
}
