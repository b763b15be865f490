//! The outbox as staff look through it.

use std::collections::BTreeSet;

use diesel::dsl::max;
use diesel::prelude::*;

use super::{Mail, Row};
use crate::domain::mail::{MailKind, MailStatus};
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

/// The mail with this local part of a Message-ID.
///
/// # Errors
/// Where the database fails.
pub fn find_by_message_id(conn: &mut Conn, id: &str) -> Result<Option<Mail>, StoreError> {
    let row = outbox::table.filter(outbox::message_id.eq(id)).select(Row::as_select()).get_result::<Row>(conn);
    row.optional()?.map(Mail::try_from).transpose()
}

/// The newest mail of a kind.
///
/// # Errors
/// Where the database fails.
pub fn newest(conn: &mut Conn, kind: MailKind) -> Result<Option<Mail>, StoreError> {
    let of_kind = outbox::table.filter(outbox::kind.eq(kind.as_str())).order(outbox::id.desc());
    of_kind.select(Row::as_select()).first::<Row>(conn).optional()?.map(Mail::try_from).transpose()
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

/// Those of `submissions` whose newest mail to the submitter did not arrive.
///
/// # Errors
/// Where the database fails.
pub fn undelivered(conn: &mut Conn, submissions: &[SubmissionId]) -> Result<BTreeSet<SubmissionId>, StoreError> {
    let newest: Vec<Option<i64>> = outbox::table
        .filter(outbox::submission_id.eq_any(submissions.iter().map(|id| id.0)))
        .filter(outbox::account_id.is_null())
        .filter(outbox::kind.ne(MailKind::PartyAsked.as_str()))
        .group_by(outbox::submission_id)
        .select(max(outbox::id))
        .load(conn)?;
    let failed: Vec<Option<i64>> = outbox::table
        .filter(outbox::id.eq_any(newest.into_iter().flatten()))
        .filter(outbox::status.eq_any(MailStatus::texts_where(MailStatus::is_undelivered)))
        .select(outbox::submission_id)
        .load(conn)?;
    Ok(failed.into_iter().flatten().map(SubmissionId).collect())
}
