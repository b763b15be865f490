//! One act on many records: each is decided on, or given to somebody, exactly as if it were the only one.
//!
//! The records are kept with their versions when they are chosen. The act itself runs in jobs of a few, and what came of each
//! is kept with it, so that a run that was cut off goes on where it stopped.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{assign, decide, record};
use crate::app::App;
use crate::domain::account::AccountId;
use crate::domain::batch::Outcome;
use crate::domain::submission::{Decision, DeclineReason};
use crate::store::batches::{self, Item};
use crate::store::desk::Queue;
use crate::store::events::NewNote;
use crate::store::{Conn, Stop, StoreError, submissions};

/// Records of one job.
const PIECE: usize = 50;

/// What is done with each record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// A decision; none where they are given to somebody.
    pub decision: Option<String>,
    pub reason: Option<String>,
    pub message: String,
    /// Who is to look after them.
    pub assignee: Option<i64>,
}

/// Why nothing is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// No record was chosen.
    Nothing,
    NotFound,
    /// Another act on them has begun.
    Begun,
    MessageMissing,
    MessageTooLong,
    ReasonMissing,
    /// No such act.
    Unreadable,
}

/// Keeps which records are chosen: those of these references, or all of the view. Gives the batch.
///
/// # Errors
/// A [`Refusal`], or why nothing was kept.
pub async fn choose(app: &App, wanted: Queue, chosen: Option<Vec<String>>) -> Result<i64, Stop<Refusal>> {
    let (now, by, query) = (app.clock.now(), wanted.reader, wanted.view.query());
    let ids = app.db.read(move |conn| batches::pick(conn, &wanted, chosen.as_deref())).await?;
    if ids.is_empty() {
        return Err(Stop::Refused(Refusal::Nothing));
    }
    let batch = app.db.write(move |conn| Ok(batches::create(conn, by, &query, now)?)).await?;
    for piece in ids.chunks(PIECE).map(<[_]>::to_vec) {
        app.db.write::<_, Refusal, _>(move |conn| Ok(batches::add(conn, batch, &piece)?)).await?;
    }
    Ok(batch)
}

/// Does it with every record whose turn is still to come; without a task, the one that was begun.
///
/// # Errors
/// A [`Refusal`], or why not all was done.
pub async fn run(app: &App, batch: i64, by: AccountId, task: Option<Task>) -> Result<(), Stop<Refusal>> {
    let found = app.db.read(move |conn| batches::find(conn, batch, by)).await?;
    let found = found.ok_or(Stop::Refused(Refusal::NotFound))?;
    let task = match (task, &found.task) {
        (Some(_), Some(_)) => return Err(Stop::Refused(Refusal::Begun)),
        (None, None) => return Err(Stop::Refused(Refusal::Unreadable)),
        (Some(task), None) => task,
        (None, Some(begun)) => serde_json::from_str(begun).map_err(|e| StoreError::Unreadable(e.to_string()))?,
    };
    let act = Act::read(&task, by)?;
    let json = serde_json::json!(task).to_string();
    app.db.write::<_, Refusal, _>(move |conn| Ok(batches::set_task(conn, batch, &json)?)).await?;
    let items = app.db.read(move |conn| batches::items(conn, batch)).await?;
    let waiting: Vec<Item> = items.into_iter().filter(|item| item.outcome == Outcome::Waiting).collect();
    for piece in waiting.chunks(PIECE) {
        run_piece(app, batch, piece, act.clone()).await?;
    }
    // The words to submitters stand with their records now.
    let json = serde_json::json!(Task { message: String::new(), ..task }).to_string();
    app.db.write(move |conn| Ok(batches::set_task(conn, batch, &json)?)).await
}

/// What is done, checked.
#[derive(Clone)]
enum Act {
    Decide(decide::Order),
    Assign(Option<AccountId>, AccountId),
}

impl Act {
    fn read(task: &Task, by: AccountId) -> Result<Self, Stop<Refusal>> {
        let Some(decision) = &task.decision else {
            return Ok(Self::Assign(task.assignee.map(AccountId), by));
        };
        let order = decide::Order {
            reference: String::new(),
            decision: Decision::read(decision).ok_or(Stop::Refused(Refusal::Unreadable))?,
            message: task.message.clone(),
            reason: task.reason.as_deref().and_then(DeclineReason::read),
            duplicate_of: None,
            points: Vec::new(),
            criteria: Vec::new(),
            version: 0,
            by,
        };
        decide::check(&order).map_err(|stop| match stop {
            Stop::Failed(error) => Stop::Failed(error),
            Stop::Refused(refusal) => Stop::Refused(match refusal {
                decide::Refusal::MessageMissing => Refusal::MessageMissing,
                decide::Refusal::MessageTooLong => Refusal::MessageTooLong,
                decide::Refusal::ReasonMissing => Refusal::ReasonMissing,
                decide::Refusal::NotFound
                | decide::Refusal::Stale(_)
                | decide::Refusal::NotPossible(_)
                | decide::Refusal::FilesHeld
                | decide::Refusal::AuthorityMissing
                | decide::Refusal::PointsUnreadable
                | decide::Refusal::Duplicate(_) => Refusal::Unreadable,
            }),
        })?;
        Ok(Self::Decide(order))
    }
}

async fn run_piece(app: &App, batch: i64, piece: &[Item], act: Act) -> Result<(), Stop<Refusal>> {
    let now = app.clock.now();
    let message = match &act {
        Act::Decide(order) => order.message.as_str(),
        Act::Assign(..) => "",
    };
    let with_notes: Vec<(Item, Option<NewNote>)> =
        piece.iter().map(|item| (*item, record::note(app, message))).collect();
    let handle = app.clone();
    let work = move |conn: &mut Conn| {
        for (item, note) in &with_notes {
            let outcome = run_one(&handle, conn, item, (&act, note.as_ref()), now)?;
            batches::settle(conn, batch, item.submission, outcome)?;
        }
        Ok(())
    };
    app.db.write(work).await
}

/// One record. A refusal is an outcome: it writes nothing.
fn run_one(
    app: &App,
    conn: &mut Conn,
    item: &Item,
    (act, note): (&Act, Option<&NewNote>),
    now: DateTime<Utc>,
) -> Result<Outcome, Stop<Refusal>> {
    let submission = submissions::get(conn, item.submission)?;
    if submission.version != item.version {
        return Ok(Outcome::Stale);
    }
    let refused = match act {
        Act::Decide(order) => {
            let order = decide::Order { reference: submission.reference, version: item.version, ..order.clone() };
            decide::keep(app, conn, &order, (note, &[]), now).err().map(|stop| {
                stop_of(stop, |refusal| match refusal {
                    decide::Refusal::FilesHeld => Outcome::FilesHeld,
                    decide::Refusal::AuthorityMissing => Outcome::AuthorityMissing,
                    decide::Refusal::Stale(_) => Outcome::Stale,
                    decide::Refusal::NotFound
                    | decide::Refusal::NotPossible(_)
                    | decide::Refusal::MessageMissing
                    | decide::Refusal::MessageTooLong
                    | decide::Refusal::ReasonMissing
                    | decide::Refusal::PointsUnreadable
                    | decide::Refusal::Duplicate(_) => Outcome::NotPossible,
                })
            })
        }
        Act::Assign(to, by) => {
            let kept = assign::keep(app, conn, submission, (*to, *by), now);
            kept.err().map(|stop| stop_of(stop, |_| Outcome::NotPossible))
        }
    };
    refused.unwrap_or(Ok(Outcome::Done))
}

fn stop_of<R>(stop: Stop<R>, outcome: impl FnOnce(R) -> Outcome) -> Result<Outcome, Stop<Refusal>> {
    match stop {
        Stop::Refused(refusal) => Ok(outcome(refusal)),
        Stop::Failed(error) => Err(Stop::Failed(error)),
    }
}
