//! A list as open data, rendered while it is sent: never more than a few records at a time are text in memory.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::web::Bytes;
use futures_util::{Stream, stream};

use super::records::{instant, record};
use crate::actions::project;
use crate::app::App;
use crate::forms::export::guard_cell;
use crate::forms::form::Form;
use crate::store::public::Item;
use crate::store::{Conn, StoreError};
use crate::web::pages::public::listing::{Asked, Listing};
use crate::web::pages::public::record::path;

/// Records that are rendered at once.
const CHUNK: usize = 50;

/// What a file can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv,
    Json,
}

impl Format {
    /// Reads the end of a file's name.
    pub fn read(end: &str) -> Option<Self> {
        [Self::Csv, Self::Json].into_iter().find(|format| format.as_str() == end)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Json => "application/json",
        }
    }
}

/// What is exported: positions in a collection that does not change any more.
pub struct Found {
    form: Arc<Form>,
    listing: Listing,
    /// The forms the records were given to, by version.
    versions: HashMap<String, Arc<Form>>,
    base: String,
}

impl Found {
    /// Finds the records and reads their forms.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn load(app: &App, conn: &mut Conn, form: Arc<Form>, asked: &Asked) -> Result<Self, StoreError> {
        let listing = Listing::load(app, conn, &form, asked)?;
        let mut versions = HashMap::new();
        for (item, _) in listing.matches.iter().filter_map(|at| listing.at(*at)) {
            if !versions.contains_key(&item.form_version) {
                versions.insert(item.form_version.clone(), app.form_version(conn, &item.form_version, item.language)?);
            }
        }
        Ok(Self { form, listing, versions, base: app.base() })
    }

    /// The file, piece by piece.
    pub fn stream(self, format: Format) -> impl Stream<Item = Result<Bytes, StoreError>> + 'static {
        let pieces = self.listing.matches.len().div_ceil(CHUNK).max(1);
        stream::iter((0..pieces).map(move |piece| self.piece(format, piece, piece + 1 == pieces)))
    }

    fn piece(&self, format: Format, piece: usize, last: bool) -> Result<Bytes, StoreError> {
        let text = match format {
            Format::Csv => self.csv(piece)?,
            Format::Json => self.json(piece, last)?,
        };
        Ok(Bytes::from(text))
    }

    /// The columns: only what is public today.
    fn columns(&self) -> Vec<String> {
        let public = self.form.fields().map(|field| field.public && !field.personal);
        self.form.columns().into_iter().zip(public).filter(|(_, public)| *public).map(|(column, _)| column).collect()
    }

    fn csv(&self, piece: usize) -> Result<Vec<u8>, StoreError> {
        let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        let columns = self.columns();
        let unwritable = |error: String| StoreError::Unreadable(error);
        if piece == 0 {
            let head = ["reference", "published", "language"].into_iter().chain(columns.iter().map(String::as_str));
            out.write_record(head).map_err(|error| unwritable(error.to_string()))?;
        }
        for (item, _) in self.listing.page(piece + 1, CHUNK) {
            let cells = self.cells(item, &columns)?;
            out.write_record(cells.iter().map(|cell| guard_cell(cell).into_owned()))
                .map_err(|error| unwritable(error.to_string()))?;
        }
        out.into_inner().map_err(|error| unwritable(error.to_string()))
    }

    fn cells(&self, item: &Item, columns: &[String]) -> Result<Vec<String>, StoreError> {
        let form = self.given_to(item)?;
        let answers = project::load(form, &item.public_json)?;
        let mut cells: HashMap<String, String> = form.columns().into_iter().zip(form.cells(&answers)).collect();
        let fixed = [item.reference.clone(), instant(item.first_published_at), item.language.code().to_owned()];
        Ok(fixed.into_iter().chain(columns.iter().map(|column| cells.remove(column).unwrap_or_default())).collect())
    }

    fn json(&self, piece: usize, last: bool) -> Result<Vec<u8>, StoreError> {
        let mut out = String::new();
        for (at, (item, values)) in self.listing.page(piece + 1, CHUNK).enumerate() {
            out.push_str(if piece == 0 && at == 0 { "[\n" } else { ",\n" });
            let url = format!("{}{}", self.base, path(&self.form, &item.reference));
            out.push_str(&record(item, self.given_to(item)?, values, &url, &self.base)?.to_string());
        }
        if last {
            out.push_str(if out.is_empty() { "[]\n" } else { "\n]\n" });
        }
        Ok(out.into_bytes())
    }

    fn given_to(&self, item: &Item) -> Result<&Form, StoreError> {
        self.versions
            .get(&item.form_version)
            .map(Arc::as_ref)
            .ok_or_else(|| StoreError::Unreadable(item.form_version.clone()))
    }
}
