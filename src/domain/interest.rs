//! What somebody wants to be told of when it is published: some collections, narrowed by objective, country and region.

use std::collections::BTreeSet;

use url::form_urlencoded;

use super::facets::{Chosen, Values, passes};
use crate::forms::catalog::Catalog;
use crate::forms::form::{Form, Lifecycle};
use crate::locale::Locale;

/// What it can be narrowed by: a facet's name with the list of its values.
pub const FACETS: [(&str, &str); 3] = [("objective", "objectives"), ("region", "regions"), ("country", "countries")];

/// The parameter that names a form.
pub const TO: &str = "to";

/// Forms and values of facets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Interest {
    forms: BTreeSet<String>,
    chosen: Chosen,
}

impl Interest {
    /// Reads names and values; what is no form of the catalog that can be followed, or no value of its list, says nothing.
    #[must_use]
    pub fn read<'a>(catalog: &Catalog, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut interest = Self::default();
        for (name, value) in pairs {
            if name == TO {
                let form = catalog.find(value, crate::locale::Language::En).filter(|form| can_be_followed(form));
                interest.forms.extend(form.map(|form| form.id().as_str().to_owned()));
            } else if let Some((facet, list)) = FACETS.iter().find(|(facet, _)| *facet == name)
                && catalog.lists().item(list, value).is_some()
            {
                interest.chosen.entry((*facet).to_owned()).or_default().insert(value.to_owned());
            }
        }
        interest
    }

    /// Reads what [`query`](Self::query) gave.
    #[must_use]
    pub fn parse(catalog: &Catalog, query: &str) -> Self {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Self::read(catalog, pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }

    /// As names and values in an address.
    #[must_use]
    pub fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.forms.iter().map(|form| (TO, form)));
        for (facet, values) in &self.chosen {
            query.extend_pairs(values.iter().map(|value| (facet, value)));
        }
        query.finish()
    }

    /// Nothing is followed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// Whether a form, or a value of a facet, is chosen.
    #[must_use]
    pub fn has(&self, name: &str, value: &str) -> bool {
        if name == TO {
            return self.forms.contains(value);
        }
        self.chosen.get(name).is_some_and(|values| values.contains(value))
    }

    /// Whether a published record is meant. A facet that its form does not have does not narrow: a Talk is in no country.
    #[must_use]
    pub fn meets(&self, form: &Form, values: &Values) -> bool {
        let has = |facet: &str| form.facets().iter().any(|known| known.name == facet);
        self.forms.contains(form.id().as_str())
            && self.chosen.iter().all(|(facet, wanted)| !has(facet) || passes(values, facet, wanted))
    }

    /// "Practices, Pledges · 7. Reduce vulnerabilities · Kenya".
    #[must_use]
    pub fn words(&self, catalog: &Catalog, l: &Locale) -> String {
        let forms = self.forms.iter().filter_map(|id| catalog.find(id, l.language()));
        let forms: Vec<&str> = forms.map(|form| form.words().plural.as_str()).collect();
        let mut parts = vec![forms.join(", ")];
        for (facet, list) in FACETS {
            let values = self.chosen.get(facet).into_iter().flatten();
            let named: Vec<String> = values.map(|value| value_words(catalog, list, value, l)).collect();
            parts.extend((!named.is_empty()).then(|| named.join(", ")));
        }
        parts.join(" · ")
    }
}

/// A value of a list in short: numbered lists with their number.
#[must_use]
pub fn value_words(catalog: &Catalog, list: &str, value: &str, l: &Locale) -> String {
    let short = catalog.lists().item(list, value).map_or(value, |item| item.short_in(l.language()));
    if value.bytes().all(|b| b.is_ascii_digit()) { format!("{value}. {short}") } else { short.to_owned() }
}

/// Whether what is published of a form can be followed: it is sent in by others and has a page of its own.
#[must_use]
pub fn can_be_followed(form: &Form) -> bool {
    form.lifecycle() == Lifecycle::Publication && form.has_pages()
}
