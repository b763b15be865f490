//! A view of the queue that somebody keeps under a name, alone or for all staff.

use super::account::{Account, AccountId, Role};
use super::view::View;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ViewId(pub i64);

/// Most views of one account.
pub const MOST: i64 = 40;

/// What a view is called: one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewName(String);

impl ViewName {
    /// Longest name, in characters.
    pub const LONGEST: usize = 60;

    /// Reads a name; `None` of nothing and of what is too long. Spaces and line breaks are one space.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c.is_control()).collect();
        let name = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        (1..=Self::LONGEST).contains(&name.chars().count()).then_some(Self(name))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A view under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    pub id: ViewId,
    pub owner: AccountId,
    pub name: ViewName,
    pub view: View,
    /// All staff see it; "mine" in it means whoever looks.
    pub shared: bool,
}

impl SavedView {
    /// Whether somebody may look at it.
    #[must_use]
    pub fn is_seen_by(&self, reader: AccountId) -> bool {
        self.shared || self.owner == reader
    }

    /// Whether somebody may rename, share and remove it: its owner, and of those that all see an admin.
    #[must_use]
    pub fn is_kept_by(&self, account: &Account) -> bool {
        self.owner == account.id || (self.shared && account.role == Role::Admin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_of_some_length() {
        assert_eq!(ViewName::read("  Pledges \r\n of\tAfrica\u{0}").unwrap().as_str(), "Pledges of Africa");
        assert!(ViewName::read(" \n ").is_none() && ViewName::read(&"x".repeat(61)).is_none());
        assert_eq!(ViewName::read(&"é".repeat(60)).unwrap().as_str().chars().count(), 60);
    }
}
