//! Subcommands, one a file. Each opens the application, calls actions, prints.

mod demo;
mod export;
mod forms;
mod import;
mod mail;
mod receive;
mod serve;
mod staff;
mod verify;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::app::{App, CannotStart, Surroundings};
use crate::config::{Config, Log};
use crate::store::{Stop, StoreError};

/// Submission intake for the United Nations Network on Migration.
#[derive(Debug, Parser)]
#[command(name = "inlet", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the site and send mail; makes what is missing
    Serve {
        /// Fill a fresh folder with an invented world to try things out
        #[arg(long)]
        demo: bool,
    },
    /// Apply pending database migrations
    Migrate,
    /// Accounts of staff
    #[command(subcommand)]
    Staff(staff::Command),
    /// Form files
    #[command(subcommand)]
    Forms(forms::Command),
    /// Write out the submissions of a form
    Export(export::Options),
    /// Take in the rows of a file, each once
    Import(import::Options),
    /// Check that everything stored is whole
    Verify {
        /// An event seen earlier that must still be in the log: SEQ:HASH
        #[arg(long)]
        head: Option<String>,
    },
    /// Write the projections and search indexes again from what they are made from
    Rebuild,
    /// The outbox
    #[command(subcommand)]
    Mail(mail::Command),
}

/// What a command ends with when it cannot do its work.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error(transparent)]
    Start(#[from] CannotStart),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("{0}")]
    Said(String),
}

impl Failure {
    /// A failure in plain words.
    fn said(text: impl Into<String>) -> Self {
        Self::Said(text.into())
    }
}

impl<R: std::fmt::Debug> From<Stop<R>> for Failure {
    fn from(stop: Stop<R>) -> Self {
        match stop {
            Stop::Refused(refusal) => Self::Said(format!("refused: {refusal:?}")),
            Stop::Failed(error) => Self::Store(error),
        }
    }
}

impl Failure {
    /// Whoever read our output has had enough (`inlet mail list | head`): no failure.
    fn is_enough(&self) -> bool {
        match self {
            Self::Io(error) | Self::Store(StoreError::Io(error)) => error.kind() == std::io::ErrorKind::BrokenPipe,
            Self::Start(_) | Self::Store(_) | Self::Said(_) => false,
        }
    }
}

/// Writes a line to standard output.
fn print(line: impl std::fmt::Display) -> Result<(), Failure> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

/// Runs a command.
#[must_use]
pub fn run(cli: Cli) -> ExitCode {
    match dispatch(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) if failure.is_enough() => ExitCode::SUCCESS,
        Err(failure) => {
            report(&failure);
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: Command) -> Result<(), Failure> {
    match command {
        Command::Serve { demo } => serve::serve(config()?, demo),
        Command::Migrate => migrate(),
        Command::Staff(command) => staff::run(command),
        Command::Forms(command) => forms::run(command),
        Command::Export(options) => export::run(options),
        Command::Import(options) => import::run(&options),
        Command::Verify { head } => verify::verify(head.as_deref()),
        Command::Rebuild => verify::rebuild(),
        Command::Mail(command) => mail::run(command),
    }
}

fn migrate() -> Result<(), Failure> {
    let config = config()?;
    std::fs::create_dir_all(&config.data_dir)?;
    for version in crate::store::db::migrate(&config.database)? {
        print(format_args!("applied {version}"))?;
    }
    print("the database is up to date")
}

/// The configuration; all its problems at once.
fn config() -> Result<Config, Failure> {
    Config::from_environment().map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Failure::Said(format!("the configuration has problems:\n  {}", lines.join("\n  ")))
    })
}

/// The application for a command that works on what is there; a mistyped folder must not be made and found whole.
fn open_existing() -> Result<(App, tokio::runtime::Runtime), Failure> {
    let database = config()?.database;
    if !database.exists() {
        return Err(Failure::Said(format!("there is no database at {}; set INLET_DATA_DIR", database.display())));
    }
    open()
}

/// The application for a command beside `serve`, with a runtime to run its actions.
fn open() -> Result<(App, tokio::runtime::Runtime), Failure> {
    let config = config()?;
    start_log(&config.log);
    Ok((App::open(config, Surroundings::real())?, tokio::runtime::Runtime::new()?))
}

fn start_log(log: &Log) {
    let filter = tracing_subscriber::EnvFilter::try_new(&log.filter).unwrap_or_else(|_| "info".into());
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start in one process (tests) keeps the first.
    let started = if log.json { builder.json().try_init() } else { builder.try_init() };
    drop(started);
}

/// Form faults are drawn with their source; the rest is a line.
fn report(failure: &Failure) {
    if let Failure::Start(CannotStart::Forms(faults)) = failure {
        forms::print_faults(faults);
    }
    eprintln!("inlet: {failure}");
}

/// The folder the demonstration lives in, unless one is named.
fn demo_folder(config: &Config) -> PathBuf {
    if std::env::var_os("INLET_DATA_DIR").is_some() { config.data_dir.clone() } else { config.data_dir.join("demo") }
}
