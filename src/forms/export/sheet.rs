//! A workbook with one sheet (ISO/IEC 29500, XLSX) that is sent while it is written: nothing in it needs what comes later.
//!
//! The archive is made by `zip`. No library that makes workbooks would do: `rust_xlsxwriter`, the best kept, packs its parts
//! when the last row is known, even where it holds only one row in memory; the reader of a long list would wait for the first
//! byte until all is read (FRG-22). One sheet with two styles is little to write by hand.
//!
//! Texts are texts, whatever they begin with, and their cells stay so when somebody edits them (format `@`); no cell is ever a
//! formula. Spreadsheets hold 32,767 UTF-16 units a cell: what is longer is cut and ends in "…"; CSV and JSON hold it whole.

use std::io::{self, Write};

use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use super::cells::Cell;

/// Most rows of a sheet.
const MOST_ROWS: usize = 1_048_576;

/// Most UTF-16 units of a cell.
const LONGEST: usize = 32_767;

const PARTS: [(&str, &str); 5] = [
    (
        "[Content_Types].xml",
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Inlet" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#,
    ),
    (
        "xl/styles.xml",
        r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>"#,
    ),
];

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// The first row stays in sight.
const OPENING: &str = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>"#;

const CLOSING: &str = "</sheetData></worksheet>";

/// How a cell looks: a line of `cellXfs` above.
#[derive(Debug, Clone, Copy)]
enum Style {
    Head,
    Text,
}

impl Style {
    fn number(self) -> u8 {
        match self {
            Self::Head => 1,
            Self::Text => 2,
        }
    }
}

/// A workbook that is being written.
pub(super) struct Sheet<W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
    /// The letters of the columns.
    letters: Vec<String>,
    rows: usize,
}

impl<W: Write> Sheet<W> {
    /// Writes all but the rows, and the heads of the columns.
    pub fn begin(out: W, columns: &[String]) -> io::Result<Self> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let mut zip = ZipWriter::new_stream(out);
        for (name, text) in PARTS {
            zip.start_file(name, options)?;
            write!(zip, "{XML}{text}")?;
        }
        zip.start_file("xl/worksheets/sheet1.xml", options)?;
        write!(zip, "{XML}{OPENING}")?;
        let mut sheet = Self { zip, letters: (0..columns.len()).map(letters).collect(), rows: 0 };
        sheet.write(columns.iter().map(|name| Some(Cell::Text(name.clone()))), Style::Head)?;
        Ok(sheet)
    }

    /// Writes a row.
    pub fn row(&mut self, cells: impl Iterator<Item = Option<Cell>>) -> io::Result<()> {
        self.write(cells, Style::Text)
    }

    fn write(&mut self, cells: impl Iterator<Item = Option<Cell>>, style: Style) -> io::Result<()> {
        self.rows += 1;
        if self.rows > MOST_ROWS {
            return Err(io::Error::other("more rows than a spreadsheet holds; take another format"));
        }
        let row = self.rows;
        let mut xml = format!("<row r=\"{row}\">");
        for (letters, cell) in self.letters.iter().zip(cells) {
            match cell {
                Some(Cell::Number(number)) => xml.push_str(&format!("<c r=\"{letters}{row}\"><v>{number}</v></c>")),
                Some(Cell::Text(text)) if !text.is_empty() => {
                    let style = style.number();
                    xml.push_str(&format!(
                        "<c r=\"{letters}{row}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"
                    ));
                    escape(&cut(&text), &mut xml);
                    xml.push_str("</t></is></c>");
                }
                Some(Cell::Text(_)) | None => {}
            }
        }
        xml.push_str("</row>");
        self.zip.write_all(xml.as_bytes())
    }

    /// Writes the end.
    pub fn end(mut self) -> io::Result<()> {
        self.zip.write_all(CLOSING.as_bytes())?;
        self.zip.finish()?;
        Ok(())
    }
}

/// A, B, … Z, AA, …
fn letters(column: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(column % 26).unwrap_or_default());
    let before = if column >= 26 { letters(column / 26 - 1) } else { String::new() };
    format!("{before}{letter}")
}

fn cut(text: &str) -> std::borrow::Cow<'_, str> {
    if text.encode_utf16().count() <= LONGEST {
        return text.into();
    }
    let mut room = LONGEST - 1;
    let fits = |c: &char| {
        let left = room.checked_sub(c.len_utf16());
        room = left.unwrap_or(0);
        left.is_some()
    };
    let kept: String = text.chars().take_while(fits).collect();
    format!("{kept}…").into()
}

/// Text as a cell holds it. What XML cannot hold is written `_x0000_`, and so is what looks like that already.
fn escape(text: &str, xml: &mut String) {
    for (at, c) in text.char_indices() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '_' if is_escape(text.get(at..).unwrap_or_default()) => xml.push_str("_x005F_"),
            '\u{fffe}' | '\u{ffff}' => xml.push_str(&format!("_x{:04X}_", u32::from(c))),
            '\t' | '\n' => xml.push(c),
            c if c.is_ascii_control() => xml.push_str(&format!("_x{:04X}_", u32::from(c))),
            c => xml.push(c),
        }
    }
}

fn is_escape(text: &str) -> bool {
    let digits = text.strip_prefix("_x").and_then(|rest| rest.split_at_checked(4));
    digits.is_some_and(|(digits, rest)| rest.starts_with('_') && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_like_in_a_spreadsheet() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letters), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn a_text_longer_than_a_cell_is_cut_between_characters() {
        assert_eq!(cut(&"a".repeat(LONGEST)).len(), LONGEST);
        let cut = cut(&"😀".repeat(LONGEST)).into_owned();
        assert_eq!((cut.encode_utf16().count(), cut.chars().last()), (LONGEST, Some('…')));
    }

    #[test]
    fn what_xml_cannot_hold_is_escaped() {
        let mut xml = String::new();
        escape("a<b>&\u{1}\r_x000D_ _x00_", &mut xml);
        assert_eq!(xml, "a&lt;b&gt;&amp;_x0001__x000D__x005F_x000D_ _x00_");
    }
}
