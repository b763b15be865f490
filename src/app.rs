//! The application: built once, the same in the server, the commands and the tests.

pub mod export;
pub mod first_pages;

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use chrono::{DateTime, Utc};

use self::first_pages::FirstPages;
use crate::config::Config;
use crate::domain::links::Keys;
use crate::domain::submission::SubmissionId;
use crate::domain::turns::Presence;
use crate::entropy::{Clock, Entropy};
use crate::forms::answer::Answers;
use crate::forms::catalog::Catalog;
use crate::forms::faults::SourceFault;
use crate::forms::form::Form;
use crate::forms::lists::Lists;
use crate::locale::{Language, Locale, Locales};
use crate::store::db::{Db, connect};
use crate::store::files::Files;
use crate::store::outbox::pause::Pause;
use crate::store::public::Collection;
use crate::store::{Conn, StoreError, form_versions, public, publications, revisions};

/// A handle; clones share everything.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What an [`App`] is made of.
pub struct Parts {
    pub config: Config,
    pub db: Db,
    pub files: Files,
    pub catalog: Catalog,
    pub locales: Locales,
    pub keys: Keys,
    pub clock: Clock,
    pub entropy: Entropy,
    /// The address in links, without a slash at the end.
    pub base_url: RwLock<String>,
    /// Argon2 memory in KiB and passes.
    pub password_cost: (u32, u32),
    /// Hashing takes memory: two at once, and the count of failures keeps step (ASVS 6.3.1).
    pub hashing: tokio::sync::Semaphore,
    /// What a password is compared with where there is none, so that it takes as long.
    pub nobody: std::sync::OnceLock<String>,
    pub first_pages: FirstPages,
    presence: Mutex<Presence>,
    mail_pause: RwLock<Option<Pause>>,
    versions: RwLock<HashMap<(String, Language), Arc<Form>>>,
    collections: RwLock<HashMap<String, (i64, Arc<Collection>)>>,
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// Why the application cannot start.
#[derive(Debug, thiserror::Error)]
pub enum CannotStart {
    #[error("the form files have faults")]
    Forms(Vec<SourceFault>),
    #[error("the texts have faults: {0}")]
    Locales(String),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{0}: {1}")]
    Io(String, std::io::Error),
    #[error("the secret key file {0} does not hold a key of 64 hexadecimal digits")]
    Key(String),
}

/// What differs between a server and a test.
pub struct Surroundings {
    pub clock: Clock,
    pub entropy: Entropy,
    pub password_cost: (u32, u32),
}

impl Surroundings {
    /// OWASP ASVS 5.0 11.4.2: Argon2id with 46 MiB and one pass.
    #[must_use]
    pub fn real() -> Self {
        Self { clock: Clock::system(), entropy: Entropy::system(), password_cost: (47_104, 1) }
    }
}

impl App {
    /// Makes what is missing (folder, key, database) and opens all.
    ///
    /// # Errors
    /// [`CannotStart`].
    pub fn open(config: Config, around: Surroundings) -> Result<Self, CannotStart> {
        let lists = Lists::load().map_err(CannotStart::Forms)?;
        let catalog = Catalog::load(&lists, config.forms_dir.as_deref()).map_err(CannotStart::Forms)?;
        let locales = Locales::load().map_err(CannotStart::Locales)?;
        make_folder(&config.data_dir)?;
        let keys = Keys::new(open_key(&config.secret_key_file, &around.entropy)?);
        let base_url = config.web.base_url.clone().unwrap_or_else(|| format!("http://{}", config.web.bind));
        let db = Db::open(&config.database)?;
        keep_versions(&config.database, &catalog, around.clock.now())?;
        Ok(Self(Arc::new(Parts {
            db,
            files: Files::open(&config.data_dir.join("attachments"))?,
            catalog,
            locales,
            keys,
            clock: around.clock,
            entropy: around.entropy,
            base_url: RwLock::new(base_url),
            password_cost: around.password_cost,
            hashing: tokio::sync::Semaphore::new(2),
            nobody: std::sync::OnceLock::new(),
            first_pages: FirstPages::default(),
            presence: Mutex::default(),
            mail_pause: RwLock::default(),
            versions: RwLock::default(),
            collections: RwLock::default(),
            config,
        })))
    }
}

impl Parts {
    /// The words for a reader of `language`.
    #[must_use]
    pub fn locale(&self, language: Language) -> Locale {
        self.locales.get(language)
    }

    /// The words of mails to a reader of `language`: English where mails are not written in it.
    #[must_use]
    pub fn mail_locale(&self, language: Language) -> Locale {
        self.locale(if self.locales.writes_mails(language) { language } else { Language::En })
    }

    /// The address in links, without a slash at the end.
    #[must_use]
    pub fn base(&self) -> String {
        self.base_url.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sets the real port once it is known.
    pub fn set_base(&self, url: &str) {
        url.clone_into(&mut self.base_url.write().unwrap_or_else(PoisonError::into_inner));
    }

    /// Why no mail leaves, as the worker last saw it.
    #[must_use]
    pub fn mail_pause(&self) -> Option<Pause> {
        self.mail_pause.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Says whether mail leaves.
    pub fn set_mail_pause(&self, pause: Option<Pause>) {
        *self.mail_pause.write().unwrap_or_else(PoisonError::into_inner) = pause;
    }

    /// Notes that `holder` has a draft open; gives since when somebody else has.
    #[must_use]
    pub fn also_open(&self, draft: &str, holder: &str) -> Option<DateTime<Utc>> {
        self.presence.lock().unwrap_or_else(PoisonError::into_inner).see(draft, holder, self.clock.now())
    }

    /// A form as it was in a version: today's, or the stored one compiled again.
    ///
    /// # Errors
    /// Where the version was never stored or cannot be read.
    pub fn form_version(&self, conn: &mut Conn, version: &str, language: Language) -> Result<Arc<Form>, StoreError> {
        if let Some(form) = self.catalog.all(language).find(|form| form.version() == version) {
            return Ok(Arc::clone(form));
        }
        let key = (version.to_owned(), language);
        if let Some(form) = self.versions.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(Arc::clone(form));
        }
        let source = form_versions::source(conn, version)?;
        let form = self.catalog.recompile(&source, language).map_err(|e| StoreError::Unreadable(e.to_string()))?;
        let form = Arc::new(form);
        self.versions.write().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&form));
        Ok(form)
    }

    /// The answers of a revision, with the form they were given to.
    ///
    /// # Errors
    /// Where the revision does not exist or cannot be read.
    pub fn answers(
        &self,
        conn: &mut Conn,
        submission: SubmissionId,
        number: i32,
        language: Language,
    ) -> Result<(Arc<Form>, Answers), StoreError> {
        let revision = revisions::get(conn, submission, number)?;
        let form = self.form_version(conn, &revision.form_version, language)?;
        let mut parts = Vec::with_capacity(revision.parts.len());
        for part in revision.parts {
            let value = part.value.map(|json| serde_json::from_str(&json)).transpose();
            parts.push((part.part, value.map_err(|e| StoreError::Unreadable(e.to_string()))?));
        }
        let answers = form.join(&parts).map_err(|e| StoreError::Unreadable(e.to_string()))?;
        Ok((form, answers))
    }

    /// All that is published of a form, cached until the next publication write.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn collection(&self, conn: &mut Conn, form: &str) -> Result<Arc<Collection>, StoreError> {
        let generation = publications::generation(conn)?;
        let cached = self.collections.read().unwrap_or_else(PoisonError::into_inner).get(form).cloned();
        if let Some((of, collection)) = cached
            && of == generation
        {
            return Ok(collection);
        }
        let collection = Arc::new(public::collection(conn, form)?);
        let mut all = self.collections.write().unwrap_or_else(PoisonError::into_inner);
        all.insert(form.to_owned(), (generation, Arc::clone(&collection)));
        Ok(collection)
    }
}

/// Stores today's version of each form, so that answers can point to it.
fn keep_versions(database: &Path, catalog: &Catalog, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut conn = connect(&database.to_string_lossy())?;
    for form in catalog.all(Language::En) {
        form_versions::keep(&mut conn, form, now)?;
    }
    Ok(())
}

fn make_folder(path: &Path) -> Result<(), CannotStart> {
    fs::create_dir_all(path).map_err(|e| CannotStart::Io(path.display().to_string(), e))
}

/// Reads the secret key, or makes one that only its owner can read.
fn open_key(path: &Path, entropy: &Entropy) -> Result<[u8; 32], CannotStart> {
    let io = |e| CannotStart::Io(path.display().to_string(), e);
    match fs::read_to_string(path) {
        Ok(text) => read_key(text.trim()).ok_or_else(|| CannotStart::Key(path.display().to_string())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let key = entropy.bytes::<32>();
            let mut options = fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(path).map_err(io)?;
            writeln!(file, "{}", crate::domain::event::hex(&key)).and_then(|()| file.sync_all()).map_err(io)?;
            Ok(key)
        }
        Err(error) => Err(io(error)),
    }
}

fn read_key(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut key = [0; 32];
    for (index, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(index * 2..index * 2 + 2)?, 16).ok()?;
    }
    Some(key)
}
