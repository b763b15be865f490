//! Drafts: what somebody typed so far.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::drafts;
use super::{Conn, StoreError, instant, known, micros};
use crate::domain::submission::SubmissionId;
use crate::forms::form::FormId;
use crate::forms::pairs::Pairs;
use crate::locale::Language;

#[derive(Debug, Clone)]
pub struct Draft {
    pub id: String,
    pub form: FormId,
    /// The submission it corrects, and the revision it started from.
    pub corrects: Option<(SubmissionId, i32)>,
    pub pairs: Pairs,
    pub version: i64,
    /// SHA-256 (hex) of the secret that opens it.
    pub token_hash: String,
    pub submission_key: String,
    pub language: Language,
    pub saved_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = drafts)]
struct Row {
    id: String,
    form: String,
    submission_id: Option<i64>,
    base_revision: Option<i32>,
    pairs: String,
    version: i64,
    token_hash: String,
    submission_key: String,
    language: String,
    saved_at: i64,
    expires_at: i64,
}

impl TryFrom<Row> for Draft {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            form: FormId::new(&row.form),
            corrects: row.submission_id.map(SubmissionId).zip(row.base_revision),
            pairs: read_pairs(&row.pairs)?,
            version: row.version,
            token_hash: row.token_hash,
            submission_key: row.submission_key,
            language: known(Language::read(&row.language), &row.language)?,
            saved_at: instant(row.saved_at),
            expires_at: instant(row.expires_at),
            id: row.id,
        })
    }
}

fn read_pairs(json: &str) -> Result<Pairs, StoreError> {
    serde_json::from_str(json).map_err(|e| StoreError::Unreadable(e.to_string()))
}

fn write_pairs(pairs: &Pairs) -> Result<String, StoreError> {
    serde_json::to_string(pairs).map_err(|e| StoreError::Unreadable(e.to_string()))
}

/// Stores a new draft.
///
/// # Errors
/// Where the database fails.
pub fn insert(conn: &mut Conn, draft: &Draft) -> Result<(), StoreError> {
    diesel::insert_into(drafts::table)
        .values((
            drafts::id.eq(&draft.id),
            drafts::form.eq(draft.form.as_str()),
            drafts::submission_id.eq(draft.corrects.map(|(id, _)| id.0)),
            drafts::base_revision.eq(draft.corrects.map(|(_, base)| base)),
            drafts::pairs.eq(write_pairs(&draft.pairs)?),
            drafts::version.eq(draft.version),
            drafts::token_hash.eq(&draft.token_hash),
            drafts::submission_key.eq(&draft.submission_key),
            drafts::language.eq(draft.language.code()),
            drafts::created_at.eq(micros(draft.saved_at)),
            drafts::saved_at.eq(micros(draft.saved_at)),
            drafts::expires_at.eq(micros(draft.expires_at)),
        ))
        .execute(conn)?;
    Ok(())
}

/// A draft by its id.
///
/// # Errors
/// Where the database fails.
pub fn find(conn: &mut Conn, id: &str) -> Result<Option<Draft>, StoreError> {
    let row = drafts::table.find(id).select(Row::as_select()).first::<Row>(conn).optional()?;
    row.map(Draft::try_from).transpose()
}

/// The draft in which a submission's working revision is being corrected.
///
/// # Errors
/// Where the database fails.
pub fn find_correcting(
    conn: &mut Conn,
    submission: SubmissionId,
    base: i32,
    now: DateTime<Utc>,
) -> Result<Option<Draft>, StoreError> {
    let row = drafts::table
        .filter(drafts::submission_id.eq(submission.0))
        .filter(drafts::base_revision.eq(base))
        .filter(drafts::expires_at.gt(micros(now)))
        .order(drafts::saved_at.desc())
        .select(Row::as_select())
        .first::<Row>(conn)
        .optional()?;
    row.map(Draft::try_from).transpose()
}

/// The drafts that correct a revision of a submission.
///
/// # Errors
/// Where the database fails.
pub fn all_correcting(conn: &mut Conn, submission: SubmissionId, base: i32) -> Result<Vec<Draft>, StoreError> {
    let rows: Vec<Row> = drafts::table
        .filter(drafts::submission_id.eq(submission.0))
        .filter(drafts::base_revision.eq(base))
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Draft::try_from).collect()
}

/// Lets a draft correct another revision, with these pairs; when it was saved stays as it is.
///
/// # Errors
/// Where the database fails.
pub fn rebase(conn: &mut Conn, id: &str, base: i32, pairs: &Pairs) -> Result<(), StoreError> {
    diesel::update(drafts::table.find(id))
        .set((
            drafts::base_revision.eq(base),
            drafts::pairs.eq(write_pairs(pairs)?),
            drafts::version.eq(drafts::version + 1),
        ))
        .execute(conn)?;
    Ok(())
}

/// Gives a draft another secret.
///
/// # Errors
/// Where the database fails.
pub fn set_token(conn: &mut Conn, id: &str, token_hash: &str) -> Result<(), StoreError> {
    diesel::update(drafts::table.find(id)).set(drafts::token_hash.eq(token_hash)).execute(conn)?;
    Ok(())
}

/// Writes a draft's pairs; its version moves on by one.
///
/// # Errors
/// Where the database fails.
pub fn save(
    conn: &mut Conn,
    id: &str,
    pairs: &Pairs,
    now: DateTime<Utc>,
    expires: DateTime<Utc>,
) -> Result<(), StoreError> {
    diesel::update(drafts::table.find(id))
        .set((
            drafts::pairs.eq(write_pairs(pairs)?),
            drafts::version.eq(drafts::version + 1),
            drafts::saved_at.eq(micros(now)),
            drafts::expires_at.eq(micros(expires)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Removes a draft that became a submission or a revision.
///
/// # Errors
/// Where the database fails.
pub fn remove(conn: &mut Conn, id: &str) -> Result<(), StoreError> {
    diesel::delete(drafts::table.find(id)).execute(conn)?;
    Ok(())
}

/// Removes up to `limit` drafts that have expired; gives how many.
///
/// # Errors
/// Where the database fails.
pub fn purge(conn: &mut Conn, now: DateTime<Utc>, limit: i64) -> Result<usize, StoreError> {
    let expired: Vec<String> =
        drafts::table.filter(drafts::expires_at.lt(micros(now))).select(drafts::id).limit(limit).load(conn)?;
    Ok(diesel::delete(drafts::table.filter(drafts::id.eq_any(expired))).execute(conn)?)
}
