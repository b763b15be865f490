//! Those who take part in a submission besides its submitter: what was asked of them and what they said.

use std::collections::{BTreeMap, BTreeSet};

use super::text_enum;

/// Where a party stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartyStatus {
    /// Asked, or not to be asked for want of an address.
    Asked,
    Confirmed,
    Declined,
}
text_enum!(PartyStatus { Asked = "asked", Confirmed = "confirmed", Declined = "declined" });

/// Something that was asked of a party, or that it said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The party's number within its submission.
    pub party: i32,
    pub status: PartyStatus,
    /// The oldest revision it holds for: before, the party's rows read differently.
    pub revision: i32,
}

impl Standing {
    /// What the event that it came with commits to.
    #[must_use]
    pub fn line(&self) -> String {
        format!("party {} {} {}", self.party, self.status.as_str(), self.revision)
    }
}

/// Which party's a row of a revision is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub row: usize,
    pub party: i32,
}

impl Place {
    /// What the event that brought the revision commits to.
    #[must_use]
    pub fn line(&self) -> String {
        format!("row {} party {}", self.row, self.party)
    }
}

/// Where each party stands after all of these, given in their order.
#[must_use]
pub fn newest(standings: &[Standing]) -> BTreeMap<i32, PartyStatus> {
    standings.iter().map(|standing| (standing.party, standing.status)).collect()
}

/// The rows of a revision that may be named: those of parties that confirmed and have not taken it back, from the first
/// revision on that they confirmed.
#[must_use]
pub fn named(places: &[Place], standings: &[Standing], revision: i32) -> BTreeSet<usize> {
    let mut since: BTreeMap<i32, i32> = BTreeMap::new();
    for standing in standings {
        match standing.status {
            PartyStatus::Confirmed => {
                let first = since.entry(standing.party).or_insert(standing.revision);
                *first = standing.revision.min(*first);
            }
            PartyStatus::Asked | PartyStatus::Declined => {
                since.remove(&standing.party);
            }
        }
    }
    let holds = |place: &&Place| since.get(&place.party).is_some_and(|first| *first <= revision);
    places.iter().filter(holds).map(|place| place.row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(party: i32, status: PartyStatus, revision: i32) -> Standing {
        Standing { party, status, revision }
    }

    #[test]
    fn only_who_confirmed_is_named_and_only_as_confirmed() {
        let places = [Place { row: 0, party: 1 }, Place { row: 1, party: 2 }, Place { row: 2, party: 3 }];
        let log = [said(1, PartyStatus::Asked, 1), said(2, PartyStatus::Asked, 1), said(1, PartyStatus::Confirmed, 1)];
        assert_eq!(named(&places, &log, 1), BTreeSet::from([0]));
        // Party 2 corrected its row in revision 2: as it stood in revision 1 it is not named.
        let corrected = [log.as_slice(), &[said(2, PartyStatus::Confirmed, 2)]].concat();
        assert_eq!(named(&places, &corrected, 1), BTreeSet::from([0]));
        assert_eq!(named(&places, &corrected, 2), BTreeSet::from([0, 1]));
        let declined = [corrected.as_slice(), &[said(1, PartyStatus::Declined, 2)]].concat();
        assert_eq!(named(&places, &declined, 2), BTreeSet::from([1]));
        assert_eq!(newest(&declined).get(&1), Some(&PartyStatus::Declined));
    }
}
