//! People who work for the Network. Only they have accounts; submitters have links (DESIGN 16).

use super::text_enum;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AccountId(pub i64);

/// What an account may do; the table is in [`policy`](super::policy).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Reads everything on the desk, decides nothing.
    Observer,
    /// Decides on submissions.
    Moderator,
    /// Also keeps accounts and looks after the outbox.
    Admin,
}
text_enum!(Role { Observer = "observer", Moderator = "moderator", Admin = "admin" });

/// An account, without its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    pub email: String,
    pub name: String,
    pub role: Role,
    /// Language of the mails to this person.
    pub language: crate::locale::Language,
    pub disabled: bool,
}
