//! Attachments: the file first, flushed to disk, then its row. Private until a publication shows it.

mod scans;

pub use scans::{asked_in_vain, let_wait, next_to_scan, set_copy, set_scan, waiting, without_copy};

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::{attachments, public_attachments, redactions, submission_attachments};
use super::{Conn, StoreError, files, known, micros, relations};
use crate::domain::attachment::{Hold, Scan};
use crate::domain::submission::SubmissionId;
use crate::forms::answer::FileRef;

/// A row to store once its file is on disk.
#[derive(Debug, Clone)]
pub struct NewAttachment {
    pub file: FileRef,
    pub sha256: String,
    /// The draft it was uploaded into; none for the API.
    pub draft: Option<String>,
    pub scan: Scan,
    /// Of a picture: size and SHA-256 (hex) of what the public gets.
    pub copy: Option<(u64, String)>,
}

/// The files that were taken away: their rows stay, for their names.
#[diesel::dsl::auto_type(no_type_alias)]
fn gone() -> _ {
    redactions::table.select(redactions::attachment_id)
}

/// Stores the row.
///
/// # Errors
/// Where the database fails.
pub fn insert(conn: &mut Conn, new: &NewAttachment, now: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::insert_into(attachments::table)
        .values((
            attachments::id.eq(&new.file.id),
            attachments::name.eq(&new.file.name),
            attachments::media_type.eq(&new.file.media_type),
            attachments::size.eq(i64::try_from(new.file.size).unwrap_or(i64::MAX)),
            attachments::sha256.eq(&new.sha256),
            attachments::draft_id.eq(&new.draft),
            attachments::created_at.eq(micros(now)),
            attachments::scan.eq(new.scan.as_str()),
            attachments::copy_size.eq(new.copy.as_ref().map(|(size, _)| i64::try_from(*size).unwrap_or(i64::MAX))),
            attachments::copy_sha256.eq(new.copy.as_ref().map(|(_, sha256)| sha256)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Whose attachments may be named in answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// Uploaded into this draft, or already part of the submission it corrects.
    Draft(String, Option<SubmissionId>),
    /// Uploaded by the API and not used yet.
    Api,
}

/// Those of `ids` that `owner` may name.
///
/// # Errors
/// Where the database fails.
pub fn usable(conn: &mut Conn, ids: &[String], owner: &Owner) -> Result<HashMap<String, FileRef>, StoreError> {
    type Found = (String, String, i64, String, Option<String>, Option<i64>);
    let rows: Vec<Found> = attachments::table
        .left_join(submission_attachments::table.on(submission_attachments::attachment_id.eq(attachments::id)))
        .filter(attachments::id.eq_any(ids))
        .select((
            attachments::id,
            attachments::name,
            attachments::size,
            attachments::media_type,
            attachments::draft_id,
            submission_attachments::submission_id.nullable(),
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter(|(_, _, _, _, draft, used)| match owner {
            Owner::Draft(id, submission) => {
                (draft.as_ref() == Some(id) && used.is_none()) || (used.is_some() && *used == submission.map(|s| s.0))
            }
            Owner::Api => draft.is_none() && used.is_none(),
        })
        .map(|(id, name, size, media_type, _, _)| {
            (id.clone(), FileRef { id, name, size: u64::try_from(size).unwrap_or(0), media_type })
        })
        .collect())
}

/// Gives attachments to a submission; those it has already are left alone.
///
/// # Errors
/// Where one belongs to another submission or the database fails.
pub fn belong(conn: &mut Conn, submission: SubmissionId, ids: &[String]) -> Result<(), StoreError> {
    for id in ids {
        let owner: Option<i64> = submission_attachments::table
            .find(id)
            .select(submission_attachments::submission_id)
            .get_result(conn)
            .optional()?;
        if owner == Some(submission.0) {
            continue;
        }
        diesel::insert_into(submission_attachments::table)
            .values((
                submission_attachments::attachment_id.eq(id),
                submission_attachments::submission_id.eq(submission.0),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Whether one of them belongs to a submission already.
///
/// # Errors
/// Where the database fails.
pub fn any_taken(conn: &mut Conn, ids: &[String]) -> Result<bool, StoreError> {
    if ids.is_empty() {
        return Ok(false);
    }
    let taken: i64 = submission_attachments::table
        .filter(submission_attachments::attachment_id.eq_any(ids))
        .count()
        .get_result(conn)?;
    Ok(taken > 0)
}

/// The same file under the same name, sent into the same draft before.
///
/// # Errors
/// Where the database fails.
pub fn sent_before(conn: &mut Conn, draft: &str, sha256: &str, name: &str) -> Result<Option<FileRef>, StoreError> {
    let row: Option<(String, String, i64, String)> = attachments::table
        .filter(attachments::draft_id.eq(draft))
        .filter(attachments::sha256.eq(sha256))
        .filter(attachments::name.eq(name))
        .filter(attachments::id.ne_all(gone()))
        .filter(attachments::scan.ne(Scan::Infected.as_str()))
        .select((attachments::id, attachments::name, attachments::size, attachments::media_type))
        .get_result(conn)
        .optional()?;
    Ok(row.map(|(id, name, size, media_type)| FileRef { id, name, size: u64::try_from(size).unwrap_or(0), media_type }))
}

/// How many attachments a draft holds that no submission has taken.
///
/// # Errors
/// Where the database fails.
pub fn count_in_draft(conn: &mut Conn, draft: &str) -> Result<i64, StoreError> {
    Ok(attachments::table.filter(attachments::draft_id.eq(draft)).count().get_result(conn)?)
}

/// An attachment and who may open it.
#[derive(Debug, Clone)]
pub struct Held {
    pub file: FileRef,
    pub sha256: String,
    pub draft: Option<String>,
    pub submission: Option<SubmissionId>,
    /// A current publication shows it.
    pub public: bool,
    /// Why nobody can open it, if nobody can.
    pub hold: Option<Hold>,
    /// Of a picture: bytes of what the public gets.
    pub copy: Option<u64>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = attachments)]
struct Row {
    id: String,
    name: String,
    media_type: String,
    size: i64,
    sha256: String,
    draft_id: Option<String>,
    scan: String,
    scanned_at: Option<i64>,
    copy_size: Option<i64>,
}

/// One attachment.
///
/// # Errors
/// Where the database fails.
pub fn find(conn: &mut Conn, id: &str) -> Result<Option<Held>, StoreError> {
    let row = attachments::table.find(id).select(Row::as_select()).get_result(conn).optional()?;
    let Some(row) = row else { return Ok(None) };
    let submission: Option<i64> = submission_attachments::table
        .find(id)
        .select(submission_attachments::submission_id)
        .get_result(conn)
        .optional()?;
    let shown: i64 =
        public_attachments::table.filter(public_attachments::attachment_id.eq(id)).count().get_result(conn)?;
    let redacted = !relations::redacted(conn, [&row.id])?.is_empty();
    let scan = known(Scan::read(&row.scan), &row.scan)?;
    Ok(Some(Held {
        hold: if redacted { Some(Hold::Redacted) } else { scan.hold(row.scanned_at.is_some()) },
        copy: row.copy_size.and_then(|size| u64::try_from(size).ok()),
        file: FileRef {
            id: row.id,
            name: row.name,
            size: u64::try_from(row.size).unwrap_or(0),
            media_type: row.media_type,
        },
        sha256: row.sha256,
        draft: row.draft_id,
        submission: submission.map(SubmissionId),
        public: shown > 0,
    }))
}

/// Names and hashes of all files that must be on disk.
///
/// # Errors
/// Where the database fails.
pub fn hashes(conn: &mut Conn) -> Result<Vec<(String, String)>, StoreError> {
    let rows: Vec<(String, String, Option<String>)> = attachments::table
        .filter(attachments::id.ne_all(gone()))
        .filter(attachments::scan.ne(Scan::Infected.as_str()))
        .order(attachments::id)
        .select((attachments::id, attachments::sha256, attachments::copy_sha256))
        .load(conn)?;
    let files = |(id, sha256, copy): (String, String, Option<String>)| {
        let copy = copy.map(|sha256| (files::copy_of(&id), sha256));
        std::iter::once((id, sha256)).chain(copy)
    };
    Ok(rows.into_iter().flat_map(files).collect())
}

/// Those of `ids` that nobody can open, and why.
///
/// # Errors
/// Where the database fails.
pub fn holds<'a>(
    conn: &mut Conn,
    ids: impl IntoIterator<Item = &'a String>,
) -> Result<HashMap<String, Hold>, StoreError> {
    let ids: Vec<&String> = ids.into_iter().collect();
    let rows: Vec<(String, String, Option<i64>)> = attachments::table
        .filter(attachments::id.eq_any(&ids))
        .filter(attachments::scan.eq_any([Scan::Waiting.as_str(), Scan::Infected.as_str()]))
        .select((attachments::id, attachments::scan, attachments::scanned_at))
        .load(conn)?;
    let mut holds = HashMap::new();
    for (id, scan, asked) in rows {
        holds.extend(known(Scan::read(&scan), &scan)?.hold(asked.is_some()).map(|hold| (id, hold)));
    }
    holds.extend(relations::redacted(conn, ids)?.into_keys().map(|id| (id, Hold::Redacted)));
    Ok(holds)
}

/// Whether one of `ids` keeps back from the public what names it.
///
/// # Errors
/// Where the database fails.
pub fn keeps_back<'a>(conn: &mut Conn, ids: impl IntoIterator<Item = &'a String>) -> Result<bool, StoreError> {
    Ok(holds(conn, ids)?.into_values().any(Hold::keeps_back))
}

/// The files of a submission, of all its revisions, that are still there: ids and names.
///
/// # Errors
/// Where the database fails.
pub fn of(conn: &mut Conn, submission: SubmissionId) -> Result<Vec<(String, String)>, StoreError> {
    Ok(attachments::table
        .inner_join(submission_attachments::table.on(submission_attachments::attachment_id.eq(attachments::id)))
        .filter(submission_attachments::submission_id.eq(submission.0))
        .filter(attachments::id.ne_all(gone()))
        .filter(attachments::scan.ne(Scan::Infected.as_str()))
        .order((attachments::created_at, attachments::id))
        .select((attachments::id, attachments::name))
        .load(conn)?)
}

/// Those of `ids` in which a virus was found.
///
/// # Errors
/// Where the database fails.
pub fn infected(conn: &mut Conn, ids: &[String]) -> Result<HashSet<String>, StoreError> {
    let holds = holds(conn, ids)?.into_iter();
    Ok(holds.filter(|(_, hold)| *hold == Hold::Infected).map(|(id, _)| id).collect())
}

/// Those of `names` that are no file of an attachment: nothing points to them.
///
/// # Errors
/// Where the database fails.
pub fn unknown(conn: &mut Conn, names: Vec<String>) -> Result<Vec<String>, StoreError> {
    let ids: Vec<&str> = names.iter().map(|name| files::id_of(name)).collect();
    let known: Vec<String> = attachments::table
        .filter(attachments::id.eq_any(&ids))
        .filter(attachments::id.ne_all(gone()))
        .filter(attachments::scan.ne(Scan::Infected.as_str()))
        .select(attachments::id)
        .load(conn)?;
    Ok(names.into_iter().filter(|name| !known.iter().any(|id| id == files::id_of(name))).collect())
}

/// Removes the rows of up to `limit` attachments that no submission took and whose draft is gone; gives their ids.
///
/// # Errors
/// Where the database fails.
pub fn forget_orphans(conn: &mut Conn, before: DateTime<Utc>, limit: i64) -> Result<Vec<String>, StoreError> {
    use super::schema::drafts;
    let taken = submission_attachments::table.select(submission_attachments::attachment_id);
    let open = drafts::table.select(drafts::id.nullable());
    let ids: Vec<String> = attachments::table
        .filter(attachments::created_at.lt(micros(before)))
        .filter(attachments::id.ne_all(taken))
        .filter(attachments::draft_id.is_null().or(attachments::draft_id.ne_all(open)))
        .select(attachments::id)
        .limit(limit)
        .load(conn)?;
    diesel::delete(attachments::table.filter(attachments::id.eq_any(&ids))).execute(conn)?;
    Ok(ids)
}
