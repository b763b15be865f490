//! The rows of a file, one after the other, whatever its format.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use calamine::{Data, Range, Reader, Xlsx, open_workbook};
use serde_json::{Map, Number, Value};

use super::super::Failure;
use crate::forms::export::Format;
use crate::forms::import::csv_cell;

/// One row.
pub(super) struct Found {
    /// Where it begins in the file: its line, or its row of the sheet.
    pub line: usize,
    /// Values by column, or why it cannot be read.
    pub cells: Result<Vec<(String, Value)>, String>,
}

/// A file that can be read.
pub(super) struct Source {
    /// The columns of a table; none where each row names its own.
    pub heads: Vec<String>,
    /// How many rows there are.
    pub rows: usize,
    pub found: Box<dyn Iterator<Item = Found>>,
}

impl Source {
    /// Opens a file by the end of its name.
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        let end = path.extension().and_then(|end| end.to_str()).unwrap_or_default().to_ascii_lowercase();
        let format = Format::read(&end).ok_or_else(|| {
            Failure::said(format!("{}: the name must end in .csv, .xlsx, .json or .jsonl", path.display()))
        })?;
        let read = match format {
            Format::Csv => csv(path),
            Format::Xlsx => sheet(path),
            Format::Json => array(path),
            Format::Jsonl => lines(path),
        };
        read.map_err(|fault| Failure::said(format!("{}: {fault}", path.display())))
    }
}

/// Between cells stands what the first line has most of: spreadsheets of many countries write semicolons.
fn separator(path: &Path) -> Result<u8, std::io::Error> {
    let mut first = Vec::new();
    BufReader::new(File::open(path)?).take(1 << 20).read_until(b'\n', &mut first)?;
    let count = |separator: &u8| first.iter().filter(|byte| *byte == separator).count();
    Ok([b',', b';', b'\t'].into_iter().rev().max_by_key(count).unwrap_or(b','))
}

/// Without the mark that some programs put before a text in UTF-8.
fn unmarked(path: &Path) -> Result<BufReader<File>, std::io::Error> {
    let mut file = BufReader::new(File::open(path)?);
    if !file.fill_buf()?.starts_with("\u{feff}".as_bytes()) {
        file.seek(SeekFrom::Start(0))?;
        return Ok(file);
    }
    file.consume(3);
    Ok(file)
}

fn csv(path: &Path) -> Result<Source, String> {
    let said = |error: std::io::Error| error.to_string();
    let delimiter = separator(path).map_err(said)?;
    let open = || -> Result<_, String> {
        let file = unmarked(path).map_err(said)?;
        Ok(csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(file))
    };
    let rows = open()?.byte_records().count();
    let mut table = open()?;
    let heads =
        table.headers().map_err(|_| "the first line is not text in UTF-8; save the file as “CSV UTF-8”".to_owned())?;
    let heads: Vec<String> = heads.iter().map(|head| head.trim().to_owned()).collect();
    check_twice(&heads)?;
    let names = heads.clone();
    let found = table.into_byte_records().filter_map(move |record| csv_row(&names, record));
    Ok(Source { heads, rows, found: Box::new(found) })
}

/// A line on which nothing stands is no row.
fn csv_row(names: &[String], record: Result<csv::ByteRecord, csv::Error>) -> Option<Found> {
    let record = match record {
        Ok(record) => record,
        Err(error) => return Some(Found { line: 0, cells: Err(error.to_string()) }),
    };
    let line = record.position().and_then(|at| usize::try_from(at.line()).ok()).unwrap_or_default();
    if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
        return None;
    }
    let read = csv::StringRecord::from_byte_record(record);
    let cells = match read {
        Err(_) => Err("is not text in UTF-8; save the file as “CSV UTF-8”".to_owned()),
        Ok(record) if record.len() > names.len() && record.iter().skip(names.len()).any(|cell| !cell.is_empty()) => {
            Err(format!("has {} cells under {} heads", record.len(), names.len()))
        }
        Ok(record) => Ok(names.iter().cloned().zip(record.iter().map(csv_cell)).collect()),
    };
    Some(Found { line, cells })
}

fn check_twice(heads: &[String]) -> Result<(), String> {
    let twice = heads.iter().enumerate().find(|(at, head)| heads.iter().take(*at).any(|earlier| earlier == *head));
    twice.map_or(Ok(()), |(_, head)| Err(format!("two columns are called “{head}”")))
}

/// The first sheet.
fn sheet(path: &Path) -> Result<Source, String> {
    let mut book: Xlsx<_> = open_workbook(path).map_err(|error: calamine::XlsxError| error.to_string())?;
    let first = book.worksheet_range_at(0).ok_or("there is no sheet in it")?;
    let range: Range<Data> = first.map_err(|error| error.to_string())?;
    let top = range.start().map_or(0, |(row, _)| usize::try_from(row).unwrap_or_default());
    let heads: Vec<String> = range.rows().next().unwrap_or_default().iter().map(head).collect();
    let used = heads.iter().rposition(|head| !head.is_empty()).map_or(0, |last| last + 1);
    let heads: Vec<String> = heads.into_iter().take(used).collect();
    check_twice(&heads)?;
    let names = heads.clone();
    let rows: Vec<Vec<Data>> = range.rows().skip(1).map(<[Data]>::to_vec).collect();
    let count = rows.len();
    let found = rows.into_iter().enumerate().filter(|(_, row)| row.iter().any(|cell| !matches!(cell, Data::Empty)));
    let found = found.map(move |(at, row)| Found {
        line: top + at + 2,
        cells: Ok(names.iter().cloned().zip(row.iter().map(cell)).collect()),
    });
    Ok(Source { heads, rows: count, found: Box::new(found) })
}

fn head(cell: &Data) -> String {
    cell.to_string().trim().to_owned()
}

/// A cell that holds a day is one, whatever it looks like.
fn cell(cell: &Data) -> Value {
    match cell {
        Data::Empty => Value::Null,
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Value::String(text.clone()),
        Data::Float(number) => {
            Value::String(Number::from_f64(*number).map_or_else(String::new, |_| number.to_string()))
        }
        Data::Int(number) => Value::String(number.to_string()),
        Data::Bool(yes) => Value::Bool(*yes),
        Data::DateTime(at) => {
            let (year, month, day, hour, minute, _, _) = at.to_ymd_hms_milli();
            let time = if (hour, minute) == (0, 0) { String::new() } else { format!("T{hour:02}:{minute:02}") };
            Value::String(format!("{year:04}-{month:02}-{day:02}{time}"))
        }
        Data::Error(error) => Value::String(error.to_string()),
    }
}

fn array(path: &Path) -> Result<Source, String> {
    let file = unmarked(path).map_err(|error| error.to_string())?;
    let rows: Vec<Value> = serde_json::from_reader(file).map_err(|error| format!("is no list in JSON: {error}"))?;
    let count = rows.len();
    let found = rows.into_iter().enumerate().map(|(at, row)| Found { line: at + 1, cells: object(row) });
    Ok(Source { heads: Vec::new(), rows: count, found: Box::new(found) })
}

fn lines(path: &Path) -> Result<Source, String> {
    let open = || unmarked(path).map_err(|error| error.to_string());
    let rows = open()?.split(b'\n').count();
    let found = open()?.split(b'\n').enumerate().filter_map(|(at, line)| {
        let line = line.map_err(|error| error.to_string());
        if line.as_ref().is_ok_and(|line| line.trim_ascii().is_empty()) {
            return None;
        }
        let read = line.and_then(|line| serde_json::from_slice(&line).map_err(|error| error.to_string()));
        Some(Found { line: at + 1, cells: read.and_then(object) })
    });
    Ok(Source { heads: Vec::new(), rows, found: Box::new(found) })
}

fn object(row: Value) -> Result<Vec<(String, Value)>, String> {
    match row {
        Value::Object(object) => Ok(Map::into_iter(object).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Err("is no object with a key for each answer".to_owned())
        }
    }
}
