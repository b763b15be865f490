//! `inlet export`: the submissions of a form, with a column for every field of every version answered.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clap::Args;

use super::{Failure, open_existing};
use crate::app::App;
use crate::app::export::Export;
use crate::domain::submission::ReviewState;
use crate::forms::export::Format;
use crate::forms::form::FormId;
use crate::locale::Language;
use crate::store::{Conn, StoreError, submissions};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The form's id: practice, pledge, …
    form: String,
    /// csv, xlsx, json, or jsonl
    #[arg(long, value_parser = read_format)]
    format: Format,
    /// Only submissions in this review state
    #[arg(long, value_parser = read_state)]
    status: Option<ReviewState>,
    /// The file to write; standard output otherwise
    #[arg(long)]
    output: Option<PathBuf>,
}

fn read_format(text: &str) -> Result<Format, String> {
    Format::read(text).ok_or_else(|| "write csv, xlsx, json or jsonl".to_owned())
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
    let work = app.db.read(move |conn| write(&handle, conn, form, &options, BufWriter::new(out)));
    runtime.block_on(work)?;
    Ok(())
}

fn write(app: &App, conn: &mut Conn, form: FormId, options: &Options, mut out: impl Write) -> Result<(), StoreError> {
    let ids = submissions::ids_of(conn, &form, options.status)?;
    let mut export = Export::begin(app, conn, options.format, &[form], ids)?;
    while let Some(piece) = export.next(conn)? {
        out.write_all(&piece)?;
    }
    Ok(out.flush()?)
}
