//! The limits of a question in words.
use super::form::Field;
use crate::locale::Locale;
impl Field {
    #[must_use]
    pub fn limits(&self, _locale: &Locale) -> Vec<String> {
        Vec::new()
    }
}
