//! Files that wait for the virus scanner are shown to it, oldest first; what it says is kept.
//!
//! Nothing is remembered between rounds but what stands in the database, so a restart goes on where it stopped. A file
//! that got no verdict waits and is shown again a minute later; it never passes.

use std::convert::Infallible;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::watch::Receiver;
use tokio::time::sleep;

use super::record::{self, Entry};
use crate::app::App;
use crate::clamd::{Clamd, NoVerdict, Verdict};
use crate::domain::attachment::Scan;
use crate::domain::event::{Author, EventKind};
use crate::domain::submission::SubmissionId;
use crate::store::{Conn, Stop, StoreError, attachments, submissions};

/// Pause between two looks for files that wait.
const PAUSE: Duration = Duration::from_secs(1);

/// How long a file waits before it is shown again.
pub const AGAIN: TimeDelta = TimeDelta::minutes(1);

/// Scans until told to stop.
pub async fn run(app: App, scanner: Clamd, mut stop: Receiver<bool>) {
    loop {
        let round = async {
            sleep(PAUSE).await;
            scan_waiting(&app, &scanner).await
        };
        tokio::select! {
            done = round => {
                if let Err(error) = done {
                    tracing::error!(%error, "files cannot be scanned");
                }
            }
            _ = stop.changed() => return,
        }
    }
}

/// Files that came while there was no scanner wait for it now that there is one.
///
/// # Errors
/// Where the database fails.
pub async fn take_up(app: &App) -> Result<(), StoreError> {
    write(app, attachments::let_wait).await
}

/// Shows the scanner what waits.
///
/// # Errors
/// Where the database fails; the verdicts until then are kept.
pub async fn scan_waiting(app: &App, scanner: &Clamd) -> Result<(), StoreError> {
    loop {
        let before = app.clock.now() - AGAIN;
        let Some(id) = app.db.read(move |conn| attachments::next_to_scan(conn, before)).await? else { return Ok(()) };
        match scan(app, scanner, &id).await {
            Ok(verdict) => settle(app, &id, verdict).await?,
            Err(trouble) => {
                tracing::warn!(file = id, %trouble, "a file waits");
                let (now, all) = (app.clock.now(), matches!(trouble, NoVerdict::Down(_)));
                write(app, move |conn| attachments::asked_in_vain(conn, (!all).then_some(id.as_str()), now)).await?;
            }
        }
    }
}

async fn scan(app: &App, scanner: &Clamd, id: &str) -> Result<Verdict, NoVerdict> {
    let content = app.files.get(id).await.map_err(|error| NoVerdict::Unreadable(error.to_string()))?;
    scanner.scan(content).await
}

/// Keeps a verdict. An infected file is deleted; the submission it belongs to says so in its history.
async fn settle(app: &App, id: &str, verdict: Verdict) -> Result<(), StoreError> {
    let scan = match &verdict {
        Verdict::Clean => Scan::Clean,
        Verdict::Infected(virus) => {
            tracing::warn!(file = id, virus, "a virus was found");
            Scan::Infected
        }
    };
    let (handle, of) = (app.clone(), id.to_owned());
    write(app, move |conn| keep(&handle, conn, &of, scan)).await?;
    match scan {
        Scan::Infected => app.files.remove(id).await,
        Scan::Clean | Scan::Waiting | Scan::Unscanned => Ok(()),
    }
}

fn keep(app: &App, conn: &mut Conn, id: &str, scan: Scan) -> Result<(), StoreError> {
    let now = app.clock.now();
    attachments::set_scan(conn, id, scan, now)?;
    let owner = attachments::find(conn, id)?.and_then(|held| held.submission);
    match (scan, owner) {
        (Scan::Infected, Some(owner)) => tell(app, conn, owner),
        (Scan::Infected, None) | (Scan::Clean | Scan::Waiting | Scan::Unscanned, _) => Ok(()),
    }
}

fn tell(app: &App, conn: &mut Conn, owner: SubmissionId) -> Result<(), StoreError> {
    let mut submission = submissions::get(conn, owner)?;
    let entry = Entry::new(EventKind::AttachmentRefused, Author::System);
    record::change(app, conn, &mut submission, &entry, app.clock.now())?;
    Ok(())
}

/// A job for the writer that refuses nothing.
async fn write(
    app: &App,
    mut job: impl FnMut(&mut Conn) -> Result<(), StoreError> + Send + 'static,
) -> Result<(), StoreError> {
    let done = app.db.write(move |conn| job(conn).map_err(Stop::<Infallible>::Failed)).await;
    done.map_err(|stop| match stop {
        Stop::Refused(never) => match never {},
        Stop::Failed(error) => error,
    })
}
