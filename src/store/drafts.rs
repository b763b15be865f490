//! Drafts: what somebody typed so far.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::schema::drafts;
use super::{Conn, StoreError, instant, known, micros, outbox};
use crate::domain::submission::SubmissionId;
use crate::domain::turns::Turns;
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
    /// Its links are of this generation.
    pub link_generation: i64,
    pub submission_key: String,
    pub language: Language,
    /// The language of mails, where another was chosen.
    pub mail_language: Option<Language>,
    /// The step that was saved last; empty for the first.
    pub step: String,
    /// Who wrote each step last.
    pub turns: Turns,
    /// Where its holder wants to be reminded.
    pub address: Option<String>,
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
    link_generation: i64,
    submission_key: String,
    language: String,
    step: String,
    turns: String,
    address: Option<String>,
    saved_at: i64,
    expires_at: i64,
    mail_language: Option<String>,
}

impl Draft {
    /// The language its holder is written to in.
    #[must_use]
    pub fn letters(&self) -> Language {
        self.mail_language.unwrap_or(self.language)
    }
}

impl TryFrom<Row> for Draft {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            form: FormId::new(&row.form),
            corrects: row.submission_id.map(SubmissionId).zip(row.base_revision),
            pairs: read_json(&row.pairs)?,
            version: row.version,
            link_generation: row.link_generation,
            step: row.step,
            turns: read_json(&row.turns)?,
            address: row.address,
            submission_key: row.submission_key,
            language: known(Language::read(&row.language), &row.language)?,
            mail_language: row.mail_language.as_deref().and_then(Language::read),
            saved_at: instant(row.saved_at),
            expires_at: instant(row.expires_at),
            id: row.id,
        })
    }
}

fn read_json<T: DeserializeOwned>(json: &str) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(|e| StoreError::Unreadable(e.to_string()))
}

fn write_json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|e| StoreError::Unreadable(e.to_string()))
}

/// Stores a new draft; `begun_by` is the hash of the id of the page it was begun on.
///
/// # Errors
/// Where the database fails.
pub fn insert(conn: &mut Conn, draft: &Draft, begun_by: Option<&str>) -> Result<(), StoreError> {
    diesel::insert_into(drafts::table)
        .values((
            drafts::id.eq(&draft.id),
            drafts::form.eq(draft.form.as_str()),
            drafts::submission_id.eq(draft.corrects.map(|(id, _)| id.0)),
            drafts::base_revision.eq(draft.corrects.map(|(_, base)| base)),
            drafts::pairs.eq(write_json(&draft.pairs)?),
            drafts::version.eq(draft.version),
            drafts::link_generation.eq(draft.link_generation),
            drafts::step.eq(&draft.step),
            drafts::turns.eq(write_json(&draft.turns)?),
            drafts::begun_by.eq(begun_by),
            drafts::submission_key.eq(&draft.submission_key),
            drafts::language.eq(draft.language.code()),
            drafts::mail_language.eq(draft.mail_language.map(Language::code)),
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
    let row = drafts::table.find(id).select(Row::as_select()).get_result::<Row>(conn).optional()?;
    row.map(Draft::try_from).transpose()
}

/// Whether there is such a draft.
///
/// # Errors
/// Where the database fails.
pub fn exists(conn: &mut Conn, id: &str) -> Result<bool, StoreError> {
    Ok(diesel::select(diesel::dsl::exists(drafts::table.find(id))).get_result(conn)?)
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
        .get_result::<Row>(conn)
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
            drafts::pairs.eq(write_json(pairs)?),
            drafts::version.eq(drafts::version + 1),
        ))
        .execute(conn)?;
    Ok(())
}

/// When a draft was begun.
///
/// # Errors
/// Where the database fails, or there is no such draft.
pub fn begun_at(conn: &mut Conn, id: &str) -> Result<DateTime<Utc>, StoreError> {
    Ok(instant(drafts::table.find(id).select(drafts::created_at).get_result(conn)?))
}

/// The draft that was begun on a page, by the hash of its id.
///
/// # Errors
/// Where the database fails.
pub fn find_begun_by(conn: &mut Conn, page: &str, now: DateTime<Utc>) -> Result<Option<Draft>, StoreError> {
    let begun = drafts::table.filter(drafts::begun_by.eq(page)).filter(drafts::expires_at.gt(micros(now)));
    begun.select(Row::as_select()).first::<Row>(conn).optional()?.map(Draft::try_from).transpose()
}

/// Ends every link to a draft.
///
/// # Errors
/// Where the database fails.
pub fn revoke(conn: &mut Conn, id: &str) -> Result<(), StoreError> {
    diesel::update(drafts::table.find(id))
        .set(drafts::link_generation.eq(drafts::link_generation + 1))
        .execute(conn)?;
    Ok(())
}

/// Ends every link to the drafts that correct a submission.
///
/// # Errors
/// Where the database fails.
pub fn revoke_correcting(conn: &mut Conn, submission: SubmissionId) -> Result<(), StoreError> {
    diesel::update(drafts::table.filter(drafts::submission_id.eq(submission.0)))
        .set(drafts::link_generation.eq(drafts::link_generation + 1))
        .execute(conn)?;
    Ok(())
}

/// Keeps the address that wants to be reminded.
///
/// # Errors
/// Where the database fails.
pub fn set_address(conn: &mut Conn, id: &str, address: &str) -> Result<(), StoreError> {
    diesel::update(drafts::table.find(id)).set(drafts::address.eq(address)).execute(conn)?;
    Ok(())
}

/// Writes what a draft holds; its version moves on by one.
///
/// # Errors
/// Where the database fails.
pub fn save(conn: &mut Conn, draft: &Draft) -> Result<(), StoreError> {
    diesel::update(drafts::table.find(&draft.id))
        .set((
            drafts::pairs.eq(write_json(&draft.pairs)?),
            drafts::version.eq(drafts::version + 1),
            drafts::language.eq(draft.language.code()),
            drafts::mail_language.eq(draft.mail_language.map(Language::code)),
            drafts::step.eq(&draft.step),
            drafts::turns.eq(write_json(&draft.turns)?),
            drafts::saved_at.eq(micros(draft.saved_at)),
            drafts::expires_at.eq(micros(draft.expires_at)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Up to `limit` drafts that expire before `soon`, whose holder left an address and was not reminded of this expiry.
///
/// # Errors
/// Where the database fails.
pub fn to_remind(
    conn: &mut Conn,
    now: DateTime<Utc>,
    soon: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Draft>, StoreError> {
    let rows: Vec<Row> = drafts::table
        .filter(drafts::expires_at.gt(micros(now)).and(drafts::expires_at.le(micros(soon))))
        .filter(drafts::address.is_not_null())
        .filter(drafts::reminded_for.is_null().or(drafts::reminded_for.ne(drafts::expires_at.nullable())))
        .select(Row::as_select())
        .limit(limit)
        .load(conn)?;
    rows.into_iter().map(Draft::try_from).collect()
}

/// Notes that a draft's holder was reminded of its expiry.
///
/// # Errors
/// Where the database fails.
pub fn reminded(conn: &mut Conn, id: &str) -> Result<(), StoreError> {
    diesel::update(drafts::table.find(id)).set(drafts::reminded_for.eq(drafts::expires_at.nullable())).execute(conn)?;
    Ok(())
}

/// Removes a draft that became a submission or a revision, with the mails about it that are not written yet.
///
/// # Errors
/// Where the database fails.
pub fn remove(conn: &mut Conn, id: &str) -> Result<(), StoreError> {
    outbox::forget_draft(conn, id)?;
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
    expired.iter().try_for_each(|id| remove(conn, id))?;
    Ok(expired.len())
}
