//! A file of many records, written piece by piece: however many there are, only a few are text in memory.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use super::cells::Cell;
use super::sheet::Sheet;

/// What a file can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv,
    Xlsx,
    Json,
    Jsonl,
}

impl Format {
    pub const ALL: [Self; 4] = [Self::Csv, Self::Xlsx, Self::Json, Self::Jsonl];

    /// Reads the end of a file's name.
    #[must_use]
    pub fn read(end: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == end)
    }

    /// The end of a file's name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
        }
    }

    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
            Self::Jsonl => "application/jsonl; charset=utf-8",
        }
    }
}

/// A record as a line of a table.
#[derive(Debug, Clone)]
pub struct Row {
    /// What is known besides the answers, in the order of the table's heads.
    pub head: Vec<String>,
    /// By field.
    pub cells: HashMap<String, Cell>,
}

/// A record that can be written in any format; each makes only the face it needs.
pub trait Entry {
    type Error: From<io::Error>;

    /// As a line of a table.
    ///
    /// # Errors
    /// Where what is stored cannot be read.
    fn row(&self) -> Result<Row, Self::Error>;

    /// As JSON.
    ///
    /// # Errors
    /// Where what is stored cannot be read.
    fn object(&self) -> Result<Value, Self::Error>;
}

/// A file that is being written.
pub struct Table {
    fields: Vec<String>,
    out: Pieces,
    writer: Writer,
}

enum Writer {
    Csv(Box<csv::Writer<Pieces>>),
    Xlsx(Box<Sheet<Pieces>>),
    Json { is_empty: bool },
    Jsonl,
}

impl Table {
    /// Begins a file: `heads` stand before the answers, `fields` are all that may be answered.
    ///
    /// # Errors
    /// Where the heads cannot be written.
    pub fn begin(format: Format, heads: &[&str], fields: Vec<String>) -> io::Result<Self> {
        let out = Pieces::default();
        let columns: Vec<String> = heads.iter().map(|&head| head.to_owned()).chain(names(heads, &fields)).collect();
        let writer = match format {
            Format::Csv => {
                let crlf = csv::Terminator::CRLF;
                let mut csv = csv::WriterBuilder::new().terminator(crlf).from_writer(out.clone());
                csv.write_record(&columns)?;
                Writer::Csv(Box::new(csv))
            }
            Format::Xlsx => Writer::Xlsx(Box::new(Sheet::begin(out.clone(), &columns)?)),
            Format::Json => Writer::Json { is_empty: true },
            Format::Jsonl => Writer::Jsonl,
        };
        Ok(Self { fields, out, writer })
    }

    /// Writes one record.
    ///
    /// # Errors
    /// Where it cannot be read or written.
    pub fn put<E: Entry>(&mut self, entry: &E) -> Result<(), E::Error> {
        match &mut self.writer {
            Writer::Csv(csv) => {
                let cells = line(entry.row()?, &self.fields);
                let texts = cells.map(|cell| cell.map_or_else(String::new, |cell| cell.guarded().into_owned()));
                csv.write_record(texts).map_err(io::Error::from)?;
            }
            Writer::Xlsx(sheet) => sheet.row(line(entry.row()?, &self.fields))?,
            Writer::Json { is_empty } => {
                let before = if std::mem::take(is_empty) { "[\n" } else { ",\n" };
                write!(self.out, "{before}{}", entry.object()?)?;
            }
            Writer::Jsonl => writeln!(self.out, "{}", entry.object()?)?,
        }
        Ok(())
    }

    /// What was written since the last piece.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn piece(&mut self) -> io::Result<Vec<u8>> {
        if let Writer::Csv(csv) = &mut self.writer {
            csv.flush()?;
        }
        Ok(self.out.take())
    }

    /// The last piece.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn end(mut self) -> io::Result<Vec<u8>> {
        match self.writer {
            Writer::Csv(mut csv) => csv.flush()?,
            Writer::Xlsx(sheet) => sheet.end()?,
            Writer::Json { is_empty: true } => writeln!(self.out, "[]")?,
            Writer::Json { is_empty: false } => writeln!(self.out, "\n]")?,
            Writer::Jsonl => {}
        }
        Ok(self.out.take())
    }
}

/// The columns of the fields. One that is called like a head says that it is an answer.
fn names(heads: &[&str], fields: &[String]) -> impl Iterator<Item = String> {
    fields.iter().map(|field| answer_key(heads, field))
}

/// What an answer is called beside `heads`.
#[must_use]
pub fn answer_key(heads: &[&str], field: &str) -> String {
    if heads.contains(&field) { format!("answers.{field}") } else { field.to_owned() }
}

fn line(row: Row, fields: &[String]) -> impl Iterator<Item = Option<Cell>> {
    let Row { head, mut cells } = row;
    head.into_iter().map(|text| Some(Cell::Text(text))).chain(fields.iter().map(move |field| cells.remove(field)))
}

/// Where the writers of all formats leave their bytes until they are fetched.
#[derive(Clone, Default)]
struct Pieces(Arc<Mutex<Vec<u8>>>);

impl Pieces {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
