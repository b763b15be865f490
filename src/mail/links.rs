//! Links in mails. A rendered mail is kept without secrets: where a key belongs stands a mark, filled in at each sending with
//! the key of the generation the mail was queued in.

use crate::domain::links::{Keys, Purpose};
use crate::domain::mail::Subject;

/// Private-use characters; [`clean`](super::text::clean) takes them out of everything people wrote.
const OWN: char = '\u{e000}';
const ADDRESS: char = '\u{e001}';
const CHANGE: char = '\u{e002}';

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
        }
    }
}

/// Puts the keys in.
pub fn fill(text: &str, keys: &Keys, subject: &Subject, generation: i64) -> String {
    let Some(submission) = subject.submission() else { return text.to_owned() };
    let marks = [(OWN, Purpose::Own), (ADDRESS, Purpose::Address), (CHANGE, Purpose::AddressChange)];
    marks.into_iter().fold(text.to_owned(), |text, (mark, purpose)| {
        if !text.contains(mark) {
            return text;
        }
        text.replace(mark, &keys.link(purpose, submission, generation))
    })
}
