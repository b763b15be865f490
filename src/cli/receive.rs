//! `inlet mail receive`: reads bounces and complaints, from a pipe of the mail server or from a mailbox.
//!
//! What is no report on a mail of ours is counted and left alone; nothing is ever answered.

use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::Failure;
use crate::actions::take_back::{Taken, take_back};
use crate::app::App;
use crate::mail::returned;

/// The most octets read of a message: what a report says stands before the mail it returns.
const LARGEST: u64 = 4 * 1024 * 1024;

/// What the messages came to.
#[derive(Debug, Default)]
pub(super) struct Received {
    bounced: usize,
    delayed: usize,
    complained: usize,
    ignored: usize,
}

impl fmt::Display for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { bounced, delayed, complained, ignored } = self;
        write!(f, "{bounced} bounced, {delayed} delayed, {complained} complaints, {ignored} ignored")
    }
}

impl Received {
    fn count(&mut self, taken: Taken) {
        match taken {
            Taken::Bounced => self.bounced += 1,
            Taken::Delayed => self.delayed += 1,
            Taken::Complained => self.complained += 1,
            Taken::Ignored => self.ignored += 1,
        }
    }
}

/// Takes one message from standard input, or all new ones of a mailbox.
pub(super) async fn receive(app: &App, maildir: Option<&Path>) -> Result<Received, Failure> {
    let mut received = Received::default();
    let Some(mailbox) = maildir else {
        received.count(take(app, &read(std::io::stdin())?).await?);
        return Ok(received);
    };
    let done = mailbox.join("cur");
    std::fs::create_dir_all(&done)?;
    for path in new_in(mailbox)? {
        received.count(take(app, &read(std::fs::File::open(&path)?)?).await?);
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        std::fs::rename(&path, done.join(format!("{name}:2,S")))?;
    }
    Ok(received)
}

/// The messages nobody has read, oldest first: names in a Maildir begin with the time.
fn new_in(mailbox: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = std::fs::read_dir(mailbox.join("new"))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.retain(|path| path.is_file());
    paths.sort();
    Ok(paths)
}

fn read(from: impl Read) -> Result<Vec<u8>, Failure> {
    let mut raw = Vec::new();
    from.take(LARGEST).read_to_end(&mut raw)?;
    Ok(raw)
}

async fn take(app: &App, raw: &[u8]) -> Result<Taken, Failure> {
    match returned::read(&app.config, raw) {
        Some(report) => Ok(take_back(app, report).await?),
        None => Ok(Taken::Ignored),
    }
}
