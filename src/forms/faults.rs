//! What an author wrote wrongly in a form file: where it stands, what it is, what to write instead.

mod kinds;

use std::fmt;
use std::ops::Range;

use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};
use toml::de::{DeTable, DeValue};

pub use kinds::FaultKind;

/// One fault, at a place in the structure of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub path: Place,
    pub problem: FaultKind,
}

impl Fault {
    /// What to write instead.
    #[must_use]
    pub fn help(&self) -> String {
        self.problem.help().map(|help| help.to_string()).unwrap_or_default()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}. {}", self.path, self.problem, self.help())
    }
}

impl std::error::Error for Fault {}

/// A way into a TOML file: `step[1].field[0].max`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place(Vec<Turn>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Turn {
    Key(&'static str),
    At(usize),
}

impl Place {
    /// One key further.
    #[must_use]
    pub fn key(&self, key: &'static str) -> Self {
        self.with(Turn::Key(key))
    }

    /// One entry further, counted from 0.
    #[must_use]
    pub fn at(&self, index: usize) -> Self {
        self.with(Turn::At(index))
    }

    fn with(&self, turn: Turn) -> Self {
        let mut turns = self.0.clone();
        turns.push(turn);
        Self(turns)
    }

    /// Where it stands in the text: as far as the file goes along, since a missing key stands nowhere.
    fn span(&self, text: &str) -> Range<usize> {
        let Ok(table) = DeTable::parse(text) else { return 0..0 };
        let Some((Turn::Key(first), rest)) = self.0.split_first() else { return first_key(table.get_ref()) };
        let Some(found) = table.get_ref().get(*first) else { return first_key(table.get_ref()) };
        let (mut span, mut value) = (found.span(), found.get_ref());
        for turn in rest {
            let next = match (turn, value) {
                (Turn::Key(key), DeValue::Table(table)) => table.get(*key),
                (Turn::At(index), DeValue::Array(array)) => array.get(*index),
                _ => None,
            };
            let Some(found) = next else { break };
            (span, value) = (found.span(), found.get_ref());
        }
        span
    }
}

fn first_key(table: &DeTable<'_>) -> Range<usize> {
    table.keys().map(toml::Spanned::span).min_by_key(|span| span.start).unwrap_or(0..0)
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, turn) in self.0.iter().enumerate() {
            match turn {
                Turn::Key(key) if index == 0 => write!(f, "{key}")?,
                Turn::Key(key) => write!(f, ".{key}")?,
                Turn::At(at) => write!(f, "[{at}]")?,
            }
        }
        Ok(())
    }
}

/// A fault with the file it stands in, drawn by miette with line, marker and help.
#[derive(Debug, Clone)]
pub struct SourceFault {
    problem: FaultKind,
    source: NamedSource<String>,
    span: Range<usize>,
}

impl SourceFault {
    /// A fault of a file that reads as TOML.
    #[must_use]
    pub fn new(file: &str, text: &str, place: &Place, problem: FaultKind) -> Self {
        Self::spanning(file, text, place.span(text), problem)
    }

    /// What toml says of a file that does not read, or does not have the shape of what is expected.
    #[must_use]
    pub fn from_toml(file: &str, text: &str, error: &toml::de::Error) -> Self {
        let problem = if DeTable::parse(text).is_err() {
            FaultKind::Syntax(error.message().to_owned())
        } else if error.message().starts_with("unknown field") {
            FaultKind::UnknownKey(error.message().to_owned())
        } else {
            FaultKind::Shape(error.message().to_owned())
        };
        Self::spanning(file, text, error.span().unwrap_or(0..0), problem)
    }

    /// A file that could not be read at all.
    #[must_use]
    pub fn unreadable(file: &str, error: &std::io::Error) -> Self {
        Self::spanning(file, "", 0..0, FaultKind::Unreadable(error.to_string()))
    }

    fn spanning(file: &str, text: &str, span: Range<usize>, problem: FaultKind) -> Self {
        let source = NamedSource::new(file, text.to_owned()).with_language("toml");
        Self { problem, source, span }
    }

    /// The file it stands in.
    #[must_use]
    pub fn file(&self) -> &str {
        self.source.name()
    }

    /// The line it stands in, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        let before = self.source.inner().get(..self.span.start).unwrap_or_default();
        before.matches('\n').count().saturating_add(1)
    }

    /// What is wrong.
    #[must_use]
    pub fn problem(&self) -> &FaultKind {
        &self.problem
    }
}

impl fmt::Display for SourceFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file(), self.line(), self.problem)
    }
}

impl std::error::Error for SourceFault {}

impl Diagnostic for SourceFault {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.problem.code()
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.problem.help()
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(std::iter::once(LabeledSpan::underline(self.span.clone()))))
    }
}
