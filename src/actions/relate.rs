//! One submission is the same as another; or is not, after all.

use super::record::{self, Entry};
use crate::app::App;
use crate::domain::account::AccountId;
use crate::domain::event::{Author, EventKind};
use crate::domain::relation::{Claim, RelationKind};
use crate::store::relations;
use crate::store::submissions::{self, Submission};
use crate::store::{Conn, Stop, StoreError};

/// Why two submissions are not linked, or not parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// No such submission, or it has no such link.
    NotFound,
    /// There is no submission of that reference.
    Unknown,
    /// It is the submission itself.
    Itself,
    /// It is a duplicate of something already.
    Linked,
    /// The other one is a duplicate itself, perhaps of this one: the link leads to what all are duplicates of.
    Duplicate,
}

/// What an event says that links a submission to the one it repeats.
pub(super) fn duplicate<R: From<Refusal>>(
    conn: &mut Conn,
    submission: &Submission,
    original: &str,
) -> Result<Vec<Claim>, Stop<R>> {
    let refused = |refusal: Refusal| Stop::Refused(R::from(refusal));
    let target = submissions::find(conn, original)?.ok_or_else(|| refused(Refusal::Unknown))?;
    if target.id == submission.id {
        return Err(refused(Refusal::Itself));
    }
    if is_duplicate(conn, submission)? {
        return Err(refused(Refusal::Linked));
    }
    if is_duplicate(conn, &target)? {
        return Err(refused(Refusal::Duplicate));
    }
    Ok(vec![Claim::Related { kind: RelationKind::DuplicateOf, target: target.id }])
}

fn is_duplicate(conn: &mut Conn, submission: &Submission) -> Result<bool, StoreError> {
    let related = relations::of(conn, submission.id)?;
    Ok(related.iter().any(|other| other.outgoing && other.kind == RelationKind::DuplicateOf))
}

/// Links a submission to the one it repeats. Nobody is mailed and nothing is decided.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn link(app: &App, reference: &str, original: &str, by: AccountId) -> Result<(), Stop<Refusal>> {
    let (reference, original) = (reference.to_owned(), original.to_owned());
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| {
        let submission = submissions::find(conn, &reference)?.ok_or(Stop::Refused(Refusal::NotFound))?;
        let claims = duplicate(conn, &submission, &original)?;
        Ok(say(&app, conn, submission, EventKind::LinkedDuplicate, (&claims, by))?)
    })
    .await
}

/// Takes a link back, by the number of the event that made it.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn unlink(app: &App, reference: &str, since: i64, by: AccountId) -> Result<(), Stop<Refusal>> {
    let reference = reference.to_owned();
    let (db, app) = (app.db.clone(), app.clone());
    db.write(move |conn| {
        let submission = submissions::find(conn, &reference)?.ok_or(Stop::Refused(Refusal::NotFound))?;
        let related = relations::of(conn, submission.id)?;
        let ours = related.iter().find(|other| other.since == since && other.outgoing);
        ours.filter(|other| other.kind == RelationKind::DuplicateOf).ok_or(Stop::Refused(Refusal::NotFound))?;
        let claims = [Claim::Parted { since }];
        Ok(say(&app, conn, submission, EventKind::UnlinkedDuplicate, (&claims, by))?)
    })
    .await
}

fn say(
    app: &App,
    conn: &mut Conn,
    mut submission: Submission,
    kind: EventKind,
    (claims, by): (&[Claim], AccountId),
) -> Result<(), StoreError> {
    let entry = Entry { claims, ..Entry::new(kind, Author::Staff(by.0)) };
    record::change(app, conn, &mut submission, &entry, app.clock.now())?;
    Ok(())
}
