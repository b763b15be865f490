//! Attachments: the file first, flushed to disk, then its row. Private until a publication shows it.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use futures_util::{Stream, StreamExt};
use object_store::local::LocalFileSystem;
use object_store::{ObjectStoreExt, WriteMultipart, path::Path as Key};
use sha2::{Digest, Sha256};

use super::schema::{attachments, public_attachments, submission_attachments};
use super::{Conn, StoreError, micros};
use crate::domain::event::hex;
use crate::domain::submission::SubmissionId;
use crate::forms::answer::FileRef;

/// The folder of files. Names in it are made here, never by the sender.
#[derive(Clone)]
pub struct Files {
    store: Arc<LocalFileSystem>,
}

/// What was stored of an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Bytes.
    pub size: u64,
    pub sha256: String,
    /// The first bytes, to tell the type from.
    pub head: Vec<u8>,
}

/// Why an upload was not kept.
#[derive(Debug)]
pub enum NotStored {
    /// More bytes than allowed.
    TooBig,
    /// The sender went away or sent something broken.
    Interrupted,
    Store(StoreError),
}

/// Enough to tell every allowed type, an Office file's inner names included.
const HEAD: usize = 8192;

impl Files {
    /// Opens (and makes) the folder.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder)?;
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self { store: Arc::new(store) })
    }

    /// Streams an upload to disk under `id`, hashing and counting; nothing is left of one that is refused.
    ///
    /// # Errors
    /// [`NotStored`].
    pub async fn put<S, E>(&self, id: &str, content: S, limit: u64) -> Result<Stored, NotStored>
    where
        S: Stream<Item = Result<Bytes, E>>,
    {
        let upload = self.store.put_multipart(&Key::from(id)).await.map_err(|e| NotStored::Store(e.into()))?;
        let mut write = WriteMultipart::new(upload);
        match copy(&mut write, content, limit).await {
            Ok(stored) => {
                write.finish().await.map_err(|e| NotStored::Store(e.into()))?;
                Ok(stored)
            }
            Err(refused) => {
                let _ = write.abort().await;
                Err(refused)
            }
        }
    }

    /// The content of a stored file.
    ///
    /// # Errors
    /// Where it is missing or cannot be read.
    pub async fn get(
        &self,
        id: &str,
    ) -> Result<impl Stream<Item = Result<Bytes, object_store::Error>> + use<>, StoreError> {
        Ok(self.store.get(&Key::from(id)).await?.into_stream())
    }

    /// SHA-256 (hex) of a stored file.
    ///
    /// # Errors
    /// Where it is missing or cannot be read.
    pub async fn hash(&self, id: &str) -> Result<String, StoreError> {
        let mut content = Box::pin(self.get(id).await?);
        let mut hash = Sha256::new();
        while let Some(chunk) = content.next().await {
            hash.update(&chunk?);
        }
        Ok(hex(&hash.finalize()))
    }

    /// Removes a file; one that is gone already is no error.
    ///
    /// # Errors
    /// Where it cannot be removed.
    pub async fn remove(&self, id: &str) -> Result<(), StoreError> {
        match self.store.delete(&Key::from(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

async fn copy<S, E>(write: &mut WriteMultipart, content: S, limit: u64) -> Result<Stored, NotStored>
where
    S: Stream<Item = Result<Bytes, E>>,
{
    let mut content = Box::pin(content);
    let mut hash = Sha256::new();
    let (mut size, mut head) = (0u64, Vec::new());
    while let Some(chunk) = content.next().await {
        let chunk = chunk.map_err(|_| NotStored::Interrupted)?;
        size += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        if size > limit {
            return Err(NotStored::TooBig);
        }
        hash.update(&chunk);
        head.extend(chunk.iter().take(HEAD.saturating_sub(head.len())));
        write.wait_for_capacity(4).await.map_err(|e| NotStored::Store(e.into()))?;
        write.put(chunk);
    }
    Ok(Stored { size, sha256: hex(&hash.finalize()), head })
}

/// A row to store once its file is on disk.
#[derive(Debug, Clone)]
pub struct NewAttachment {
    pub file: FileRef,
    pub sha256: String,
    /// The draft it was uploaded into; none for the API.
    pub draft: Option<String>,
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
        .select((attachments::id, attachments::name, attachments::size, attachments::media_type))
        .first(conn)
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
}

/// One attachment.
///
/// # Errors
/// Where the database fails.
pub fn find(conn: &mut Conn, id: &str) -> Result<Option<Held>, StoreError> {
    let row: Option<(String, String, i64, String, String, Option<String>)> = attachments::table
        .find(id)
        .select((
            attachments::id,
            attachments::name,
            attachments::size,
            attachments::media_type,
            attachments::sha256,
            attachments::draft_id,
        ))
        .first(conn)
        .optional()?;
    let Some((id, name, size, media_type, sha256, draft)) = row else { return Ok(None) };
    let submission: Option<i64> =
        submission_attachments::table.find(&id).select(submission_attachments::submission_id).first(conn).optional()?;
    let shown: i64 =
        public_attachments::table.filter(public_attachments::attachment_id.eq(&id)).count().get_result(conn)?;
    let file = FileRef { id, name, size: u64::try_from(size).unwrap_or(0), media_type };
    Ok(Some(Held { file, sha256, draft, submission: submission.map(SubmissionId), public: shown > 0 }))
}

/// Ids and hashes of all attachments.
///
/// # Errors
/// Where the database fails.
pub fn hashes(conn: &mut Conn) -> Result<Vec<(String, String)>, StoreError> {
    Ok(attachments::table.order(attachments::id).select((attachments::id, attachments::sha256)).load(conn)?)
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
