//! The writer: one thread, one connection, all waiting jobs in one durable commit.
//!
//! There are no savepoints. A job that fails after a write, panics, or meets a failing COMMIT spoils its batch: it is rolled
//! back, the connection is dropped, and each job runs again alone, so that only the job at fault pays.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};

use diesel::RunQueryDsl;
use diesel::connection::SimpleConnection;
use tokio::sync::oneshot;

use super::db::connect;
use super::{Conn, Stop, StoreError};

/// Jobs taken into one commit at most.
const BATCH: usize = 64;

/// Commits and jobs since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Batches {
    pub commits: u64,
    pub jobs: u64,
}

#[derive(Default)]
struct Counters {
    commits: AtomicU64,
    jobs: AtomicU64,
}

pub(super) struct Writer {
    queue: mpsc::SyncSender<Box<dyn Job>>,
    counters: Arc<Counters>,
}

impl Writer {
    pub(super) fn start(url: String) -> Result<Self, StoreError> {
        let conn = connect(&url)?;
        let (queue, waiting) = mpsc::sync_channel(4096);
        let counters = Arc::new(Counters::default());
        let thread = Thread { url, conn: Some(conn), counters: Arc::clone(&counters) };
        std::thread::Builder::new().name("writer".to_owned()).spawn(move || thread.run(&waiting))?;
        Ok(Self { queue, counters })
    }

    pub(super) fn batches(&self) -> Batches {
        Batches {
            commits: self.counters.commits.load(Ordering::Relaxed),
            jobs: self.counters.jobs.load(Ordering::Relaxed),
        }
    }

    pub(super) async fn write<T, R, F>(&self, work: F) -> Result<T, Stop<R>>
    where
        T: Send + 'static,
        R: Send + 'static,
        F: FnMut(&mut Conn) -> Result<T, Stop<R>> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let task = Box::new(Task { work, result: None, reply });
        // A full queue holds the request back, not the whole thread.
        let queue = self.queue.clone();
        if let Err(mpsc::TrySendError::Full(task)) = queue.try_send(task) {
            let sent = tokio::task::spawn_blocking(move || queue.send(task).is_ok()).await;
            if !matches!(sent, Ok(true)) {
                return Err(Stop::Failed(StoreError::Stopped));
            }
        }
        answer.await.unwrap_or(Err(Stop::Failed(StoreError::Stopped)))
    }
}

/// How one run of a job ended.
enum End {
    Done,
    /// A rule said no; fine as long as nothing was written.
    Refused,
    Failed,
}

trait Job: Send {
    fn run(&mut self, conn: &mut Conn) -> End;
    /// Answers the caller: with the job's own result, or with what kept it from being kept.
    fn answer(self: Box<Self>, trouble: Option<StoreError>);
}

struct Task<F, T, R> {
    work: F,
    result: Option<Result<T, Stop<R>>>,
    reply: oneshot::Sender<Result<T, Stop<R>>>,
}

impl<F, T, R> Job for Task<F, T, R>
where
    T: Send,
    R: Send,
    F: FnMut(&mut Conn) -> Result<T, Stop<R>> + Send,
{
    fn run(&mut self, conn: &mut Conn) -> End {
        self.result = None;
        let result = (self.work)(conn);
        let end = match &result {
            Ok(_) => End::Done,
            Err(Stop::Refused(_)) => End::Refused,
            Err(Stop::Failed(_)) => End::Failed,
        };
        self.result = Some(result);
        end
    }

    fn answer(self: Box<Self>, trouble: Option<StoreError>) {
        let result = match (trouble, self.result) {
            (None, Some(result)) => result,
            (_, Some(Err(own))) => Err(own),
            (Some(trouble), _) => Err(Stop::Failed(trouble)),
            (None, None) => Err(Stop::Failed(StoreError::Panicked)),
        };
        // The caller may have gone away; what was committed stays.
        let _ = self.reply.send(result);
    }
}

struct Thread {
    url: String,
    /// `None` after a spoilt batch, until the next one opens it anew.
    conn: Option<Conn>,
    counters: Arc<Counters>,
}

impl Thread {
    fn run(mut self, waiting: &mpsc::Receiver<Box<dyn Job>>) {
        while let Ok(first) = waiting.recv() {
            let mut batch = vec![first];
            batch.extend(waiting.try_iter().take(BATCH - 1));
            self.run_batch(batch);
        }
    }

    fn run_batch(&mut self, mut batch: Vec<Box<dyn Job>>) {
        let trouble = match self.attempt(&mut batch) {
            Ok(()) => {
                self.counters.commits.fetch_add(1, Ordering::Relaxed);
                self.counters.jobs.fetch_add(u64::try_from(batch.len()).unwrap_or(0), Ordering::Relaxed);
                None
            }
            Err(trouble) => Some(trouble),
        };
        match trouble {
            None => batch.into_iter().for_each(|job| job.answer(None)),
            Some(trouble) => {
                self.abandon();
                if batch.len() > 1 {
                    batch.into_iter().for_each(|job| self.run_batch(vec![job]));
                } else if let Some(alone) = batch.pop() {
                    alone.answer(Some(trouble));
                }
            }
        }
    }

    /// Runs all jobs and commits. An error means: nothing may be kept.
    fn attempt(&mut self, batch: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
        let conn = match self.conn.take() {
            Some(conn) => self.conn.insert(conn),
            None => self.conn.insert(connect(&self.url)?),
        };
        conn.batch_execute("BEGIN IMMEDIATE")?;
        for job in batch {
            run_whole(job.as_mut(), conn)?;
        }
        conn.batch_execute("COMMIT")?;
        Ok(())
    }

    fn abandon(&mut self) {
        if let Some(mut conn) = self.conn.take() {
            // Fails where SQLite has rolled back by itself; the connection goes away in either case.
            let _ = conn.batch_execute("ROLLBACK");
        }
    }
}

/// Runs one job; an error spoils the batch.
fn run_whole(job: &mut dyn Job, conn: &mut Conn) -> Result<(), StoreError> {
    let before = changes(conn)?;
    match catch_unwind(AssertUnwindSafe(|| job.run(conn))) {
        Ok(End::Done) => Ok(()),
        Ok(End::Refused) if changes(conn)? == before => Ok(()),
        Ok(End::Refused) => Err(StoreError::Unreadable("a refusal came after a write".to_owned())),
        Ok(End::Failed) => Err(StoreError::Unreadable("a job failed".to_owned())),
        Err(_) => Err(StoreError::Panicked),
    }
}

diesel::define_sql_function! {
    /// How many rows this connection has changed since it was opened.
    fn total_changes() -> diesel::sql_types::BigInt;
}

fn changes(conn: &mut Conn) -> Result<i64, StoreError> {
    Ok(diesel::select(total_changes()).get_result(conn)?)
}
