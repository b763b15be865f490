//! `inlet mail`: looks into the outbox and drives it.

use clap::Subcommand;

use super::serve::transport;
use super::{Failure, open_existing};
use crate::actions::retry_mail;
use crate::domain::mail::MailStatus;
use crate::mail::worker;
use crate::store::Stop;
use crate::store::outbox::{self, Listing};

#[derive(Debug, Clone, Copy, Subcommand)]
pub(super) enum Command {
    /// List mails, newest first
    List {
        /// held, queued, sending, accepted, deferred, refused, bounced, suppressed, saved or dropped
        #[arg(long, value_parser = read_status)]
        status: Option<MailStatus>,
    },
    /// Put a mail back into the queue
    Retry { id: i64 },
    /// Send what is due, now
    SendDue,
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
            Command::SendDue => {
                let sent = worker::send_due(&app, &transport(&app)?).await?;
                super::print(format_args!("{sent:?}"))?;
            }
        }
        Ok(())
    })
}
