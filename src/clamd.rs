//! The protocol of clamd, as far as it is needed: is it there, and is there a virus in this file?
//!
//! A leaf. A file goes over in pieces (`INSTREAM`), so that the scanner needs no access to our folder.

use std::future::Future;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
#[cfg(unix)]
use tokio::net::UnixStream;
use tokio::time::timeout;

use crate::config::{ClamdAddress, Config};

/// A scanner and how long it is waited for.
#[derive(Debug, Clone)]
pub struct Clamd {
    pub address: ClamdAddress,
    /// For one file, connecting included.
    pub patience: Duration,
}

/// What it says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Clean,
    /// The name of what was found.
    Infected(String),
}

/// Why there is no verdict. None of these lets a file pass.
#[derive(Debug, thiserror::Error)]
pub enum NoVerdict {
    /// It cannot be reached, so that asking for another file is no use now.
    #[error("the virus scanner cannot be reached: {0}")]
    Down(std::io::Error),
    #[error("the virus scanner hung up: {0}")]
    Broken(#[from] std::io::Error),
    #[error("the virus scanner took too long")]
    TooLong,
    /// It says that it cannot do it.
    #[error("the virus scanner says: {0}")]
    Unable(String),
    /// The file itself could not be read.
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
}

/// Most bytes of an answer that are read.
const ANSWER: u64 = 4096;

impl Clamd {
    /// The scanner that is configured, if one is.
    #[must_use]
    pub fn of(config: &Config) -> Option<Self> {
        let address = config.clamd.clone()?;
        Some(Self { address, patience: Duration::from_secs(60) })
    }

    /// Whether it answers.
    ///
    /// # Errors
    /// Where it does not.
    pub async fn ping(&self) -> Result<(), NoVerdict> {
        let talk = async {
            let mut socket = self.connect().await?;
            socket.write_all(b"zPING\0").await?;
            let said = answer(&mut socket).await?;
            if said == "PONG" { Ok(()) } else { Err(NoVerdict::Unable(said)) }
        };
        self.within(talk).await
    }

    /// Scans a file.
    ///
    /// # Errors
    /// Where there is no verdict.
    pub async fn scan<S, E>(&self, content: S) -> Result<Verdict, NoVerdict>
    where
        S: Stream<Item = Result<Bytes, E>>,
        E: std::fmt::Display,
    {
        let talk = async {
            let mut socket = self.connect().await?;
            // A scanner that has seen enough answers and hangs up before it has all: what it said counts.
            let sent = send(&mut socket, content).await;
            if let Err(NoVerdict::Unreadable(_)) = sent {
                return sent.map(|()| Verdict::Clean);
            }
            match answer(&mut socket).await {
                Ok(said) if !said.is_empty() => read(&said),
                Ok(_) | Err(_) if sent.is_err() => sent.map(|()| Verdict::Clean),
                Ok(said) => Err(NoVerdict::Unable(said)),
                Err(error) => Err(error.into()),
            }
        };
        self.within(talk).await
    }

    async fn within<T>(&self, talk: impl Future<Output = Result<T, NoVerdict>>) -> Result<T, NoVerdict> {
        timeout(self.patience, talk).await.unwrap_or(Err(NoVerdict::TooLong))
    }

    async fn connect(&self) -> Result<Box<dyn Socket>, NoVerdict> {
        let socket: Box<dyn Socket> = match &self.address {
            ClamdAddress::Host(host) => Box::new(TcpStream::connect(host).await.map_err(NoVerdict::Down)?),
            #[cfg(unix)]
            ClamdAddress::Socket(path) => Box::new(UnixStream::connect(path).await.map_err(NoVerdict::Down)?),
            #[cfg(not(unix))]
            ClamdAddress::Socket(_) => return Err(NoVerdict::Down(std::io::ErrorKind::Unsupported.into())),
        };
        Ok(socket)
    }
}

trait Socket: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Socket for T {}

/// Each piece after its length; an empty one ends it.
async fn send<S, E>(socket: &mut Box<dyn Socket>, content: S) -> Result<(), NoVerdict>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: std::fmt::Display,
{
    let mut content = Box::pin(content);
    socket.write_all(b"zINSTREAM\0").await?;
    while let Some(piece) = content.next().await {
        let piece = piece.map_err(|error| NoVerdict::Unreadable(error.to_string()))?;
        for piece in piece.chunks(64 * 1024) {
            socket.write_u32(u32::try_from(piece.len()).unwrap_or_default()).await?;
            socket.write_all(piece).await?;
        }
    }
    socket.write_u32(0).await?;
    Ok(socket.flush().await?)
}

async fn answer(socket: &mut Box<dyn Socket>) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    socket.take(ANSWER).read_to_end(&mut bytes).await?;
    Ok(String::from_utf8_lossy(&bytes).trim_end_matches(['\0', '\n']).to_owned())
}

/// Reads `stream: OK`, `stream: NAME FOUND`, or a complaint.
fn read(said: &str) -> Result<Verdict, NoVerdict> {
    let of_file = said.strip_prefix("stream: ").unwrap_or(said);
    if of_file == "OK" {
        return Ok(Verdict::Clean);
    }
    match of_file.strip_suffix(" FOUND") {
        Some(name) => Ok(Verdict::Infected(name.to_owned())),
        None => Err(NoVerdict::Unable(said.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_word_ok_is_clean() {
        assert_eq!(read("stream: OK").unwrap(), Verdict::Clean);
        assert_eq!(
            read("stream: Win.Test.EICAR_HDB-1 FOUND").unwrap(),
            Verdict::Infected("Win.Test.EICAR_HDB-1".to_owned())
        );
        for other in ["", "OKAY", "stream: OK but", "INSTREAM size limit exceeded. ERROR", "UNKNOWN COMMAND"] {
            assert!(read(other).is_err(), "{other}");
        }
    }
}
