//! The ways a mail can leave: a mail server, a folder of `.eml` files where none is set, memory in tests.
//!
//! Here and below alone is lettre.

mod folder;
mod message;
mod smtp;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};

pub use smtp::Server;
use smtp::tls::Trust;

use super::render::Frozen;
use crate::config::{Config, Problem};
use crate::store::outbox::Mail;

/// A mail ready to go, links and all.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Of the outbox row.
    pub id: i64,
    /// The local part of the Message-ID.
    pub message_id: String,
    /// Mails with the same thread stand together.
    pub thread: String,
    pub address: String,
    pub name: String,
    pub content: Frozen,
}

impl Letter {
    /// `content` with its links, to the receiver in the outbox.
    #[must_use]
    pub fn new(mail: &Mail, thread: &str, content: Frozen) -> Self {
        Self {
            id: mail.id,
            message_id: mail.message_id.clone(),
            thread: thread.to_owned(),
            address: mail.address.clone(),
            name: mail.name.clone(),
            content,
        }
    }

    /// The file a folder keeps it in.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}-{}.eml", self.id, self.message_id)
    }
}

/// What became of one attempt, with the last words of whoever decided it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The server took it.
    Accepted(String),
    /// Kept as a file; it reached nobody.
    Saved(String),
    /// Later it may go: the server said so, or there was trouble on the way.
    Deferred(String),
    /// It will never go.
    Refused(String),
    /// This was not about the mail: the server takes none of ours, or is away. All wait.
    Paused(String),
}

/// A letter that a test can read, with the bytes that would have travelled.
#[derive(Debug, Clone)]
pub struct Kept {
    pub letter: Letter,
    pub eml: Vec<u8>,
}

/// How mail leaves.
#[derive(Debug, Clone)]
pub enum Transport {
    Smtp(Server),
    Folder(PathBuf),
    /// For tests.
    Memory(Arc<Mutex<Vec<Kept>>>),
}

/// The transport that is configured: the mail server, or a folder where there is none.
///
/// # Errors
/// Where the server's address cannot be read.
pub fn transport_for(config: &Config) -> Result<Transport, Problem> {
    match &config.mail.smtp_url {
        None => Ok(Transport::Folder(config.data_dir.join("mail"))),
        Some(url) => {
            let problem = |variable: &str, message: &str| Problem {
                variable: variable.to_owned(),
                message: String::from(message),
            };
            let trusted = config.mail.trusted.as_ref().map(std::fs::read).transpose();
            let trusted = trusted.map_err(|error| problem("INLET_SMTP_CA", &error.to_string()))?;
            let server = Server::read(url).map_err(|message| problem("INLET_SMTP_URL", message))?;
            let trust = Trust::new(trusted.as_deref()).map_err(|message| problem("INLET_SMTP_CA", &message))?;
            Ok(Transport::Smtp(server.with(trust, config.mail.patience)))
        }
    }
}

/// Several mails in a row, over one connection.
pub struct Session<'a> {
    transport: &'a Transport,
    config: &'a Config,
    line: smtp::Line,
}

impl Transport {
    /// Begins to send.
    #[must_use]
    pub fn session<'a>(&'a self, config: &'a Config) -> Session<'a> {
        Session { transport: self, config, line: smtp::Line::default() }
    }
}

impl Session<'_> {
    /// Sends one mail, dated `at`.
    pub async fn send(&mut self, letter: &Letter, at: DateTime<Utc>) -> Outcome {
        let message = match message::build(self.config, letter, at) {
            Ok(message) => message,
            Err(outcome) => return outcome,
        };
        match self.transport {
            Transport::Smtp(server) => self.line.send(server, &message).await,
            Transport::Folder(folder) => folder::save(folder, &letter.file_name(), message.formatted()).await,
            Transport::Memory(kept) => {
                let kept_letter = Kept { letter: letter.clone(), eml: message.formatted() };
                kept.lock().unwrap_or_else(PoisonError::into_inner).push(kept_letter);
                Outcome::Accepted("kept in memory".to_owned())
            }
        }
    }

    /// Says goodbye to the server.
    pub async fn close(self) {
        self.line.close().await;
    }
}
