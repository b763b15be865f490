//! Links in mails. A rendered mail is kept without secrets: where a key belongs stands a mark, filled in at each sending with
//! the key of the generation the mail was queued in.

use crate::domain::links::{Keys, Purpose};
use crate::domain::mail::Subject;

/// Private-use characters; [`clean`](super::text::clean) takes them out of everything people wrote.
const OWN: char = '\u{e000}';
const ADDRESS: char = '\u{e001}';
const CHANGE: char = '\u{e002}';
const DRAFT: char = '\u{e003}';

/// All addresses a mail can point to.
pub struct Links {
    /// The submitter's own page.
    pub own: String,
    /// Confirms the e-mail address.
    pub address: String,
    /// Says yes or no to another address.
    pub change: String,
    /// Where it is public, if it has a page of its own.
    pub public: Option<String>,
    /// The record on the desk.
    pub record: String,
    /// What a staff member follows.
    pub alerts: String,
    /// Opens the draft.
    pub draft: String,
}

impl Links {
    /// The links of a submission, with marks for keys.
    pub fn new(base: &str, reference: &str, collection: Option<&str>) -> Self {
        Self {
            own: format!("{base}/submissions/{reference}?key={OWN}"),
            address: format!("{base}/submissions/{reference}/address?key={ADDRESS}"),
            change: format!("{base}/submissions/{reference}/new-address?key={CHANGE}"),
            public: collection.map(|collection| format!("{base}/{collection}/{reference}")),
            record: format!("{base}/staff/submissions/{reference}"),
            alerts: format!("{base}/staff/alerts"),
            draft: String::new(),
        }
    }

    /// The link of a draft, with a mark for its key.
    pub fn of_draft(base: &str, id: &str) -> Self {
        Self {
            own: String::new(),
            address: String::new(),
            change: String::new(),
            public: None,
            record: String::new(),
            alerts: String::new(),
            draft: format!("{base}/drafts/{id}?key={DRAFT}"),
        }
    }
}

/// Puts the keys in.
pub fn fill(text: &str, keys: &Keys, subject: &Subject, generation: i64) -> String {
    let key = |purpose: Purpose| match subject {
        Subject::Event { submission, .. } => keys.link(purpose, *submission, generation),
        Subject::Draft { id, .. } => keys.link(purpose, id.as_str(), generation),
    };
    let marks: &[(char, Purpose)] = match subject {
        Subject::Event { .. } => &[(OWN, Purpose::Own), (ADDRESS, Purpose::Address), (CHANGE, Purpose::AddressChange)],
        Subject::Draft { .. } => &[(DRAFT, Purpose::DraftEdit)],
    };
    marks.iter().fold(
        text.to_owned(),
        |text, (mark, purpose)| {
            if text.contains(*mark) { text.replace(*mark, &key(*purpose)) } else { text }
        },
    )
}
