//! Submissions and the keys that made them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::{submission_keys, submissions};
use super::{Conn, StoreError, instant, known, last_insert_rowid, micros};
use crate::domain::account::AccountId;
use crate::domain::reference::Reference;
use crate::domain::submission::{ReviewState, SubmissionId, Visibility};
use crate::forms::form::FormId;
use crate::locale::Language;

/// A submission, without its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    pub id: SubmissionId,
    pub reference: String,
    pub form: FormId,
    pub state: ReviewState,
    pub visibility: Visibility,
    pub head_revision: i32,
    /// The revision that is published, or a later one that differs from it in the contact's address alone.
    pub published_revision: Option<i32>,
    /// Moves with each event.
    pub version: i64,
    pub link_generation: i64,
    pub address_confirmed_at: Option<DateTime<Utc>>,
    /// The language it is written in.
    pub language: Language,
    /// The language its submitter is written to in.
    pub mail_language: Language,
    pub created_at: DateTime<Utc>,
    pub state_since: DateTime<Utc>,
    /// Who looks after it.
    pub assignee: Option<AccountId>,
}

/// How a submission came in.
#[derive(Debug, Clone, Copy)]
pub struct Origin {
    pub language: Language,
    /// For mails, where another was chosen.
    pub mail_language: Option<Language>,
    pub channel: Channel,
}

/// Where a submission came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    Web,
    Api,
    Import,
}

impl Channel {
    fn as_str(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Api => "api",
            Self::Import => "import",
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = submissions)]
struct Row {
    id: i64,
    reference: String,
    form: String,
    state: String,
    visibility: String,
    head_revision: i32,
    published_revision: Option<i32>,
    version: i64,
    link_generation: i64,
    address_confirmed_at: Option<i64>,
    language: String,
    created_at: i64,
    state_since: i64,
    assignee: Option<i64>,
    mail_language: Option<String>,
}

impl TryFrom<Row> for Submission {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let language = known(Language::read(&row.language), &row.language)?;
        let mail_language = row.mail_language.as_deref().and_then(Language::read).unwrap_or(language);
        Ok(Self {
            id: SubmissionId(row.id),
            form: FormId::new(&row.form),
            state: known(ReviewState::read(&row.state), &row.state)?,
            visibility: known(Visibility::read(&row.visibility), &row.visibility)?,
            head_revision: row.head_revision,
            published_revision: row.published_revision,
            version: row.version,
            link_generation: row.link_generation,
            address_confirmed_at: row.address_confirmed_at.map(instant),
            language,
            mail_language,
            created_at: instant(row.created_at),
            state_since: instant(row.state_since),
            assignee: row.assignee.map(AccountId),
            reference: row.reference,
        })
    }
}

/// Inserts a submission in its first state, with revision 1 and version 1 to come; gives it as it is stored.
///
/// # Errors
/// Where the database fails; a reference that exists already is refused by its UNIQUE.
pub fn insert(
    conn: &mut Conn,
    reference: &Reference,
    form: &FormId,
    state: ReviewState,
    origin: Origin,
    now: DateTime<Utc>,
) -> Result<Submission, StoreError> {
    let at = instant(micros(now));
    let mut made = Submission {
        id: SubmissionId(0),
        reference: reference.as_str().to_owned(),
        form: form.clone(),
        state,
        visibility: Visibility::None,
        head_revision: 1,
        published_revision: None,
        version: 1,
        link_generation: 1,
        address_confirmed_at: None,
        language: origin.language,
        mail_language: origin.mail_language.unwrap_or(origin.language),
        created_at: at,
        state_since: at,
        assignee: None,
    };
    diesel::insert_into(submissions::table)
        .values((
            submissions::reference.eq(&made.reference),
            submissions::form.eq(form.as_str()),
            submissions::state.eq(state.as_str()),
            submissions::visibility.eq(made.visibility.as_str()),
            submissions::head_revision.eq(made.head_revision),
            submissions::version.eq(made.version),
            submissions::link_generation.eq(made.link_generation),
            submissions::language.eq(made.language.code()),
            submissions::mail_language.eq(origin.mail_language.map(Language::code)),
            submissions::channel.eq(origin.channel.as_str()),
            submissions::created_at.eq(micros(at)),
            submissions::state_since.eq(micros(at)),
        ))
        .execute(conn)?;
    made.id = SubmissionId(diesel::select(last_insert_rowid()).get_result(conn)?);
    Ok(made)
}

/// A submission by its reference.
///
/// # Errors
/// Where the database fails.
pub fn find(conn: &mut Conn, reference: &str) -> Result<Option<Submission>, StoreError> {
    let row = submissions::table
        .filter(submissions::reference.eq(reference))
        .select(Row::as_select())
        .get_result(conn)
        .optional()?;
    row.map(Submission::try_from).transpose()
}

/// A submission by its id.
///
/// # Errors
/// Where it does not exist or the database fails.
pub fn get(conn: &mut Conn, id: SubmissionId) -> Result<Submission, StoreError> {
    submissions::table.find(id.0).select(Row::as_select()).get_result::<Row>(conn)?.try_into()
}

/// All ids, oldest first.
///
/// # Errors
/// Where the database fails.
pub fn ids(conn: &mut Conn) -> Result<Vec<SubmissionId>, StoreError> {
    let ids: Vec<i64> = submissions::table.select(submissions::id).order(submissions::id).load(conn)?;
    Ok(ids.into_iter().map(SubmissionId).collect())
}

/// Writes where a submission stands now; its version moves on by one.
///
/// # Errors
/// Where the database fails.
pub fn update(conn: &mut Conn, submission: &mut Submission, now: DateTime<Utc>) -> Result<(), StoreError> {
    let before: String = submissions::table.find(submission.id.0).select(submissions::state).get_result(conn)?;
    if before != submission.state.as_str() {
        submission.state_since = now;
    }
    put(conn, submission)
}

/// Writes where a submission stands again, with since when it stands there; its version moves on by one.
///
/// # Errors
/// Where the database fails.
pub fn put(conn: &mut Conn, submission: &mut Submission) -> Result<(), StoreError> {
    submission.version += 1;
    diesel::update(submissions::table.find(submission.id.0))
        .set((
            submissions::state.eq(submission.state.as_str()),
            submissions::visibility.eq(submission.visibility.as_str()),
            submissions::head_revision.eq(submission.head_revision),
            submissions::published_revision.eq(submission.published_revision),
            submissions::version.eq(submission.version),
            submissions::link_generation.eq(submission.link_generation),
            submissions::address_confirmed_at.eq(submission.address_confirmed_at.map(micros)),
            submissions::state_since.eq(micros(submission.state_since)),
            submissions::assignee.eq(submission.assignee.map(|AccountId(id)| id)),
            submissions::mail_language.eq(submission.mail_language.code()),
        ))
        .execute(conn)?;
    Ok(())
}

/// What a submission key made before, and from which answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyed {
    pub answers_digest: String,
    pub submission: SubmissionId,
}

/// Looks a submission key up (DESIGN 17).
///
/// # Errors
/// Where the database fails.
pub fn keyed(conn: &mut Conn, key: &str) -> Result<Option<Keyed>, StoreError> {
    let found: Option<(String, i64)> = submission_keys::table
        .find(key)
        .select((submission_keys::answers_digest, submission_keys::submission_id))
        .get_result(conn)
        .optional()?;
    Ok(found.map(|(answers_digest, id)| Keyed { answers_digest, submission: SubmissionId(id) }))
}

/// Remembers what a key made.
///
/// # Errors
/// Where the key was used already or the database fails.
pub fn keep_key(conn: &mut Conn, key: &str, made: &Keyed, now: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::insert_into(submission_keys::table)
        .values((
            submission_keys::key.eq(key),
            submission_keys::answers_digest.eq(&made.answers_digest),
            submission_keys::submission_id.eq(made.submission.0),
            submission_keys::created_at.eq(micros(now)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Forgets keys older than `before`.
///
/// # Errors
/// Where the database fails.
pub fn forget_keys(conn: &mut Conn, before: DateTime<Utc>) -> Result<usize, StoreError> {
    Ok(diesel::delete(submission_keys::table.filter(submission_keys::created_at.lt(micros(before)))).execute(conn)?)
}

/// Ids of a form's submissions, oldest first, in one review state or any.
///
/// # Errors
/// Where the database fails.
pub fn ids_of(conn: &mut Conn, form: &FormId, state: Option<ReviewState>) -> Result<Vec<SubmissionId>, StoreError> {
    let mut query = submissions::table
        .filter(submissions::form.eq(form.as_str()))
        .order(submissions::id)
        .select(submissions::id)
        .into_boxed();
    if let Some(state) = state {
        query = query.filter(submissions::state.eq(state.as_str()));
    }
    let ids: Vec<i64> = query.load(conn)?;
    Ok(ids.into_iter().map(SubmissionId).collect())
}

/// Submissions that have been in a state since before an instant, their address confirmed.
///
/// # Errors
/// Where the database fails.
pub fn standing_since(
    conn: &mut Conn,
    state: ReviewState,
    before: DateTime<Utc>,
) -> Result<Vec<Submission>, StoreError> {
    let rows: Vec<Row> = submissions::table
        .filter(submissions::state.eq(state.as_str()))
        .filter(submissions::state_since.le(micros(before)))
        .filter(submissions::address_confirmed_at.is_not_null())
        .order(submissions::id)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Submission::try_from).collect()
}
