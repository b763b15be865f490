//! The mail server: one connection for a batch, each command with a time-out.
//!
//! The socket is ours, with `TCP_NODELAY`: over lettre's own one each mail waits 40 ms (`research/dependencies.md`).

use std::future::Future;
use std::time::Duration;

use lettre::address::Address;
use lettre::message::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use lettre::transport::smtp::response::Response;
use percent_encoding::percent_decode_str;
use tokio::net::TcpStream;
use tokio::time::timeout;
use url::{Host, Url};

use super::Outcome;

const CONNECT: Duration = Duration::from_secs(30);
const COMMAND: Duration = Duration::from_secs(60);
const TOO_LONG: &str = "the mail server took too long";

/// A mail server: `smtp://host`, `smtp://host?tls=required` or `smtps://host`, with or without port, user and password.
#[derive(Clone)]
pub struct Server {
    host: String,
    port: u16,
    encryption: Encryption,
    login: Option<Credentials>,
}

/// When a connection is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encryption {
    /// From the first octet (`smtps`).
    Always,
    /// By STARTTLS, or nothing is sent.
    Required,
    /// By STARTTLS where the server offers it. On loopback nothing is, so that a relay with a self-made certificate works.
    Offered,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{} ({:?})", self.host, self.port, self.encryption)
    }
}

impl Server {
    /// Reads the address; gives what is wrong with it.
    pub(super) fn read(text: &str) -> Result<Self, &'static str> {
        let url = Url::parse(text).map_err(|_| "write smtp://host:port or smtps://host:port")?;
        let tls = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let (encryption, usual) = match (url.scheme(), tls.as_deref()) {
            ("smtps", None) => (Encryption::Always, 465),
            ("smtp", Some("required")) => (Encryption::Required, 587),
            ("smtp", None) => (Encryption::Offered, 25),
            _ => return Err("write smtp://…, smtp://…?tls=required or smtps://…"),
        };
        let host = match url.host().ok_or("name the host of the mail server")? {
            Host::Domain(name) => decode(name)?,
            Host::Ipv4(ip) => ip.to_string(),
            Host::Ipv6(ip) => ip.to_string(),
        };
        let login = match url.password() {
            Some(password) => Some(Credentials::new(decode(url.username())?, decode(password)?)),
            None => None,
        };
        Ok(Self { host, port: url.port().unwrap_or(usual), encryption, login })
    }

    async fn open(&self) -> Result<AsyncSmtpConnection, Trouble> {
        let hello = ClientId::default();
        if self.encryption == Encryption::Always {
            let tls = Some(TlsParameters::new(self.host.clone())?);
            let address = (self.host.as_str(), self.port);
            let opening = AsyncSmtpConnection::connect_tokio1(address, Some(CONNECT), &hello, tls, None);
            let mut connection = within(COMMAND, opening).await?;
            self.sign_in(&mut connection, false).await?;
            return Ok(connection);
        }
        let socket = within(CONNECT, TcpStream::connect((self.host.as_str(), self.port))).await?;
        socket.set_nodelay(true)?;
        let loopback = socket.peer_addr()?.ip().is_loopback();
        let opening = AsyncSmtpConnection::connect_with_transport(Box::new(socket), &hello);
        let mut connection = within(COMMAND, opening).await?;
        let offered = connection.can_starttls() && !loopback;
        if self.encryption == Encryption::Required || offered {
            let tls = TlsParameters::new(self.host.clone())?;
            within(COMMAND, connection.starttls(tls, &hello)).await?;
        }
        self.sign_in(&mut connection, loopback).await?;
        Ok(connection)
    }

    /// The password leaves this machine encrypted or not at all.
    async fn sign_in(&self, connection: &mut AsyncSmtpConnection, loopback: bool) -> Result<(), Trouble> {
        let Some(login) = &self.login else { return Ok(()) };
        if !connection.is_encrypted() && !loopback {
            return Err(Trouble("the server offers no encryption, so the password was not sent".to_owned()));
        }
        within(COMMAND, connection.auth(&[Mechanism::Plain, Mechanism::Login], login)).await?;
        Ok(())
    }
}

fn decode(text: &str) -> Result<String, &'static str> {
    let decoded =
        percent_decode_str(text).decode_utf8().map_err(|_| "write user and password in UTF-8, percent-encoded")?;
    Ok(decoded.into_owned())
}

/// Why the server could not be reached or did not answer as agreed.
struct Trouble(String);

impl<E: std::error::Error> From<E> for Trouble {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

async fn within<T, E: std::error::Error>(
    limit: Duration,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, Trouble> {
    match timeout(limit, work).await {
        Ok(done) => Ok(done?),
        Err(_) => Err(Trouble(TOO_LONG.to_owned())),
    }
}

/// The connection of a batch.
#[derive(Default)]
pub(super) enum Line {
    /// Not opened yet, or given up after trouble with one mail.
    #[default]
    Closed,
    Open(Box<AsyncSmtpConnection>),
    /// It cannot be opened: the rest of the batch waits.
    Down(String),
}

impl Line {
    /// Sends one message to its one receiver.
    pub(super) async fn send(&mut self, server: &Server, message: &Message) -> Outcome {
        let mut connection = match self.take(server).await {
            Ok(connection) => connection,
            Err(Trouble(reason)) => {
                *self = Self::Down(reason.clone());
                return Outcome::Deferred(reason);
            }
        };
        let (outcome, usable) = match dialogue(&mut connection, message).await {
            Ok(response) => (Outcome::Accepted(reply(&response)), true),
            Err(Fault { outcome, usable }) => {
                (outcome, usable && within(COMMAND, connection.command(Rset)).await.is_ok())
            }
        };
        if usable {
            *self = Self::Open(connection);
        }
        outcome
    }

    /// The open connection, or a new one; the line is closed meanwhile.
    async fn take(&mut self, server: &Server) -> Result<Box<AsyncSmtpConnection>, Trouble> {
        match std::mem::take(self) {
            Self::Open(connection) => Ok(connection),
            Self::Closed => server.open().await.map(Box::new),
            Self::Down(reason) => Err(Trouble(reason)),
        }
    }

    pub(super) async fn close(self) {
        if let Self::Open(mut connection) = self {
            let _ = within(COMMAND, connection.quit()).await;
        }
    }
}

/// Whom a refusal is about.
enum About {
    /// Before the receiver is named it is about us, not about this mail, which waits.
    Us,
    Mail,
}

/// Why a mail did not go, and whether the connection can be used for the next.
struct Fault {
    outcome: Outcome,
    usable: bool,
}

async fn dialogue(connection: &mut AsyncSmtpConnection, message: &Message) -> Result<Response, Fault> {
    let envelope = message.envelope();
    let mut options = Vec::new();
    // Domains are ASCII already.
    if !envelope.to().iter().chain(envelope.from()).all(|address| address.user().is_ascii()) {
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            let reason = "5.6.7 the mail server takes no address that is not ASCII".to_owned();
            return Err(Fault { outcome: Outcome::Refused(reason), usable: true });
        }
        options.push(MailParameter::SmtpUtfEight);
    }
    step(connection.command(Mail::new(envelope.from().cloned(), options)), About::Us).await?;
    for address in envelope.to() {
        step(connection.command(Rcpt::new(Address::clone(address), Vec::new())), About::Mail).await?;
    }
    step(connection.command(Data), About::Mail).await?;
    step(connection.message(&message.formatted()), About::Mail).await
}

async fn step(command: impl Future<Output = Result<Response, Error>>, about: About) -> Result<Response, Fault> {
    let error = match timeout(COMMAND, command).await {
        Ok(Ok(response)) => return Ok(response),
        Ok(Err(error)) => error,
        Err(_) => return Err(Fault { outcome: Outcome::Deferred(TOO_LONG.to_owned()), usable: false }),
    };
    let outcome = match about {
        About::Mail if error.is_permanent() => Outcome::Refused(error.to_string()),
        About::Mail | About::Us => Outcome::Deferred(error.to_string()),
    };
    Err(Fault { outcome, usable: error.status().is_some() })
}

fn reply(response: &Response) -> String {
    let lines: Vec<&str> = response.message().collect();
    format!("{} {}", response.code(), lines.join(" "))
}
