//! The folder of files: written whole and flushed, or not at all.

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::{Stream, StreamExt};
use object_store::local::LocalFileSystem;
use object_store::{ObjectStoreExt, WriteMultipart, path::Path as Key};
use sha2::{Digest, Sha256};

use super::StoreError;
use crate::domain::event::hex;

/// The folder of files. Names in it are made here, never by the sender.
#[derive(Clone)]
pub struct Files {
    store: Arc<LocalFileSystem>,
    folder: Arc<Path>,
}

/// The name of what the public gets of a picture.
#[must_use]
pub fn copy_of(id: &str) -> String {
    format!("{id}.public")
}

/// The attachment that a file of the folder would belong to.
#[must_use]
pub fn id_of(name: &str) -> &str {
    name.strip_suffix(".public").unwrap_or(name)
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
        Ok(Self { store: Arc::new(store), folder: folder.into() })
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

    /// The whole content of a stored file.
    ///
    /// # Errors
    /// Where it is missing or cannot be read.
    pub async fn whole(&self, id: &str) -> Result<Bytes, StoreError> {
        Ok(self.store.get(&Key::from(id)).await?.bytes().await?)
    }

    /// Removes a file and its copy for the public; what is gone already is no error.
    ///
    /// # Errors
    /// Where one cannot be removed.
    pub async fn remove(&self, id: &str) -> Result<(), StoreError> {
        for name in [id.to_owned(), copy_of(id)] {
            match self.store.delete(&Key::from(name)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Names of the files in the folder that were last written before `before`, parts of uploads included.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub async fn older_than(&self, before: DateTime<Utc>) -> Result<Vec<String>, StoreError> {
        let folder = Arc::clone(&self.folder);
        let work = move || -> Result<Vec<String>, StoreError> {
            let mut names = Vec::new();
            for entry in std::fs::read_dir(folder)? {
                let entry = entry?;
                let meta = entry.metadata()?;
                if meta.is_file() && DateTime::<Utc>::from(meta.modified()?) < before {
                    names.extend(entry.file_name().into_string());
                }
            }
            Ok(names)
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Panicked)?
    }

    /// Removes a file of the folder by its name there.
    ///
    /// # Errors
    /// Where it cannot be removed.
    pub async fn discard(&self, name: &str) -> Result<(), StoreError> {
        Ok(tokio::fs::remove_file(self.folder.join(name)).await?)
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
