//! `inlet import`: the rows of a file, each taken once; a report says of every row that is not taken why.

mod report;
mod source;

use std::collections::HashMap;
use std::path::PathBuf;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use self::report::{Report, Verdict};
use self::source::{Found, Source};
use super::{Failure, open};
use crate::actions::import::{self, Identity, Outcome, Row, Standing};
use crate::app::App;
use crate::forms::form::{Form, FormId};
use crate::forms::import::{Given, Mapping, Reader};
use crate::locale::Language;
use crate::store::{Conn, StoreError};

/// Rows that are taken in one transaction.
const PIECE: usize = 50;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The form's id: practice, pledge, …
    form: String,
    /// A file that ends in .csv, .xlsx, .json or .jsonl
    file: PathBuf,
    /// How its columns and values fit the form (docs/import.md)
    #[arg(long)]
    mapping: Option<PathBuf>,
    /// What the rows become: published or submitted
    #[arg(long, value_parser = read_standing)]
    status: Option<Standing>,
    /// Say what would be taken, and take nothing
    #[arg(long)]
    dry_run: bool,
}

fn read_standing(text: &str) -> Result<Standing, String> {
    match text {
        "published" => Ok(Standing::Published),
        "submitted" => Ok(Standing::Submitted),
        _ => Err("write published or submitted".to_owned()),
    }
}

pub(super) fn run(options: &Options) -> Result<(), Failure> {
    let mapping = mapping(options)?;
    let source = Source::open(&options.file)?;
    let (app, runtime) = open()?;
    let id = FormId::new(&options.form);
    let form = app.catalog.form(&id, Language::En);
    let form = form.ok_or_else(|| Failure::said(format!("there is no form “{id}”; see: inlet forms list")))?;
    let standing = Standing::of(form.lifecycle(), options.status).ok_or_else(|| {
        Failure::said(format!("what is given to “{id}” cannot come in like that: leave --status out"))
    })?;
    check_heads(form, &mapping, &source)?;
    let standing = (!options.dry_run).then_some(standing);
    let mut job = Job { app: &app, form: id, mapping, standing, seen: HashMap::new(), report: Report::default() };
    let bar = bar(source.rows);
    runtime.block_on(job.all(source, &bar))?;
    bar.finish_and_clear();
    job.report.end(options.dry_run)
}

fn mapping(options: &Options) -> Result<Mapping, Failure> {
    let Some(path) = &options.mapping else { return Ok(Mapping::default()) };
    let fault = |error: &dyn std::fmt::Display| Failure::said(format!("{}: {error}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| fault(&error))?;
    Mapping::read(&text).map_err(|error| fault(&error))
}

/// A table's columns must all be known before its first row is taken.
fn check_heads(form: &Form, mapping: &Mapping, source: &Source) -> Result<(), Failure> {
    let unknown = Reader { form, mapping }.unknown(&source.heads);
    if unknown.is_empty() {
        return Ok(());
    }
    let known = form.columns().join(", ");
    Err(Failure::said(format!(
        "these columns are no questions of “{}”: {}\nname the question of each under [columns] of a mapping, or list it under ignore (docs/import.md)\nthe questions are: {known}",
        form.id(),
        unknown.join(", ")
    )))
}

/// Is not drawn where nobody looks at a terminal.
fn bar(rows: usize) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(rows).unwrap_or(u64::MAX));
    let style = ProgressStyle::with_template("{bar:40} {pos} of {len} rows, {eta} to go");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// A row on its way.
struct Step {
    number: usize,
    line: usize,
    left_out: Vec<String>,
    way: Result<(Given, Identity), Verdict>,
}

struct Job<'a> {
    app: &'a App,
    form: FormId,
    mapping: Mapping,
    /// None for a dry run.
    standing: Option<Standing>,
    /// By what a row is known: the number of the first such row that could be taken, and what it said.
    seen: HashMap<String, (usize, Identity)>,
    report: Report,
}

impl Job<'_> {
    async fn all(&mut self, source: Source, bar: &ProgressBar) -> Result<(), Failure> {
        let mut found = source.found.enumerate();
        loop {
            let piece: Vec<(usize, Found)> = found.by_ref().take(PIECE).collect();
            if piece.is_empty() {
                return Ok(());
            }
            let count = u64::try_from(piece.len()).unwrap_or_default();
            let steps = piece.into_iter().map(|(at, found)| self.read(at + 1, found)).collect();
            let verdicts = self.piece(steps).await?;
            bar.suspend(|| verdicts.into_iter().try_for_each(|(step, verdict)| self.report.row(step, &verdict)))?;
            bar.inc(count);
        }
    }

    /// Reads a row, and knows it again within the file.
    fn read(&mut self, number: usize, found: Found) -> Step {
        let step = |left_out, way| Step { number, line: found.line, left_out, way };
        let cells = match found.cells {
            Ok(cells) => cells,
            Err(fault) => return step(Vec::new(), Err(Verdict::Wrong(vec![fault]))),
        };
        let Some(form) = self.app.catalog.form(&self.form, Language::En) else {
            return step(Vec::new(), Err(Verdict::Wrong(vec![self.form.to_string()])));
        };
        let given = Reader { form, mapping: &self.mapping }.row(cells);
        let left_out = given.left_out.clone();
        if !given.faults.is_empty() {
            let said = given.faults.iter().map(|fault| format!("{}: {}", fault.column, fault.text)).collect();
            return step(left_out, Err(Verdict::Wrong(said)));
        }
        let identity = Identity::of(self.app, form, &given);
        let way = self.again(&identity).map_or(Ok((given, identity)), Err);
        step(left_out, way)
    }

    /// What is said of a row that an earlier one of the file stands for.
    fn again(&self, identity: &Identity) -> Option<Verdict> {
        let (first, said) = self.seen.get(identity.key())?;
        let other = || Verdict::Wrong(vec![format!("import_id: is that of row {first}, which says something else")]);
        Some(if said == identity { Verdict::Twice(*first) } else { other() })
    }

    /// Checks some rows and takes those that can be taken.
    async fn piece(&mut self, steps: Vec<Step>) -> Result<Vec<(Step, Verdict)>, Failure> {
        let checked = self.check(steps).await?;
        let (mut verdicts, mut rows, mut places) = (Vec::new(), Vec::new(), Vec::new());
        for (step, way) in checked {
            let verdict = match way {
                Err(verdict) => verdict,
                Ok(row) => match self.again(row.identity()) {
                    Some(verdict) => verdict,
                    None => {
                        self.seen.insert(row.identity().key().to_owned(), (step.number, row.identity().clone()));
                        places.push(verdicts.len());
                        rows.push(row);
                        Verdict::Became(Outcome::Taken)
                    }
                },
            };
            verdicts.push((step, verdict));
        }
        if let Some(standing) = self.standing {
            let outcomes = import::import(self.app, rows, standing).await?;
            for (place, outcome) in places.into_iter().zip(outcomes) {
                if let Some((_, verdict)) = verdicts.get_mut(place) {
                    *verdict = Verdict::Became(outcome);
                }
            }
        }
        Ok(verdicts)
    }

    async fn check(&self, steps: Vec<Step>) -> Result<Vec<(Step, Result<Row, Verdict>)>, StoreError> {
        let (app, form) = (self.app.clone(), self.form.clone());
        let work = move |conn: &mut Conn| {
            let mut checked = Vec::new();
            for mut step in steps {
                let way = std::mem::replace(&mut step.way, Err(Verdict::Became(Outcome::Taken)));
                let way = match way {
                    Ok((given, identity)) => check(&app, conn, &form, &given, identity)?,
                    Err(verdict) => Err(verdict),
                };
                checked.push((step, way));
            }
            Ok(checked)
        };
        self.app.db.read(work).await
    }
}

/// What was taken before is not checked again: what it points to may be gone since.
fn check(
    app: &App,
    conn: &mut Conn,
    form: &FormId,
    given: &Given,
    identity: Identity,
) -> Result<Result<Row, Verdict>, StoreError> {
    if let Some(before) = import::earlier(conn, &identity)? {
        return Ok(Err(Verdict::Became(before)));
    }
    let said = |wrong: Vec<crate::forms::errors::Message>| {
        let stands = |name: &str| given.answers.get(name).map(report::cut).unwrap_or_default();
        wrong
            .into_iter()
            .map(|message| format!("{}{}: {}", message.name, stands(&message.name), message.text))
            .collect()
    };
    Ok(import::check(app, conn, form, given, identity)?.map_err(|wrong| Verdict::Wrong(said(wrong))))
}
