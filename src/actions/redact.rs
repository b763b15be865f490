//! A file that should not be here is taken away for good. Its name, who did it and why stay.

use super::record::{self, Entry};
use crate::app::App;
use crate::domain::account::AccountId;
use crate::domain::event::{Author, EventKind};
use crate::domain::relation::Claim;
use crate::store::submissions;
use crate::store::{Stop, attachments, relations};

/// Longest reason, in characters.
pub const LONGEST: usize = 500;

/// A file to take away.
#[derive(Debug, Clone)]
pub struct Order {
    pub reference: String,
    pub file: String,
    /// The submitter reads it too.
    pub reason: String,
    pub by: AccountId,
}

/// Why it is not taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    NotFound,
    /// The submission has no such file.
    NoSuchFile,
    ReasonMissing,
    ReasonTooLong,
}

/// Takes a file away: first the row says so, then its bytes and its copy for the public go. What a crash leaves of them is
/// swept away later. Twice is once.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn redact(app: &App, order: Order) -> Result<(), Stop<Refusal>> {
    let note = record::note(app, &order.reason).ok_or(Stop::Refused(Refusal::ReasonMissing))?;
    if note.body.chars().count() > LONGEST {
        return Err(Stop::Refused(Refusal::ReasonTooLong));
    }
    let (handle, file, now) = (app.clone(), order.file.clone(), app.clock.now());
    let job = move |conn: &mut _| {
        let mut submission = submissions::find(conn, &order.reference)?.ok_or(Stop::Refused(Refusal::NotFound))?;
        let held = attachments::find(conn, &order.file)?.filter(|held| held.submission == Some(submission.id));
        held.ok_or(Stop::Refused(Refusal::NoSuchFile))?;
        if !relations::redacted(conn, [&order.file])?.is_empty() {
            return Ok(());
        }
        let claims = [Claim::Redacted { file: order.file.clone() }];
        let entry = Entry {
            note: Some(&note),
            claims: &claims,
            ..Entry::new(EventKind::AttachmentRedacted, Author::Staff(order.by.0))
        };
        record::change(&handle, conn, &mut submission, &entry, now)?;
        Ok(())
    };
    app.db.write(job).await?;
    Ok(app.files.remove(&file).await?)
}
