//! Counting what a list holds: each facet's counts under all the *other* filters, so that a number beside a value is the
//! number of records after choosing it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// One record's values by facet.
pub type Values = HashMap<String, BTreeSet<String>>;

/// The chosen values by facet: a record passes a facet if it has any of its values.
pub type Chosen = BTreeMap<String, BTreeSet<String>>;

/// What a list shows: the positions of the records that pass, and the counts.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Browsed {
    pub matches: Vec<usize>,
    pub counts: HashMap<String, BTreeMap<String, usize>>,
}

/// One pass over the records. A record that fails one facet only still counts for that facet's values.
#[must_use]
pub fn browse<'a>(records: impl IntoIterator<Item = (usize, &'a Values)>, chosen: &Chosen) -> Browsed {
    let mut browsed = Browsed::default();
    for (at, values) in records {
        let failed: Vec<&String> =
            chosen.iter().filter(|(facet, wanted)| !passes(values, facet, wanted)).map(|(facet, _)| facet).collect();
        match failed.as_slice() {
            [] => {
                browsed.matches.push(at);
                for (facet, of) in values {
                    count(&mut browsed.counts, facet, of);
                }
            }
            [only] => {
                if let Some((facet, of)) = values.get_key_value(*only) {
                    count(&mut browsed.counts, facet, of);
                }
            }
            _ => {}
        }
    }
    browsed
}

/// Whether a record has any of the wanted values; all pass where none is wanted.
#[must_use]
pub fn passes(values: &Values, facet: &str, wanted: &BTreeSet<String>) -> bool {
    wanted.is_empty() || values.get(facet).is_some_and(|of| !of.is_disjoint(wanted))
}

fn count(counts: &mut HashMap<String, BTreeMap<String, usize>>, facet: &str, values: &BTreeSet<String>) {
    let of = counts.entry(facet.to_owned()).or_default();
    for value in values {
        *of.entry(value.clone()).or_default() += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn record(objectives: &[&str], region: &str) -> Values {
        HashMap::from([
            ("objective".to_owned(), objectives.iter().map(|o| (*o).to_owned()).collect()),
            ("region".to_owned(), BTreeSet::from([region.to_owned()])),
        ])
    }

    #[test]
    fn a_record_with_two_values_counts_under_both() {
        let records = [
            record(&["1"], "a"),
            record(&["1"], "a"),
            record(&["2"], "a"),
            record(&["3"], "b"),
            record(&["1", "2"], "b"),
        ];
        let browsed = browse(records.iter().enumerate(), &Chosen::new());
        assert_eq!(browsed.matches.len(), 5);
        let objective = &browsed.counts["objective"];
        assert_eq!((objective["1"], objective["2"], objective["3"]), (3, 2, 1));
    }

    proptest! {
        #[test]
        fn a_count_is_the_number_of_records_after_choosing_it(
            sets in proptest::collection::vec((proptest::collection::btree_set("[1-4]", 0..3), "[ab]"), 0..20),
            region in "[ab]",
        ) {
            let records: Vec<Values> = sets.iter().map(|(o, r)| record(&o.iter().map(String::as_str).collect::<Vec<_>>(), r)).collect();
            let chosen = Chosen::from([("region".to_owned(), BTreeSet::from([region]))]);
            let counts = browse(records.iter().enumerate(), &chosen).counts;
            for (value, count) in counts.get("objective").into_iter().flatten() {
                let mut more = chosen.clone();
                more.insert("objective".to_owned(), BTreeSet::from([value.clone()]));
                prop_assert_eq!(browse(records.iter().enumerate(), &more).matches.len(), *count);
            }
            for (value, count) in counts.get("region").into_iter().flatten() {
                let only = Chosen::from([("region".to_owned(), BTreeSet::from([value.clone()]))]);
                prop_assert_eq!(browse(records.iter().enumerate(), &only).matches.len(), *count);
            }
        }
    }
}
