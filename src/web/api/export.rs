//! A list as open data, rendered while it is sent: never more than a few records at a time are text in memory.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::web::Bytes;
use futures_util::{Stream, stream};
use serde_json::Value;

use super::records::{instant, record};
use crate::actions::project;
use crate::app::App;
use crate::domain::facets::Values;
use crate::forms::export::{Entry, Format, Row, Table};
use crate::forms::form::Form;
use crate::store::public::Item;
use crate::store::{Conn, StoreError};
use crate::web::pages::public::listing::{Asked, Listing};
use crate::web::pages::public::record::path;

/// Records that are rendered at once.
const CHUNK: usize = 50;

/// What stands before the answers.
const HEADS: [&str; 3] = ["reference", "published", "language"];

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
    ///
    /// # Errors
    /// Where its heads cannot be written.
    pub fn stream(self, format: Format) -> Result<impl Stream<Item = Result<Bytes, StoreError>> + 'static, StoreError> {
        let mut table = Some(Table::begin(format, &HEADS, self.columns())?);
        let pieces = self.listing.matches.len().div_ceil(CHUNK).max(1);
        let piece = move |number| Ok(Bytes::from(self.piece(&mut table, number, number == pieces)?));
        Ok(stream::iter((1..=pieces).map(piece)))
    }

    fn piece(&self, table: &mut Option<Table>, number: usize, is_last: bool) -> Result<Vec<u8>, StoreError> {
        let Some(writing) = table else { return Ok(Vec::new()) };
        for (item, values) in self.listing.page(number, CHUNK) {
            writing.put(&Published { found: self, item, values })?;
        }
        Ok(match table.take_if(|_| is_last) {
            Some(table) => table.end()?,
            None => table.as_mut().map(Table::piece).transpose()?.unwrap_or_default(),
        })
    }

    /// The columns: what is public today, then what only earlier versions asked and showed.
    fn columns(&self) -> Vec<String> {
        let today = self.form.columns();
        let mut columns = public(&self.form);
        let mut versions: Vec<&Arc<Form>> = self.versions.values().collect();
        versions.sort_by_key(|form| form.version().to_owned());
        for field in versions.into_iter().flat_map(|form| public(form)) {
            if !today.contains(&field) && !columns.contains(&field) {
                columns.push(field);
            }
        }
        columns
    }

    fn given_to(&self, item: &Item) -> Result<&Form, StoreError> {
        self.versions
            .get(&item.form_version)
            .map(Arc::as_ref)
            .ok_or_else(|| StoreError::Unreadable(item.form_version.clone()))
    }
}

/// The fields everybody may see.
fn public(form: &Form) -> Vec<String> {
    form.fields().filter(|field| field.public && !field.personal).map(|field| field.id.to_string()).collect()
}

/// One record of the list.
struct Published<'a> {
    found: &'a Found,
    item: &'a Item,
    values: &'a Values,
}

impl Entry for Published<'_> {
    type Error = StoreError;

    fn row(&self) -> Result<Row, StoreError> {
        let (item, form) = (self.item, self.found.given_to(self.item)?);
        let head = vec![item.reference.clone(), instant(item.first_published_at), item.language.code().to_owned()];
        Ok(Row { head, cells: form.cells(&project::load(form, &item.public_json)?) })
    }

    fn object(&self) -> Result<Value, StoreError> {
        let found = self.found;
        let url = format!("{}{}", found.base, path(&found.form, &self.item.reference));
        record(self.item, found.given_to(self.item)?, self.values, &url, &found.base)
    }
}
