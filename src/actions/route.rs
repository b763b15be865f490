//! An admin says who is told of what, besides those who chose it themselves.

use crate::app::App;
use crate::store::routings::{self, Scope, To};
use crate::store::{Stop, accounts};

/// Why a rule is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There is the same.
    Known,
    /// No such account, or one that is disabled; no such rule.
    NotFound,
}

/// Adds a rule.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn add(app: &App, scope: Scope, to: To) -> Result<(), Stop<Refusal>> {
    let now = app.clock.now();
    app.db
        .write(move |conn| {
            if let To::Account(id) = to {
                let found = accounts::all(conn)?.into_iter().find(|account| account.id == id && !account.disabled);
                found.ok_or(Stop::Refused(Refusal::NotFound))?;
            }
            if routings::add(conn, &scope, &to, now)? { Ok(()) } else { Err(Stop::Refused(Refusal::Known)) }
        })
        .await
}

/// Takes a rule away.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn remove(app: &App, id: i64) -> Result<(), Stop<Refusal>> {
    let gone = move |conn: &mut crate::store::Conn| {
        if routings::remove(conn, id)? { Ok(()) } else { Err(Stop::Refused(Refusal::NotFound)) }
    };
    app.db.write(gone).await
}
