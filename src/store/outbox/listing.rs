//! The outbox as staff look through it.

use diesel::prelude::*;

use super::{Mail, Row};
use crate::domain::mail::MailStatus;
use crate::domain::submission::SubmissionId;
use crate::store::schema::outbox;
use crate::store::{Conn, StoreError};

/// What to list.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    pub status: Option<MailStatus>,
    pub submission: Option<SubmissionId>,
    pub limit: i64,
    pub offset: i64,
}

/// Mails, newest first.
///
/// # Errors
/// Where the database fails.
pub fn list(conn: &mut Conn, listing: &Listing) -> Result<Vec<Mail>, StoreError> {
    let mut query = outbox::table
        .order(outbox::id.desc())
        .limit(listing.limit)
        .offset(listing.offset)
        .select(Row::as_select())
        .into_boxed();
    if let Some(status) = listing.status {
        query = query.filter(outbox::status.eq(status.as_str()));
    }
    if let Some(submission) = listing.submission {
        query = query.filter(outbox::submission_id.eq(submission.0));
    }
    query.load::<Row>(conn)?.into_iter().map(Mail::try_from).collect()
}

/// One mail.
///
/// # Errors
/// Where the database fails.
pub fn find(conn: &mut Conn, id: i64) -> Result<Option<Mail>, StoreError> {
    let row = outbox::table.find(id).select(Row::as_select()).get_result::<Row>(conn).optional()?;
    row.map(Mail::try_from).transpose()
}

/// How many mails stand where, in the order of [`MailStatus::ALL`], empty ones left out.
///
/// # Errors
/// Where the database fails.
pub fn counts(conn: &mut Conn) -> Result<Vec<(MailStatus, i64)>, StoreError> {
    let rows: Vec<(String, i64)> =
        outbox::table.group_by(outbox::status).select((outbox::status, diesel::dsl::count_star())).load(conn)?;
    Ok(MailStatus::ALL
        .iter()
        .filter_map(|status| rows.iter().find(|(text, _)| text == status.as_str()).map(|(_, count)| (*status, *count)))
        .collect())
}
