//! Published records to choose from, found by words of theirs, by a country's name or by a reference.

use std::collections::HashSet;

use crate::app::App;
use crate::domain::reference::Reference;
use crate::forms::form::{FacetSource, Form, Role};
use crate::forms::kind::FieldKind;
use crate::store::public::{self, Collection, Item};
use crate::store::{Conn, StoreError};

/// Most results of a search for a publication.
const RESULTS: usize = 10;

/// A country is looked for by so many letters of its name at least.
const LETTERS: usize = 3;

/// The chosen record first, then what the words lead to.
///
/// # Errors
/// Where the database fails.
pub fn look_up(
    app: &App,
    conn: &mut Conn,
    form: &Form,
    words: Option<&str>,
    chosen: Option<&Reference>,
) -> Result<Vec<Item>, StoreError> {
    let (mut items, id) = (Vec::new(), form.id().as_str());
    if let Some(chosen) = chosen {
        items.extend(public::find(conn, id, chosen.as_str())?);
    }
    if let Some(words) = words {
        // A reference typed into the search box finds its record too.
        if let Ok(reference) = Reference::read(words) {
            items.extend(public::find(conn, id, reference.as_str())?);
        }
        items.extend(public::lookup(conn, id, words, RESULTS)?);
        items.extend(by_country(app, conn, form, words)?);
        items.truncate(RESULTS + 1);
    }
    let mut seen = HashSet::new();
    items.retain(|item| seen.insert(item.id));
    Ok(items)
}

/// Records that hold each of the words, be it in their texts or as the beginning of a country's name.
fn by_country(app: &App, conn: &mut Conn, form: &Form, words: &str) -> Result<Vec<Item>, StoreError> {
    let collection = app.collection(conn, form.id().as_str())?;
    let mut left: Option<HashSet<i64>> = None;
    for word in words.split_whitespace().take(RESULTS) {
        let countries = countries(form, word);
        let mut hits: HashSet<i64> = public::search(conn, word)?.unwrap_or_default().into_iter().collect();
        hits.extend(in_countries(form, &collection, &countries));
        left = Some(left.map_or(hits.clone(), |left| &left & &hits));
    }
    let left = left.unwrap_or_default();
    Ok(collection.items.iter().filter(|item| left.contains(&item.id.0)).take(RESULTS).cloned().collect())
}

/// The countries of the form's list with a name that begins like the word.
fn countries<'a>(form: &'a Form, word: &str) -> Vec<&'a str> {
    let word = word.to_lowercase();
    let field = form.role(Role::Country).and_then(|id| form.field(id));
    let Some(FieldKind::Choice { options, .. } | FieldKind::Choices { options, .. }) = field.map(|field| &field.kind)
    else {
        return Vec::new();
    };
    let begins = |name: &str| name.to_lowercase().split_whitespace().any(|part| part.starts_with(&word));
    let found = options.iter().filter(|choice| begins(&choice.label) || choice.aliases.iter().any(|name| begins(name)));
    if word.chars().count() < LETTERS { Vec::new() } else { found.map(|choice| choice.value.as_str()).collect() }
}

fn in_countries(form: &Form, collection: &Collection, countries: &[&str]) -> Vec<i64> {
    let of_country =
        |source: &FacetSource| matches!(source, FacetSource::Field(id) if Some(id) == form.role(Role::Country));
    let Some(facet) = form.facets().iter().find(|facet| of_country(&facet.source)) else { return Vec::new() };
    let all = collection.items.iter().zip(&collection.values);
    let lies = all.filter(|(_, values)| {
        values.get(&facet.name).is_some_and(|named| named.iter().any(|value| countries.contains(&value.as_str())))
    });
    lies.map(|(item, _)| item.id.0).collect()
}
