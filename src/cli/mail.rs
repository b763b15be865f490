//! `inlet mail`: looks into the outbox and drives it.

use std::path::PathBuf;

use clap::Subcommand;

use super::receive;
use super::serve::transport;
use super::{Failure, open_existing};
use crate::actions::{drop_mail, hurry_mail, retry_mail, tell};
use crate::domain::mail::MailStatus;
use crate::mail::worker;
use crate::store::Stop;
use crate::store::outbox::{self, Listing};

#[derive(Debug, Clone, Subcommand)]
pub(super) enum Command {
    /// List mails, newest first
    List {
        /// held, queued, sending, accepted, deferred, refused, bounced, suppressed, saved or dropped
        #[arg(long, value_parser = read_status)]
        status: Option<MailStatus>,
    },
    /// Put a mail back into the queue
    Retry { id: i64 },
    /// Keep a mail from going
    Drop { id: i64 },
    /// Send what is due, now; asks a mail server again that took nothing
    SendDue,
    /// Read what came back: one message on standard input, or all new ones of a mailbox
    Receive {
        /// A folder in the Maildir form: what lies in new/ is read and moved to cur/
        #[arg(long)]
        maildir: Option<PathBuf>,
    },
}

fn read_status(text: &str) -> Result<MailStatus, String> {
    let all: Vec<&str> = MailStatus::ALL.iter().map(|status| status.as_str()).collect();
    MailStatus::read(text).ok_or_else(|| format!("write one of {}", all.join(", ")))
}

pub(super) fn run(command: Command) -> Result<(), Failure> {
    let (app, runtime) = open_existing()?;
    runtime.block_on(async {
        match command {
            Command::List { status } => {
                let listing = Listing { status, limit: 1000, ..Listing::default() };
                for mail in app.db.read(move |conn| outbox::list(conn, &listing)).await? {
                    super::print(format_args!(
                        "{}\t{}\t{}\t{}\t{} tries\t{}",
                        mail.id,
                        mail.kind.as_str(),
                        mail.address,
                        mail.status.as_str(),
                        mail.attempts,
                        mail.last_reply.unwrap_or_default()
                    ))?;
                }
            }
            Command::Retry { id } => {
                retry_mail::retry(&app, id).await.map_err(|stop| match stop {
                    Stop::Refused(retry_mail::Refusal::NotWaiting) => {
                        Failure::said("there is no such mail, or it is on its way, arrived, or was dropped")
                    }
                    Stop::Failed(error) => error.into(),
                })?;
                super::print(format_args!("queued"))?;
            }
            Command::Drop { id } => {
                drop_mail::drop_mail(&app, id).await.map_err(|stop| match stop {
                    Stop::Refused(drop_mail::Refusal::NotWaiting) => {
                        Failure::said("there is no such mail, or it is on its way, arrived, or was dropped")
                    }
                    Stop::Failed(error) => error.into(),
                })?;
                super::print(format_args!("dropped"))?;
            }
            Command::Receive { maildir } => super::print(receive::receive(&app, maildir.as_deref()).await?)?,
            Command::SendDue => {
                hurry_mail::hurry(&app).await.map_err(|stop| match stop {
                    Stop::Refused(never) => match never {},
                    Stop::Failed(error) => Failure::from(error),
                })?;
                tell::tell(&app).await?;
                let sent = worker::send_due(&app, &transport(&app)?).await?;
                super::print(format_args!("{sent:?}"))?;
            }
        }
        Ok(())
    })
}
