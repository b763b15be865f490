//! One writer, many readers (DESIGN 10).

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Pool};
use diesel::{Connection, RunQueryDsl, SqliteConnection, sql_query};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use tokio::sync::Mutex;

use super::writer::{Batches, Writer};
use super::{Conn, Stop, StoreError};

/// How long it is believed that the disk takes writes, or does not.
const BELIEVED: Duration = Duration::from_secs(1);

pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// `FULL`: a commit is on disk before it is acknowledged. `secure_delete`: what is erased is gone from the file.
const PRAGMAS: &str = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
     PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864;";

/// The database: clones share the pool and the writer.
#[derive(Clone)]
pub struct Db {
    path: Arc<Path>,
    readers: Pool<ConnectionManager<SqliteConnection>>,
    writer: Arc<Writer>,
    /// Whether the last probe was written, and when that was.
    probed: Arc<Mutex<Option<(Instant, bool)>>>,
}

impl Db {
    /// Opens the file, makes it if missing, applies pending migrations.
    ///
    /// # Errors
    /// Where the file cannot be opened or a migration fails.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let url = path.to_string_lossy().into_owned();
        migrate(path)?;
        let readers = Pool::builder()
            .max_size(8)
            .min_idle(Some(1))
            // A file does not hang up: asking before each read whether it is still there is a query for nothing.
            .test_on_check_out(false)
            .connection_customizer(Box::new(Reading))
            .build(ConnectionManager::new(url.clone()))
            .map_err(|e| StoreError::Pool(e.to_string()))?;
        Ok(Self { path: path.into(), readers, writer: Arc::new(Writer::start(url)?), probed: Arc::default() })
    }

    /// Runs a query on a reader, off the async threads.
    ///
    /// # Errors
    /// What the query gives, or that no connection is free.
    pub async fn read<T, F>(&self, query: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, StoreError> + Send + 'static,
    {
        let pool = self.readers.clone();
        let work = move || query(&mut *pool.get().map_err(|e| StoreError::Pool(e.to_string()))?);
        tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Panicked)?
    }

    /// Runs a query on a connection of its own: full-text indexes are checked against what the file holds, not against
    /// what a reader still remembers of it.
    ///
    /// # Errors
    /// What the query gives, or that the file cannot be opened.
    pub async fn read_afresh<T, F>(&self, query: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, StoreError> + Send + 'static,
    {
        let path = Arc::clone(&self.path);
        let work = move || {
            let mut conn = connect(&path.to_string_lossy())?;
            conn.batch_execute("PRAGMA query_only = ON;")?;
            query(&mut conn)
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Panicked)?
    }

    /// Hands a job to the writer and waits until it is durable. The job may run more than once; its refusals come before
    /// its first write.
    ///
    /// # Errors
    /// The job's own refusal, or why nothing was kept.
    pub async fn write<T, R, F>(&self, job: F) -> Result<T, Stop<R>>
    where
        T: Send + 'static,
        R: Send + 'static,
        F: FnMut(&mut Conn) -> Result<T, Stop<R>> + Send + 'static,
    {
        self.writer.write(job).await
    }

    /// Whether the disk takes writes. However many ask, the writer is asked once a second at most.
    pub async fn is_writable(&self) -> bool {
        let mut probed = self.probed.lock().await;
        if let Some((at, written)) = *probed
            && at.elapsed() < BELIEVED
        {
            return written;
        }
        let written: Result<(), Stop<()>> = self.write(|conn| Ok(touch(conn)?)).await;
        *probed = Some((Instant::now(), written.is_ok()));
        written.is_ok()
    }

    /// How often the writer committed, and how many jobs that were.
    #[must_use]
    pub fn batches(&self) -> Batches {
        self.writer.batches()
    }
}

#[derive(Debug)]
struct Reading;

impl CustomizeConnection<SqliteConnection, diesel::r2d2::Error> for Reading {
    fn on_acquire(&self, conn: &mut SqliteConnection) -> Result<(), diesel::r2d2::Error> {
        conn.batch_execute(PRAGMAS)
            .and_then(|()| conn.batch_execute("PRAGMA query_only = ON;"))
            .map_err(diesel::r2d2::Error::QueryError)
    }
}

/// A connection with Inlet's settings, for the writer and for commands beside `serve`.
///
/// # Errors
/// Where the file cannot be opened.
pub fn connect(url: &str) -> Result<Conn, StoreError> {
    let mut conn = SqliteConnection::establish(url)?;
    conn.batch_execute(PRAGMAS)?;
    Ok(conn)
}

/// Applies pending migrations; gives their names. Foreign keys are off meanwhile, so that a table can be made anew while others
/// point at it (the procedure of SQLite's page on ALTER TABLE), and looked through afterwards.
///
/// # Errors
/// Where one fails; what it did is rolled back. Where a row points nowhere.
pub fn migrate(path: &Path) -> Result<Vec<String>, StoreError> {
    let failed = |reason: String| StoreError::Migration(reason);
    let mut conn = connect(&path.to_string_lossy())?;
    conn.batch_execute("PRAGMA foreign_keys = OFF;")?;
    let done = conn.run_pending_migrations(MIGRATIONS).map_err(|e| failed(e.to_string()))?;
    let done: Vec<String> = done.into_iter().map(|version| version.to_string()).collect();
    if !done.is_empty() {
        let astray: Vec<Astray> =
            sql_query("SELECT \"table\" AS name FROM pragma_foreign_key_check").load(&mut conn)?;
        if let Some(row) = astray.first() {
            return Err(failed(format!("a row of {} points nowhere", row.name)));
        }
    }
    Ok(done)
}

/// A table with a row that points nowhere.
#[derive(diesel::QueryableByName)]
struct Astray {
    #[diesel(sql_type = diesel::sql_types::Text)]
    name: String,
}

/// Takes the write lock and writes a row without changing it: the disk takes writes.
///
/// # Errors
/// Where it does not.
fn touch(conn: &mut Conn) -> Result<(), StoreError> {
    use super::schema::generation::dsl;
    use diesel::ExpressionMethods;
    diesel::update(dsl::generation).set(dsl::value.eq(dsl::value)).execute(conn)?;
    Ok(())
}
