//! The public side: lists of what is published, one published record, its files. Reads the public projection and nothing
//! else (DESIGN 8).

pub mod calendar;
mod card;
pub mod facets;
mod files;
mod item;
mod list;
pub mod listing;
mod pager;
pub mod record;
mod report;

use std::sync::Arc;

pub use files::{attachment, send_file};
pub use item::item;
pub use list::list;

use crate::app::App;
use crate::forms::form::Form;
use crate::locale::Language;
use crate::web::errors::WebError;

/// The form whose publications stand under a path.
///
/// # Errors
/// Where there is none.
pub fn published(app: &App, collection: &str, language: Language) -> Result<Arc<Form>, WebError> {
    app.catalog.by_collection(collection, language).cloned().ok_or(WebError::NotFound)
}

/// A heading's word within a sentence: without its capital, unless it begins an acronym.
fn within(noun: &str) -> String {
    let mut letters = noun.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => noun.to_owned(),
    }
}
