//! The link of a draft goes to an address by mail, and the address is kept to remind it before the draft expires.

use chrono::{DateTime, Duration, Utc};
use validator::ValidateEmail;

use crate::app::App;
use crate::domain::mail::{MailKind, Subject};
use crate::store::drafts::{self, Draft};
use crate::store::outbox::{self, By, NewMail};
use crate::store::{Conn, Stop, StoreError};

/// Mails of one draft in an hour; to one address in an hour and in a day. Nobody shall use Inlet to flood a stranger.
const AN_HOUR: i64 = 3;
const ADDRESS_AN_HOUR: i64 = 5;
const ADDRESS_A_DAY: i64 = 20;

/// Why no mail is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    NotAnAddress,
    /// It became a submission meanwhile, or corrects one: that has a link of its own.
    NotFound,
}

/// Mails the link. Where too many were mailed already nothing is, and the answer is the same.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn mail(app: &App, id: &str, typed: &str) -> Result<(), Stop<Refusal>> {
    let address = typed.trim().to_owned();
    if address.len() > 254 || !address.validate_email() {
        return Err(Stop::Refused(Refusal::NotAnAddress));
    }
    let (id, now) = (id.to_owned(), app.clock.now());
    app.db
        .write(move |conn| {
            let found = drafts::find(conn, &id)?.filter(|draft| draft.corrects.is_none());
            let draft = found.ok_or(Stop::Refused(Refusal::NotFound))?;
            drafts::set_address(conn, &draft.id, &address)?;
            if let Some(before) = admitted(conn, &draft.id, &address, now)? {
                queue(conn, &draft, MailKind::DraftLink, (&address, before), now)?;
            }
            Ok(())
        })
        .await
}

/// How many mails of this draft there were before, if there may be one more.
fn admitted(conn: &mut Conn, id: &str, address: &str, now: DateTime<Utc>) -> Result<Option<i64>, StoreError> {
    let mut count = |by, since| outbox::count_since(conn, MailKind::DraftLink, by, since);
    let (hour, day) = (now - Duration::hours(1), now - Duration::days(1));
    let over = count(By::Draft(id), hour)? >= AN_HOUR
        || count(By::Address(address), hour)? >= ADDRESS_AN_HOUR
        || count(By::Address(address), day)? >= ADDRESS_A_DAY;
    if over { Ok(None) } else { count(By::Draft(id), DateTime::UNIX_EPOCH).map(Some) }
}

/// Queues a mail about a draft, once for each occasion `since`.
pub(super) fn queue(
    conn: &mut Conn,
    draft: &Draft,
    kind: MailKind,
    (address, since): (&str, i64),
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let mail = NewMail {
        kind,
        subject: Subject::Draft { id: draft.id.clone(), since },
        account: None,
        address: address.to_owned(),
        name: String::new(),
        language: draft.letters(),
        link_generation: draft.link_generation,
        due_at: now,
    };
    outbox::add(conn, &mail, now)
}
