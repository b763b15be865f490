//! `inlet forms`: which forms there are, and what is wrong with their files.

use std::path::PathBuf;

use clap::Subcommand;

use super::{Failure, config};
use crate::forms::catalog::{self, Catalog};
use crate::forms::faults::SourceFault;
use crate::forms::lists::Lists;
use crate::locale::Language;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the forms
    List,
    /// Check every form file: each fault with file, line and what to write instead
    Check {
        /// A folder of form files; the built-in ones and INLET_FORMS_DIR otherwise
        folder: Option<PathBuf>,
    },
}

pub(super) fn run(command: Command) -> Result<(), Failure> {
    let lists = Lists::load().map_err(|faults| fault(&faults))?;
    match command {
        Command::List => {
            let catalog = Catalog::load(&lists, config()?.forms_dir.as_deref()).map_err(|faults| fault(&faults))?;
            for form in catalog.all(Language::En) {
                super::print(format_args!(
                    "{}\t{}\t{} steps\t{}",
                    form.id(),
                    form.words().prefix,
                    form.steps().len(),
                    form.words().title
                ))?;
            }
        }
        Command::Check { folder: Some(folder) } => {
            let faults = catalog::check_dir(&folder, &lists);
            if !faults.is_empty() {
                return Err(fault(&faults));
            }
            super::print(format_args!("no faults"))?;
        }
        Command::Check { folder: None } => {
            Catalog::load(&lists, config()?.forms_dir.as_deref()).map_err(|faults| fault(&faults))?;
            super::print(format_args!("no faults"))?;
        }
    }
    Ok(())
}

fn fault(faults: &[SourceFault]) -> Failure {
    print_faults(faults);
    Failure::said(format!("{} faults", faults.len()))
}

/// Draws each fault with the lines it is about.
pub(super) fn print_faults(faults: &[SourceFault]) {
    let handler = miette::GraphicalReportHandler::new_themed(miette::GraphicalTheme::unicode_nocolor());
    for fault in faults {
        let mut drawn = String::new();
        if handler.render_report(&mut drawn, fault).is_ok() {
            eprintln!("{drawn}");
        }
    }
}
