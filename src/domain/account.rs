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

/// How colleagues call each other in notes: the first part of the address. Where several have the same, those who came later
/// have a number behind it.
#[must_use]
pub fn handles(accounts: &[Account]) -> Vec<(AccountId, String)> {
    let mut sorted: Vec<&Account> = accounts.iter().collect();
    sorted.sort_by_key(|account| account.id.0);
    let mut taken: Vec<(AccountId, String)> = Vec::new();
    for account in sorted {
        let own = handle(&account.email);
        let free = |name: &String| taken.iter().all(|(_, other)| other != name);
        let numbered = (2..).map(|number: usize| format!("{own}-{number}"));
        let name = std::iter::once(own.clone()).chain(numbered).find(free).unwrap_or_default();
        taken.push((account.id, name));
    }
    taken
}

fn handle(email: &str) -> String {
    let local = email.split('@').next().unwrap_or_default().to_lowercase();
    let kept: String = local.chars().filter(|c| belongs(*c)).collect();
    kept.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

fn belongs(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-' | '_')
}

/// Those who are named in a text: by an @ at the beginning of a word, and their handle.
#[must_use]
pub fn mentioned(text: &str, accounts: &[Account]) -> Vec<AccountId> {
    let handles = handles(accounts);
    let (mut named, mut before) = (Vec::new(), None);
    for piece in text.split_inclusive('@') {
        // An address is no mention: its @ stands in the middle of a word.
        if before == Some(true) {
            let word: String = piece.chars().take_while(|c| belongs(*c)).collect::<String>().to_lowercase();
            let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
            named.extend(handles.iter().filter(|(_, handle)| handle == word && !word.is_empty()).map(|(id, _)| *id));
        }
        before = piece.strip_suffix('@').map(|text| !text.chars().next_back().is_some_and(belongs));
    }
    named.sort_by_key(|id: &AccountId| id.0);
    named.dedup();
    named
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    fn account(id: i64, email: &str) -> Account {
        let (email, name) = (email.to_owned(), String::new());
        Account { id: AccountId(id), email, name, role: Role::Moderator, language: Language::En, disabled: false }
    }

    #[test]
    fn colleagues_are_known_by_the_first_part_of_their_address() {
        let all = [account(3, "Mona@b.example.org"), account(1, "mona@a.example.org"), account(2, "j.w+x@example.org")];
        let names: Vec<String> = handles(&all).into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, ["mona", "j.wx", "mona-2"]);
    }

    #[test]
    fn a_mention_begins_a_word() {
        let all = [account(1, "mona@example.org"), account(2, "j.w@example.org"), account(3, "mona@b.example.org")];
        let found = |text: &str| mentioned(text, &all).into_iter().map(|id| id.0).collect::<Vec<_>>();
        assert_eq!(found("@Mona, can you look? (@j.w.)"), [1, 2]);
        assert_eq!(found("@mona-2 and @mona-2 again"), [3]);
        assert_eq!(found("请@mona看"), Vec::<i64>::new(), "letters of any script make a word");
        assert_eq!(found("Write to x@mona or a@mona.example.org"), Vec::<i64>::new());
        assert_eq!(found("@monalisa @ @@ @nobody"), Vec::<i64>::new());
        assert_eq!(found("@@mona"), [1]);
    }
}
