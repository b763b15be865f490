//! Views of the queue are kept under a name, renamed, shared, removed.

use crate::app::App;
use crate::domain::account::Account;
use crate::domain::saved::{MOST, SavedView, ViewId, ViewName};
use crate::store::views::{self, NewView};
use crate::store::{Conn, Stop};

/// Why it stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There is none such that this account may change.
    NotFound,
    /// Its owner has another view of this name.
    Taken,
    /// They have as many views as one can have.
    TooMany,
}

/// Keeps a view under a name.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn save(app: &App, new: NewView) -> Result<ViewId, Stop<Refusal>> {
    let now = app.clock.now();
    app.db
        .write(move |conn| {
            if views::named(conn, new.owner, &new.name)?.is_some() {
                return Err(Stop::Refused(Refusal::Taken));
            }
            if views::count_of(conn, new.owner)? >= MOST {
                return Err(Stop::Refused(Refusal::TooMany));
            }
            Ok(views::insert(conn, &new, now)?)
        })
        .await
}

/// Renames a view, and says whether all staff see it.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn change(app: &App, by: Account, id: ViewId, name: ViewName, shared: bool) -> Result<(), Stop<Refusal>> {
    app.db
        .write(move |conn| {
            let kept = kept_by(conn, &by, id)?;
            if views::named(conn, kept.owner, &name)?.is_some_and(|other| other != id) {
                return Err(Stop::Refused(Refusal::Taken));
            }
            Ok(views::update(conn, id, &name, shared)?)
        })
        .await
}

/// Removes a view.
///
/// # Errors
/// [`Refusal::NotFound`], or why nothing was kept.
pub async fn remove(app: &App, by: Account, id: ViewId) -> Result<(), Stop<Refusal>> {
    app.db
        .write(move |conn| {
            kept_by(conn, &by, id)?;
            Ok(views::remove(conn, id)?)
        })
        .await
}

fn kept_by(conn: &mut Conn, by: &Account, id: ViewId) -> Result<SavedView, Stop<Refusal>> {
    let found = views::by_id(conn, id)?.filter(|found| found.is_kept_by(by));
    found.ok_or(Stop::Refused(Refusal::NotFound))
}
