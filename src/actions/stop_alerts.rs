//! The reader of alerts wants no more of them: by one click in any of these mails.

use std::convert::Infallible;

use crate::app::App;
use crate::domain::account::AccountId;
use crate::store::{Stop, alerts, routings};

/// Whose alerts they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    Account(AccountId),
    /// A mailbox without account, by a rule that leads to it.
    Routing(i64),
}

impl Reader {
    /// As it stands in links: `a5`, `r3`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let number = |digits: &str| digits.parse::<i64>().ok();
        match text.split_at_checked(1)? {
            ("a", id) => number(id).map(|id| Self::Account(AccountId(id))),
            ("r", id) => number(id).map(Self::Routing),
            _ => None,
        }
    }
}

/// Stops them; a second time changes nothing.
///
/// # Errors
/// Why nothing was kept.
pub async fn stop(app: &App, reader: Reader) -> Result<(), Stop<Infallible>> {
    let now = app.clock.now();
    app.db
        .write(move |conn| {
            match reader {
                Reader::Account(id) => alerts::stop(conn, id, now)?,
                Reader::Routing(id) => routings::stop(conn, id, now)?,
            }
            Ok(())
        })
        .await
}
