//! Links in mails. A rendered mail is kept without secrets: where a key belongs stands a mark, filled in at each sending with
//! the key of the generation the mail was queued in.

use crate::domain::account::AccountId;
use crate::domain::links::{Keys, Purpose};
use crate::domain::mail::Subject;
use crate::domain::submission::SubmissionId;

/// Private-use characters; [`clean`](super::text::clean) takes them out of everything people wrote.
const OWN: char = '\u{e000}';
const ADDRESS: char = '\u{e001}';
const CHANGE: char = '\u{e002}';
const DRAFT: char = '\u{e003}';
const PARTY: char = '\u{e004}';
const SITTING: char = '\u{e005}';
/// Stands before and after the id and the generation of another submission than the mail's own, or of a draft.
const OTHER: char = '\u{e006}';

const SUBSCRIPTION: char = '\u{e007}';
/// Stands before and after whose alerts a link stops.
const ALERTS: char = '\u{e008}';

/// All addresses a mail can point to.
#[derive(Default)]
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
    /// Where one that is named as taking part says its word.
    pub party: String,
    /// Where the link to that table is asked for.
    pub report: String,
    /// The table in which many records are reported on.
    pub sitting: String,
    /// Opens the draft.
    pub draft: String,
    /// Confirms or changes a subscription.
    pub subscription: String,
    /// Stops such mails with one click.
    pub unsubscribe: String,
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
            party: format!("{base}/parties/{reference}?key={PARTY}"),
            report: format!("{base}/pledges/sitting"),
            ..Self::default()
        }
    }

    /// The link of a draft, with a mark for its key.
    pub fn of_draft(base: &str, id: &str) -> Self {
        Self { draft: format!("{base}/drafts/{id}?key={DRAFT}"), ..Self::default() }
    }

    /// The links of a digest.
    pub fn of_digest(base: &str, account: AccountId) -> Self {
        let alerts = format!("{base}/staff/alerts");
        Self { alerts, unsubscribe: stop_alerts(base, &format!("a{}", account.0)), ..Self::default() }
    }

    /// The links of a subscription, with marks for its key.
    pub fn of_subscription(base: &str, id: &str) -> Self {
        let page = |rest: &str| format!("{base}/subscriptions/{id}{rest}?key={SUBSCRIPTION}");
        Self { subscription: page(""), unsubscribe: page("/end"), ..Self::default() }
    }

    /// The link of a sitting, with a mark for its key.
    pub fn of_a_sitting(base: &str, id: &str) -> Self {
        Self { sitting: format!("{base}/pledges/sitting/open?key={id}.{SITTING}"), ..Self::default() }
    }
}

/// Stops the alerts of a reader, with a mark for the key.
pub fn stop_alerts(base: &str, reader: &str) -> String {
    format!("{base}/alerts/{reader}/end?key={ALERTS}{reader}{ALERTS}")
}

/// The own page of a submission that the mail is not about, with a mark for its key.
pub fn own_page(base: &str, reference: &str, id: SubmissionId, generation: i64) -> String {
    format!("{base}/submissions/{reference}?key={OTHER}{}.{generation}{OTHER}", id.0)
}

/// A draft in a mail about a submission, with a mark for its key.
pub fn draft_page(base: &str, id: &str, generation: i64) -> String {
    format!("{base}/drafts/{id}?key={OTHER}d{id}.{generation}{OTHER}")
}

/// Puts in the keys that are not the submitter's of the mail's own submission.
pub fn fill_others(text: &str, keys: &Keys, subject: &Subject, address: &str) -> String {
    let filled = match subject {
        Subject::Event { submission, .. } => text.replace(PARTY, &keys.party(*submission, address)),
        Subject::Draft { id, .. } => text.replace(SITTING, &keys.sitting(id)),
    };
    let filled = between(&filled, OTHER, |named| own_key(named, keys).unwrap_or_default());
    between(&filled, ALERTS, |reader| keys.link(Purpose::Alerts, reader, 1))
}

/// Puts something in the place of what stands between two marks.
fn between(text: &str, mark: char, key: impl Fn(&str) -> String) -> String {
    let (mut out, mut named) = (String::with_capacity(text.len()), false);
    for piece in text.split(mark) {
        out.push_str(&if named { key(piece) } else { piece.to_owned() });
        named = !named;
    }
    out
}

fn own_key(named: &str, keys: &Keys) -> Option<String> {
    let (id, generation) = named.split_once('.')?;
    if let Some(draft) = id.strip_prefix('d') {
        return Some(keys.link(Purpose::DraftEdit, draft, generation.parse().ok()?));
    }
    Some(keys.link(Purpose::Own, SubmissionId(id.parse().ok()?), generation.parse().ok()?))
}

/// Puts the keys in.
pub fn fill(text: &str, keys: &Keys, subject: &Subject, generation: i64) -> String {
    let key = |purpose: Purpose| match subject {
        Subject::Event { submission, .. } => keys.link(purpose, *submission, generation),
        Subject::Draft { id, .. } => keys.link(purpose, id.as_str(), generation),
    };
    let marks: &[(char, Purpose)] = match subject {
        Subject::Event { .. } => &[(OWN, Purpose::Own), (ADDRESS, Purpose::Address), (CHANGE, Purpose::AddressChange)],
        Subject::Draft { .. } => &[(DRAFT, Purpose::DraftEdit), (SUBSCRIPTION, Purpose::Subscription)],
    };
    marks.iter().fold(
        text.to_owned(),
        |text, (mark, purpose)| {
            if text.contains(*mark) { text.replace(*mark, &key(*purpose)) } else { text }
        },
    )
}
