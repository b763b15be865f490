//! What a reader asks of a list, and what the list then holds: the same for the page, the API and the export.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use url::form_urlencoded;

use crate::app::App;
use crate::domain::facets::{Browsed, Chosen, Values, browse};
use crate::domain::text_enum;
use crate::forms::form::{FacetSource, Form};
use crate::store::public::{self, Collection, Item};
use crate::store::{Conn, StoreError};
use crate::web::respond::encode;

/// Most characters of a search or of a value that are read.
const WORDS: usize = 200;

/// Most values that can be chosen at once.
const VALUES: usize = 100;

/// The furthest page that can be asked for; no list has as many.
const FURTHEST: usize = 1_000_000;

/// The value of a region facet that holds every record (DESIGN 12).
const WORLD: &str = "world";

/// An order somebody asks for. Without one: the best match first, or the newest where nothing is searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Newest,
    Oldest,
    Title,
}
text_enum!(Sort { Newest = "newest", Oldest = "oldest", Title = "title" });

/// The state of a list, all of it in its address. What the form does not know is not looked at.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    pub words: String,
    pub chosen: Chosen,
    pub sort: Option<Sort>,
    /// From 1.
    pub page: usize,
}

impl Asked {
    /// Whether it is the first page of the whole list.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.words.is_empty() && self.chosen.is_empty() && self.page <= 1
    }

    /// Reads a query string; never fails.
    #[must_use]
    pub fn read(form: &Form, query: &str) -> Self {
        let mut asked = Self { page: 1, ..Self::default() };
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match name.as_ref() {
                "q" if asked.words.is_empty() => asked.words = clean(&value),
                "sort" => asked.sort = asked.sort.or_else(|| Sort::read(&value)),
                "page" => asked.page = whole(&value).unwrap_or(1),
                name => asked.choose(form, name, &clean(&value)),
            }
        }
        asked.leave_the_world_open(form);
        asked
    }

    fn choose(&mut self, form: &Form, facet: &str, value: &str) {
        let room = self.chosen.values().map(BTreeSet::len).sum::<usize>() < VALUES;
        if room && !value.is_empty() && form.facets().iter().any(|known| known.name == facet) {
            self.chosen.entry(facet.to_owned()).or_default().insert(value.to_owned());
        }
    }

    /// Every record counts in the world, so choosing it filters nothing.
    fn leave_the_world_open(&mut self, form: &Form) {
        for facet in form.facets().iter().filter(|facet| facet.source == FacetSource::Region) {
            if self.chosen.get(&facet.name).is_some_and(|values| values.contains(WORLD)) {
                self.chosen.remove(&facet.name);
            }
        }
    }

    /// Whether anything narrows the list.
    #[must_use]
    pub fn narrows(&self) -> bool {
        !self.words.is_empty() || !self.chosen.is_empty()
    }

    /// Whether a value is chosen.
    #[must_use]
    pub fn has(&self, facet: &str, value: &str) -> bool {
        self.chosen.get(facet).is_some_and(|values| values.contains(value))
    }

    /// The same from its first page, without a value.
    #[must_use]
    pub fn without(&self, facet: &str, value: &str) -> Self {
        let mut less = Self { page: 1, ..self.clone() };
        if let Some(values) = less.chosen.get_mut(facet) {
            values.remove(value);
        }
        less.chosen.retain(|_, values| !values.is_empty());
        less
    }

    /// What brings this state about, as names and values: words, choices, order. The page is left to the caller.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&str, &str)> {
        let words = (!self.words.is_empty()).then_some(("q", self.words.as_str()));
        let chosen =
            self.chosen.iter().flat_map(|(facet, values)| values.iter().map(|value| (facet.as_str(), value.as_str())));
        words.into_iter().chain(chosen).chain(self.sort.map(|sort| ("sort", sort.as_str()))).collect()
    }

    /// An address with this state.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        let mut parts: Vec<String> =
            self.pairs().into_iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        if self.page > 1 {
            parts.push(format!("page={}", self.page));
        }
        if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
    }
}

/// One line of text that can be shown back: no controls, cut where it is too long.
fn clean(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.trim().chars().take(WORDS).collect()
}

/// A whole number from 1; however many digits it has, it is no further than the furthest page.
#[must_use]
pub fn whole(text: &str) -> Option<usize> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(text.parse().unwrap_or(FURTHEST).clamp(1, FURTHEST))
}

/// What a list holds.
pub struct Listing {
    pub collection: Arc<Collection>,
    /// Positions of the records that pass, in the order that was asked for.
    pub matches: Vec<usize>,
    /// By facet and value, each under all the other filters.
    pub counts: HashMap<String, BTreeMap<String, usize>>,
}

impl Listing {
    /// The records of a form that are asked for.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn load(app: &App, conn: &mut Conn, form: &Form, asked: &Asked) -> Result<Self, StoreError> {
        let collection = app.collection(conn, form.id().as_str())?;
        let found = public::search(conn, &asked.words)?;
        let ranks =
            found.map(|ids| ids.into_iter().enumerate().map(|(rank, id)| (id, rank)).collect::<HashMap<_, _>>());
        let found = |item: &Item| ranks.as_ref().is_none_or(|ranks| ranks.contains_key(&item.id.0));
        let records = collection.items.iter().zip(&collection.values).enumerate();
        let records = records.filter(|(_, (item, _))| found(item)).map(|(at, (_, values))| (at, values));
        let Browsed { mut matches, counts } = browse(records, &asked.chosen);
        order(&mut matches, &collection, asked.sort, ranks.as_ref());
        Ok(Self { collection, matches, counts })
    }

    /// The records of one page, with their values.
    pub fn page(&self, page: usize, per_page: usize) -> impl Iterator<Item = (&Item, &Values)> {
        let before = page.saturating_sub(1).saturating_mul(per_page);
        self.matches.iter().skip(before).take(per_page).filter_map(|at| self.at(*at))
    }

    /// A record by its position.
    #[must_use]
    pub fn at(&self, at: usize) -> Option<(&Item, &Values)> {
        self.collection.items.get(at).zip(self.collection.values.get(at))
    }
}

fn order(matches: &mut [usize], collection: &Collection, sort: Option<Sort>, ranks: Option<&HashMap<i64, usize>>) {
    let item = |at: &usize| collection.items.get(*at);
    match (sort, ranks) {
        // The collection is kept in this order.
        (Some(Sort::Newest), _) | (None, None) => {}
        (Some(Sort::Oldest), _) => matches.reverse(),
        (Some(Sort::Title), _) => matches.sort_by_cached_key(|at| item(at).map(|item| fold(&item.title))),
        (None, Some(ranks)) => matches.sort_by_key(|at| item(at).and_then(|item| ranks.get(&item.id.0).copied())),
    }
}

/// A title as it is sorted: without case and accents.
fn fold(title: &str) -> String {
    title.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::catalog::Catalog;
    use crate::forms::lists::Lists;
    use crate::locale::Language;

    fn read(query: &str) -> Asked {
        let catalog = Catalog::load(&Lists::load().unwrap(), None).unwrap();
        Asked::read(catalog.find("pledge", Language::En).unwrap(), query)
    }

    #[test]
    fn an_address_says_the_whole_state_and_reads_back() {
        let asked =
            read("q=l%27accueil&objective=7&objective=15&country=CHE&sort=title&page=3&utm_source=x&objective=7");
        assert_eq!(
            asked.address("/pledges"),
            "/pledges?q=l%27accueil&country=CHE&objective=15&objective=7&sort=title&page=3"
        );
        assert_eq!(
            asked.without("objective", "7").address("/pledges"),
            "/pledges?q=l%27accueil&country=CHE&objective=15&sort=title"
        );
        assert_eq!(read("").address("/pledges"), "/pledges");
    }

    #[test]
    fn no_page_is_too_far_and_no_text_too_odd() {
        for (page, read_as) in [
            ("-1", 1),
            ("abc", 1),
            ("0", 1),
            ("", 1),
            ("2", 2),
            ("9223372036854775807", FURTHEST),
            ("99999999999999999999999", FURTHEST),
        ] {
            assert_eq!(read(&format!("page={page}")).page, read_as, "{page}");
        }
        assert_eq!(read(&format!("q={}", "x".repeat(2000))).words.chars().count(), WORDS);
        assert_eq!(read("q=%00a%0D%0Ab%FF").words, "a  b\u{fffd}");
    }

    #[test]
    fn the_world_holds_every_record() {
        assert!(!read("region=world&region=eca").narrows());
        assert!(read("region=eca").narrows());
    }
}
