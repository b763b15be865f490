//! What is said of an import: a line for each row that is not taken, and the count of both.

use serde_json::Value;

use super::super::{Failure, print};
use super::Step;
use crate::actions::import::Outcome;

/// Most characters of what stands in a cell that are repeated.
const LONGEST: usize = 40;

/// What is said of a row.
#[derive(Debug, Clone)]
pub(super) enum Verdict {
    Became(Outcome),
    /// It is the same as an earlier row of the file.
    Twice(usize),
    Wrong(Vec<String>),
}

/// What was said so far.
#[derive(Debug, Default)]
pub(super) struct Report {
    taken: usize,
    there: usize,
    wrong: usize,
}

impl Report {
    /// Counts a row and says why it is not taken.
    #[allow(clippy::needless_pass_by_value, reason = "the row ends here")]
    pub(super) fn row(&mut self, step: Step, verdict: &Verdict) -> Result<(), Failure> {
        let at = format!("row {} (line {} of the file)", step.number, step.line);
        let reasons = match verdict {
            Verdict::Became(Outcome::Taken) => {
                self.taken += 1;
                if step.left_out.is_empty() {
                    return Ok(());
                }
                return print(format_args!(
                    "{at}: without its files, which a table does not hold: {}",
                    step.left_out.join(", ")
                ));
            }
            Verdict::Became(Outcome::Known(reference)) => self.there(format!("was taken before, as {reference}")),
            Verdict::Twice(first) => self.there(format!("is the same as row {first}")),
            Verdict::Became(Outcome::Changed(reference)) => {
                self.wrong(&[format!("import_id: was taken before, as {reference}, and said something else")])
            }
            Verdict::Wrong(reasons) => self.wrong(reasons),
        };
        print(format_args!("{at}: not taken: {reasons}"))
    }

    fn there(&mut self, reason: String) -> String {
        self.there += 1;
        reason
    }

    fn wrong(&mut self, reasons: &[String]) -> String {
        self.wrong += 1;
        reasons.join("; ")
    }

    /// Says how many there were.
    ///
    /// # Errors
    /// Where a row was at fault.
    pub(super) fn end(&self, dry_run: bool) -> Result<(), Failure> {
        let Self { taken, there, wrong } = self;
        let (all, left) = (taken + there + wrong, there + wrong);
        let would = if dry_run { "would be taken" } else { "taken" };
        print(format_args!("{all} rows: {taken} {would}, {left} not taken ({there} there already, {wrong} at fault)"))?;
        if *wrong == 0 {
            Ok(())
        } else {
            Err(Failure::said(format!("rows at fault: {wrong}; correct them and import the file again")))
        }
    }
}

/// What stands there, not too much of it: " “Atlantis”".
pub(super) fn cut(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(|one| one.as_str().unwrap_or("…")).collect::<Vec<_>>().join("; "),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    };
    let short: String = text.chars().take(LONGEST).collect();
    let more = if short.len() < text.len() { "…" } else { "" };
    format!(" “{short}{more}”")
}
