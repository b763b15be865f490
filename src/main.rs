//! The command line. Exit codes: 0 done, 1 the input or the data is at fault, 2 wrong usage (CONTRACT).

use std::process::ExitCode;

use clap::Parser;
use inlet::cli::Cli;

fn main() -> ExitCode {
    inlet::cli::run(Cli::parse())
}
