//! A record is given to somebody to look after, taken, or given back.

use chrono::{DateTime, Utc};

use super::record::{self, Entry};
use super::revise;
use crate::app::App;
use crate::domain::account::{Account, AccountId, Role};
use crate::domain::event::{Author, EventKind};
use crate::domain::mail::MailKind;
use crate::forms::form::Lifecycle;
use crate::store::submissions::{self, Submission};
use crate::store::{Conn, Stop, StoreError, accounts};

/// Who is to look after a record.
#[derive(Debug, Clone)]
pub struct Order {
    pub reference: String,
    /// Nobody: it is given back.
    pub to: Option<AccountId>,
    /// Who looked after it on the page that was seen.
    pub seen: Option<AccountId>,
    pub by: AccountId,
}

/// Why it stays as it is. Nobody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    NotFound,
    /// There is nobody such who could decide on it.
    NobodySuch,
    /// Somebody else was faster.
    Moved,
    /// Staff keep it together.
    NotPossible,
}

/// Gives a record to somebody. They are told by mail, unless it is their own act. Twice is once.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn assign(app: &App, order: Order) -> Result<(), Stop<Refusal>> {
    let now = app.clock.now();
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| {
        let found = submissions::find(conn, &order.reference)?;
        let submission = found.ok_or(Stop::Refused(Refusal::NotFound))?;
        if submission.assignee != order.seen && submission.assignee != order.to {
            return Err(Stop::Refused(Refusal::Moved));
        }
        keep(&app, conn, submission, (order.to, order.by), now)
    })
    .await
}

/// The same within a job.
pub(super) fn keep(
    app: &App,
    conn: &mut Conn,
    mut submission: Submission,
    (to, by): (Option<AccountId>, AccountId),
    now: DateTime<Utc>,
) -> Result<(), Stop<Refusal>> {
    let lifecycle = revise::standing(app, &submission).map(|standing| standing.lifecycle);
    if lifecycle.is_none_or(|lifecycle| lifecycle == Lifecycle::Record) {
        return Err(Stop::Refused(Refusal::NotPossible));
    }
    let account = to.map(|id| able(conn, id)).transpose()?;
    let account = match account {
        Some(None) => return Err(Stop::Refused(Refusal::NobodySuch)),
        Some(Some(account)) => Some(account),
        None => None,
    };
    if submission.assignee == to {
        return Ok(());
    }
    let kind = if to.is_some() { EventKind::Assigned } else { EventKind::Unassigned };
    let whom = to.or(submission.assignee);
    submission.assignee = to;
    let entry = Entry { assignee: whom, ..Entry::new(kind, Author::Staff(by.0)) };
    let seq = record::change(app, conn, &mut submission, &entry, now)?;
    match account.filter(|account| account.id != by) {
        Some(account) => Ok(record::tell_staff(conn, &submission, account, MailKind::AlertAssigned, (seq, now))?),
        None => Ok(()),
    }
}

/// An account that can decide.
fn able(conn: &mut Conn, id: AccountId) -> Result<Option<Account>, StoreError> {
    let all = accounts::all(conn)?;
    Ok(all.into_iter().find(|account| account.id == id && !account.disabled && account.role >= Role::Moderator))
}
